"""Reports judged on this machine: each in a fresh process with limits, as many at once as there are processors."""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict

from core.group.inbox.judging import Judged, Order, judge, refused
from core.i18n import T
from core.limited import BrokeOff, Task, TookTooLong, preload
from core.signing.isolated import BROKE_OFF, took_longer
from core.store import Marking
from core.store.filed import facts_of, filed_from

SECONDS = 120.0
"""What one file may take: a report of 10,000 lines with 50 MB of proofs takes 10. [s]"""
MEMORY_MB = 2_500
"""Address space of the process that judges one file. [MB]"""
MOST_WORKERS = 8
LOOK = 0.1
"""How often somebody is asked whether to stop. [s]"""
Asked = Order | Callable[[], Order]
"""A file to be judged, or how to read it when its turn has come."""

preload((__name__, "core.group.inbox.warm"))


def worker_count() -> int:
    """One process for each processor, at most eight: each may need much memory."""
    return max(1, min(os.cpu_count() or 1, MOST_WORKERS))


def judge_all(
    orders: Iterable[Asked],
    *,
    workers: int | None = None,
    seconds: float = SECONDS,
    memory_mb: int = MEMORY_MB,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[Judged]:
    """Judge files, each in a process of its own; results come in the order of the files, as soon as they are known.

    At most twice as many files as workers are read or wait for an earlier one, so memory does not grow with their
    number. Whatever happens to a process, its file has an answer. After ``cancelled`` says so, or when the caller
    wants no more, every process is ended at once.

    Parameters
    ----------
    orders
        taken one by one, when a worker is free.
    workers
        None: :func:`worker_count`.
    seconds, memory_mb
        limits of each file, see :class:`core.limited.Task`.
    cancelled
        asked ten times a second.
    """
    crew = _Crew(iter(orders), workers or worker_count(), seconds, memory_mb)
    try:
        while crew.hire() and not (cancelled is not None and cancelled()):
            crew.look()
            yield from crew.finished()
    finally:
        crew.dismiss()


def judge_limited(order: Order, *, seconds: float = SECONDS, memory_mb: int = MEMORY_MB) -> Judged:
    """Judge one file in a process of its own."""
    (judged,) = judge_all((order,), workers=1, seconds=seconds, memory_mb=memory_mb)
    return judged


class _Work:
    """One file between its reading and its turn to be given out."""

    __slots__ = ("judged", "order", "task")

    def __init__(self, order: Order, task: Task) -> None:
        self.order, self.task = order, task
        self.judged: Judged | None = None


class _Crew:
    """Who is at work, in the order of the files."""

    def __init__(self, orders: Iterator[Asked], size: int, seconds: float, memory_mb: int) -> None:
        self._orders, self._size, self._seconds, self._memory_mb = orders, size, seconds, memory_mb
        self._line: deque[_Work] = deque()
        self._leaving: list[Task] = []
        """Processes that have answered and may take their time to go."""

    @property
    def _busy(self) -> list[_Work]:
        return [work for work in self._line if work.judged is None]

    def hire(self) -> bool:
        """Begin what there is room for; False when nothing is left."""
        while len(self._line) < 2 * self._size and len(self._busy) < self._size:
            asked = next(self._orders, None)
            if asked is None:
                break
            order = asked if isinstance(asked, Order) else asked()
            self._line.append(_Work(order, Task(answer, order, seconds=self._seconds, memory_mb=self._memory_mb)))
        return bool(self._line)

    def look(self) -> None:
        """Wait a moment for whoever has finished."""
        self._see_off()
        by_task = {work.task: work for work in self._busy}
        for task in Task.ready(list(by_task), LOOK):
            by_task[task].judged = self._result(by_task[task])

    def finished(self) -> Iterator[Judged]:
        """Those at the front of the line."""
        while self._line and (judged := self._line[0].judged) is not None:
            self._line.popleft()
            yield judged

    def _result(self, work: _Work) -> Judged:
        try:
            return from_wire(work.task.answer(), work.order)
        except TookTooLong:
            return refused(work.order, took_longer(self._seconds))
        except (BrokeOff, ValueError, KeyError, TypeError, IndexError):
            return refused(work.order, BROKE_OFF)
        finally:
            self._leaving.append(work.task)

    def _see_off(self) -> None:
        while self._leaving:
            self._leaving.pop().end()

    def dismiss(self) -> None:
        """End everybody at once."""
        for work in self._busy:
            work.task.kill()
        self._see_off()
        self._line.clear()


def answer(order: Order) -> Sequence[bytes]:
    """Runs in the limited process: the judgement as bytes."""
    try:
        judged = judge(order)
    except Exception as error:  # a hostile file must never become a traceback
        judged = refused(order, T("The file could not be examined ({kind}).", kind=type(error).__name__))
    return to_wire(judged)


def to_wire(judged: Judged) -> list[bytes]:
    """A head in JSON and one message for each part; never pickle, for the sender has read a stranger's file."""
    head = {
        "state": judged.filed.state,
        "facts": facts_of(judged.filed),
        "parts": list(judged.parts),
        "markings": [asdict(marking) for marking in judged.markings],
    }
    return [json.dumps(head, ensure_ascii=True).encode("ascii"), *judged.parts.values()]


def from_wire(messages: Sequence[bytes], order: Order) -> Judged:
    """The judgement as it was; ValueError, KeyError, TypeError or IndexError if the messages are none of this file."""
    head = json.loads(messages[0])
    filed = filed_from(head["state"], head["facts"])
    if filed.sha256 != order.sha256:
        raise ValueError("an answer about another file")
    parts = dict(zip(head["parts"], messages[1:], strict=True))
    return Judged(filed, parts, tuple(Marking(**each) for each in head["markings"]))
