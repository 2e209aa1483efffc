"""What a report states of the audit that does not follow from its ledger: what was corrected because of findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from core.inventory.frozen import text
from core.ledger import Correction, from_plain, to_plain

MOST = 100_000
"""More corrections than records can be are no audit."""


@dataclass(frozen=True, slots=True)
class Assurance:
    """Stated of an audit, read strictly."""

    corrections: tuple[Correction, ...] = ()
    """In the order of the journal; the first of each record and finding."""


NOTHING_STATED = Assurance()


def assurance_to_plain(corrections: Iterable[Correction]) -> dict[str, object]:
    """JSON-ready."""
    return {
        "corrections": [
            {
                "kind": one.kind,
                "id": one.id,
                "finding": one.finding,
                "before": None if one.before is None else to_plain(one.before),
                "who": one.who,
                "when": one.when.isoformat(),
                "entry": one.entry,
            }
            for one in corrections
        ]
    }


def assurance_from_plain(plain: object) -> Assurance:
    """What ``assurance_to_plain`` wrote.

    Raises
    ------
    KeyError, TypeError, ValueError, UserError
        for another form.
    """
    if plain is None:
        return NOTHING_STATED
    if not isinstance(plain, dict) or not isinstance(plain["corrections"], list) or len(plain["corrections"]) > MOST:
        raise TypeError("assurance")
    return Assurance(tuple(_correction(one) for one in plain["corrections"]))


def _correction(plain: Mapping[str, object]) -> Correction:
    before, kind, entry = plain["before"], text(plain["kind"]), plain["entry"]
    if not (before is None or isinstance(before, dict)) or type(entry) is not int:
        raise TypeError("correction")
    return Correction(
        kind=kind,
        id=text(plain["id"]),
        finding=text(plain["finding"]),
        before=None if before is None else from_plain(kind, before),
        who=text(plain["who"]),
        when=datetime.fromisoformat(text(plain["when"])),
        entry=entry,
    )
