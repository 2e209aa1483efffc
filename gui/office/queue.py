"""Files on their way into the group: what waits, what is at work, what was stopped; and the pool that judges them.

The pool works off the window's thread and gives one answer after the other; each is handed over here, on the window's
thread, before the next but a few may come, so that a slow disk never piles up files in memory.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from core.errors import UserError
from core.i18n import T, Text
from core.signing import Trust
from gui.jobs import Cancelled, Job, Progress, crash_error

if TYPE_CHECKING:
    from core.group import Examined

State: TypeAlias = Literal["waiting", "working", "stopped", "failed"]
AHEAD = 4
"""Answers that may wait to be filed."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was handed in and is not filed yet."""

    path: Path
    state: State = "waiting"
    error: UserError | None = None
    """Why it could not even be opened."""
    again: str = ""
    """SHA-256 of a file that is filed already and is judged anew; its bytes come from the group file."""

    @property
    def key(self) -> str:
        """What tells it apart from others on their way."""
        return self.again or str(self.path)


@dataclass(frozen=True, slots=True)
class Came:
    """What became of a file on its way."""

    incoming: Incoming
    examined: Examined


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which the files of one run are judged."""

    trust: Trust
    when: datetime
    settled: frozenset[str]
    """Hashes of files that are not judged again."""
    read: Callable[[Incoming], bytes]
    """The bytes of a file, from whichever thread."""


class Queue(QObject):
    """Belongs to the office, which files what comes."""

    came = Signal(object)
    """Came: to be filed now."""
    began = Signal(object)
    """Job: a run, for whoever shows progress."""
    altered = Signal()
    """Another file waits, works or has gone; several at once are told once."""
    rested = Signal()
    """Nothing is at work any more."""
    _crossed = Signal(object)

    def __init__(self, terms: Callable[[], Terms | None], parent: QObject) -> None:
        super().__init__(parent)
        self._terms = terms
        self._held: dict[str, Incoming] = {}
        self._job: Job | None = None
        self._gate = threading.Semaphore(AHEAD)
        self._done = 0
        """Files dealt with since the last rest, for the progress."""
        self._closed = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(120)
        self._soon.timeout.connect(self.altered)
        self._crossed.connect(self._arrive, Qt.ConnectionType.QueuedConnection)

    # ------------------------------------------------------------------ what is on its way

    @property
    def held(self) -> tuple[Incoming, ...]:
        """In the order in which it was handed in."""
        return tuple(self._held.values())

    @property
    def working(self) -> bool:
        """Whether files are being judged."""
        return self._job is not None

    def count(self, *states: State) -> int:
        """How many files are in one of these states."""
        return sum(one.state in states for one in self._held.values())

    def add(self, files: Iterable[Incoming]) -> int:
        """Hand in; what waits or works already is not handed in twice. Gives how many are new."""
        busy = {key for key, one in self._held.items() if one.state in ("waiting", "working")}
        new = [one for one in files if one.key not in busy]
        for one in new:
            self._held.pop(one.key, None)
            self._held[one.key] = one
        self.altered.emit()
        self.go_on()
        return len(new)

    def cancel(self) -> None:
        """Stop: what waits or is being judged is not filed and can be resumed; what was filed stays."""
        for key, one in self._held.items():
            if one.state in ("waiting", "working"):
                self._held[key] = replace(one, state="stopped")
        if self._job is not None:
            self._job.cancel()
        self.altered.emit()

    def resume(self) -> None:
        """Go on with what was stopped."""
        for key, one in self._held.items():
            if one.state == "stopped":
                self._held[key] = replace(one, state="waiting")
        self.altered.emit()
        self.go_on()

    def forget(self) -> None:
        """Clear what was stopped and what could not be opened."""
        self._held = {key: one for key, one in self._held.items() if one.state in ("waiting", "working")}
        self.altered.emit()

    def close(self) -> None:
        """Stop for good, and let go of the office: a circle would be taken apart in whatever thread comes along."""
        self._closed, self._terms = True, lambda: None
        self._soon.stop()
        self._held = {}
        if self._job is not None:
            self._job.cancel()
        self._gate.release(AHEAD)

    # ------------------------------------------------------------------ one run

    def go_on(self) -> None:
        """Begin a run when there is something to do and somebody is trusted."""
        waiting = [one for one in self._held.values() if one.state == "waiting"]
        if self._closed or self._job is not None or not waiting or (terms := self._terms()) is None:
            return
        done = self._done
        job = self._job = Job(lambda progress, cancelled: self._run(waiting, terms, done, progress, cancelled))
        job.crashed.connect(lambda trace: self._break_off(crash_error(trace)))
        job.failed.connect(self._break_off)
        job.stopped.connect(self.cancel)  # from wherever it was cancelled: it means all of them
        job.ended.connect(self._ended)
        self.began.emit(job)
        job.start()

    def _run(
        self, waiting: list[Incoming], terms: Terms, done: int, progress: Progress, cancelled: Callable[[], bool]
    ) -> None:
        """On the worker."""
        total = done + len(waiting)
        for came in answers(waiting, terms, self._crossed.emit, cancelled):
            progress(done / total, verifying(came.incoming.path.name, done + 1, total))  # raises once cancelled
            self._gate.acquire()
            done += 1
            self._crossed.emit(came)
        if cancelled():
            raise Cancelled

    def _arrive(self, what: Came | Incoming) -> None:
        """On the window's thread again."""
        if isinstance(what, Incoming):
            if (known := self._held.get(what.key)) is not None and known.state == "waiting":
                self._held[what.key] = replace(known, state="working")
                self._tell_soon()
            return
        self._gate.release()
        known = self._held.get(what.incoming.key)
        if self._closed or known is None or known.state not in ("waiting", "working"):
            return  # stopped meanwhile
        self._done += 1
        if what.examined.problem is not None:
            self.fail(what.incoming, what.examined.problem)
        else:
            del self._held[what.incoming.key]
            self.came.emit(what)
        self._tell_soon()

    def _tell_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def fail(self, one: Incoming, error: UserError) -> None:
        """It could not be opened or filed; the others go on."""
        self._held[one.key] = replace(one, state="failed", error=error)

    def _break_off(self, error: UserError) -> None:
        for one in tuple(self._held.values()):
            if one.state in ("waiting", "working"):
                self.fail(one, error)

    def _ended(self) -> None:
        self._job = None
        self.go_on()
        self.altered.emit()
        if not self.working:
            QTimer.singleShot(0, self, self._rest)  # when whoever followed the job has seen its end

    def _rest(self) -> None:
        if not (self.working or self._closed):
            self._done = 0
            self.rested.emit()


