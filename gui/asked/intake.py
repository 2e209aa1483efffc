"""Files of head office on their way into the plant, and the card of the overview that says what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel

from gui.asked.words import ENDINGS, TRUST, any_taken
from gui.icons import pixmap
from gui.language import _
from gui.library.words import SIGNED
from gui.page import Page
from gui.session import Session
from gui.settings import Settings
from gui.undoing import tell_change
from gui.widgets import button, label

if TYPE_CHECKING:
    from core.handover.noticed import ReceivedNotice
    from gui.asked.dialogs import BelieveNoticeDialog, NoticeDialog
    from gui.asked.list import AskedDialog
    from gui.trust.taking import TakeTrustDialog
    from gui.window import Window


class NoticeIntake(QObject):
    """Asks through dialogs over a page, and says through it what happened."""

    def __init__(self, page: Page, session: Session, settings: Settings) -> None:
        super().__init__(page)
        self._page, self._session, self._settings = page, session, settings

    def takes(self, path: Path) -> bool:
        """Whether a file is of a kind that head office sends here."""
        ending = path.suffix.lower()
        return ending == TRUST or (self._session.writable and ending in ENDINGS)

    def take(self, paths: Sequence[Path]) -> None:
        """One file after the other would ask too much at once: the first."""
        if len(paths) > 1:
            self._page.tell("info", _("One file at a time: this is “{file}”.", file=paths[0].name))
        if paths[0].suffix.lower() == TRUST:
            self.trust(paths[0])
        else:
            self.believe(paths[0])

    def trust(self, path: Path) -> TakeTrustDialog | None:
        """Show whom head office trusts by this file, and keep it when the person agrees."""
        from gui.trust.taking import take_trust

        return take_trust(self._page, self._settings, path, datetime.now(UTC))

    def believe(self, path: Path) -> BelieveNoticeDialog:
        """Verify it with head office's certificate, then show it."""
        from gui.asked.dialogs import BelieveNoticeDialog

        dialog = BelieveNoticeDialog(path, self._settings.head_office, self._session, self._page)

        def verified(received: ReceivedNotice) -> None:
            self._settings.head_office = dialog.trust.path
            self.show(received)

        dialog.done_well.connect(verified)
        dialog.open()
        return dialog

    def show(self, received: ReceivedNotice) -> NoticeDialog:
        """Ask whether to take up what was verified."""
        from gui.asked.dialogs import NoticeDialog

        dialog = NoticeDialog(received, self._session, self._settings, self._page)
        dialog.accepted.connect(lambda: self._accept(received))
        dialog.open()
        return dialog

    def _accept(self, received: ReceivedNotice) -> None:
        taken, session = received.taken, self._session
        assert taken is not None
        if self._page.attempt(lambda: session.confirm(taken.change, taken.blobs)) is not None:
            tell_change(self._page, session, taken.change.why)


class AskedCard(QFrame):
    """One line: how much head office asks that is open, and the list of it. Not there while nothing was taken up."""

    def __init__(self, page: Page, session: Session, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("card")
        self._page, self._session, self._settings = page, session, settings
        self.dialog: AskedDialog
        """The one that was opened last."""
        self._sign = QLabel()
        self.words = label("", strong=True, wrap=True)
        self.show_list = button(_("What head office asks…"), self.open_list)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addWidget(self.words, 1)
        row.addWidget(self.show_list)
        self.hide()

    def refresh(self) -> None:
        """From the ledger as it is now."""
        taken = any_taken(self._session.ledger)
        if taken:
            from gui.asked.list import open_items_of, told

            items = open_items_of(self._session)
            left = any(not one.done for one in items)
            self._sign.setPixmap(pixmap("inbox" if left else "check", "accent" if left else "good", 18))
            self.words.setText(told(items) if items else _("Files of head office were taken up."))
        self.setVisible(taken)

    def open_list(self) -> None:
        """Everything that is asked."""
        from gui.asked.list import AskedDialog

        self.dialog = AskedDialog(self._page, self._session, self._settings)
        self.dialog.open()


def take_up(window: Window) -> None:
    """Ask for a file of head office, and show it where files of its kind are taken up."""
    endings = " ".join(f"*{ending}" for ending in (*ENDINGS, SIGNED, TRUST))
    kinds = f"{_('Files of head office')} ({endings})"
    name, _kind = QFileDialog.getOpenFileName(window, _("Take up a file from head office"), "", kinds)
    if name:
        path = Path(name)
        place = "library" if path.suffix.lower() == SIGNED else "overview"
        window.go(place)
        page = window.page(place)
        if page.takes(path):
            page.take([path])
        else:
            page.tell("warning", _("“{file}” cannot be taken up here.", file=path.name))


def show_trust(window: Window, settings: Settings) -> None:
    """Whom head office trusts, by the file that is in use."""
    from gui.trust.taking import show_trusted

    show_trusted(window.page(window.place), settings, datetime.now(UTC))
