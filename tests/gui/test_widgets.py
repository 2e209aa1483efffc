"""Pieces that look the same on every page."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPlainTextEdit, QTabWidget
from pytestqt.qtbot import QtBot

from gui.widgets import with_air


def test_the_last_part_of_a_tab_takes_the_room(qtbot: QtBot) -> None:
    tabs, above, below = QTabWidget(), QLabel("above"), QPlainTextEdit()
    tabs.addTab(with_air(above, below), "Tab")
    qtbot.addWidget(tabs)
    tabs.resize(400, 600)
    with qtbot.waitExposed(tabs):
        tabs.show()
    assert above.y() >= 10 and below.y() > above.y()
    assert above.height() < 60 < 400 < below.height()
