from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.chart import Chart
from gui.chart_data import BarData, Series, short, stacked
from gui.plots import Bars
from gui.theme import tokens

MONTHS = ("2024-01", "2024-02", "2024-03")


def data(*, lying: bool = False) -> BarData:
    colours = tokens().series
    return BarData(
        "Emissions by month",
        MONTHS,
        (
            Series("Boiler, house", (Decimal("10.5"), Decimal(0), Decimal(20)), colours[0]),
            Series("Grid", (Decimal(1000), Decimal(2000), Decimal("1500.25")), colours[1]),
        ),
        "t CO₂e",
        "Emissions",
        lying=lying,
    )


@pytest.fixture(params=[False, True], ids=["standing", "lying"])
def chart(qtbot: QtBot, request: pytest.FixtureRequest) -> Chart:
    made = Chart("Emissions by month")
    qtbot.addWidget(made)
    made.resize(700, 320)
    made.show_data(data(lying=request.param))
    made.show()
    qtbot.waitUntil(lambda: made.findChild(Bars) is not None)
    qtbot.wait(10)
    return made


def bars(chart: Chart) -> Bars:
    found = chart.findChild(Bars)
    assert isinstance(found, Bars)
    return found


def test_every_value_can_be_heard(chart: Chart) -> None:
    spoken = chart.accessibleDescription()
    assert "Emissions by month. Emissions, t CO₂e." in spoken
    assert "2024-01: Boiler, house 10.5, Grid 1,000.0, total 1,010.5 t CO₂e" in spoken
    assert "2024-02: Grid 2,000.0, total 2,000.0 t CO₂e" in spoken


def test_bars_seen_again_are_the_same_and_new_ones_only_where_they_show_something_else(
    qtbot: QtBot, chart: Chart
) -> None:
    before = bars(chart)
    chart.hide()
    chart.show()
    assert not chart._draw.isActive()
    assert chart.drawing() is before
    chart.hide()
    chart.show_data(BarData("T", ("2024",), (Series("x", (Decimal(1),), "#000000"),), "t", "E"))
    assert not chart._draw.isActive(), "nobody sees it"
    chart.show()
    qtbot.waitUntil(lambda: chart.findChild(Bars) is not None and not chart._draw.isActive())
    after = bars(chart)
    assert after is not before and after._data is chart.data
    chart.hide()
    chart.show_data(data())
    drawn = chart.drawing()
    assert isinstance(drawn, Bars) and drawn._data == data(), "what is printed or saved is what it should show"


def test_the_axis_names_what_it_counts_and_the_unit(chart: Chart) -> None:
    axis = bars(chart).getAxis("bottom" if chart.data and chart.data.lying else "left")
    assert axis.labelText == "Emissions (t CO₂e)"


def test_the_value_under_the_mouse_is_told(chart: Chart) -> None:
    plot = bars(chart)
    lying = chart.data is not None and chart.data.lying
    at = plot.getViewBox().mapViewToScene(QPointF(500, 1) if lying else QPointF(1, 500))
    plot.scene().sigMouseMoved.emit(at)
    assert chart._value.text().startswith("2024-02: Grid 2,000.0")
    plot.show_hover(-1)
    assert chart._value.text() == ""


def test_drag_zooms_and_double_click_shows_everything_again(chart: Chart) -> None:
    plot = bars(chart)
    box = plot.getViewBox()
    whole = box.viewRange()
    assert box.state["mouseMode"] == box.RectMode
    plot.setRange(xRange=(0, 1), yRange=(0, 1), padding=0)
    assert box.viewRange() != whole
    box.autoRange()
    assert box.viewRange() == whole


def test_bars_have_the_colours_of_the_theme(chart: Chart) -> None:
    seen = {colour.name() for colour in _colours(chart.picture())}
    assert {tokens().series[0], tokens().series[1], tokens().raised} <= seen


def test_the_picture_can_be_copied_and_saved(chart: Chart, tmp_path: Path) -> None:
    chart.copy_picture()
    assert not QGuiApplication.clipboard().image().isNull()
    chart.save(tmp_path / "c.png")
    chart.save(tmp_path / "c.svg")
    assert QImage(str(tmp_path / "c.png")).width() > 1300
    drawing = QSvgRenderer(str(tmp_path / "c.svg"))
    assert drawing.isValid()
    assert drawing.defaultSize().width() > 600
    assert tokens().series[1] in (tmp_path / "c.svg").read_text("utf-8").lower()


def test_the_numbers_leave_with_all_digits(chart: Chart, tmp_path: Path) -> None:
    chart.save(tmp_path / "c.csv")
    text = (tmp_path / "c.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["Emissions by month", "Boiler, house (t CO₂e)", "Grid (t CO₂e)"]
    assert rows[3] == ["2024-03", "20", "1500.25"]
    chart.copy_numbers()
    assert QGuiApplication.clipboard().text().splitlines()[3] == "2024-03\t20\t1500.25"


def test_no_name_leaves_as_a_formula(chart: Chart, tmp_path: Path) -> None:
    chart.show_data(BarData("T", ("=1+1",), (Series("@x", (Decimal("-2.5"),), "#000000"),), "t", "E"))
    chart.save(tmp_path / "c.csv")
    assert (tmp_path / "c.csv").read_bytes().decode("utf-8-sig").splitlines() == ["T,'@x (t)", "'=1+1,-2.5"]


def test_ctrl_c_copies_the_picture(chart: Chart) -> None:
    QGuiApplication.clipboard().clear()
    QTest.keyClick(chart, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert not QGuiApplication.clipboard().image().isNull()


def test_new_data_replace_the_old(chart: Chart, qtbot: QtBot) -> None:
    old = bars(chart)
    chart.show_data(BarData("T", ("a",), (Series("s", (Decimal(1),), "#000000"),), "t", "E"))
    qtbot.waitUntil(lambda: chart.findChild(Bars) is not old)
    assert "a: s 1.0 t" in chart.accessibleDescription()


def test_series_are_ranked_and_the_smallest_become_one() -> None:
    sums = {f"s{i}": (Decimal(i), Decimal(i)) for i in range(1, 9)}
    made = stacked(sums, "Others")
    assert [one.name for one in made] == ["s8", "s7", "s6", "s5", "s4", "Others"]
    assert made[-1].values == (Decimal(6), Decimal(6))
    assert len({one.colour for one in made}) == 6
    assert [one.name for one in stacked({"a": (Decimal(1),)}, "Others")] == ["a"]


def test_an_empty_year_is_drawn_too(qtbot: QtBot) -> None:
    made = Chart("Empty")
    qtbot.addWidget(made)
    made.show_data(BarData("Empty", MONTHS, (), "t", "E"))
    made.show()
    made.draw_now()
    assert made.data is not None
    assert made.data.empty
    assert "2024-01: 0 t" in made.accessibleDescription()


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (0.25, "0.25"), (1500.0, "1,500"), (12.5, "12.5")])
def test_numbers_at_an_axis_are_short(value: float, text: str) -> None:
    assert short(value) == text


def _colours(image: QImage) -> list[QColor]:
    return [image.pixelColor(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)]
