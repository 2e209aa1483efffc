"""The lock: after a while without input, or at once, the windows are covered, the file is closed and its key forgotten.

Nothing of what stands in forms is lost: the windows stay as they are underneath. What was read from the file stays in
the memory of the program until the file is closed for good; the page on protection says so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from core.errors import UserError
from core.store import forget
from gui.jobs import Job
from gui.protection.covering import Covers
from gui.protection.idle import Clocks, Idle, clocks
from gui.topbar import Desk

if TYPE_CHECKING:
    from gui.protection.lock_dialog import LockDialog

EVERY_MS = 1000
QUIET = 2
"""Looks in a row at which no work goes on, before the file is closed: what a page put off for a moment is read then."""


class Lock(QObject):
    """Of the file that is open: a plain one is never locked, for nothing would keep anybody out."""

    reopen = Signal(object)
    """Path: unlocked, but the file has to be opened anew."""
    given_up = Signal()
    """The file shall be closed."""

    def __init__(self, parent: QObject, minutes: Callable[[], int], told: Clocks = clocks) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._desk: Desk | None = None
        self._idle = Idle(self, told)
        self._covers = Covers(self)
        self._quiet = 0
        self.dialog: LockDialog | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)

    @property
    def locked(self) -> bool:
        """Whether the windows are covered."""
        return self.dialog is not None

    @property
    def closed(self) -> bool:
        """Whether the file is closed and its key forgotten: soon after, when no work goes on any more."""
        return self._desk is not None and self._desk.file.suspended

    def watch(self, desk: Desk | None) -> None:
        """Another file is open, or none."""
        self._leave()
        if desk is not None and desk.file.encrypted:
            self._desk = desk
            self._idle.start()
            self._timer.start()

    def _leave(self) -> None:
        if self._desk is not None:
            self._timer.stop()
            self._idle.stop()
            self._uncover()
            self._desk = None

    def look(self) -> None:
        """From time to time: is it time to lock, and, once locked, may the file be closed?"""
        minutes = self._minutes()
        if self.dialog is None:
            if minutes and self._idle.seconds >= 60 * minutes:
                self.lock()
            return
        self._covers.put(self.dialog)
        if not self.closed:
            self._quiet = 0 if Job.any_running() else self._quiet + 1
            if self._quiet >= QUIET:
                self._close()

    def lock(self) -> None:
        """Cover the windows now; the file is closed as soon as no work goes on."""
        if self._desk is None or self.dialog is not None:
            return
        from gui.protection.lock_dialog import LockDialog

        self._quiet = 0
        self.dialog = LockDialog(self._desk.file.path, None)
        self.dialog.done_well.connect(self._unlocked)
        self.dialog.given_up.connect(self.given_up)
        self._covers.put(self.dialog)
        self.dialog.open()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._cover_new)

    def _cover_new(self, _window: object = None) -> None:
        if self.dialog is not None:
            self._covers.put(self.dialog)

    def _close(self) -> None:
        assert self._desk is not None
        self._desk.pause()
        self._desk.file.suspend()
        forget()

    def _unlocked(self, _result: object) -> None:
        assert self._desk is not None
        path, intact = self._desk.file.path, True
        if self._desk.file.suspended:
            try:
                intact = self._desk.file.resume()
            except UserError as error:
                self._again(error)
                return
            self._desk.go_on()
        self._idle.touched()
        self._uncover()
        if not intact:
            self.reopen.emit(path)

    def _again(self, error: UserError) -> None:
        """The passphrase was right, but the file does not open: the question stays, with the reason."""
        forget()
        assert self.dialog is not None
        self.dialog.open()
        self.dialog.complain(error)

    def _uncover(self) -> None:
        if self.dialog is None:
            return
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.disconnect(self._cover_new)
        dialog, self.dialog = self.dialog, None
        dialog.hide()
        dialog.deleteLater()
        self._covers.take_away()
