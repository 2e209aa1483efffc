"""Hears of everything that goes wrong inside the program, in whatever thread, keeps a report of it and says so.

The window goes on: a slot that fails has confirmed nothing, for a change of a plant is one transaction.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from core.running import crash, hard
from core.running.crash import Crash, crash_of
from core.running.log import LOG, NAME, REMEMBERED, begin_log
from core.running.places import Places
from gui import theme
from gui.jobs import Job
from gui.language import language

_LEVELS = {
    QtMsgType.QtDebugMsg: "debug",
    QtMsgType.QtInfoMsg: "debug",
    QtMsgType.QtWarningMsg: "warning",
    QtMsgType.QtCriticalMsg: "error",
    QtMsgType.QtFatalMsg: "error",
}
Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


@dataclass(frozen=True, slots=True)
class Report:
    """What went wrong, ready to be read."""

    crash: Crash
    text: str
    path: Path | None
    """Where it is kept; None where nothing can be."""


class Guard(QObject):
    """One for the program; it listens from ``begin`` to ``end``."""

    broke = Signal(object)
    """Report; arrives on the window's thread."""

    def __init__(self, where: Places, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.where = where
        self._times: dict[str, int] = {}
        self._reports: dict[str, Report] = {}
        self._one_by_one = threading.Lock()
        self._before: list[Callable[[], object]] = []
        self._watch: hard.Watch | None = None

    # ------------------------------------------------------------------ listening

    def begin(self, window_hook: Hook) -> None:
        """Listen; ``window_hook`` is told what breaks on the window's thread."""
        self._watch = hard.Watch(self.where.crashes)
        old = sys.excepthook, threading.excepthook, sys.unraisablehook, Job.broken
        sys.excepthook = window_hook
        threading.excepthook = self._thread_broke
        sys.unraisablehook = self._unraisable
        Job.broken = lambda error: self.heard(error, "job")
        spoken = qInstallMessageHandler(None)
        qInstallMessageHandler(_Messages(spoken))
        self._before = [lambda: _restore(old), lambda: qInstallMessageHandler(spoken)]

    def end(self) -> None:
        """Everything is as it was; the program ends in order."""
        for act in self._before:
            act()
        self._before = []
        if self._watch is not None:
            self._watch.end()
            self._watch = None
        LOG.end()

    def look_back(self) -> None:
        """Begin the log, and find what ended hard before; called when the window is there already."""
        before = last_lines(self.where.logs / NAME)
        begin_log(self.where)
        for found in hard.left_behind(self.where.crashes):
            LOG.note("ended-hard-before", "error", key=found.key)
            self.broke.emit(self._reported(found, before))

    # ------------------------------------------------------------------ hearing

    def heard(self, error: BaseException, kind: str) -> Report:
        """Keep a report of an exception and tell; the same one again is counted."""
        found = crash_of(error, kind)
        LOG.note("broke", "error", where=kind, key=found.key, error=type(error))
        with self._one_by_one:
            self._times[found.key] = self._times.get(found.key, 0) + 1
            report = self._reports.get(found.key)
            if report is None:
                report = self._reports[found.key] = self._reported(found, LOG.recent)
        self.broke.emit(report)
        return report

    def times(self, found: Crash) -> int:
        """How often it has happened since the start."""
        return self._times.get(found.key, 1)

    def _reported(self, found: Crash, recent: tuple[str, ...]) -> Report:
        when = datetime.now(UTC)
        text = crash.report(found, f"{when:%Y-%m-%d %H:%M} UTC", recent, of_window())
        return Report(found, text, crash.keep(self.where.crashes, text, f"{when:%Y%m%d-%H%M%S}-{found.key}"))

    def _thread_broke(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None and not isinstance(told.exc_value, SystemExit):
            self.heard(told.exc_value, "thread")

    def _unraisable(self, told: Any) -> None:
        """What fails while something is taken apart harms nothing; it is noted."""
        error = told.exc_value
        if isinstance(error, BaseException):
            lines = crash_of(error, "ending").lines
            LOG.note("broke-while-ending", "warning", error=type(error), at=lines[-1].strip().replace(" ", "/"))


def details() -> str:
    """What somebody who helps wants to know, though nothing went wrong."""
    return crash.report(None, f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", LOG.recent, of_window())


def of_window() -> dict[str, str]:
    """What only the window knows; safe to ask in any thread."""
    app = QApplication.instance()
    found = {"qt": str(qVersion()), "window_language": language(), "window_colours": theme.tokens().name}
    if isinstance(app, QGuiApplication):
        found |= {"display": app.platformName(), "screens": str(len(app.screens())),
                  "scale": f"{app.devicePixelRatio():g}"}  # fmt: skip
    return found


def last_lines(path: Path) -> tuple[str, ...]:
    """Of the log of before."""
    try:
        with path.open("rb") as stream:
            stream.seek(0, 2)
            stream.seek(max(0, stream.tell() - 20_000))
            lines = stream.read().decode("utf-8", errors="replace").splitlines()
    except OSError:
        return ()
    return tuple(lines[-REMEMBERED:])


class _Messages:
    """Qt's own messages go where they went before; of warnings the log says who spoke, for the rest may name a file."""

    def __init__(self, before: Callable[..., object] | None) -> None:
        self._before = before

    def __call__(self, kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
        words = message or ""
        if self._before is not None:
            self._before(kind, context, message)
        else:
            print(words, file=sys.stderr)
        level = _LEVELS.get(kind, "warning")
        if level != "debug":
            LOG.note("qt", level, area=context.category or "default", who=speaker(words))


def speaker(message: str) -> str:
    """The function of Qt that a message begins with; empty where it begins otherwise.

    >>> speaker("QFile::open: /home/li/a.plant is locked"), speaker("Cannot open Li's plant")
    ('QFile::open', '-')
    """
    first = message.split(" ", 1)[0].rstrip(":()")
    return first if first.startswith("Q") and first.replace("::", "").isalnum() and first.isascii() else "-"


def _restore(hooks: tuple[Any, Any, Any, Any]) -> None:
    sys.excepthook, threading.excepthook, sys.unraisablehook, Job.broken = hooks
