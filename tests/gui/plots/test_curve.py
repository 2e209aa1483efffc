"""Curves, bands, steps and points: drawn where their numbers say, read, and taken out."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui import theme
from gui.language import set_language
from gui.plots import Curve, CurveData, Limit, Line, Scale
from gui.plots.lines import Reduced
from gui.theme import tokens
from tests.gui.plots.hands import colours, drag, move, place
from tests.gui.walk import clipped, nameless, out_of_order, stretched

Show = Callable[[object], None]
HOURS = np.arange(25.0)


def profile() -> CurveData:
    """A load profile with its band."""
    median = 100 + 50 * np.sin((HOURS - 6) / 12 * np.pi)
    return CurveData(
        "Load profile",
        Scale("Time of day", kind="clock"),
        Scale("Mean power", "kW"),
        (
            Line("Half of all days", HOURS, median - 10, "band", median + 10),
            Line("Working days", HOURS, median),
            Line("Days off", HOURS, median / 2, "step", dashed=True),
        ),
        zero=True,
    )


def regression() -> CurveData:
    x = np.array([300.0, 10.0, 200.0, 100.0])
    line = np.array([0.0, 400.0])
    return CurveData(
        "Gas",
        Scale("Degree days", "K·d"),
        Scale("Gas", "MWh"),
        (Line("Months", x, 50 + 2 * x, "points"), Line("Line", line, 50 + 2 * line)),
        (Limit(900, "Budget"),),
    )


@pytest.fixture
def plot(show: Show) -> Curve:
    made = Curve("Load profile")
    made.show_data(profile())
    show(made)
    return made


def spot(plot: Curve, x: float, y: float) -> QPointF:
    area, left = plot.canvas.area(), plot.canvas.left
    assert left is not None
    return QPointF(plot.canvas.x_of(x, area), area.bottom() - left.share(y) * area.height())


def around(image: QImage, at: QPointF, reach: int = 2) -> set[str]:
    steps = range(-reach, reach + 1)
    return {image.pixelColor(int(at.x()) + dx, int(at.y()) + dy).name() for dx in steps for dy in steps}


def inked(image: QImage, at: QPointF) -> int:
    """Pixels of a point that are not paper."""
    box = image.copy(int(at.x()) - 4, int(at.y()) - 4, 9, 9)
    found = colours(box)
    return 81 - max(found.values())


def test_lines_and_bands_stand_where_their_numbers_say(plot: Curve) -> None:
    image = plot.canvas.grab().toImage()
    assert tokens().series[1] in around(image, spot(plot, 12, 150))
    assert tokens().series[1] not in around(image, spot(plot, 12, 130))
    band, outside = (image.pixelColor(spot(plot, 12.3, y).toPoint()).name() for y in (156, 166))
    assert band != outside


def test_a_step_holds_until_the_next_x(plot: Curve) -> None:
    found = colours(plot.canvas.grab().toImage())
    assert tokens().series[2] in found
    plot.read(11.9)
    assert "Days off 74.15 kW" in plot._value.accessibleName(), "the value of 11:00"


def test_axes(plot: Curve) -> None:
    assert (plot.canvas.titles.left, plot.canvas.titles.bottom) == ("Mean power (kW)", "Time of day")
    assert plot.canvas.left is not None and plot.canvas.left.low == 0
    assert [tick.words for tick in plot.canvas.ticks(700)] == [
        f"{hour:02}:00" for hour in range(0, 25, 3 if len(plot.canvas.ticks(700)) == 9 else 2)
    ]


@pytest.mark.parametrize(
    ("scale", "first", "last", "most", "words"),
    [
        (Scale("Time", "h"), 0, 8760, 6, ["0", "2,000", "4,000", "6,000", "8,000"]),
        (Scale("Year", kind="year"), 2025, 2050, 6, ["2025", "2030", "2035", "2040", "2045", "2050"]),
        (Scale("Year", kind="year"), 2025, 2027, 9, ["2025", "2026", "2027"]),
        (Scale("", kind="clock"), 0, 24, 6, ["00:00", "06:00", "12:00", "18:00", "24:00"]),
        (Scale("", kind="season"), 0, 365, 5, ["Jan", "Apr", "Jul", "Oct"]),
        (Scale("", kind="season"), 59, 91, 5, ["Mar", "Apr"]),
        (Scale("", kind="names", names=("a", "b", "c")), -0.5, 2.5, 9, ["a", "b", "c"]),
        (Scale("", kind="names", names=("a", "b", "c")), -0.5, 2.5, 2, ["a", "c"]),
    ],
)
def test_ticks(scale: Scale, first: float, last: float, most: int, words: list[str]) -> None:
    assert [tick.words for tick in scale.ticks(first, last, most)] == words


@pytest.mark.parametrize(
    ("scale", "value", "en", "zh"),
    [
        (Scale("Time", "h"), 2500.0, "Time 2,500 h", "Time 2,500 h"),
        (Scale("Year", kind="year"), 2026.0, "2026", "2026"),
        (Scale("", kind="clock"), 6.25, "06:15", "06:15"),
        (Scale("", kind="season"), 63.0, "5 Mar", "3月5日"),
        (Scale("", kind="names", names=("a", "b")), 1.0, "b", "b"),
    ],
)
def test_an_x_in_words(scale: Scale, value: float, en: str, zh: str) -> None:
    assert scale.words(value) == en
    set_language("zh")
    assert scale.words(value) == zh


def test_the_mouse_reads_all_lines(plot: Curve) -> None:
    move(plot.canvas, place(plot.canvas, 0.505))
    assert plot._value.accessibleName() == (
        "12:00: Half of all days 140 to 160 kW, Working days 150 kW, Days off 75 kW"
    )
    move(plot.canvas, place(plot.canvas, 0.5, -2))
    assert plot._value.accessibleName() == ""


def test_ctrl_and_arrows_go_from_value_to_value(plot: Curve) -> None:
    plot.read(12.2)
    QTest.keyClick(plot.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert plot._value.accessibleName().startswith("13:00: ")


def test_a_point_is_read_when_the_mouse_is_near(show: Show) -> None:
    made = Curve("Gas")
    made.show_data(regression())
    show(made)
    move(made.canvas, spot(made, 200, 450).toPoint())
    assert made._value.text() == "Degree days 200 K·d: 450 MWh"
    move(made.canvas, spot(made, 250, 100).toPoint())
    assert made._value.text().startswith("Degree days 400 K·d") or made._value.text().startswith("Degree days 0 K·d")
    assert made._value.text().endswith("MWh")


def test_points_of_two_kinds_differ_in_shape(show: Show) -> None:
    x = np.array([1.0, 2.0, 3.0])
    made = Curve("Gas")
    both = (Line("one", x, x, "points", colour="#aa0000"), Line("two", x, x + 2, "points", colour="#aa0000"))
    made.show_data(CurveData("Gas", Scale("x"), Scale("y"), both))
    show(made)
    image = made.canvas.grab().toImage()
    circle, square = (inked(image, spot(made, 2, y)) for y in (2, 4))
    assert 12 < circle < square - 3


def test_a_long_curve_is_reduced_without_losing_its_ends() -> None:
    x = np.arange(200_000.0)
    y = np.sort(np.random.default_rng(1).normal(0, 1, len(x)))[::-1]
    one = Reduced(Line("Duration", x, y), "#123456")
    place, low, high = one.seen(0, len(x), 500)
    assert len(place) <= 1001
    assert (low.min(), high.max()) == (y.min(), y.max())
    assert one.nearest(1234.4) == 1234
    assert one.nearest(-5) == 0 and one.nearest(1e9) == len(x) - 1
    band = Reduced(Line("Band", x, y, "band", y + 1), "#123456")
    _place, low, high = band.seen(0, len(x), 500)
    assert (low.min(), high.max()) == (y.min(), y.max() + 1)


def test_gaps_of_a_curve_stay_gaps(show: Show) -> None:
    x = np.arange(10.0)
    y = np.full(10, 5.0)
    y[4:7] = np.nan
    made = Curve("Gap")
    made.show_data(CurveData("Gap", Scale("x"), Scale("y"), (Line("one", x, y),), zero=True))
    show(made)
    image = made.canvas.grab().toImage()
    ink = tokens().series[0]
    assert ink in around(image, spot(made, 2, 5)) and ink in around(image, spot(made, 8, 5))
    assert ink not in around(image, spot(made, 5, 5))
    made.read(5.0)
    assert made._value.text() == "x 5: no data"


def test_zoom_fits_y_to_what_is_seen(plot: Curve) -> None:
    drag(plot.canvas, 0.0, 0.2)
    plot.grab()
    first, last = plot.range
    assert (first, last) == pytest.approx((0, 4.8), abs=0.1)
    assert plot.canvas.left is not None and plot.canvas.left.high < 150
    QTest.keyClick(plot.canvas, Qt.Key.Key_Home)
    assert plot.range == (0, 24)


def test_limits_are_on_the_axis(show: Show) -> None:
    made = Curve("Gas")
    made.show_data(regression())
    show(made)
    assert made.canvas.left is not None and made.canvas.left.high >= 900


@pytest.mark.parametrize("lines", [(), (Line("none", np.empty(0), np.empty(0)),)])
def test_nothing_is_said_to_be_nothing(show: Show, lines: tuple[Line, ...]) -> None:
    made = Curve("Empty")
    made.show_data(CurveData("Empty", Scale("x"), Scale("y"), lines))
    show(made)
    assert tokens().muted in colours(made.canvas.grab().toImage())
    made.read(0.5)
    made.describe_now()
    assert made.accessibleDescription().startswith("Empty")


def test_one_value_is_drawn(show: Show) -> None:
    made = Curve("One")
    line = Line("one", np.array([2025.0]), np.array([7.0]), "points")
    made.show_data(CurveData("One", Scale("Year", kind="year"), Scale("y"), (line,)))
    show(made)
    assert tokens().series[0] in colours(made.canvas.grab().toImage())


def test_colours_are_those_of_the_theme(dressed: QApplication, show: Show) -> None:
    theme.apply(dressed, "dark")
    try:
        made = Curve("Load profile")
        made.show_data(profile())
        show(made)
        assert {theme.DARK.raised, theme.DARK.series[1]} <= set(colours(made.picture()))
    finally:
        theme.apply(dressed, "light")


def table(plot: Curve, path: Path) -> list[list[str]]:
    plot.save(path)
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


def test_lines_with_one_x_leave_side_by_side(plot: Curve, tmp_path: Path) -> None:
    plot.show_range(11.5, 14.2)
    rows = table(plot, tmp_path / "c.csv")
    assert rows[0] == [
        "Time of day",
        "Half of all days (kW), lower edge",
        "Half of all days (kW), upper edge",
        "Working days (kW)",
        "Days off (kW)",
    ]
    assert rows[1] == ["12:00", "140", "160", "150", "75"]
    assert [row[0] for row in rows[1:]] == ["12:00", "13:00", "14:00"]


def test_other_lines_leave_one_below_the_other(show: Show, tmp_path: Path) -> None:
    made = Curve("Gas")
    made.show_data(regression())
    show(made)
    rows = table(made, tmp_path / "c.csv")
    assert rows[0] == ["Series", "Degree days (K·d)", "Gas (MWh)", "Gas (MWh), upper edge"]
    assert rows[1:] == [
        ["Months", "300", "650", ""],
        ["Months", "10", "70", ""],
        ["Months", "200", "450", ""],
        ["Months", "100", "250", ""],
        ["Line", "0", "50", ""],
        ["Line", "400", "850", ""],
    ]
    numbers = made.numbers()
    assert numbers is not None
    assert [row[0] for row in numbers.between(3, 5)] == ["Months", "Line"]


def test_pictures_leave(plot: Curve, tmp_path: Path) -> None:
    plot.save(tmp_path / "c.png")
    assert QImage(str(tmp_path / "c.png")).width() == (plot.width() + 24) * 2
    plot.save(tmp_path / "c.svg")
    words = "".join(ET.fromstring((tmp_path / "c.svg").read_text("utf-8")).itertext())
    assert "Mean power (kW)" in words and "06:00" in words


def test_everything_can_be_heard(plot: Curve, show: Show) -> None:
    plot.describe_now()
    lines = plot.accessibleDescription().splitlines()
    assert lines[0] == "Load profile. Mean power (kW); Time of day."
    assert len(lines) == 2 + 25
    assert lines[2 + 12] == "12:00; 140; 160; 150; 75"
    made = Curve("Gas")
    made.show_data(regression())
    show(made)
    assert made.as_table() == [
        [
            "Series",
            "Number of values",
            "Degree days (K·d) from",
            "Degree days (K·d) to",
            "lowest (MWh)",
            "highest (MWh)",
        ],
        ["Months", "4", "10", "300", "70", "650"],
        ["Line", "2", "0", "400", "50", "850"],
    ]


def test_long_curves_are_told_in_few_lines(show: Show) -> None:
    x = np.arange(8760.0)
    made = Curve("Duration")
    made.show_data(CurveData("Duration", Scale("Time", "h"), Scale("Power", "kW"), (Line("2025", x, x[::-1]),)))
    show(made)
    told = made.as_table()
    assert len(told) == 33
    assert told[1] == ["0", "8,759"] and told[-1] == ["8,759", "0"]


def test_names_order_and_room(plot: Curve, show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    assert nameless(plot) == []
    assert out_of_order(plot) == []
    with stretched(monkeypatch):
        made = Curve("Load profile")
        made.show_data(profile())
        show(made)
        assert clipped(made) == []
