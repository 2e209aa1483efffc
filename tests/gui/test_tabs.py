"""A tab behind asks for no room."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.tabs import FrontTabs


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
