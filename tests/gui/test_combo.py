"""A choice that is wider than its field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from gui.combo import Combo


def hovered(combo: Combo) -> str:
    """What the tooltip says."""
    at = QPoint(5, 5)
    QApplication.sendEvent(combo, QHelpEvent(QEvent.Type.ToolTip, at, combo.mapToGlobal(at)))
    return QToolTip.text()


def test_a_choice_that_does_not_fit_says_so_and_stands_whole_in_the_tooltip(qtbot: QtBot) -> None:
    combo, words = Combo(), "Grid average (location-based): 0.6516 t/MWh"
    qtbot.addWidget(combo)
    combo.addItem(words)
    combo.setMinimumWidth(60)
    combo.resize(160, combo.sizeHint().height())
    combo.show()
    narrow = combo.size()
    combo.resize(combo.sizeHint())
    assert combo.shown == words
    assert hovered(combo) == ""
    combo.resize(narrow)
    cut = combo.shown
    assert cut.endswith("…") and words.startswith(cut[:-1]) and len(cut) > 5
    assert hovered(combo) == words
    combo.grab()  # it is painted as it is said
    assert combo.currentText() == words
