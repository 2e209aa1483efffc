"""Long work off the GUI thread: a job gets values, returns a value, tells its progress and can be cancelled.

    job = Job(lambda progress, cancelled: render(package, progress))
    job.done.connect(show)
    job.start()

A job belongs to its class while it runs, never to a widget: a page may die, the job still ends in order. The worker
makes no QObject and ends none: what it has to say crosses over through one private queued signal, and whoever hears the
last of it waits until the thread has let go of everything.
"""

from __future__ import annotations

import atexit
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import ClassVar, TypeAlias

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from core.errors import UserError
from core.i18n import T, Text
from core.running.log import LOG
from core.store.trouble import of_the_disk

Progress: TypeAlias = Callable[[float, Text], None]
"""``progress(0.4, T("Reading rows"))``; raises :class:`Cancelled` once the person has cancelled."""
Work: TypeAlias = Callable[[Progress, Callable[[], bool]], object]


class Cancelled(Exception):
    """The work stopped because somebody asked it to, and has left nothing half done."""


def crash_error(trace: str) -> UserError:
    """A bug of ours, said to the person whose work ended in it."""
    return UserError(
        T("Something went wrong inside the program: {what}", what=trace.strip().splitlines()[-1]),
        T("Nothing was changed. Try again; if it happens again, save the report and pass it on."),
    )


class Job(QObject):
    """One run of a function on a thread of its own. Exactly one of done, failed, crashed, stopped follows ``start``."""

    progressed = Signal(float, object)
    """Share from 0 to 1, and a Text."""
    done = Signal(object)
    """What the function returned."""
    failed = Signal(object)
    """The UserError: something the person can act on."""
    crashed = Signal(str)
    """A bug of ours, with its traceback."""
    stopped = Signal()
    """Cancelled, nothing was done."""
    ended = Signal()
    """After any of the four above."""
    _crossed = Signal(str, object, object)

    broken: ClassVar[Callable[[BaseException], object] | None] = None
    """Told of a bug of ours, on the worker's thread, before anybody else."""
    _running: ClassVar[set[Job]] = set()
    _silent: ClassVar[bool] = False
    """The interpreter ends: nobody listens any more, and a signal would be sent to what is gone."""

    def __init__(self, work: Work, *, answers: bool = False) -> None:
        """``answers``: it only answers a question of a page; a page that goes meanwhile needs the answer no more."""
        super().__init__()
        self._work = work
        self.answers = answers
        self._cancel = threading.Event()
        self._began = 0.0
        self._thread = threading.Thread(target=self._run, name="job", daemon=True)
        self._crossed.connect(self._arrive, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin; connect to the signals first."""
        Job._running.add(self)
        self._began = time.monotonic()
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to stop at its next look."""
        self._cancel.set()

    @property
    def running(self) -> bool:
        """Between ``start`` and ``ended``."""
        return self in Job._running

    @classmethod
    def any_running(cls) -> bool:
        """Whether some work goes on."""
        return bool(cls._running)

    @classmethod
    def any_to_wait_for(cls) -> bool:
        """Whether some work goes on that would be lost with the window."""
        return any(not job.answers for job in cls._running)

    @classmethod
    def cancel_all(cls, seconds: float = 10.0) -> bool:
        """Before the program ends: cancel what runs and deliver its last words. False when some work did not stop."""
        for job in tuple(cls._running):
            job.cancel()
        until = time.monotonic() + seconds
        while cls._running and time.monotonic() < until:
            QCoreApplication.processEvents()
            time.sleep(0.005)
        return not cls._running

    @classmethod
    def fall_silent(cls, seconds: float = 2.0) -> None:
        """At the end of the interpreter, before Qt is taken down: work that nobody waits for says nothing more."""
        cls._silent = True
        until = time.monotonic() + seconds
        for job in tuple(cls._running):
            job.cancel()
        for job in tuple(cls._running):
            job._thread.join(max(0.0, until - time.monotonic()))

    # ------------------------------------------------------------------ on the worker

    def _run(self) -> None:
        try:
            value = self._work(self._tell, self._cancel.is_set)
        except Cancelled:
            self._say("stopped")
        except UserError as error:
            self._note("refused", error)
            self._say("failed", error)
        except BaseException as error:
            if (told := of_the_disk(error)) is not None:
                self._note("refused", told)
                self._say("failed", told)
                return
            if Job.broken is not None:
                Job.broken(error)
            self._say("crashed", traceback.format_exc())
        else:
            self._note("done")
            self._say("done", value)

    def _note(self, end: str, why: UserError | None = None) -> None:
        seconds = time.monotonic() - self._began
        name = f"{getattr(self._work, '__module__', '-')}.{getattr(self._work, '__qualname__', '-')}"
        if why is None:
            LOG.note("job", work=name, end=end, seconds=seconds)
        else:
            LOG.note("job", work=name, end=end, seconds=seconds, why=why)

    def _tell(self, share: float, text: Text) -> None:
        if self._cancel.is_set():
            raise Cancelled
        self._say("progress", share, text)

    def _say(self, what: str, value: object = None, text: object = None) -> None:
        """To nobody when the program has ended meanwhile: Qt then has taken the signal away."""
        if not Job._silent:
            with suppress(RuntimeError):
                self._crossed.emit(what, value, text)

    # ------------------------------------------------------------------ on the GUI thread

    def _arrive(self, what: str, value: object, text: object) -> None:
        if what == "progress":
            self.progressed.emit(value, text)
            return
        self._thread.join()  # it has said its last word; were it to hold the last reference, widgets would end there
        Job._running.discard(self)
        if what == "done":
            self.done.emit(value)
        elif what == "failed":
            self.failed.emit(value)
        elif what == "crashed":
            self.crashed.emit(value)
        else:
            self.stopped.emit()
        self.ended.emit()


atexit.register(Job.fall_silent)  # after PySide6 was loaded, and therefore called before Qt goes
