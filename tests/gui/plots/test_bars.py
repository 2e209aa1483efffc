from __future__ import annotations

from decimal import Decimal

import pyqtgraph as pg
import pytest
from pytestqt.qtbot import QtBot

from gui.chart_data import BarData, Series
from gui.plots.bars import Bars, nice


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


@pytest.mark.parametrize("lying", [True, False])
def test_bars_of_a_waterfall_float_carry_their_words_and_begin_where_the_axis_says(qtbot: QtBot, lying: bool) -> None:
    zero = Decimal(0)
    data = BarData(
        "Change", ("before", "more", "less", "after"),
        (
            Series("Total", (Decimal(100), zero, zero, Decimal(103)), "#111111"),
            Series("More", (zero, Decimal(5), zero, zero), "#222222"),
            Series("Less", (zero, zero, Decimal(-2), zero), "#333333"),
        ),
        "t", "Emissions", lying=lying, bases=(zero, Decimal(100), Decimal(105), zero),
        labels=("100", "+5", "-2", "103"), floor=Decimal(90),
    )  # fmt: skip
    bars = Bars(data)
    qtbot.addWidget(bars)
    items = bars.getPlotItem().items
    _total, more, less = [item for item in items if isinstance(item, pg.BarGraphItem)][:3]
    start, size = ("x0", "width") if lying else ("y0", "height")
    assert (more.opts[start][1], more.opts[size][1]) == (100, 5)
    assert (less.opts[start][2], less.opts[size][2]) == (105, -2)
    words = {item.toPlainText(): item.pos() for item in items if isinstance(item, pg.TextItem)}
    assert {text: at.x() if lying else at.y() for text, at in words.items()} == {
        "100": 100,
        "+5": 105,
        "-2": 105,
        "103": 103,
    }
    low, high = bars.getViewBox().viewRange()[0 if lying else 1]
    assert low == pytest.approx(90) and high > 105
    assert data.spoken(1) == "more: More 5.0 t", "a step has no total of its own"


@pytest.mark.parametrize("lying", [True, False])
def test_series_beside_each_other_all_begin_at_zero(qtbot: QtBot, lying: bool) -> None:
    values = (
        Series("Planned", (Decimal(10), Decimal(4)), "#111111"),
        Series("Measured", (Decimal(8), Decimal(-3)), "#222222"),
    )
    data = BarData("Effect", ("2024", "2025"), values, "t", "Saved", lying=lying, beside=True)
    bars = Bars(data)
    qtbot.addWidget(bars)
    planned, measured = [item for item in bars.getPlotItem().items if isinstance(item, pg.BarGraphItem)][:2]
    start, size, along, wide = ("x0", "width", "y", "height") if lying else ("y0", "height", "x", "width")
    assert list(planned.opts[start]) == list(measured.opts[start]) == [0, 0]
    assert list(measured.opts[size]) == [8, -3]
    apart = [float(b - a) for a, b in zip(planned.opts[along], measured.opts[along], strict=True)]
    assert apart == pytest.approx([(-1 if lying else 1) * planned.opts[wide]] * 2), "side by side without a gap"
    low, high = bars.getViewBox().viewRange()[0 if lying else 1]
    assert low <= -3 and 10 <= high < 14, "the axis holds the highest bar and not their sum"
    assert data.spoken(0) == "2024: Planned 10.0, Measured 8.0 t"
