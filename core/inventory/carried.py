"""Which proofs travel inside the report of an audited year, and under which names; their hashes always travel."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from core.inventory.evidence import IMPORT
from core.ledger import AuditFinding, Engagement, Evidence, Ledger, Sample, TestSheet, named_by

NONE, SAMPLED, ALL = "none", "sampled", "all"
CHOICES = (NONE, SAMPLED, ALL)
"""What an engagement says of it."""
LONGEST_STEM, LONGEST_ID = 50, 30
"""Letters of the original name and of the id that are kept."""
_STRANGE = re.compile(r"[^A-Za-z0-9]+")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")


def carried(part: Ledger) -> dict[str, str]:
    """The names under which proofs travel, by the id of the proof.

    Parameters
    ----------
    part
        the audited part of a ledger.

    Returns
    -------
    dict of str
        empty while nobody audits the year, or when the engagement says ``none``. With ``sampled`` the proofs of the
        records that were sampled, and what test sheets and findings name. Names are flat, unique in any case of
        letters, and ASCII; proofs with the same bytes share one.
    """
    chosen = sorted(_chosen(part), key=lambda one: one.id)
    by_hash: dict[str, str] = {}
    taken = {"audit.json"}  # the package itself
    for one in chosen:
        if one.sha256 not in by_hash:
            by_hash[one.sha256] = _free(file_name(one), taken)
    return {one.id: by_hash[one.sha256] for one in chosen}


def _chosen(part: Ledger) -> Iterable[Evidence]:
    engagement = part.get("engagement", next(iter(part.records["audit"]), ""))
    if not isinstance(engagement, Engagement) or engagement.carries not in (SAMPLED, ALL):
        return ()
    if engagement.carries == ALL:
        return part.evidence
    sampled = {key for sample in part.held(Sample) for key in sample.activities}
    tested = named_by((*part.held(TestSheet), *part.held(AuditFinding)), "evidence")
    return [e for e in part.evidence if e.id in tested or (e.kind != IMPORT and sampled.intersection(e.activities))]


def file_name(proof: Evidence) -> str:
    """Id and what is left of the name, such as every system and every reader of PDF takes.

    Examples
    --------
    >>> file_name(Evidence("e00001", "Bill März 2024.PDF", "bill", "0", 1))
    'e00001-Bill-Marz-2024.pdf'
    >>> file_name(Evidence("e00002", "电费单.jpg", "bill", "0", 1))
    'e00002.jpg'
    """
    ending = _ENDING.search(proof.name)
    rest = _plain(proof.name[: ending.start()] if ending else proof.name)[:LONGEST_STEM].strip("-")
    first = _plain(proof.id)[:LONGEST_ID].strip("-") or "proof"
    return first + (f"-{rest}" if rest else "") + (ending[0].lower() if ending else "")


def _plain(text: str) -> str:
    """Latin letters without their marks, and digits."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _STRANGE.sub("-", letters).strip("-")


def _free(name: str, taken: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    found, number = name, 1
    while found.casefold() in taken:
        number += 1
        found = f"{stem}-{number}{dot}{ending}" if dot else f"{name}-{number}"
    taken.add(found.casefold())
    return found
