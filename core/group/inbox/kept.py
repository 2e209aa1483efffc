"""The data of a filed report, read again from the original that was kept."""

from __future__ import annotations

import hashlib
from datetime import datetime

from core.errors import UserError
from core.i18n import T, Text, verbatim
from core.inventory import Package, read
from core.signing import Trust
from core.store import Filed, GroupFile

NOBODY = Trust(())
"""Whether a report is believed was decided when it was filed; here only its data are taken out."""


def package_of(group: GroupFile, filed: Filed) -> Package:
    """The package of a filed report; the original is held against its hash and taken apart in a process with limits.

    Raises
    ------
    UserError
        when the original was altered, or does not hold what was filed.
    """
    from core.signing import verify_isolated  # nobody waits for it who only looks at totals

    original = group.original(filed.sha256)
    found = verify_isolated(original, NOBODY, when=datetime.fromisoformat(filed.received), required=())
    return read(_same(found.package_bytes, filed.package_sha256, filed.name))


def package_bytes(original: bytes, sha256: str, name: str, when: datetime) -> bytes:
    """The bytes of a package, taken out in this process: for work that runs in one with limits.

    Parameters
    ----------
    original
        bytes of the report.
    sha256
        of the package, as it was filed.
    name
        of the file, for the reason.
    when
        any moment since it was signed, UTC.

    Raises
    ------
    UserError
        when the report does not hold it.
    """
    from core.signing import verify

    return _same(verify(original, NOBODY, when=when, required=()).package_bytes, sha256, name)


def _same(data: bytes | None, sha256: str, name: str) -> bytes:
    if data is None or hashlib.sha256(data).hexdigest() != sha256:
        raise UserError(*lost(name))
    return data


def lost(name: str) -> tuple[Text, Text]:
    """What is said when a kept report does not give its data."""
    return (
        T("The data of the report “{file}” cannot be read again.", file=verbatim(name)),
        T("Ask the plant for the report and import it again."),
    )
