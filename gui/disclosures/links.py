"""Links in the inspector: words that are too long for it end in …, and the tooltip has them whole."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.widgets import button, letters

WIDE = 38
"""Digits that a link may take."""


def link(words: str, act: Callable[[], object], *, indent: int = 0) -> QWidget:
    """A button that looks like words. It may end its own place, so the click is over before it acts."""
    holder = QWidget()
    made = button(words, lambda: QTimer.singleShot(0, holder, act), role="link")
    room = letters(holder, WIDE) - indent
    shown = made.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
    if shown != words:
        made.setText(shown)
        made.setToolTip(words)
    row = QHBoxLayout(holder)
    row.setContentsMargins(indent, 0, 0, 0)
    row.addWidget(made)
    row.addStretch(1)
    return holder
