"""The inbox: each file is judged by itself and then held against what was filed before; nothing enters half."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from core.disk import cannot_open
from core.errors import UserError
from core.group.inbox.against import Light
from core.group.inbox.judging import Judged, judged, order
from core.handover import Receipt, receive
from core.i18n import T, Text
from core.library import Library
from core.signing import Trust
from core.store import ACCEPTED, HELD, REJECTED, SUPERSEDED, Filed, GroupFile

LARGEST = 100 * 1024 * 1024
"""No report is larger. [bytes]"""
Progress = Callable[[float, Text], None]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that came in and what was decided."""

    filed: Filed
    """One that could not even be read has no hash and is not kept."""
    receipt: Receipt | None
    """None when it was judged elsewhere, could not even be read, or had been received before."""
    new: bool
    """False: exactly this file was filed before, nothing changed."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A file judged by itself, not yet held against what was filed before."""

    name: str
    data: bytes
    """Empty when it was not judged again, or could not be read."""
    digest: str
    """SHA-256 of the data; empty when it could not be read."""
    judged: Judged | None
    """None when exactly this file is settled and was not judged again."""
    receipt: Receipt | None = None
    """The details, where the file was judged here."""
    problem: UserError | None = None
    """Why it could not be read."""


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


def file_examined(group: GroupFile, examined: Examined, when: datetime, light: Light | None = None) -> Arrival:
    """File what was examined, in the light of what was filed before: the quick half, where the group file lives.

    Parameters
    ----------
    light
        of the same group file; whoever files many keeps one, and nobody else may change the file meanwhile.

    Raises
    ------
    UserError
        when the group file cannot be written.
    """
    moment = when.replace(microsecond=0).isoformat()
    if examined.problem is not None:
        return Arrival(Filed("", examined.name, moment, REJECTED, (examined.problem.message,)), None, new=False)
    known = group.received(examined.digest)
    if known is not None and (examined.judged is None or _is_settled(group, known)):
        return Arrival(known, None, new=False)
    if examined.judged is None:
        raise ValueError("a file that was never received needs to be judged")
    around = light or Light(group)
    received = moment if known is None else known.received  # judged anew, it still came in when it came in
    filed = in_the_light(around, replace(examined.judged, filed=replace(examined.judged.filed, received=received)))
    if filed == known:
        return Arrival(known, examined.receipt, new=False)
    found, kept = examined.judged, filed.state != REJECTED
    group.file(filed, examined.data, found.parts if kept else {}, found.markings if kept else ())
    if filed.state == ACCEPTED:
        around.accepted(filed)
    return Arrival(filed, examined.receipt, new=True)


def in_the_light(light: Light, found: Judged) -> Filed:
    """The decision about a file judged by itself, together with what was filed before."""
    filed = found.filed
    if filed.state == REJECTED:
        return filed
    against = light.against(filed, found.markings)
    if against.refused:
        return replace(filed, state=REJECTED, reasons=against.refused)
    doubts = (*filed.reasons, *against.doubts)
    return replace(filed, state=HELD if doubts else ACCEPTED, reasons=(*doubts, *against.notices))


def _is_settled(group: GroupFile, known: Filed) -> bool:
    return known.state in (ACCEPTED, SUPERSEDED) or group.register.get("decision", known.sha256) is not None


def read_file(path: Path) -> bytes:
    """The bytes of a report, unless it is too large to be one.

    Raises
    ------
    UserError
        naming the file and the reason.
    """
    try:
        # A pipe would keep whoever opens it waiting for ever.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as stream:
            about = os.fstat(stream.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise UserError(T("“{file}” is not a file.", file=path.name), T("Choose a file."))
            # As much as it was; one that is still growing is cut off, and comes again when it has grown.
            data = stream.read(about.st_size) if about.st_size <= LARGEST else None
    except OSError as error:
        raise cannot_open(path, error) from error
    if data is None:
        raise UserError(
            T("“{file}” is larger than {limit} MB.", file=path.name, limit=LARGEST // 2**20),
            T("Choose a report of this program; none is so large."),
        )
    return data
