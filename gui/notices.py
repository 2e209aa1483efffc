"""The one line at the bottom that tells what happened, what is going on, and offers the next step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QToolButton, QWidget

from core.errors import UserError
from core.i18n import Text
from gui.icons import LEVELS, icon, pixmap
from gui.jobs import Job, crash_error
from gui.language import _, language, say

Level: TypeAlias = Literal["info", "good", "warning", "bad"]
SECONDS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence for the bottom line."""

    level: Level
    sentence: str
    """Already in the language of the window."""
    action: tuple[str, Callable[[], object]] | None = None
    """Label and what the button does."""
    details: str = ""
    """More lines, in the tooltip and for screen readers."""


def of_error(error: UserError) -> Notice:
    """What went wrong and what to do."""
    return Notice("bad", error.text(language()))


class Elided(QLabel):
    """One line that ends in … where it does not fit; its text stays whole."""

    @property
    def fits(self) -> bool:
        """Whether all of it is seen."""
        return self.fontMetrics().horizontalAdvance(self.text()) <= self.contentsRect().width()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.fits:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class NoticeBar(QFrame):
    """Shows the newest notice; good and info ones leave by themselves, the others stay until closed or replaced."""

    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noticebar")
        self.setAccessibleName(_("Notices"))
        self._mark = QLabel()
        self._sentence = Elided()
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(180)
        self._bar.setAccessibleName(_("Progress"))
        self._action = QPushButton()
        self._action.setProperty("role", "link")
        self._cancel = QPushButton(_("Cancel"))
        self._close = QToolButton()
        self._close.setIcon(icon("close", "muted"))
        self._close.setAccessibleName(_("Close this notice"))
        self._close.setToolTip(_("Close this notice"))
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 3, 6, 3)
        line.setSpacing(8)
        for widget in (self._mark, self._sentence, self._bar, self._action, self._cancel, self._close):
            line.addWidget(widget)
        line.setStretchFactor(self._sentence, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self._action.clicked.connect(self._act)
        self._close.clicked.connect(self.clear)
        self._cancel.clicked.connect(self._cancel_job)
        self._notice: Notice | None = None
        self._job: Job | None = None
        self._doing: Notice | None = None
        """What is said while the job works."""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._show(None)

    def sizeHint(self) -> QSize:
        """As high as with a button in it, so that nothing moves when one comes."""
        return QSize(super().sizeHint().width(), self._cancel.sizeHint().height() + 8)

    def minimumSizeHint(self) -> QSize:
        """It is not made lower."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    @property
    def notice(self) -> Notice | None:
        """What the line shows now."""
        return self._notice

    def tell(self, notice: Notice) -> None:
        """Show a notice and have screen readers say it."""
        self._notice = notice
        self._show(notice)
        if notice.level in ("good", "info") and notice.action is None:
            self._timer.start(SECONDS_SHOWN * 1000)
        else:
            self._timer.stop()
        self._announce(notice)

    def follow(self, job: Job, doing: str) -> None:
        """Show the progress of a job until it ends; its failure becomes a notice, its success is told by its owner."""
        self._job, self._doing = job, Notice("info", doing)
        self.tell(self._doing)
        self._timer.stop()
        self._bar.setValue(0)
        self._show_working(True)
        job.progressed.connect(self._progress)
        job.failed.connect(self._failed)
        job.crashed.connect(self._crashed)
        job.stopped.connect(self._stopped)
        job.ended.connect(self._ended)

    def clear(self) -> None:
        """Empty the line; a running job keeps it."""
        if self._job is None:
            self._notice = None
            self._timer.stop()
            self._show(None)
            self.cleared.emit()

    def outdate(self) -> None:
        """Something newer was changed: good news leaves, for its “Undo” would take back what it does not speak of."""
        if self._notice is not None and self._notice.level in ("good", "info"):
            self.clear()

    def _show(self, notice: Notice | None) -> None:
        if notice:
            self._mark.setPixmap(pixmap(LEVELS[notice.level], _TOKEN[notice.level]))
        self._mark.setVisible(notice is not None)
        self._sentence.setText(notice.sentence if notice else "")
        details = notice.details or notice.sentence if notice else ""
        self._sentence.setToolTip(details)
        self._sentence.setAccessibleName(notice.sentence if notice else _("No notice"))
        self._sentence.setAccessibleDescription(details)
        self._action.setVisible(bool(notice and notice.action))
        if notice and notice.action:
            self._action.setText(notice.action[0])
            self._action.setAccessibleName(notice.action[0])
        self._close.setVisible(notice is not None and self._job is None)
        self._show_working(self._job is not None and notice is not None)

    def _show_working(self, working: bool) -> None:
        self._bar.setVisible(working)
        self._cancel.setVisible(working)
        self._close.setVisible(not working and self._notice is not None)

    def _announce(self, notice: Notice) -> None:
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # a window starts without notices

        if QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self, f"{notice.sentence} {notice.details}".strip())
            QAccessible.updateAccessibility(event)

    def _act(self) -> None:
        if self._notice and self._notice.action:
            act = self._notice.action[1]
            self.clear()
            act()

    def _cancel_job(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._cancel.setEnabled(False)

    def _mine(self) -> bool:
        return self._job is not None and self.sender() is self._job

    def _progress(self, share: float, text: Text) -> None:
        if self._mine():
            self._bar.setValue(round(share * 1000))
            self._sentence.setText(say(text))
            self._sentence.setAccessibleName(say(text))

    def _failed(self, error: UserError) -> None:
        if self._mine():
            self._job = None
        self.tell(of_error(error))

    def _crashed(self, trace: str) -> None:
        if self._mine():
            self._job = None
        self.tell(replace(of_error(crash_error(trace)), details=trace))

    def _stopped(self) -> None:
        if self._mine():
            self._job = None
        self.tell(Notice("info", _("Cancelled. Nothing was changed.")))

    def _ended(self) -> None:
        if self._mine():
            self._job = None
            if self._notice is self._doing:
                self.clear()
            else:  # its owner has spoken
                self._show(self._notice)
        self._cancel.setEnabled(True)
        self._show_working(self._job is not None)


_TOKEN: dict[Level, str] = {"info": "accent", "good": "good", "warning": "warning", "bad": "bad"}