def answers(
    waiting: Sequence[Incoming], terms: Terms, at_work: Callable[[Incoming], object], cancelled: Callable[[], bool]
) -> Iterator[Came]:
    """What becomes of each file, as it is known; a file that cannot be read stops no other. For a worker."""
    from core.group import examine_files

    by_path = {Path(one.again) / one.path.name if one.again else one.path: one for one in waiting}

    def begun(share: float, _words: Text) -> None:
        at_work(waiting[round(share * len(waiting))])

    found = examine_files(
        tuple(by_path), terms.trust, terms.when, terms.settled, progress=begun, cancelled=cancelled,
        reading=lambda path: terms.read(by_path[path]),
    )  # fmt: skip
    for one, examined in zip(waiting, found, strict=False):  # they come in order; a cancel ends them early
        yield Came(one, examined)


def from_disk(one: Incoming) -> bytes:
    """The bytes of a file that was handed in.

    Raises
    ------
    UserError
        when it cannot be read.
    """
    from core.group.inbox.filing import read_file

    return read_file(one.path)


def verifying(name: str, number: int, total: int) -> Text:
    """What is being done, for the progress line."""
    if total == 1:
        return T("Verifying {file}", file=name)
    return T("Verifying {number} of {total}: {file}", number=number, total=total, file=name)
