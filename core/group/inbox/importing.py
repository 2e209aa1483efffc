"""Many files at once: read one by one, judged side by side, filed in their order; one bad file never stops the rest.

Files are filed in the order in which they were named, whichever is judged first. So the same files give the same
decisions on any number of processors, on a cluster, and after a break.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from core.errors import UserError
from core.group.inbox.against import Light
from core.group.inbox.coming import reports_in, settled
from core.group.inbox.filing import Arrival, Examined, Progress, file_examined, read_file
from core.group.inbox.judging import Judged, Order, order
from core.group.inbox.workers import judge_all
from core.i18n import T
from core.signing import Trust
from core.store import HELD, REJECTED, GroupFile

ENGINES = ("embedded", "spark")
Cancelled = Callable[[], bool]
Reading = Callable[[Path], bytes]


class Engine(Protocol):
    """Who judges: gives one answer for each order, in their order."""

    def __call__(self, orders: Iterable[Order], *, cancelled: Cancelled | None = None) -> Iterator[Judged]: ...


def import_files(
    group: GroupFile,
    paths: Iterable[Path],
    trust: Trust,
    when: datetime,
    *,
    engine: str = "embedded",
    master: str | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    rebuild: bool = True,
) -> Iterator[Arrival]:
    """Judge and file reports; whatever was filed before a break stays filed, and the next import goes on from there.

    Parameters
    ----------
    group
        nobody else changes it meanwhile.
    paths
        files, and folders with PDFs in them.
    trust
        whom head office believes.
    when
        the moment of the import, UTC.
    engine, master
        see :func:`engine_named`.
    progress
        told the part that is done and the file at work.
    cancelled
        asked often; what is being judged then is not filed.
    rebuild
        render each report again and compare; without it a report is at best held.

    Raises
    ------
    UserError
        when the group file cannot be written, or the engine cannot be had.
    """
    light = Light(group)
    found = examine_files(
        reports_in(paths), trust, when, settled(group), judging=engine_named(engine, master), progress=progress,
        cancelled=cancelled, rebuild=rebuild,
    )  # fmt: skip
    for examined in found:
        yield file_examined(group, examined, when, light)


def examine_files(
    paths: Collection[Path],
    trust: Trust,
    when: datetime,
    known: frozenset[str] = frozenset(),
    *,
    judging: Engine | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    rebuild: bool = True,
    reading: Reading = read_file,
) -> Iterator[Examined]:
    """The slow half of an import, without the group file, fit for a thread: everything in the order of ``paths``.

    Parameters
    ----------
    known
        hashes of files that are settled, see :func:`core.group.inbox.coming.settled`.
    judging
        None: every processor of this machine.
    reading
        gives the bytes of a path, which may stand for a report that is filed.
    """
    line: deque[Examined | Order] = deque()
    orders = _orders(paths, trust, when, known, line, progress, cancelled, rebuild, reading)
    for judged in (judging or judge_all)(orders, cancelled=cancelled):
        while isinstance(first := line.popleft(), Examined):
            yield first
        yield Examined(first.name, first.data, judged.filed.sha256, judged)
    while line and isinstance(line[0], Examined):  # behind a cancel orders without an answer wait in line too
        yield line.popleft()  # type: ignore[misc]


def judge_again(
    group: GroupFile, trust: Trust, when: datetime, *, cancelled: Cancelled | None = None
) -> Iterator[Arrival]:
    """Judge once more what is held, or was rejected by no person: trust, register or library may have changed."""
    light, done = Light(group), settled(group)
    waiting = [f for f in reversed(group.all()) if f.state in (HELD, REJECTED) and f.sha256 not in done]
    line: deque[Order] = deque()

    def orders() -> Iterator[Order]:
        for filed in waiting:
            line.append(order(filed.name, group.original(filed.sha256), trust, when))
            yield line[-1]

    for judged in judge_all(orders(), cancelled=cancelled):
        asked = line.popleft()
        yield file_examined(group, Examined(asked.name, asked.data, asked.sha256, judged), when, light)


def engine_named(engine: str, master: str | None = None) -> Engine:
    """``embedded``: the processors of this machine; ``spark``: Apache Spark, at the URL ``master``.

    Raises
    ------
    UserError
        when there is no such engine, or what it needs is missing.
    """
    if engine == "embedded":
        return judge_all
    if engine != "spark":
        raise UserError(
            T("There is no engine “{engine}”.", engine=engine),
            T("Choose one of: {choices}.", choices=", ".join(ENGINES)),
        )
    from core.group.inbox.spark import check_spark, judge_on_spark

    check_spark()
    return partial(judge_on_spark, master=master)


def _orders(
    paths: Collection[Path], trust: Trust, when: datetime, known: frozenset[str], line: deque[Examined | Order],
    progress: Progress | None, cancelled: Cancelled | None, rebuild: bool, reading: Reading,
) -> Iterator[Order]:  # fmt: skip
    """What has to be judged; everything that came in stands in line, judged or not."""
    waiting: set[str] = set()
    for number, path in enumerate(paths):
        if cancelled is not None and cancelled():
            return
        if progress is not None:
            progress(number / len(paths), T("Verifying {file}", file=path.name))
        try:
            data = reading(path)
        except UserError as error:
            line.append(Examined(path.name, b"", "", None, problem=error))
            continue
        digest = hashlib.sha256(data).hexdigest()
        if digest in known or digest in waiting:
            line.append(Examined(path.name, b"", digest, None))
            continue
        waiting.add(digest)
        asked = order(path.name, data, trust, when, rebuild=rebuild)
        line.append(asked)
        yield asked
