"""Twelve months as bars: where they stand, what is read, and how they leave as numbers."""

from __future__ import annotations

from math import nan

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from gui.meters.bars import NOTHING, MonthBars, MonthData
from gui.theme import tokens

NAMES = tuple(f"M{month}" for month in range(1, 13))


def data(**more: object) -> MonthData:
    fields: dict[str, object] = {
        "title": "Months", "value_title": "Amount", "unit": "MWh", "names": NAMES, "year": 2025,
        "now": (40.0, *[20.0] * 10, nan), "before": NOTHING, "base": NOTHING, "partial": (False,) * 12,
    }  # fmt: skip
    return MonthData(**(fields | more))  # type: ignore[arg-type]


def shown(qtbot: QtBot, what: MonthData) -> MonthBars:
    made = MonthBars("Months")
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show_data(what)
    made.show()
    qtbot.wait(10)
    return made


def test_bars_stand_on_zero_and_share_their_month(qtbot: QtBot) -> None:
    canvas = shown(qtbot, data(before=(30.0, *[10.0] * 11))).canvas
    area = canvas.area()
    before, now = canvas._bar(area, 0, -1, 30.0), canvas._bar(area, 0, 1, 40.0)
    assert before.bottom() == now.bottom() == round(area.bottom())
    assert before.right() == now.left() and now.height() > before.height()
    assert now.height() / before.height() == pytest.approx(4 / 3, rel=0.02)
    alone = canvas._bar(area, 0, 0, 40.0)
    assert alone.width() == pytest.approx(now.width() + before.width(), abs=1)


def test_negative_months_hang_below_zero(qtbot: QtBot) -> None:
    canvas = shown(qtbot, data(now=(-5.0, *[10.0] * 11))).canvas
    area = canvas.area()
    assert canvas._bar(area, 0, 0, -5.0).top() == canvas._bar(area, 1, 0, 10.0).bottom()


def test_a_month_is_read_with_all_that_is_known(qtbot: QtBot) -> None:
    plot = shown(qtbot, data(before=(30.0, *[nan] * 11), base=(25.0, *[nan] * 11)))
    when, values = plot.canvas.readings(0.3)
    assert when == "M1" and [(one.name, one.value) for one in values] == [
        ("2024", "30 MWh"), ("2025", "40 MWh"), ("Base load", "25 MWh"),
    ]  # fmt: skip
    assert plot.canvas.readings(11.0)[1][1].value == "no data"
    assert plot.canvas.readings(14.0) == ("", [])
    plot.canvas.point(QPointF(plot.canvas.x_of(3.2, plot.canvas.area()), 50), plot.canvas.area())
    assert plot.canvas.at is not None and plot.canvas.neighbour(plot.canvas.at, 1) == 4.0


def test_incomplete_months_are_painted_otherwise_and_told(qtbot: QtBot) -> None:
    whole, part = shown(qtbot, data()), shown(qtbot, data(partial=(True, *[False] * 11)))
    assert whole.picture() != part.picture()
    assert "incomplete" in part._legend.text() and "incomplete" not in whole._legend.text()


def test_the_year_before_is_in_the_picture_only_where_it_is_known(qtbot: QtBot) -> None:
    assert not data().compared
    plot = shown(qtbot, data())
    image = plot.picture()
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert tokens().series[0] in colours


def test_numbers_leave_with_all_digits(qtbot: QtBot) -> None:
    plot = shown(qtbot, data(now=(1 / 3, *[2.0] * 10, nan)))
    numbers = plot.numbers()
    assert numbers is not None and numbers.head == ("Month", "2025 (MWh)")
    rows = numbers.between(0, numbers.count)
    assert rows[0] == ["M1", repr(1 / 3)] and rows[11] == ["M12", ""]
    assert plot.as_table()[1] == ["M1", "0.3333"]


def test_nothing_known_says_so(qtbot: QtBot) -> None:
    plot = shown(qtbot, data(now=NOTHING))
    assert plot.canvas.empty
