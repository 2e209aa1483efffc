from __future__ import annotations

from decimal import Decimal

import pyqtgraph as pg
import pytest
from pytestqt.qtbot import QtBot

from gui.chart_data import BarData, Series
from gui.plots import Bars, nice


@pytest.mark.parametrize(
    ("most", "end"), [(1964.0, 2000.0), (450.0, 500.0), (500.0, 500.0), (0.031, 0.04), (12.0, 15.0), (7.0, 8.0)]
)
def test_the_axis_ends_at_a_round_number_not_below_the_bars(most: float, end: float) -> None:
    assert nice(most) == pytest.approx(end)


def test_marks_stand_where_they_say_and_are_spoken(qtbot: QtBot) -> None:
    values = (Series("Draws", (Decimal(1), Decimal(5), Decimal(2)), "#123456"),)
    data = BarData("Draws", ("a", "b", "c"), values, "draws", "Frequency", marks=((0.5, "2.5 %"), (1.0, "50 %")))
    bars = Bars(data)
    qtbot.addWidget(bars)
    lines = [item for item in bars.getPlotItem().items if isinstance(item, pg.InfiniteLine)]
    assert [(line.value(), line.label.format) for line in lines] == [(0.5, "2.5 %"), (1.0, "50 %")]
    assert "50 %" in data.described()
