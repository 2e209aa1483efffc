"""Interval data in the window: moving, reading, gaps, estimates, two axes, and everything that leaves it."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui import fonts, theme
from gui.language import set_language
from gui.plots import Limit, SeriesPlot, Track
from gui.theme import tokens
from tests.gui.plots.hands import colours, different, drag, move, place, turn
from tests.gui.walk import clipped, nameless, out_of_order, stretched

Show = Callable[[object], None]
BERLIN, SHANGHAI = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Shanghai")
DAY = 86_400
START = int(datetime(2026, 3, 1, tzinfo=SHANGHAI).timestamp())
COUNT = 31 * 96


def load(count: int = COUNT) -> Track:
    """A month of quarters of an hour: a gap on the 10th, an estimate on the 20th."""
    values = 100 + 50 * np.sin(np.arange(count) * (2 * np.pi / 96))
    values[9 * 96 : 10 * 96] = np.nan
    guessed = np.zeros(count, np.bool_)
    guessed[19 * 96 : 20 * 96] = True
    return Track("Load", START, 900, values, "kW", estimated=guessed)


def sun(count: int = COUNT // 4) -> Track:
    """The same month by the hour."""
    values = np.maximum(0, 800 * np.sin(np.arange(count) * (2 * np.pi / 24) - np.pi / 2))
    return Track("Irradiance", START, 3600, values, "W/m²", kind="line", right=True)


@pytest.fixture
def plot(show: Show) -> SeriesPlot:
    made = SeriesPlot("Power of the plant", SHANGHAI)
    made.show_tracks([load(), sun()], left="Power", right="Irradiance", limits=[Limit(180, "Demand 180 kW")])
    show(made)
    return made


@pytest.fixture
def single(show: Show) -> SeriesPlot:
    made = SeriesPlot("Power of the plant", SHANGHAI)
    made.show_tracks([load()], left="Power")
    show(made)
    return made


def days(plot: SeriesPlot) -> tuple[float, float]:
    """The part that is shown, in days from the beginning."""
    first, last = plot.range
    return (first - START) / DAY, (last - START) / DAY


# ---------------------------------------------------------------------- axes


def test_axes_have_titles_with_units_and_share_their_grid(plot: SeriesPlot) -> None:
    assert plot.canvas.titles.left == "Power (kW)"
    assert plot.canvas.titles.right == "Irradiance (W/m²)"
    assert plot.canvas.titles.bottom == "Local time, Asia/Shanghai"
    left, right = plot.canvas.left, plot.canvas.right
    assert left is not None and right is not None
    assert left.words == ["0", "50", "100", "150", "200"]
    assert len(right.words) == len(left.words)
    assert right.high >= 800


def test_two_units_do_not_share_an_axis(qtbot: QtBot) -> None:
    made = SeriesPlot("Power", SHANGHAI)
    qtbot.addWidget(made)
    with pytest.raises(ValueError, match="kW and kWh"):
        made.show_tracks([load(), replace(load(), unit="kWh")], left="Power")


@pytest.mark.parametrize(("lang", "first", "inside"), [("en", "2026-03-01", "8 Mar"), ("zh", "2026年3月1日", "3月8日")])
def test_the_time_axis_speaks_the_language_of_the_window(
    show: Show, lang: str, first: str, inside: str, dressed: QApplication
) -> None:
    set_language(lang)
    fonts.prepare(dressed)
    made = SeriesPlot("Power", SHANGHAI)
    made.show_tracks([load()], left="Power")
    show(made)
    words = [tick.words for tick in made.canvas.ticks(700)]
    assert words[0] == first and inside in words
    made.show_range(START + 4 * DAY + 14 * 3600, START + 5 * DAY)
    words = [tick.words for tick in made.canvas.ticks(700)]
    assert words[0] == {"en": "5 Mar 14:00", "zh": "3月5日 14:00"}[lang]
    assert words[1] == "15:00"


def test_the_axis_follows_the_clock_over_the_change_to_summer_time(show: Show) -> None:
    begin = int(datetime(2026, 3, 28, 22, tzinfo=BERLIN).timestamp())
    made = SeriesPlot("Power", BERLIN)
    made.show_tracks([Track("Load", begin, 900, np.ones(40), "kW")], left="Power")
    show(made)
    words = [tick.words for tick in made.canvas.ticks(800)]
    assert words == [
        "28 Mar 22:00", "23:00", "29 Mar", "01:00", "03:00", "04:00", "05:00", "06:00", "07:00", "08:00", "09:00",
    ]  # fmt: skip


def test_values_above_a_limit_and_the_limit_itself_are_on_the_axis(show: Show) -> None:
    made = SeriesPlot("Power", SHANGHAI)
    made.show_tracks([load()], left="Power", limits=[Limit(400, "Limit")])
    show(made)
    assert made.canvas.left is not None and made.canvas.left.high >= 400


def test_the_axis_fits_what_is_seen_but_holds_still_in_the_hand(qtbot: QtBot, single: SeriesPlot) -> None:
    canvas = single.canvas
    single.show_range(START, START + 0.5 * DAY)  # the upper half of the wave
    single.grab()
    assert canvas.left is not None
    assert canvas.left.low == 100
    QTest.mousePress(canvas, Qt.MouseButton.MiddleButton, pos=place(canvas, 0.9))
    move(canvas, place(canvas, 0.1))
    single.grab()
    held = canvas.left
    assert held.low < 100 and held.high == 150
    move(canvas, place(canvas, 0.9))
    single.grab()
    assert canvas.left.low <= held.low, "nothing jumps back while it is held"
    QTest.mouseRelease(canvas, Qt.MouseButton.MiddleButton, pos=place(canvas, 0.9))
    single.grab()
    assert canvas.left.low == 100


# ---------------------------------------------------------------------- moving


def test_a_drag_zooms_into_what_was_dragged_over(qtbot: QtBot, plot: SeriesPlot) -> None:
    with qtbot.waitSignal(plot.shown_range) as told:
        drag(plot.canvas, 0.25, 0.5)
    assert days(plot) == pytest.approx((31 / 4, 31 / 2), abs=0.1)
    assert told.args == list(plot.range)
    drag(plot.canvas, 0.9, 0.1)
    first, last = days(plot)
    assert last - first == pytest.approx(31 / 4 * 0.8, abs=0.1)


def test_a_click_zooms_nowhere_and_a_double_click_shows_everything(qtbot: QtBot, plot: SeriesPlot) -> None:
    whole = plot.range
    QTest.mouseClick(plot.canvas, Qt.MouseButton.LeftButton, pos=place(plot.canvas, 0.5))
    drag(plot.canvas, 0.5, 0.502)
    assert plot.range == whole
    drag(plot.canvas, 0.2, 0.4)
    assert plot.range != whole
    QTest.mouseDClick(plot.canvas, Qt.MouseButton.LeftButton, pos=place(plot.canvas, 0.5))
    assert plot.range == whole


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton])
def test_a_hand_moves_the_paper(qtbot: QtBot, plot: SeriesPlot, button: Qt.MouseButton) -> None:
    plot.show_range(START + 10 * DAY, START + 20 * DAY)
    drag(plot.canvas, 0.6, 0.4, shift=button == Qt.MouseButton.LeftButton, button=button)
    assert days(plot) == pytest.approx((12, 22), abs=0.1)
    assert plot.canvas.cursor().shape() == Qt.CursorShape.ArrowCursor
    drag(plot.canvas, 0.0, 1.0, shift=True)
    drag(plot.canvas, 0.0, 1.0, shift=True)
    assert days(plot) == pytest.approx((0, 10), abs=1e-6), "there is nothing before the beginning"


def test_escape_drops_a_drag(qtbot: QtBot, plot: SeriesPlot) -> None:
    whole = plot.range
    QTest.mousePress(plot.canvas, Qt.MouseButton.LeftButton, pos=place(plot.canvas, 0.2))
    move(plot.canvas, place(plot.canvas, 0.6))
    QTest.keyClick(plot.canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(plot.canvas, Qt.MouseButton.LeftButton, pos=place(plot.canvas, 0.6))
    assert plot.range == whole


def test_keys_move_and_zoom(qtbot: QtBot, plot: SeriesPlot) -> None:
    whole = plot.range
    QTest.keyClick(plot.canvas, Qt.Key.Key_Plus)
    assert days(plot) == pytest.approx((31 / 4, 31 * 3 / 4))
    QTest.keyClick(plot.canvas, Qt.Key.Key_Right)
    assert days(plot) == pytest.approx((31 / 4 + 3.1, 31 * 3 / 4 + 3.1))
    QTest.keyClick(plot.canvas, Qt.Key.Key_Left)
    QTest.keyClick(plot.canvas, Qt.Key.Key_PageUp)
    assert days(plot) == pytest.approx((0, 31 / 2))
    QTest.keyClick(plot.canvas, Qt.Key.Key_PageDown)
    assert days(plot) == pytest.approx((31 / 2, 31))
    QTest.keyClick(plot.canvas, Qt.Key.Key_Minus)
    assert plot.range == pytest.approx(whole)
    QTest.keyClick(plot.canvas, Qt.Key.Key_Plus)
    QTest.keyClick(plot.canvas, Qt.Key.Key_Home)
    assert plot.range == whole


def test_no_zoom_goes_below_a_few_intervals(qtbot: QtBot, plot: SeriesPlot) -> None:
    for _time in range(40):
        QTest.keyClick(plot.canvas, Qt.Key.Key_Plus)
    first, last = plot.range
    assert last - first == pytest.approx(4 * 900)


def test_the_wheel_zooms_around_the_mouse(plot: SeriesPlot) -> None:
    assert turn(plot.canvas, 0.25, 1)
    first, last = days(plot)
    assert last - first == pytest.approx(31 * 0.8)
    assert first + 0.25 * (last - first) == pytest.approx(31 / 4, abs=0.05)
    assert turn(plot.canvas, 0.25, 1, sideways=True)
    assert days(plot)[0] < first
    assert turn(plot.canvas, 0.5, -3)
    assert not plot.canvas.zoomed
    assert not turn(plot.canvas, 0.5, -1), "what cannot be zoomed out is left to the page"


def test_on_a_page_that_scrolls_the_wheel_is_the_plots_only_when_it_was_clicked(qtbot: QtBot) -> None:
    area, inside, plot = QScrollArea(), QWidget(), SeriesPlot("Power", SHANGHAI)
    plot.show_tracks([load()], left="Power")
    column = QVBoxLayout(inside)
    column.addWidget(plot)
    below = QToolButton()
    column.addWidget(below)
    inside.setFixedHeight(2000)
    area.setWidget(inside)
    qtbot.addWidget(area)
    area.resize(700, 400)
    area.show()
    area.activateWindow()
    below.setFocus()
    qtbot.waitUntil(below.hasFocus)
    assert not turn(plot.canvas, 0.5, 1)
    assert turn(plot.canvas, 0.5, 1, control=True)
    plot.canvas.setFocus()
    qtbot.waitUntil(plot.canvas.hasFocus)
    assert turn(plot.canvas, 0.5, 1)


def test_the_button_shows_everything_again(qtbot: QtBot, plot: SeriesPlot) -> None:
    button = next(one for one in plot.findChildren(QToolButton) if "show everything" in one.accessibleName())
    assert not button.isEnabled()
    plot.show_range(START, START + DAY)
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert days(plot) == pytest.approx((0, 31))


def test_new_values_of_the_same_time_keep_what_is_seen(plot: SeriesPlot) -> None:
    plot.show_range(START, START + DAY)
    plot.show_tracks([replace(load(), values=load().values * 2)], left="Power")
    assert days(plot) == pytest.approx((0, 1))
    plot.show_tracks([load(COUNT - 96)], left="Power")
    assert days(plot) == pytest.approx((0, 30))


def test_two_plots_can_be_linked(qtbot: QtBot, plot: SeriesPlot, single: SeriesPlot) -> None:
    plot.shown_range.connect(single.show_range)
    plot.pointed.connect(single.read)
    drag(plot.canvas, 0.3, 0.6)
    assert single.range == plot.range
    plot.read(START + 12 * DAY)
    assert single.canvas.at == START + 12 * DAY


# ---------------------------------------------------------------------- reading


def test_the_mouse_reads_time_and_values(qtbot: QtBot, plot: SeriesPlot) -> None:
    plot.show_range(START + 4 * DAY, START + 5 * DAY)
    move(plot.canvas, place(plot.canvas, 0.251))
    said = plot._value.accessibleName()
    assert said == "2026-03-05 06:00–06:15: Load 150 kW, Irradiance 0 W/m²"
    assert plot._value.text() == "2026-03-05", "several values stand in the drawing"
    reading = plot.canvas.grab().toImage()
    move(plot.canvas, QPoint(1, 1))
    assert plot.canvas.at is None
    assert plot._value.accessibleName() == "2026-03-05"
    assert different(reading, plot.canvas.grab().toImage()) > 1000


def test_one_value_is_read_beside_the_title(single: SeriesPlot) -> None:
    single.show_range(START + 4 * DAY, START + 5 * DAY)
    single.read(START + 4 * DAY + 6 * 3600 + 1)
    assert single._value.text() == "2026-03-05 06:00–06:15: 150 kW"
    single.read(None)
    assert single._value.text() == "2026-03-05"


def test_what_is_missing_or_estimated_is_read_as_such(single: SeriesPlot) -> None:
    single.show_range(START + 9 * DAY, START + 10 * DAY)
    single.read(START + 9 * DAY + 10)
    assert single._value.text().endswith("00:00–00:15: no data")
    single.show_range(START + 19 * DAY, START + 20 * DAY)
    single.read(START + 19 * DAY + 10)
    assert single._value.text().endswith("00:00–00:15: 100 kW (estimated)")


def test_where_intervals_share_a_pixel_their_extremes_are_read(single: SeriesPlot) -> None:
    single.read(START + 4 * DAY + 6.1 * 3600)
    when, value = single._value.text().rsplit(": ", 1)
    assert when.startswith("2026-03-05 0")
    assert value.endswith("to 150 kW")


@pytest.mark.parametrize(("lang", "said"), [("en", "2026-03-01 – 2026-03-31"), ("zh", "2026年3月")])
def test_at_rest_it_says_what_is_shown(show: Show, lang: str, said: str) -> None:
    set_language(lang)
    made = SeriesPlot("Power", SHANGHAI)
    made.show_tracks([load(COUNT + (96 if lang == "en" else 0))], left="Power")
    show(made)
    if lang == "en":
        made.show_range(START, START + 31 * DAY)
        assert made._value.text() == "2026-03"
        made.show_range(START + DAY, START + 3 * DAY)
        said = "2026-03-02 – 2026-03-03"
    assert made._value.text() == said


def test_ctrl_and_arrows_read_one_value_after_another(qtbot: QtBot, single: SeriesPlot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    single.show_range(START + 4 * DAY, START + 5 * DAY)
    single.read(START + 4 * DAY + 10)
    for expected in ("00:15–00:30", "00:30–00:45"):
        QTest.keyClick(single.canvas, Qt.Key.Key_Right, control)
        assert expected in single._value.text()
    for _time in range(4):
        QTest.keyClick(single.canvas, Qt.Key.Key_Left, control)
    assert "2026-03-04 23:30–23:45" in single._value.text(), "beyond the edge the part follows"
    assert single.range[0] <= (single.canvas.at or 0) <= single.range[1]


# ---------------------------------------------------------------------- looks


def test_gaps_are_shaded_and_never_drawn_over(single: SeriesPlot) -> None:
    single.show_range(START + 9 * DAY, START + 10 * DAY)
    found = colours(single.canvas.grab().toImage())
    assert found[tokens().hover] > 30_000
    assert tokens().series[0] not in found
    assert "no&nbsp;data" in single._legend.text()


def test_a_missing_interval_among_thousands_is_still_marked(show: Show) -> None:
    values = np.ones(500_000)
    values[250_000] = np.nan
    made = SeriesPlot("Power", SHANGHAI)
    made.show_tracks([Track("Load", START, 60, values, "kW")], left="Power")
    show(made)
    assert colours(made.canvas.grab().toImage())[tokens().hover] >= 100


def test_estimates_are_dashed_and_hatched(single: SeriesPlot) -> None:
    ink = tokens().series[0]

    def line(first: float, last: float) -> int:
        single.show_range(START + first * DAY, START + last * DAY)
        return colours(single.canvas.grab().toImage())[ink]

    measured, estimated = line(20, 21), line(19, 20)
    assert estimated < 0.8 * measured
    single.show_range(START + 19 * DAY, START + 20 * DAY)
    image = single.canvas.grab().toImage()
    hatched = {image.pixelColor(x, image.height() - 60).name() for x in range(120, 240)}
    assert len(hatched) > 1, "below the line are stripes"
    assert "estimated" in single._legend.text()


def test_estimates_among_thousands_are_striped(show: Show) -> None:
    values = np.tile([0.0, 100.0], 100_000)
    guessed = np.zeros(len(values), np.bool_)
    guessed[len(values) // 2 :] = True
    made = SeriesPlot("Power", SHANGHAI)
    made.show_tracks([Track("Load", START, 60, values, "kW", estimated=guessed)], left="Power")
    show(made)
    image = made.canvas.grab().toImage()
    area = made.canvas.area()
    y = int(area.center().y()) + 7
    left = [image.pixelColor(x, y).name() for x in range(int(area.left()) + 5, int(area.center().x()) - 5)]
    right = [image.pixelColor(x, y).name() for x in range(int(area.center().x()) + 5, int(area.right()) - 5)]
    assert set(left) == {tokens().series[0]}
    assert len(set(right)) == 2


def test_a_spike_among_millions_is_seen(show: Show) -> None:
    values = np.ones(2_000_000)
    values[1_234_567] = 1000.0
    made = SeriesPlot("Power", SHANGHAI)
    made.show_tracks([Track("Load", START, 60, values, "kW")], left="Power")
    show(made)
    image, area = made.canvas.grab().toImage(), made.canvas.area()
    x = area.left() + area.width() * 1_234_567 / 2_000_000
    column = [image.pixelColor(int(x) + i, int(area.center().y())).name() for i in (-1, 0, 1)]
    assert tokens().series[0] in column


def test_a_meter_in_two_pieces_has_one_colour_and_one_entry(show: Show) -> None:
    made = SeriesPlot("Power", SHANGHAI)
    early = Track("Load", START, 3600, np.ones(24), "kW")
    late = Track("Load", START + DAY, 900, np.ones(96), "kW")
    made.show_tracks([early, late, Track("Sun", START, 3600, np.ones(48), "kW")], left="Power")
    show(made)
    assert [one.colour for one in made.canvas.drawn] == [tokens().series[0], tokens().series[0], tokens().series[1]]
    assert made._legend.text().count("Load") == 1


@pytest.mark.parametrize("tracks", [[], [Track("Load", START, 900, np.empty(0), "kW")]], ids=["none", "empty"])
def test_nothing_is_said_to_be_nothing(show: Show, tracks: list[Track]) -> None:
    made = SeriesPlot("Power", SHANGHAI)
    made.show_tracks(tracks, left="Power")
    show(made)
    assert made.canvas.empty
    assert tokens().muted in colours(made.canvas.grab().toImage())
    made.read(START)
    assert made._value.text() == ""
    made.describe_now()
    assert made.accessibleDescription().startswith("Power")


def test_a_track_without_any_value_is_one_gap(show: Show) -> None:
    made = SeriesPlot("Power", SHANGHAI)
    made.show_tracks([Track("Load", START, 900, np.full(96, np.nan), "kW")], left="Power")
    show(made)
    assert colours(made.canvas.grab().toImage())[tokens().hover] > 30_000
    made.describe_now()
    assert "no data" in made.accessibleDescription()


def test_colours_are_those_of_the_theme(dressed: QApplication, show: Show) -> None:
    theme.apply(dressed, "dark")
    try:
        made = SeriesPlot("Power", SHANGHAI)
        made.show_tracks([replace(load(), kind="area")], left="Power")
        show(made)
        found = colours(made.picture())
        assert {theme.DARK.raised, theme.DARK.series[0], theme.DARK.line} <= set(found)
    finally:
        theme.apply(dressed, "light")


def test_the_keyboard_shows_where_it_is(qtbot: QtBot, plot: SeriesPlot) -> None:
    before = colours(plot.canvas.grab().toImage()).get(tokens().accent, 0)
    plot.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(plot.canvas.hasFocus)
    assert colours(plot.canvas.grab().toImage())[tokens().accent] > before + 1000
    plot.canvas.clearFocus()
    plot.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    assert colours(plot.canvas.grab().toImage()).get(tokens().accent, 0) == before


# ---------------------------------------------------------------------- out


def test_pictures_leave_as_png_and_svg(plot: SeriesPlot, tmp_path: Path) -> None:
    plot.read(START + DAY)
    plot.save(tmp_path / "p.png")
    picture = QImage(str(tmp_path / "p.png"))
    assert picture.width() == (plot.width() + 24) * 2
    assert tokens().series[0] in colours(picture)
    plot.save(tmp_path / "p.svg")
    root = ET.fromstring((tmp_path / "p.svg").read_text("utf-8"))
    assert root.tag.endswith("svg")
    words = "".join(root.itertext())
    assert "Power (kW)" in words and "Demand 180 kW" in words
    assert tokens().series[0] in (tmp_path / "p.svg").read_text("utf-8").lower()
    assert plot._value.text() == "Saved p.svg."


def test_nothing_of_a_picture_lies_outside_of_the_axes(plot: SeriesPlot) -> None:
    plot.show_range(START + 4.3 * DAY, START + 5.1 * DAY)
    image, area = plot.picture(), plot.canvas.area()
    corner = plot.canvas.mapTo(plot, QPoint(12, 10))
    left, right = (round((corner.x() + x) * 2) for x in (area.left(), area.right()))
    inks = {tokens().series[0], tokens().series[1]}
    top = round((corner.y() + area.top()) * 2)  # above it stands the key, in the same colours
    for x in (*range(left - 12, left - 2), *range(right + 4, right + 12)):
        assert not inks & {image.pixelColor(x, y).name() for y in range(top, image.height())}


def test_numbers_leave_with_local_time_and_utc(plot: SeriesPlot, tmp_path: Path) -> None:
    plot.show_range(START + 9 * DAY + 23 * 3600, START + 10 * DAY + 3600)
    plot.save(tmp_path / "p.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "p.csv").read_bytes().decode("utf-8-sig"))))
    assert rows[0] == ["Local time, Asia/Shanghai", "UTC", "Load (kW)", "Load: estimated", "Irradiance (W/m²)"]
    assert rows[1][:4] == ["2026-03-10 23:00", "2026-03-10 15:00", "", ""]
    assert rows[2][:2] == ["2026-03-10 23:15", "2026-03-10 15:15"] and rows[2][4] == ""
    assert rows[5][:2] == ["2026-03-11 00:00", "2026-03-10 16:00"]
    assert float(rows[5][2]) == load().values[10 * 96], "with all digits"
    assert len(rows) == 1 + 8
    plot.show_range(START + 19 * DAY, START + 19.5 * DAY)
    plot.copy_numbers()
    assert QGuiApplication.clipboard().text().splitlines()[1].split("\t")[3] == "yes"


def test_the_hour_that_comes_twice_is_twice_in_the_file(show: Show) -> None:
    begin = int(datetime(2026, 10, 25, 2, tzinfo=BERLIN).timestamp())
    made = SeriesPlot("Power", BERLIN)
    made.show_tracks([Track("Load", begin, 1800, np.arange(4.0), "kW")], left="Power")
    show(made)
    numbers = made.numbers()
    assert numbers is not None
    assert [tuple(row) for row in numbers.between(0, 4)] == [
        ("2026-10-25 02:00", "2026-10-25 00:00", "0"),
        ("2026-10-25 02:30", "2026-10-25 00:30", "1"),
        ("2026-10-25 02:00", "2026-10-25 01:00", "2"),
        ("2026-10-25 02:30", "2026-10-25 01:30", "3"),
    ]


def test_ctrl_c_copies_the_picture(qtbot: QtBot, plot: SeriesPlot) -> None:
    QGuiApplication.clipboard().clear()
    QTest.keyClick(plot.canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().image().width() == (plot.width() + 24) * 2


# ---------------------------------------------------------------------- for everybody


def test_everything_can_be_heard(plot: SeriesPlot) -> None:
    plot.describe_now()
    lines = plot.accessibleDescription().splitlines()
    assert lines[0] == "Power of the plant. Power (kW); Irradiance (W/m²); Local time, Asia/Shanghai. 2026-03."
    assert lines[1].startswith("Time; Load, mean (kW); lowest; highest; intervals without data; estimated intervals;")
    assert len(lines) == 2 + 31
    assert lines[2].startswith("2026-03-01; 100; 50; 150; 0; 0; ")
    assert lines[2 + 9].startswith("2026-03-10; no data; no data; no data; 96; 0; ")
    assert plot.accessibleName() == plot.canvas.accessibleName() == "Power of the plant"
    assert "Home shows everything" in plot.canvas.accessibleDescription()


def test_the_description_follows_when_the_plot_rests(qtbot: QtBot, plot: SeriesPlot) -> None:
    plot.show_range(START, START + DAY)
    qtbot.waitUntil(lambda: "2026-03-01 01:00–02:00" in plot.accessibleDescription(), timeout=3000)


def test_amounts_are_summed(show: Show) -> None:
    made = SeriesPlot("Energy", SHANGHAI)
    made.show_tracks([Track("Load", START, 900, np.full(96 * 40, 2.5), "kWh", adds=True)], left="Energy")
    show(made)
    table = made.as_table()
    assert table[0][1] == "Load, sum (kWh)"
    assert len(table) <= 33
    assert sum(float(row[1].replace(",", "")) for row in table[1:]) == pytest.approx(2.5 * 96 * 40)


def test_tab_and_names_are_in_order(plot: SeriesPlot) -> None:
    assert nameless(plot) == []
    assert out_of_order(plot) == []
    assert plot.canvas.focusPolicy() & Qt.FocusPolicy.TabFocus


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_words_have_room(show: Show, dressed: QApplication, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    set_language(lang)
    fonts.prepare(dressed)
    with stretched(monkeypatch):
        made = SeriesPlot("Power of the plant and of everything that belongs to it, whatever it may be", SHANGHAI)
        made.show_tracks([load(), sun()], left="Power " * 12, right="Irradiance " * 12)
        show(made)
        assert clipped(made) == []
        made.resize(420, 260)
        QApplication.processEvents()
        made.grab()
        assert made.canvas.area().width() > 150, "axes leave room for the data"
        assert made.canvas.area().height() > 80
