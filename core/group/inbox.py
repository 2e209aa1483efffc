"""The inbox: each file is judged by itself and then held against what was filed before; nothing enters half."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from core.errors import UserError
from core.group.judging import Judged, judged, order
from core.handover import Receipt, receive
from core.i18n import T, Text
from core.library import Library
from core.signing import Trust
from core.store import REJECTED, Filed, GroupFile

LARGEST = 100 * 1024 * 1024
"""No report is larger. [bytes]"""
Progress = Callable[[float, Text], None]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that came in and what was decided."""

    filed: Filed
    receipt: Receipt | None
    """None when it was judged elsewhere, could not even be read, or had been received before."""
    new: bool
    """False: exactly this file was filed before, nothing changed."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A file judged by itself, not yet held against what was filed before."""

    name: str
    data: bytes
    digest: str
    """SHA-256 of the data."""
    judged: Judged | None
    """None when exactly this file is settled and was not judged again."""
    receipt: Receipt | None = None
    """The details, where the file was judged here."""


def import_reports(
    group: GroupFile,
    paths: Iterable[Path],
    trust: Trust,
    library: Library,
    when: datetime,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Arrival, ...]:
    """Import files one by one; what was filed before a cancel stays filed."""
    files = tuple(paths)
    arrivals: list[Arrival] = []
    for number, path in enumerate(files):
        if cancelled is not None and cancelled():
            break
        if progress is not None:
            progress(number / len(files), T("Verifying {file}", file=path.name))
        arrivals.append(import_report(group, path, trust, library, when))
    return tuple(arrivals)


def import_report(group: GroupFile, path: Path, trust: Trust, library: Library, when: datetime) -> Arrival:
    """Judge one file and file it with the decision.

    Raises
    ------
    UserError
        when the file cannot be opened or the group file cannot be written. A bad report is no error: it is filed as
        rejected, with its reason.
    """
    return file_examined(group, examine(path, trust, library, when, settled(group)), when)


def settled(group: GroupFile) -> frozenset[str]:
    """Hashes of the files that need not be looked at again: all that were received and not rejected."""
    return frozenset(f.sha256 for f in group.all() if f.state != REJECTED)


def examine(
    path: Path, trust: Trust, library: Library, when: datetime, known: frozenset[str] = frozenset()
) -> Examined:
    """Read and judge one file by itself: the slow half, without the group file, fit for a worker.

    Raises
    ------
    UserError
        when the file cannot be opened.
    """
    return examine_data(path.name, read_file(path), trust, library, when, known)


def examine_data(
    name: str, data: bytes, trust: Trust, library: Library, when: datetime, known: frozenset[str] = frozenset()
) -> Examined:
    """The same for bytes that are at hand, e.g. of a report filed before."""
    asked = order(name, data, trust, when)
    digest = asked.sha256
    if digest in known:
        return Examined(name, data, digest, None)
    receipt = receive(data, trust, library, when, isolated=True)
    return Examined(name, data, digest, judged(asked, receipt), receipt)


def file_examined(group: GroupFile, examined: Examined, when: datetime) -> Arrival:
    """File what was examined, in the light of what was filed before: the quick half, where the group file lives.

    Raises
    ------
    UserError
        when the group file cannot be written.
    """
    known = group.received(examined.digest)
    if known is not None and (known.state != REJECTED or examined.judged is None):
        return Arrival(known, None, new=False)
    if examined.judged is None:
        raise ValueError("a file that was never received needs to be judged")
    found = examined.judged
    filed = replace(found.filed, received=when.replace(microsecond=0).isoformat())
    if filed.state != REJECTED and (against := _against(group, filed)):
        filed = replace(filed, state=REJECTED, reasons=against)
    if known is not None:  # rejected before and judged anew: it came in when it came in
        filed = replace(filed, received=known.received)
    kept = filed.state != REJECTED
    group.file(filed, examined.data, found.parts if kept else {}, found.markings if kept else ())
    return Arrival(filed, examined.receipt, new=True)


def read_file(path: Path) -> bytes:
    """The bytes of a report, unless it is too large to be one.

    Raises
    ------
    UserError
        naming the file and the reason.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise UserError(T("“{file}” is larger than {limit} MB.", file=path.name, limit=LARGEST // 2**20))
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            T("“{file}” cannot be opened: {why}.", file=path.name, why=error.strerror or ""),
            T("Check that the file exists and that you may read it."),
        ) from error


def _against(group: GroupFile, filed: Filed) -> tuple[Text, ...]:
    """Replays: an older or a second report of the same revision, or one that does not follow the filed one."""
    latest = group.latest(filed.audit_id)
    if latest is None or latest.package_sha256 == filed.package_sha256:
        return ()
    if filed.revision <= latest.revision:
        return (
            T("Revision {received} of this audit is not newer than the filed revision {filed}.",
              received=filed.revision, filed=latest.revision),
        )  # fmt: skip
    if filed.revision == latest.revision + 1 and filed.previous != latest.package_sha256:
        return (T("The report does not continue the filed revision {filed} of this audit.", filed=latest.revision),)
    return ()
