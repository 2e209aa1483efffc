"""The proofs inside the report: taken out of the plant file when it is made, and found again when it is received."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from core.errors import RefusedError, UserError
from core.i18n import T, show_number, verbatim
from core.inventory.carried import carried
from core.ledger import Evidence, Ledger
from core.signing.verification.limits import MB, MOST_ATTACHMENTS

if TYPE_CHECKING:
    from core.report.pdf import Attachment

LARGEST_CARRIED = 90 * MB
"""Of all proofs together: a report has at most 100 MB, of which pages and data take their part. Ours. [bytes]"""
_MEDIA_TYPE = re.compile(r"[a-z]{1,20}/[A-Za-z0-9.+-]{1,100}")


@dataclass(frozen=True, slots=True)
class Travelling:
    """One file that belongs inside a report."""

    file: str
    """Name inside the report."""
    proof: Evidence
    """Of several with the same bytes the first."""


def travelling(part: Ledger) -> tuple[Travelling, ...]:
    """The files that belong inside the report of the audited part of a ledger, by their names there."""
    names, found = carried(part), dict[str, Travelling]()
    for proof in sorted(part.evidence, key=lambda one: one.id):
        if (file := names.get(proof.id)) is not None:
            found.setdefault(file, Travelling(file, proof))
    return tuple(found[file] for file in sorted(found))


def travelling_with(package: Mapping[str, object]) -> tuple[Travelling, ...]:
    """The same of a package that was built here."""
    ledger = package["ledger"]
    assert isinstance(ledger, dict)
    return travelling(Ledger.from_plain(ledger)) if ledger["engagement"] else ()


def attachments_of(package: Mapping[str, object], blob: Callable[[str], bytes] | None) -> tuple[Attachment, ...]:
    """The proofs that travel, read from the plant file.

    Parameters
    ----------
    package
        as built.
    blob
        bytes of a kept blob by its SHA-256.

    Raises
    ------
    UserError
        when they are too large or too many together, or one is missing or altered.
    ValueError
        when there are proofs and no way to read them.
    """
    wanted = travelling_with(package)
    if not wanted:
        return ()
    check_sizes(wanted)
    if blob is None:
        raise ValueError("proofs travel with this report: their bytes are needed")
    return tuple(_attachment(one, _bytes_of(one.proof, blob)) for one in wanted)


def _bytes_of(proof: Evidence, blob: Callable[[str], bytes]) -> bytes:
    try:
        return blob(proof.sha256)
    except UserError as error:
        raise RefusedError(
            T(
                "{what} is missing or was altered.",
                what=T("Proof {id} “{name}”", id=proof.id, name=verbatim(proof.name)),
            ),
            T("Take it from a copy of the plant file in which it is whole."),
        ) from error


def attachments_in(part: Ledger, received: Mapping[str, bytes]) -> tuple[Attachment, ...]:
    """The same from a received report whose attachments were verified, for rendering it again."""
    return tuple(_attachment(one, received[one.file]) for one in travelling(part) if one.file in received)


def check_sizes(wanted: tuple[Travelling, ...]) -> None:
    """Refuse before the work what head office would refuse after it.

    Raises
    ------
    UserError
        naming the sizes, and what to choose instead.
    """
    total = sum(one.proof.size for one in wanted)
    remedy = T(
        "Let only the proofs of the samples travel, or none: their hashes always do. The engagement says which; the"
        " plant file goes to the auditor beside the report."
    )
    if total > LARGEST_CARRIED:
        largest = max(wanted, key=lambda one: one.proof.size)
        raise UserError(
            T(
                "The {count} proofs that travel inside the report have {total} MB together, the largest, “{name}”, has"
                " {size} MB; a report takes {most} MB.",
                count=len(wanted),
                total=_mb(total),
                name=verbatim(largest.proof.name),
                size=_mb(largest.proof.size),
                most=_mb(LARGEST_CARRIED),
            ),
            remedy,
        )
    if len(wanted) >= MOST_ATTACHMENTS:
        raise UserError(
            T("{count} proofs would travel inside the report; it takes {most}.", count=len(wanted),
              most=MOST_ATTACHMENTS - 1),
            remedy,
        )  # fmt: skip


def _mb(size: int) -> str:
    return show_number(Decimal(size) / MB, 1)


def _attachment(one: Travelling, data: bytes) -> Attachment:
    from core.report.pdf import Attachment  # brings ReportLab

    told = one.proof.media_type
    media_type = told if _MEDIA_TYPE.fullmatch(told) else "application/octet-stream"
    return Attachment(one.file, data, media_type, one.proof.name)
