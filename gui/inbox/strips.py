"""Lines above the table of the inbox, each only while it has something to say: trust, watched folder, what stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.icons import icon, pixmap
from gui.language import _
from gui.notices import Elided
from gui.widgets import button, label

if TYPE_CHECKING:
    from gui.inbox.report_acts import ReportActs
    from gui.office.office import Office


class Strip(QFrame):
    """An icon, a sentence and what can be done about it."""

    def __init__(self, picture: str, token: str, *buttons: QPushButton) -> None:
        super().__init__()
        self.setObjectName("card")
        sign = QLabel()
        sign.setPixmap(pixmap(picture, token, 16))
        self.words = label("", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(sign)
        row.addWidget(self.words, 1)
        for one in buttons:
            row.addWidget(one)

    def say(self, sentence: str) -> None:
        """Say this; nothing to say: not there."""
        self.words.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))


class Strips(QWidget):
    """All of them, one below the other."""

    def __init__(self, office: Office, acts: ReportActs, go_to_trust: Callable[[], object]) -> None:
        super().__init__()
        self._office = office
        self.nobody = Strip(
            "warning", "warning", button(_("Go to Trust"), go_to_trust, role="primary", picture="trust")
        )
        self.watched = Strip("eye", "accent", button(_("Stop watching"), acts.stop_watching))
        self.stopped = Strip("info", "accent", button(_("Resume"), office.resume), button(_("Clear"), acts.clear))
        self.failed = Strip("error", "bad", button(_("Clear"), acts.clear))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for strip in (self.nobody, self.watched, self.stopped, self.failed):
            column.addWidget(strip)
        office.watcher.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say what is so now."""
        queue, watcher = self._office.queue, self._office.watcher
        self.nobody.say(
            "" if self._office.trust is not None else _("Nobody is trusted yet, so nothing can be verified.")
        )
        self.watched.say(self._of_folder() if watcher.folder is not None else "")
        stopped = queue.count("stopped")
        self.stopped.say(_("Stopped before they were judged: {count} files.", count=stopped) if stopped else "")
        failed = 0 if stopped else queue.count("failed")
        self.failed.say(_("Could not be opened: {count} files.", count=failed) if failed else "")
        self.setVisible(any(not one.isHidden() for one in (self.nobody, self.watched, self.stopped, self.failed)))

    def _of_folder(self) -> str:
        watcher = self._office.watcher
        if watcher.trouble is not None:
            return _("“{folder}” is watched but cannot be read: {why}", folder=str(watcher.folder), why=watcher.trouble)
        return _("Reports that arrive in “{folder}” come in by themselves.", folder=str(watcher.folder))


def emphasise(one: QPushButton, picture: str, *, primary: bool) -> None:
    """Whether a button is the one to press next."""
    role = "primary" if primary else ""
    if one.property("role") == role:
        return
    one.setProperty("role", role)
    one.setIcon(icon(picture, "on_accent" if primary else "text"))
    one.style().unpolish(one)
    one.style().polish(one)


def giving_way(words: str) -> Elided:
    """A hint in one line that is cut where the buttons beside it need the room."""
    made = Elided()
    made.setText(words)
    made.setToolTip(words)
    made.setProperty("role", "muted")
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made
