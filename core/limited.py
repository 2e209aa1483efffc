"""One function at work in a process of its own with limits on time and memory, for what strangers send.

Where the system can, a server that has loaded what the work needs, and never sees a file, forks a fresh process for
each piece of work: the first takes as long as before, each one after it only what it does. Elsewhere (Windows) each
process loads for itself, and only the limit on time holds. Also works in a frozen program whose start calls
``multiprocessing.freeze_support()``.
"""

from __future__ import annotations

import multiprocessing
import os
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing import connection
from pathlib import Path
from types import ModuleType
from typing import Any

from core.running.crash import crash_of
from core.running.start import process_broke

Work = Callable[[Any], Sequence[bytes]]
"""A function of a module. What it answers are plain bytes: nothing that comes back is ever unpickled."""
MB = 1_000_000
LARGEST_ANSWER = 400 * MB
MOST_MESSAGES = 10_000
BROKEN = 2**32 - 1
"""In place of the number of messages: what follows is where the work broke, for it is a bug of ours."""
LARGEST_REPORT = 20_000
LONGEST_SOCKET = 100
"""Of the path of a socket; the smallest limit of any system is 104. [bytes]"""
_STARTING = threading.Lock()
"""The standard library keeps one list of processes for all threads."""
_PLACE = str(Path(__file__).resolve().parent.parent)
"""Where this program lies."""
_PRELOADED: dict[str, None] = {__name__: None}


class BrokeOff(Exception):
    """The process ended without an answer: it broke a limit, or the work brought it down."""


class TookTooLong(Exception):
    """The process was ended because its time was over."""


def preload(modules: Iterable[str]) -> None:
    """Name what the work needs, before the first piece of work of the program; afterwards it is loaded each time."""
    _PRELOADED.update(dict.fromkeys(modules))


def warm_up() -> None:
    """Let the server load what was named, while the program goes on."""
    context = _context()
    if context.get_start_method() == "forkserver":
        from multiprocessing.forkserver import ensure_running

        with _STARTING, _own_place():
            ensure_running()


class Task:
    """A piece of work that has begun in a process of its own; ``end`` it in every case."""

    def __init__(self, work: Work, asked: object, *, seconds: float, memory_mb: int) -> None:
        """Begin.

        Parameters
        ----------
        work
            function of a module, called with ``asked`` in the other process.
        asked
            plain values.
        seconds
            how long it may take, by the clock and of the processor. [s]
        memory_mb
            address space of the process. [MB]
        """
        self.deadline = time.monotonic() + seconds
        self._receiver, sender = _context().Pipe(duplex=False)
        self._process = _context().Process(target=_run, args=(sender, work, asked, seconds, memory_mb), daemon=True)
        try:
            with _STARTING, _no_main_module(), _own_place():
                self._process.start()
        except BaseException:
            self._receiver.close()
            raise
        finally:
            sender.close()

    def answer(self) -> list[bytes]:
        """Wait for what the work says.

        Raises
        ------
        TookTooLong
            when its time is over; it was ended.
        BrokeOff
            when the process ended without an answer.
        """
        guard = threading.Timer(max(0.0, self.deadline - time.monotonic()), self._process.kill)
        guard.daemon = True
        guard.start()
        try:
            return self._messages()
        except (EOFError, OSError, ValueError) as error:
            if time.monotonic() >= self.deadline:
                raise TookTooLong from error
            raise BrokeOff from error
        finally:
            guard.cancel()
            guard.join()

    def _messages(self) -> list[bytes]:
        count, left = int.from_bytes(self._receiver.recv_bytes(4), "little"), LARGEST_ANSWER
        if count == BROKEN:
            process_broke(self._receiver.recv_bytes(LARGEST_REPORT).decode("utf-8", errors="replace"))
            raise EOFError
        if count > MOST_MESSAGES:
            raise ValueError("too many messages")
        messages = []
        for _ in range(count):
            messages.append(self._receiver.recv_bytes(left))
            left -= len(messages[-1])
        return messages

    def end(self) -> None:
        """Leave no process behind; one that has answered may finish by itself."""
        self._receiver.close()
        connection.wait([self._process.sentinel], 0.5 if time.monotonic() < self.deadline else 0)
        self._finish()

    def kill(self) -> None:
        """Stop it at once; nobody wants the answer any more."""
        self._receiver.close()
        self._finish()

    def _finish(self) -> None:
        with _STARTING:
            if self._process.is_alive():
                self._process.kill()
            self._process.join()
            self._process.close()

    @staticmethod
    def ready(tasks: Sequence[Task], seconds: float) -> list[Task]:
        """Which of them have an answer, are at their end or out of time; waits that long for the first. [s]"""
        first = min((t.deadline for t in tasks), default=0.0) - time.monotonic()
        found = connection.wait([t._receiver for t in tasks], max(0.0, min(seconds, first)))
        now = time.monotonic()
        return [t for t in tasks if t._receiver in found or now >= t.deadline]


def ask(work: Work, asked: object, *, seconds: float, memory_mb: int) -> list[bytes]:
    """Begin, wait for the answer, and leave no process behind; see :class:`Task`."""
    task = Task(work, asked, seconds=seconds, memory_mb=memory_mb)
    try:
        return task.answer()
    finally:
        task.end()


@contextmanager
def _no_main_module() -> Iterator[None]:
    """Start without the program's first module, which would be loaded again for each piece of work and is not needed.

    That module may be anything: the worker of a cluster, a test runner, a script of the person.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _own_place() -> Iterator[None]:
    """A server looks for what it is to load where it was started from, under Python 3.11 nowhere else.

    What it does not find it leaves out without a word, and each piece of work loads it again.
    """
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = _PLACE if not before else os.pathsep.join((_PLACE, before))
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before


def _context() -> Any:
    if "forkserver" not in multiprocessing.get_all_start_methods() or not _can_talk(tempfile.gettempdir()):
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_PRELOADED))
    return context


@cache
def _can_talk(folder: str) -> bool:
    """Whether the server could be spoken to: its socket lies among temporary files, which may be on a stick."""
    place = Path(folder) / f"pymp-{'x' * 8}" / f"listener-{os.getpid()}"
    if len(os.fsencode(place)) > LONGEST_SOCKET:
        return False
    probe = Path(folder) / f".{os.getpid()}-{threading.get_ident()}"
    try:
        with socket.socket(socket.AF_UNIX) as tried:
            tried.bind(str(probe))
    except OSError:
        return False
    finally:
        with suppress(OSError):
            probe.unlink()
    return True


def _run(sender: connection.Connection, work: Work, asked: object, seconds: float, memory_mb: int) -> None:
    """Runs in the other process."""
    _limit(seconds, memory_mb)
    try:
        messages = work(asked)
    except Exception as error:
        sender.send_bytes(BROKEN.to_bytes(4, "little"))
        sender.send_bytes("\n".join(crash_of(error, "process").lines).encode()[:LARGEST_REPORT])
        raise SystemExit(1) from None
    sender.send_bytes(len(messages).to_bytes(4, "little"))
    for message in messages:
        sender.send_bytes(message)
    sender.close()


def _limit(seconds: float, memory_mb: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * MB, memory_mb * MB))
