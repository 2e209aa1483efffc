"""The inbox: one file after the other, each judged by itself; a bad one stops no other and nothing enters half."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from core.errors import UserError
from core.handover import Receipt, receive
from core.i18n import T, Text, verbatim
from core.inventory import Inventory, Package
from core.library import Library
from core.signing import Trust
from core.store import Filed, GroupFile

LARGEST = 100 * 1024 * 1024
"""No report is larger. [bytes]"""
Progress = Callable[[float, Text], None]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that came in and what was decided."""

    filed: Filed
    receipt: Receipt | None
    """None when the file could not even be read, or had been received before."""
    new: bool
    """False: exactly this file was filed before, nothing changed."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A file judged by itself, not yet held against what was filed before."""

    name: str
    data: bytes
    digest: str
    """SHA-256 of the data."""
    receipt: Receipt | None
    """None when exactly this file is settled and was not judged again."""


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
    return frozenset(f.sha256 for f in group.all() if f.state != "rejected")


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
    digest = hashlib.sha256(data).hexdigest()
    receipt = None if digest in known else receive(data, trust, library, when, isolated=True)
    return Examined(name, data, digest, receipt)


def file_examined(group: GroupFile, examined: Examined, when: datetime) -> Arrival:
    """File what was examined, in the light of what was filed before: the quick half, where the group file lives.

    Raises
    ------
    UserError
        when the group file cannot be written.
    """
    known = group.received(examined.digest)
    if known is not None and (known.state != "rejected" or examined.receipt is None):
        return Arrival(known, None, new=False)
    if examined.receipt is None:
        raise ValueError("a file that was never received needs a receipt")
    arrival = judge(group, examined.name, examined.data, examined.digest, examined.receipt, when)
    if known is not None:  # rejected before and judged anew: it came in when it came in
        arrival = replace(arrival, filed=replace(arrival.filed, received=known.received))
    group.file(arrival.filed, examined.data)
    return arrival


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


def judge(group: GroupFile, name: str, data: bytes, digest: str, receipt: Receipt, when: datetime) -> Arrival:
    """Accept or reject a judged report in the light of what was filed before."""
    received = when.replace(microsecond=0).isoformat()
    package, inventory = receipt.package, receipt.inventory
    if package is None or inventory is None:
        return Arrival(Filed(digest, name, received, "rejected", (receipt.reason,)), receipt, new=True)
    reasons: tuple[Text, ...] = () if receipt.valid else (receipt.reason,)
    reasons += _against(group, package)
    state = "rejected" if reasons else "accepted"
    noticed = tuple(
        T("The factor {key} is not in our library.", key=verbatim(d.where.removeprefix("factor ")))
        for d in receipt.unknown_factors
    )
    if receipt.rebuilt == "unknown-renderer":
        noticed += (receipt.reason,)
    filed = Filed(
        digest,
        name,
        received,
        state,
        reasons or noticed,
        signed_by=tuple(s.signer for s in receipt.signatures),
        signed_at=receipt.signatures[0].signed_at.isoformat() if receipt.signatures else "",
        recalculated_equal=receipt.equal,
        rebuilt=receipt.rebuilt,
        audit_id=str(_object(package.plain["audit"])["id"]),
        revision=package.audit.revision,
        package_sha256=package.sha256,
        plant=inventory.plant.name,
        country=inventory.plant.country,
        region=inventory.plant.region,
        year=package.choices.period.end.year,
        totals=_totals(inventory),
        gases=dict(inventory.totals.gases),
    )
    return Arrival(filed, receipt, new=True)


def _against(group: GroupFile, package: Package) -> tuple[Text, ...]:
    """Replays: an older or a second report of the same revision, or one that does not follow the filed one."""
    audit = _object(package.plain["audit"])
    latest = group.latest(str(audit["id"]))
    if latest is None or latest.package_sha256 == package.sha256:
        return ()
    if package.audit.revision <= latest.revision:
        return (
            T("Revision {received} of this audit is not newer than the filed revision {filed}.",
              received=package.audit.revision, filed=latest.revision),
        )  # fmt: skip
    if package.audit.revision == latest.revision + 1 and package.audit.previous != latest.package_sha256:
        return (T("The report does not continue the filed revision {filed} of this audit.", filed=latest.revision),)
    return ()


def _totals(inventory: Inventory) -> dict[str, Decimal]:
    totals = inventory.totals
    return {**totals.scopes, "biogenic": totals.biogenic, "outside_basket": totals.other}


def _object(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError("object")
    return value
