"""The proofs inside the report: taken out of the plant file when it is made, and found again when it is received."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from core.errors import UserError
from core.i18n import T, show_number, verbatim
from core.signing.verification.limits import MB, MOST_ATTACHMENTS

if TYPE_CHECKING:
    from core.report.pdf import Attachment

LARGEST_CARRIED = 90 * MB
"""Of all proofs together: a report has at most 100 MB, of which pages and data take their part. Ours. [bytes]"""
_MEDIA_TYPE = re.compile(r"[a-z]{1,20}/[A-Za-z0-9.+-]{1,100}")


@dataclass(frozen=True, slots=True)
class Travelling:
    """One file that the manifest of a package names."""

    file: str
    """Name inside the report."""
    id: str
    """Of the proof; of several with the same bytes the first."""
    name: str
    """As it was received."""
    sha256: str
    size: int
    media_type: str


def travelling(package: Mapping[str, object]) -> tuple[Travelling, ...]:
    """The files that belong inside a report, by their names there.

    Parameters
    ----------
    package
        the plain package, as built or as read strictly.
    """
    manifest = cast("Mapping[str, Mapping[str, Any]]", package["manifest"])
    ledger = cast("Mapping[str, list[Mapping[str, Any]]]", package["ledger"])
    types = {one["id"]: str(one["media_type"]) for one in ledger["evidence"]}
    found: dict[str, Travelling] = {}
    for key, said in sorted(manifest.items()):
        name = said.get("file", "")
        if name and name not in found:
            media_type = types[key] if _MEDIA_TYPE.fullmatch(types[key]) else "application/octet-stream"
            found[name] = Travelling(name, key, said["name"], said["sha256"], said["size"], media_type)
    return tuple(found[name] for name in sorted(found))


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
    wanted = travelling(package)
    if not wanted:
        return ()
    check_sizes(wanted)
    if blob is None:
        raise ValueError("proofs travel with this report: their bytes are needed")
    return tuple(_attachment(one, blob(one.sha256)) for one in wanted)


def attachments_in(package: Mapping[str, object], received: Mapping[str, bytes]) -> tuple[Attachment, ...]:
    """The same from a received report whose attachments were verified, for rendering it again."""
    return tuple(_attachment(one, received[one.file]) for one in travelling(package) if one.file in received)


def check_sizes(wanted: tuple[Travelling, ...]) -> None:
    """Refuse before the work what head office would refuse after it.

    Raises
    ------
    UserError
        naming the sizes, and what to choose instead.
    """
    total = sum(one.size for one in wanted)
    remedy = T(
        "Let only the proofs of the samples travel, or none: their hashes always do. The engagement says which; the"
        " plant file goes to the auditor beside the report."
    )
    if total > LARGEST_CARRIED:
        largest = max(wanted, key=lambda one: one.size)
        raise UserError(
            T(
                "The {count} proofs that travel inside the report have {total} MB together, the largest, “{name}”, has"
                " {size} MB; a report takes {most} MB.",
                count=len(wanted),
                total=_mb(total),
                name=verbatim(largest.name),
                size=_mb(largest.size),
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

    return Attachment(one.file, data, one.media_type, one.name)
