"""Slow questions of a page, answered off the GUI thread; what is shown stays until the answer is there.

One question is worked on at a time, and of those that wait only the last one counts: a person who edits ten cells in a
row waits for two calculations, not for ten.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from core.errors import UserError
from gui.jobs import Job, crash_error
from gui.language import language


class Latest(QObject):
    """Belongs to a page; a page that dies is told nothing more."""

    answered = Signal(object)
    """What the last question gave."""
    broken = Signal(str)
    """A sentence: why there is no answer."""
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._next: Callable[[], object] | None = None

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._job is not None

    def ask(self, question: Callable[[], object]) -> None:
        """Work this out; a pure function of values, for it runs on another thread."""
        self._next = question
        if self._job is None:
            self.busy_changed.emit(True)
            self._begin()

    def _begin(self) -> None:
        question, self._next = self._next, None
        assert question is not None
        self._job = job = Job(lambda _progress, _cancelled: question(), answers=True)
        job.done.connect(self._done)
        job.failed.connect(self._failed)
        job.crashed.connect(self._crashed)
        job.ended.connect(self._ended)
        job.start()

    def _done(self, answer: object) -> None:
        if self._next is None:
            self.answered.emit(answer)

    def _failed(self, error: UserError) -> None:
        if self._next is None:
            self.broken.emit(error.text(language()))

    def _crashed(self, trace: str) -> None:
        self.broken.emit(crash_error(trace).text(language()))

    def _ended(self) -> None:
        self._job = None
        if self._next is not None:
            self._begin()
        else:
            self.busy_changed.emit(False)
