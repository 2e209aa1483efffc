"""Work over time: rows and groups, ramp and life, steps that are due, late and reached, hands and keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import theme
from gui.language import set_language
from gui.plots import GanttData, GanttMark, GanttPlot, GanttRow
from gui.plots.gantt_rows import bar_swatch, mark_swatch, seconds
from gui.theme import tokens
from tests.gui.plots.hands import colours, different, drag, move
from tests.gui.walk import clipped, nameless, out_of_order

Show = Callable[[object], None]
TODAY = date(2026, 3, 1)
MARKS = (
    GanttMark("Order", date(2025, 6, 1), "done", "reached"),
    GanttMark("Delivery", date(2026, 1, 15), "late", "late"),
    GanttMark("Start", date(2026, 6, 30), "due", "to come"),
)
ROWS = (
    GanttRow("a", "Heat pump", "Heat", date(2025, 6, 1), date(2026, 7, 1), date(2028, 7, 1), date(2040, 6, 30),
             "decided", "Approved", MARKS),
    GanttRow("b", "Furnace", "Heat", date(2029, 1, 1), date(2029, 1, 1), date(2029, 1, 1), date(2040, 12, 31),
             "open", "Idea"),
    GanttRow("c", "Fork-lifts", "Logistics", date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 1), date(2035, 12, 31),
             "done", "Done"),
)  # fmt: skip
DATA = GanttData("Actions over time", TODAY, ROWS)


@pytest.fixture
def plot(show: Show) -> GanttPlot:
    made = GanttPlot("Actions over time")
    made.show_data(DATA)
    show(made)
    return made


def at(plot: GanttPlot, row: int, day: date) -> QPoint:
    canvas = plot.canvas
    area = canvas.area()
    band = canvas._band(canvas._place(row), area)
    return QPoint(round(canvas.x_of(seconds(day), area)), round(band.center().y()))


def pixel(plot: GanttPlot, image: QImage, row: int, day: date) -> str:
    return image.pixelColor(at(plot, row, day)).name()


def test_rows_stand_below_the_names_of_their_groups() -> None:
    assert [one if isinstance(one, str) else one.key for one in DATA.lines] == ["Heat", "a", "b", "Logistics", "c"]
    assert replace(DATA, rows=()).lines == ()


def test_the_axis_holds_every_day(plot: GanttPlot) -> None:
    first, last = plot.range
    assert first < seconds(date(2025, 6, 1)) and last > seconds(date(2040, 12, 31))


def test_an_effect_is_a_bar_from_its_start_to_its_end(plot: GanttPlot) -> None:
    image = plot.canvas.grab().toImage()
    ink = tokens().series[0]
    assert pixel(plot, image, 0, date(2034, 1, 1)) == ink
    for row, day in ((0, date(2040, 10, 1)), (1, date(2028, 6, 1)), (2, date(2037, 1, 1))):
        assert pixel(plot, image, row, day) not in (ink,), (row, day)
    assert pixel(plot, image, 1, date(2034, 1, 1)) not in (ink, tokens().surface)  # pale: it is not decided


def test_a_ramp_rises(plot: GanttPlot) -> None:
    """At its beginning the upper part of the bar is empty, at its end it is full."""
    image, ink = plot.canvas.grab().toImage(), tokens().series[0]
    high = plot.canvas._row_height * 0.46

    def upper(day: date) -> str:
        place = at(plot, 0, day)
        return image.pixelColor(place.x(), round(place.y() - high / 2 + 2)).name()

    assert upper(date(2026, 12, 1)) != ink and upper(date(2030, 1, 1)) == ink


def test_steps_differ_in_shape_and_not_by_colour_alone() -> None:
    swatches = [mark_swatch(state).toImage() for state in ("done", "late", "due")]
    shapes = [
        frozenset((x, y) for x in range(32) for y in range(24) if image.pixelColor(x, y).alpha() > 128)
        for image in swatches
    ]
    assert len(set(shapes)) == 3
    bars = [bar_swatch(look).toImage() for look in ("open", "decided", "done", "stopped")]
    assert all(different(one, other) for n, one in enumerate(bars) for other in bars[:n])


def test_the_key_names_the_looks_and_states_that_are_there(plot: GanttPlot) -> None:
    key = plot._legend.text().replace("&nbsp;", " ")
    for words in ("Not decided", "Decided", "Done", "Milestone: late", "Milestone: reached", "Milestone: to come"):
        assert words in key
    assert "Stopped" not in key


def test_the_mouse_reads_a_row_with_its_steps(plot: GanttPlot) -> None:
    move(plot.canvas, at(plot, 0, date(2030, 1, 1)))
    when, values = plot.canvas.readings(plot.canvas.at or 0)
    assert when == "Heat pump"
    assert {one.name: one.value for one in values} == {
        "Status": "Approved", "In effect": "2026-07-01 – 2040-06-30", "Full effect from": "2028-07-01",
        "Order": "2025-06-01 · reached", "Delivery": "2026-01-15 · late", "Start": "2026-06-30 · to come",
    }  # fmt: skip
    assert values[3].colour == tokens().bad or values[4].colour == tokens().bad
    move(plot.canvas, at(plot, 2, date(2030, 1, 1)))
    assert plot.canvas.readings(plot.canvas.at or 0)[0] == "Fork-lifts"


def test_a_heading_is_not_read(plot: GanttPlot) -> None:
    area = plot.canvas.area()
    move(plot.canvas, QPoint(round(area.center().x()), round(area.top() + 4)))
    assert plot.canvas.at is None


def test_a_click_chooses_a_row(plot: GanttPlot) -> None:
    picked: list[str] = []
    plot.picked.connect(picked.append)
    before = plot.canvas.grab().toImage()
    QTest.mouseClick(plot.canvas, Qt.MouseButton.LeftButton, pos=at(plot, 1, date(2027, 1, 1)))
    assert picked == ["b"] and plot.canvas.chosen == "b"
    assert different(before, plot.canvas.grab().toImage()) > 0
    drag(plot.canvas, 0.2, 0.6)
    assert picked == ["b"] and plot.canvas.zoomed


def test_the_keyboard_goes_through_rows_and_steps(qtbot: QtBot, plot: GanttPlot) -> None:
    picked: list[str] = []
    plot.picked.connect(picked.append)
    QTest.keyClick(plot.canvas, Qt.Key.Key_Return)
    assert picked == []
    QTest.keyClick(plot.canvas, Qt.Key.Key_Down)  # begins to read
    assert plot.canvas.row == 0 and plot.canvas.at is not None
    QTest.keyClick(plot.canvas, Qt.Key.Key_Down)
    assert plot.canvas.readings(plot.canvas.at or 0)[0] == "Furnace"
    for _step in range(4):
        QTest.keyClick(plot.canvas, Qt.Key.Key_Down)
    assert plot.canvas.row == 2
    QTest.keyClick(plot.canvas, Qt.Key.Key_Return)
    assert picked == ["c"]
    for _step in range(5):
        QTest.keyClick(plot.canvas, Qt.Key.Key_Up)
    assert plot.canvas.row == 0
    QTest.keyClick(plot.canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert plot.canvas.at == seconds(date(2026, 6, 30))
    QTest.keyClick(plot.canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert plot.canvas.at == seconds(date(2026, 1, 15))
    QTest.keyClick(plot.canvas, Qt.Key.Key_Plus)
    assert plot.canvas.zoomed


def test_it_is_as_high_as_its_rows(plot: GanttPlot) -> None:
    assert plot.canvas.minimumHeight() >= 5 * plot.canvas._row_height
    many = tuple(replace(ROWS[0], key=str(n)) for n in range(30))
    plot.show_data(replace(DATA, rows=many))
    assert plot.canvas.minimumHeight() >= 31 * plot.canvas._row_height
    plot.canvas.resize(plot.canvas.width(), plot.canvas.minimumHeight())
    assert plot.canvas._band(30, plot.canvas.area()).bottom() <= plot.canvas.area().bottom() + 1


def test_numbers_and_the_table_for_screen_readers(plot: GanttPlot, tmp_path: Path) -> None:
    plot.save(tmp_path / "plan.csv")
    lines = (tmp_path / "plan.csv").read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("Belongs to,Name,Status,Work begins,Effect begins,Full effect from,Effect ends")
    assert lines[1] == (
        "Heat,Heat pump,Approved,2025-06-01,2026-07-01,2028-07-01,2040-06-30,"
        "2025-06-01 Order (reached); 2026-01-15 Delivery (late); 2026-06-30 Start (to come)"
    )
    plot.describe_now()
    assert "Fork-lifts; Done" in plot.accessibleDescription()


def test_without_rows_it_says_so(show: Show) -> None:
    plot = GanttPlot("Actions over time")
    assert plot.numbers() is None
    plot.show_data(replace(DATA, rows=()))
    show(plot)
    assert plot.canvas.empty and plot.canvas.readings(0.0) == ("", [])
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(plot.canvas, key)
    assert plot.canvas.at is None and plot.canvas.neighbour(5.0, 1) == 5.0


def test_it_is_drawn_in_the_dark_in_chinese_and_as_vectors(show: Show, dressed: QApplication) -> None:
    theme.apply(dressed, "dark")
    set_language("zh")
    try:
        plot = GanttPlot("Actions over time")
        plot.show_data(DATA)
        show(plot)
        assert tokens().raised in colours(plot.picture()) and b"<svg" in plot.svg()
        assert "2026年7月1日" in plot.canvas.readings(plot.canvas.whole[0])[1][1].value
    finally:
        theme.apply(dressed, "light")


def test_it_can_be_operated(plot: GanttPlot) -> None:
    assert nameless(plot) == [] and out_of_order(plot) == [] and clipped(plot) == []
