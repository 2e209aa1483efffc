"""A row that becomes a column, and a pane that asks for the width of what it scrolls."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.giving_way import Pane, Turning
from gui.widgets import divided
from tests.gui.walk import beyond


def test_buttons_stand_below_each_other_where_a_line_is_too_short(qtbot: QtBot) -> None:
    buttons = [QPushButton(words) for words in ("Go on with the verification", "Hand over to the reviewer", "Back")]
    row, holder = Turning(*buttons), QWidget()
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(row)
    holder.resize(1000, 200)
    holder.show()
    qtbot.waitUntil(lambda: len({one.y() for one in buttons}) == 1)
    holder.resize(holder.minimumSizeHint().width(), 200)
    qtbot.waitUntil(lambda: len({one.x() for one in buttons}) == 1)
    assert all(one.width() >= one.sizeHint().width() for one in buttons)
    holder.resize(1000, 200)
    qtbot.waitUntil(lambda: len({one.y() for one in buttons}) == 1)


def test_a_pane_of_a_splitter_grows_with_what_stands_in_it(qtbot: QtBot) -> None:
    content, other = QWidget(), QLabel("other")
    inside = QHBoxLayout(content)
    inside.addWidget(QPushButton("A button of some width"))
    split = divided(Pane(content), other)
    qtbot.addWidget(split)
    split.resize(900, 120)
    split.setSizes([10, 890])
    split.show()
    assert beyond(split) == []
    inside.addWidget(QPushButton("Another one of even more width than that"))
    assert beyond(split) == []
