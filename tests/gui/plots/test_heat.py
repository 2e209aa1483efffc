"""Hours against days: where a cell stands, what is missing, what the clock skipped, what leaves."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.series import Series
from core.series.profiles import heat_map
from gui import theme
from gui.language import set_language
from gui.plots import HeatData, HeatMap
from gui.plots.colours import shade
from gui.theme import tokens
from tests.gui.plots.hands import colours, drag, move, place
from tests.gui.walk import clipped, nameless, out_of_order, stretched

Show = Callable[[object], None]
BERLIN = ZoneInfo("Europe/Berlin")
DAY = 86_400


def data(days: int = 90, slots: int = 24) -> HeatData:
    """From March 2026: the value is the hour, plus 100 on Sundays; nothing on 10 March."""
    values = np.repeat(np.arange(slots)[:, None] * (24 / slots), days, axis=1)
    first = date(2026, 3, 1)  # a Sunday
    values[:, ::7] += 100
    values[:, 9] = np.nan
    return HeatData("Load by hour and day", first, values, "kW", "Mean power")


@pytest.fixture
def plot(show: Show) -> HeatMap:
    made = HeatMap("Load by hour and day")
    made.show_data(data())
    show(made)
    return made


def cell(plot: HeatMap, image: QImage, day: float, hour: float) -> str:
    """The colour in the middle of an hour."""
    area, (first, last) = plot.canvas.area(), plot.canvas.range
    x = area.left() + (plot.canvas.whole[0] + (day + 0.5) * DAY - first) / (last - first) * area.width()
    y = area.bottom() - (hour + 0.5) / 24 * area.height()
    return image.pixelColor(int(x), int(y)).name()


def colour_of(plot: HeatMap, value: float, dark: bool = False) -> QColor:
    scale = plot.canvas.right
    assert scale is not None
    return shade(scale.share(value), dark)


def near(name: str, other: QColor) -> bool:
    one = QColor(name)
    return max(abs(one.red() - other.red()), abs(one.green() - other.green()), abs(one.blue() - other.blue())) <= 4


def test_hours_go_up_and_days_to_the_right(plot: HeatMap) -> None:
    plot.show_range(plot.range[0], plot.range[0] + 30 * DAY)
    image = plot.canvas.grab().toImage()
    for day, hour, value in ((1, 0, 0), (1, 23, 23), (7, 6, 106), (14, 23, 123), (29, 12, 12)):
        assert near(cell(plot, image, day, hour), colour_of(plot, value)), (day, hour)


def test_axes_and_scale_are_titled_with_units(plot: HeatMap) -> None:
    titles = plot.canvas.titles
    assert (titles.left, titles.bottom, titles.right) == ("Time of day", "Date", "Mean power (kW)")
    left, right = plot.canvas.left, plot.canvas.right
    assert left is not None and left.words == ["00:00", "06:00", "12:00", "18:00", "24:00"]
    assert right is not None and (right.low, right.high) == (0, 123)
    assert [tick.words for tick in plot.canvas.ticks(1200)][:2] == ["2026-03-01", "8 Mar"]
    set_language("zh")
    assert [tick.words for tick in plot.canvas.ticks(1200)][:2] == ["2026年3月1日", "3月8日"]


def test_no_tick_is_finer_than_a_day(plot: HeatMap) -> None:
    plot.show_range(plot.range[0], plot.range[0] + DAY)
    first, last = plot.range
    assert last - first == 7 * DAY
    assert len(plot.canvas.ticks(5000)) == 8


def test_what_is_missing_is_hatched_and_in_the_key(plot: HeatMap) -> None:
    plot.show_range(plot.range[0] + 5 * DAY, plot.range[0] + 15 * DAY)
    image, area = plot.canvas.grab().toImage(), plot.canvas.area()
    x = int(area.left() + 4.5 * area.width() / 10)
    column = {image.pixelColor(x, y).name() for y in range(int(area.top()) + 3, int(area.bottom()) - 3)}
    assert column == {tokens().hover, tokens().edge}
    assert "no&nbsp;data" in plot._legend.text()
    whole = data()
    plot.show_data(replace(whole, values=np.nan_to_num(whole.values)))
    assert plot._legend.isHidden()


def test_the_mouse_reads_a_cell(plot: HeatMap) -> None:
    canvas = plot.canvas
    plot.show_range(plot.range[0], plot.range[0] + 10 * DAY)
    move(canvas, place(canvas, 0.25, 0.75 - 1 / 48))
    assert plot._value.text() == "2026-03-03 06:00–07:00: 6 kW"
    move(canvas, place(canvas, 0.25, 0.5 - 1 / 48))
    assert plot._value.text() == "2026-03-03 12:00–13:00: 12 kW", "the same day, another hour"
    move(canvas, place(canvas, 0.95, 1 / 48))
    assert plot._value.text() == "2026-03-10 23:00–24:00: no data"
    move(canvas, place(canvas, 0.5, -1))
    assert plot._value.text() == "2026-03-01 – 2026-03-10"


def test_keys_read_cell_by_cell(plot: HeatMap) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    plot.read(plot.range[0] + 2.5 * DAY)
    assert "2026-03-03 00:00–01:00" in plot._value.text()
    for key, said in (
        (Qt.Key.Key_Up, "2026-03-03 01:00–02:00"),
        (Qt.Key.Key_Right, "2026-03-04 01:00–02:00"),
        (Qt.Key.Key_Left, "2026-03-03 01:00–02:00"),
        (Qt.Key.Key_Down, "2026-03-03 00:00–01:00"),
        (Qt.Key.Key_Down, "2026-03-03 00:00–01:00"),
    ):
        QTest.keyClick(plot.canvas, key, control)
        assert said in plot._value.text()


def test_a_drag_zooms_along_the_days(plot: HeatMap) -> None:
    drag(plot.canvas, 0.5, 0.75)
    first, last = ((end - plot.canvas.whole[0]) / DAY for end in plot.range)
    assert (first, last) == pytest.approx((45, 67.5), abs=0.2)
    QTest.mouseDClick(plot.canvas, Qt.MouseButton.LeftButton, pos=place(plot.canvas, 0.5))
    assert not plot.canvas.zoomed


def test_an_hour_that_the_clock_skips_is_not_missing(show: Show) -> None:
    begin = 1_774_566_000  # 2026-03-27 00:00 in Berlin; the clock goes forward on the 29th
    found = heat_map(Series(begin, 900, np.full(4 * 24 * 8 - 4, 2.5)), BERLIN)
    made = HeatMap("Load")
    made.show_data(HeatData("Load", found.first, found.mean, "kW", "Mean power", BERLIN))
    show(made)
    assert made._legend.isHidden(), "nothing is missing"
    assert np.isnan(found.mean).sum() == 1
    image = made.canvas.grab().toImage()
    assert cell(made, image, 2, 2) == tokens().raised
    made.canvas.row = 2
    made.read(made.range[0] + 2.5 * DAY)
    assert made._value.text() == "2026-03-29 02:00–03:00: the clock skips this hour"
    made.show_data(replace(data(10), values=found.mean))
    assert not made._legend.isHidden(), "without a time zone nobody can know"


def test_ten_years_show_the_mean_of_the_days_of_a_pixel(show: Show) -> None:
    values = np.tile(np.array([[0.0, 10.0]]), (96, 1825))
    made = HeatMap("Load")
    made.show_data(HeatData("Load", date(2016, 1, 1), values, "kW", "Mean power"))
    show(made)
    image, area = made.canvas.grab().toImage(), made.canvas.area()
    y = int(area.center().y())
    seen = {image.pixelColor(x, y).name() for x in range(int(area.left()) + 20, int(area.right()) - 20)}
    middle = {shade(share, False).name() for share in np.linspace(0.3, 0.7, 256)}
    assert seen <= middle


def test_a_value_everywhere_the_same_has_a_colour(show: Show) -> None:
    made = HeatMap("Load")
    made.show_data(HeatData("Load", date(2026, 1, 1), np.full((24, 10), 5.0), "kW", "Mean power"))
    show(made)
    assert near(cell(made, made.canvas.grab().toImage(), 3, 3), colour_of(made, 5.0))


def test_nothing_at_all_is_said(show: Show) -> None:
    made = HeatMap("Load")
    made.show_data(HeatData("Load", date(2026, 1, 1), np.empty((24, 0)), "kW", "Mean power"))
    show(made)
    assert tokens().muted in colours(made.canvas.grab().toImage())
    made.show_data(HeatData("Load", date(2026, 1, 1), np.full((24, 3), np.nan), "kW", "Mean power"))
    made.grab()
    made.describe_now()
    assert "00:00; no data; no data; no data" in made.accessibleDescription()


def test_dark_is_the_other_way_round(dressed: QApplication, show: Show) -> None:
    theme.apply(dressed, "dark")
    try:
        made = HeatMap("Load")
        made.show_data(data(30))
        show(made)
        assert near(cell(made, made.canvas.grab().toImage(), 1, 0), colour_of(made, 0, dark=True))
    finally:
        theme.apply(dressed, "light")


def test_numbers_leave_as_a_row_for_each_day_that_is_shown(plot: HeatMap, tmp_path: Path) -> None:
    plot.show_range(plot.range[0] + 7 * DAY, plot.range[0] + 14 * DAY)
    plot.save(tmp_path / "h.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "h.csv").read_bytes().decode("utf-8-sig"))))
    assert rows[0][:3] == ["Date", "00:00 (kW)", "01:00 (kW)"] and len(rows[0]) == 25
    assert [row[0] for row in rows[1:]] == [f"2026-03-{day:02}" for day in range(8, 15)]
    assert rows[1][1:4] == ["100", "101", "102"]
    assert rows[3][1:] == [""] * 24


def test_pictures_leave(plot: HeatMap, tmp_path: Path) -> None:
    plot.save(tmp_path / "h.png")
    assert QImage(str(tmp_path / "h.png")).width() == (plot.width() + 24) * 2
    plot.save(tmp_path / "h.svg")
    text = (tmp_path / "h.svg").read_text("utf-8")
    assert "Mean power (kW)" in "".join(ET.fromstring(text).itertext())
    assert "image/png;base64" in text


def test_the_table_is_by_the_hour(show: Show) -> None:
    made = HeatMap("Load")
    made.show_data(data(14, slots=96))
    show(made)
    table = made.as_table()
    assert table[0] == ["Time of day", "mean (kW)", "lowest (kW)", "highest (kW)"]
    assert len(table) == 25
    assert table[7][0] == "06:00"
    assert table[7][2:] == ["6", "106.8"]


def test_names_order_and_room(plot: HeatMap, show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    assert nameless(plot) == []
    assert out_of_order(plot) == []
    assert plot.canvas.accessibleName() == "Load by hour and day"
    with stretched(monkeypatch):
        made = HeatMap("Load by hour and day")
        made.show_data(data())
        show(made)
        assert clipped(made) == []
        assert made.canvas.area().width() > 400
