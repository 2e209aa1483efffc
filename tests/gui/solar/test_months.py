"""Expected against measured by month: drawn, read, copied."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gui.plots.saving import all_rows
from gui.solar.months import MonthPlot, Months
from gui.solar.overview import months_of, ratios_of
from gui.theme import colour, tokens
from tests.gui.solar.test_work import FANGSHAN, ZHANGJIAKOU, answer

NAN = float("nan")


def months(modelled: float = 11.0) -> Months:
    return Months(
        "Expected against measured", ("Jan", "Feb", "Mar"), "MWh", "Generation",
        np.array([10.0, NAN, 30.0]), np.array([20.0, 20.0, 20.0]), np.array([modelled, NAN, NAN]),
    )  # fmt: skip


def shown(qtbot: QtBot, data: Months) -> MonthPlot:
    made = MonthPlot("Expected against measured")
    qtbot.addWidget(made)
    made.resize(480, 300)
    made.show_months(data)
    made.show()
    qtbot.wait(20)
    return made


def test_what_is_not_known_is_left_out_of_bars_key_and_table(qtbot: QtBot) -> None:
    plot = shown(qtbot, months(NAN))
    assert plot.as_table() == [
        ["Month", "Measured (MWh)", "Average year (MWh)"],
        ["Jan", "10", "20"],
        ["Feb", "", "20"],
        ["Mar", "30", "20"],
    ]
    numbers = plot.numbers()
    assert numbers is not None
    assert len(all_rows(numbers)) == 4
    assert "Model" not in plot.accessibleDescription()


def test_bars_are_as_high_as_their_values_and_the_average_year_is_a_line_across(qtbot: QtBot) -> None:
    plot = shown(qtbot, months(NAN))
    canvas = plot.canvas
    picture, area = canvas.grab().toImage(), canvas.area()
    assert canvas.left is not None

    def ink(place: float, value: float) -> str:
        assert canvas.left is not None
        y = area.bottom() - canvas.left.share(value) * area.height()
        ratio = picture.devicePixelRatio()
        return picture.pixelColor(round(canvas.x_of(place, area) * ratio), round(y * ratio)).name()

    bar, line = tokens().series[0], colour("text").name()
    assert ink(0, 5.0) == bar
    assert ink(2, 26.0) == bar
    assert ink(0, 14.0) != bar
    assert ink(1, 5.0) != bar
    assert [ink(place, 20.0) for place in range(3)] == [line] * 3


def test_a_month_is_read_with_all_its_values(qtbot: QtBot) -> None:
    plot = shown(qtbot, months())
    when, values = plot.canvas.readings(0.3)
    assert when == "Jan"
    assert [(one.name, one.value) for one in values] == [
        ("Measured", "10 MWh"), ("Average year", "20 MWh"), ("Model in the measured light", "11 MWh"),
    ]  # fmt: skip
    assert plot.canvas.neighbour(0.3, 1) == 1.0
    assert plot.canvas.neighbour(2.0, 1) == 2.0
    assert plot.canvas.readings(99)[0] == "Mar"
    plot.read(2.0)
    assert not plot.canvas.grab().isNull()


def test_nothing_known_is_drawn_as_no_data(qtbot: QtBot) -> None:
    empty = np.full(3, NAN)
    plot = shown(qtbot, Months("Nothing", ("Jan", "Feb", "Mar"), "MWh", "Generation", empty, empty, empty))
    assert plot.canvas.empty
    assert not plot.canvas.grab().isNull()


def test_the_months_of_a_system_are_those_of_the_core() -> None:
    observed = answer(ZHANGJIAKOU).observed
    assert observed is not None
    data = months_of(observed)
    assert float(data.measured.sum()) == pytest.approx(float(observed.energy) / 1000)
    assert float(data.typical.sum()) == pytest.approx((observed.typical_year or 0) / 1000)
    assert np.isfinite(data.modelled).all()
    ratios = ratios_of(observed)
    assert ratios is not None
    assert [line.name for line in ratios.lines] == ["PR", "PR at 25 °C"]


def test_without_a_sensor_there_is_no_ratio_and_no_model() -> None:
    observed = answer(FANGSHAN).observed
    assert observed is not None
    assert ratios_of(observed) is None
    assert [name for name, _ink, _values in months_of(observed).rows()] == ["Measured", "Average year"]
