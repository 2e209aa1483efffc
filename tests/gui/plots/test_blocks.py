"""Bars of any width: where they stand, how they are told apart, read, chosen and taken away as numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import theme
from gui.plots import Block, BlockData, BlockPlot, Look, Scale
from gui.theme import tokens
from tests.gui.plots.hands import colours, different, drag, move, place
from tests.gui.walk import clipped, nameless, out_of_order

Show = Callable[[object], None]
LOOKS = {
    "given": Look("Under way", "#1b6ca8", "hatched"),
    "chosen": Look("Chosen", "#0b6b5e"),
    "open": Look("Not begun", "#a04000", "pale"),
    "never": Look("Never used", "#123456"),
}
BLOCKS = (
    Block("a", "Lamps", 30, -200, "chosen", (("NPV", "1,000 CNY"),)),
    Block("b", "Drives", 10, -900, "given"),
    Block("c", "Steel", 55, 100, "open"),
    Block("d", "Furnace", 5, 800, "open"),
)
DATA = BlockData("Cost curve", Scale("Saves", "t/a"), Scale("Cost", "CNY/t"), BLOCKS, LOOKS)


@pytest.fixture
def plot(show: Show) -> BlockPlot:
    made = BlockPlot("Cost curve")
    made.show_data(DATA)
    show(made)
    return made


def middle(plot: BlockPlot, x: float, y: float) -> QPoint:
    """Pixel of a place in units of the axes."""
    area, side = plot.canvas.area(), plot.canvas.left
    assert side is not None
    return QPoint(round(plot.canvas.x_of(x, area)), round(area.bottom() - side.share(y) * area.height()))


def test_bars_stand_one_after_the_other_from_zero(plot: BlockPlot) -> None:
    assert DATA.edges == (0, 30, 40, 95, 100)
    assert plot.range == (0, 100)
    image = plot.canvas.grab().toImage()
    inside = image.pixelColor(middle(plot, 15, -100)).name()
    assert inside == LOOKS["chosen"].colour
    for x, y in ((15, 100), (15, -450), (60, -100), (60, 450), (35, 100)):
        assert image.pixelColor(middle(plot, x, y)).name() == tokens().surface, (x, y)
    assert image.pixelColor(middle(plot, 97, 450)).name() != tokens().surface


def test_bars_are_told_apart_without_colour(show: Show) -> None:
    """One colour for all: hatched, pale and solid ones still differ."""
    plot = BlockPlot("Cost curve")
    alike = {key: replace(look, colour="#555555") for key, look in LOOKS.items()}
    blocks = tuple(Block(key, key, 1, 1, key) for key in ("given", "chosen", "open"))
    plot.show_data(replace(DATA, blocks=blocks, looks=alike))
    show(plot)
    image = plot.canvas.grab().toImage()
    areas = []
    for number in range(3):
        at = middle(plot, number + 0.5, 0.5)
        areas.append(colours(image.copy(at.x() - 20, at.y() - 20, 40, 40)))
    hatched, solid, pale = areas
    assert len(solid) == 1 and len(pale) == 1 and solid != pale and len(hatched) > 1


def test_the_key_names_what_is_there(plot: BlockPlot) -> None:
    assert all(look.title in plot._legend.text().replace("&nbsp;", " ") for look in list(LOOKS.values())[:3])
    assert "Never used" not in plot._legend.text().replace("&nbsp;", " ")


def test_the_mouse_reads_a_bar(plot: BlockPlot) -> None:
    move(plot.canvas, middle(plot, 15, -100))
    when, values = plot.canvas.readings(plot.canvas.at or -1)
    assert when == "Lamps"
    assert [(one.name, one.value) for one in values] == [
        ("Cost", "-200 CNY/t"), ("Saves", "30 t/a"), ("NPV", "1,000 CNY"),
    ]  # fmt: skip
    assert "Lamps" in plot._value.accessibleName()


def test_a_click_chooses_and_a_drag_does_not(qtbot: QtBot, plot: BlockPlot) -> None:
    picked: list[str] = []
    plot.picked.connect(picked.append)
    QTest.mouseClick(plot.canvas, Qt.MouseButton.LeftButton, pos=middle(plot, 60, 50))
    assert picked == ["c"] and plot.canvas.chosen == "c"
    drag(plot.canvas, 0.3, 0.9)
    assert picked == ["c"] and plot.canvas.zoomed
    QTest.mouseClick(plot.canvas, Qt.MouseButton.RightButton, pos=place(plot.canvas, 0.1))
    assert picked == ["c"]


def test_what_is_chosen_is_framed(plot: BlockPlot) -> None:
    before = plot.canvas.grab().toImage()
    plot.choose("a")
    framed = plot.canvas.grab().toImage()
    assert different(before, framed) > 0
    plot.choose("")
    assert different(before, plot.canvas.grab().toImage()) == 0


def test_the_keyboard_reads_bar_by_bar_and_chooses(plot: BlockPlot) -> None:
    picked: list[str] = []
    plot.picked.connect(picked.append)
    QTest.keyClick(plot.canvas, Qt.Key.Key_Return)
    assert picked == []  # nothing is read yet
    read = []
    for _step in range(5):
        QTest.keyClick(plot.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
        read.append(plot.canvas.readings(plot.canvas.at or 0)[0])
    assert read == ["Lamps", "Drives", "Steel", "Furnace", "Furnace"]
    QTest.keyClick(plot.canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(plot.canvas, Qt.Key.Key_Return)
    assert picked == ["c"]


def test_zooming_shows_a_thin_bar(plot: BlockPlot) -> None:
    plot.show_range(94, 100)
    image = plot.canvas.grab().toImage()
    assert image.pixelColor(middle(plot, 98, 450)).name() != tokens().surface
    assert image.pixelColor(middle(plot, 98, 950)).name() == tokens().surface
    QTest.keyClick(plot.canvas, Qt.Key.Key_Home)
    assert plot.range == (0, 100)


def test_numbers_and_the_table_for_screen_readers(plot: BlockPlot, tmp_path: Path) -> None:
    plot.save(tmp_path / "curve.csv")
    lines = (tmp_path / "curve.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == "Name,Sort,Saves (t/a),Saves (t/a) from,Saves (t/a) to,Cost (CNY/t),NPV"
    assert lines[1:3] == ['Lamps,Chosen,30,0,30,-200,"1,000 CNY"', "Drives,Under way,10,30,40,-900,"]
    plot.describe_now()
    assert "Furnace; Not begun; 5; 95; 100; 800" in plot.accessibleDescription()


def test_without_bars_it_says_so(show: Show) -> None:
    plot = BlockPlot("Cost curve")
    assert plot.numbers() is None and plot.as_table() == []
    plot.show_data(replace(DATA, blocks=()))
    show(plot)
    assert plot.canvas.empty and plot.canvas.readings(0.5) == ("", [])
    assert plot.numbers() is not None and plot.numbers().count == 0  # type: ignore[union-attr]
    QTest.keyClick(plot.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    QTest.mouseClick(plot.canvas, Qt.MouseButton.LeftButton, pos=place(plot.canvas, 0.5))
    assert plot.canvas.chosen == ""


def test_a_bar_of_an_unknown_look_is_grey(show: Show) -> None:
    plot = BlockPlot("Cost curve")
    plot.show_data(replace(DATA, blocks=(Block("x", "X", 1, 1, "odd"),)))
    show(plot)
    assert plot.canvas.grab().toImage().pixelColor(middle(plot, 0.5, 0.5)).name() == tokens().edge
    assert plot.as_table()[1][1] == ""


def test_it_is_drawn_in_the_dark_and_as_vectors(show: Show, dressed: QApplication) -> None:
    theme.apply(dressed, "dark")
    try:
        plot = BlockPlot("Cost curve")
        plot.show_data(DATA)
        show(plot)
        assert tokens().raised in colours(plot.picture())
        assert b"<svg" in plot.svg()
    finally:
        theme.apply(dressed, "light")


def test_it_can_be_operated(plot: BlockPlot) -> None:
    assert nameless(plot) == [] and out_of_order(plot) == [] and clipped(plot) == []
