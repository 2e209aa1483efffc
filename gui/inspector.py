"""The pane beside the page that explains what is selected; opened on demand."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.language import _
from gui.panes import LOW
from gui.widgets import label, letters, scrolled, subheading, tool


class Inspector(QFrame):
    """Shows one widget at a time and owns it."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.setAccessibleName(_("Inspector"))
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 4)
        head.addWidget(subheading(_("Inspector")), 1)
        self._close = tool("close", _("Close the inspector"), self.closed.emit)
        head.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        self._area: QScrollArea = scrolled(QWidget())
        self._area.setAccessibleName(_("Inspector"))
        column.addWidget(self._area, 1)
        self.setMinimumSize(letters(self, 48), letters(self, LOW))
        self.show_widget(None)

    def show_widget(self, widget: QWidget | None) -> None:
        """Show a widget, which is deleted with the next one."""
        page = QWidget()
        page.setObjectName("page")
        inside = QVBoxLayout(page)
        inside.setContentsMargins(16, 4, 16, 16)
        inside.addWidget(widget or label(_("Select a row to see how its number came about."), "muted", wrap=True))
        inside.addStretch(1)
        self._area.setWidget(page)  # deletes the one before

    def focus(self) -> None:
        """Put the keyboard here."""
        self._close.setFocus()
