"""What a tab of the page is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.page import Page
from gui.session import Session
from gui.settings import Settings
from gui.widgets import scrolled


class View(QWidget):
    """A column of parts that scrolls; refreshed when it is looked at."""

    go = Signal(str, object)
    """Go to another tab or page, and what to show there."""

    def __init__(self, page: Page, session: Session, settings: Settings) -> None:
        super().__init__()
        self.page, self.session, self.settings = page, session, settings
        content = QWidget()
        self.column = QVBoxLayout(content)
        """Where the parts of the view go."""
        self.column.setContentsMargins(0, 12, 8, 12)
        self.column.setSpacing(12)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(content))

    def refresh(self) -> None:
        """Everything, from the session."""
        raise NotImplementedError

    def show_subject(self, subject: object) -> None:
        """Go to something on this tab."""

    def inspect(self) -> QWidget | None:
        """About what is selected, for the inspector."""
        return None

    def beside(self, *widgets: tuple[QWidget, int]) -> QHBoxLayout:
        """One more row of the column: widgets side by side with their shares of the width."""
        row = QHBoxLayout()
        row.setSpacing(12)
        for widget, share in widgets:
            row.addWidget(widget, share)
        self.column.addLayout(row)
        return row
