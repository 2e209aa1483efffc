"""Cards that stand side by side as long as there is room."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.solar.parts import Across, figure


def test_cards_stand_in_two_rows_where_one_is_too_wide(qtbot: QtBot) -> None:
    cards = [figure(f"Figure {place}", "1,234,567", "CNY", "of something") for place in range(5)]
    across, holder = Across(), QWidget()
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(across)
    across.show_cards([(one, 1) for one in cards])
    holder.resize(1400, 300)
    holder.show()
    qtbot.waitUntil(lambda: len({one.y() for one in cards}) == 1)
    assert [one.x() for one in cards] == sorted({one.x() for one in cards})
    holder.resize(holder.minimumSizeHint().width(), 300)
    qtbot.waitUntil(lambda: [one.y() > 0 for one in cards] == [False, False, False, True, True])
    assert holder.minimumSizeHint().width() < sum(one.minimumSizeHint().width() for one in cards)
    holder.resize(1400, 300)
    qtbot.waitUntil(lambda: len({one.y() for one in cards}) == 1)


def test_a_table_of_cards_folds_in_half(qtbot: QtBot) -> None:
    cards = [figure(f"Figure {place}", "1,234,567", "CNY", "of something") for place in range(7)]
    across, holder = Across(4), QWidget()
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(across)
    across.show_cards([(one, 1) for one in cards])

    def rows() -> list[int]:
        return [sum(one.y() == top for one in cards) for top in sorted({one.y() for one in cards})]

    holder.resize(1400, 500)
    holder.show()
    qtbot.waitUntil(lambda: rows() == [4, 3])
    holder.resize(holder.minimumSizeHint().width(), 500)
    qtbot.waitUntil(lambda: rows() == [2, 2, 2, 1])
    assert len({one.width() for one in cards[:2]}) == 1, "columns that are not there take no share"
