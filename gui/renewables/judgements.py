"""What rules say, as a list: mark, sentence, what to do, and the way there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.instruments import Judged
from gui.icons import LEVELS as ICONS
from gui.icons import pixmap
from gui.language import _, say
from gui.renewables.words import LEVELS
from gui.widgets import button, clear, label

MOST = 3
"""Judgements shown before somebody asks for all."""


class Judgements(QWidget):
    """Gravest first; the rest unfolds."""

    def __init__(self, show: Callable[[Judged], object]) -> None:
        super().__init__()
        self._show = show
        self._all = False
        self.judged: tuple[Judged, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(9)

    def show_judged(self, judged: Sequence[Judged]) -> None:
        """Show these from now on."""
        self.judged = tuple(judged)
        clear(self._column)
        shown = self.judged if self._all else self.judged[:MOST]
        for one in shown:
            self._column.addWidget(said(one, self._show))
        left = len(self.judged) - len(shown)
        if left > 0:
            more = button(_("Show {count} more", count=left), self._unfold, role="link")
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _unfold(self) -> None:
        self._all = True
        self.show_judged(self.judged)


def said(one: Judged, show: Callable[[Judged], object] | None = None) -> QWidget:
    """One judgement."""
    level, word = LEVELS[one.level]
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    sign = QLabel()
    sign.setPixmap(pixmap(ICONS[level], "accent" if level == "info" else level, 16))
    sign.setToolTip(say(word))
    sign.setAccessibleName(say(word))
    sign.setContentsMargins(0, 2, 0, 0)
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(1)
    column.addWidget(label(say(one.message), wrap=True))
    column.addWidget(label(say(one.remedy), "muted", wrap=True))
    row.addLayout(column, 1)
    if show is not None:
        act = button(_("Show"), lambda: show(one), role="link")
        act.setAccessibleName(_("Show: {what}", what=say(one.message)))
        row.addWidget(act, 0, Qt.AlignmentFlag.AlignTop)
    return made
