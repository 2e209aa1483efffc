"""What stands in a tab begins below its name, and its last part takes the room."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPlainTextEdit, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from gui.tabs import FrontTabs, in_tab


def test_the_last_part_of_a_tab_takes_the_room(qtbot: QtBot) -> None:
    tabs, above, below = QTabWidget(), QLabel("above"), QPlainTextEdit()
    tabs.addTab(in_tab(above, below), "Tab")
    qtbot.addWidget(tabs)
    tabs.resize(400, 600)
    with qtbot.waitExposed(tabs):
        tabs.show()
    assert above.y() >= 10 and below.y() > above.y()
    assert above.height() < 60 < 400 < below.height()


def test_a_tall_tab_behind_asks_for_no_room(qtbot: QtBot) -> None:
    tabs, tall, low = FrontTabs(), QWidget(), QWidget()
    tall.setMinimumHeight(900)
    low.setMinimumHeight(50)
    for one in (low, tall):
        tabs.addTab(one, "Tab")
    qtbot.addWidget(tabs)
    assert tabs.minimumSizeHint().height() < 200
    tabs.setCurrentWidget(tall)
    assert tabs.minimumSizeHint().height() > 900
