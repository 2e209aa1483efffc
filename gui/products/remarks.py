"""What stands in the way of footprints, and what a reader must know; what is more than a few unfolds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.i18n import Text
from gui.language import _, say
from gui.widgets import button, clear, marked

MOST = 2
"""Sentences shown before somebody asks for all."""


class Remarks(QWidget):
    """Problems with their remedies first."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Remarks"))
        self._all = False
        self._said: tuple[tuple[str, str], ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_remarks(self, problems: Sequence[Text], notes: Sequence[Text]) -> None:
        """Show these from now on."""
        said = (*(("warning", say(one)) for one in problems), *(("info", say(one)) for one in notes))
        if said == self._said:
            return
        self._said = said
        self._show()

    def _show(self) -> None:
        clear(self._column)
        self.setVisible(bool(self._said))
        shown = self._said if self._all else self._said[:MOST]
        for level, words in shown:
            self._column.addWidget(marked(level, "accent" if level == "info" else level, words))
        left = len(self._said) - len(shown)
        if left:
            more = button(_("Show {count} more", count=left), self._unfold, role="link")
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        elif self._all and len(self._said) > MOST:
            less = button(_("Show fewer"), self._fold, role="link")
            self._column.addWidget(less, 0, Qt.AlignmentFlag.AlignLeft)

    def _unfold(self) -> None:
        self._all = True
        self._show()

    def _fold(self) -> None:
        self._all = False
        self._show()
