"""What all plots share: menu, copying, saving, where they tell what happened."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QFileDialog, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from core.errors import UserError
from gui.jobs import Job
from gui.notices import Notice
from gui.page import Page
from gui.plots.saving import Numbers
from gui.plots.tools import MANY, Plot, entry, file_name


class Plain(Plot):
    """The least that a plot can be."""

    def __init__(self, count: int = 2) -> None:
        super().__init__("Plain")
        self.sheet = QWidget()
        self._place.addWidget(self.sheet)
        self.count = count

    def drawing(self) -> QWidget:
        return self.sheet

    def paint_drawing(self, painter: QPainter) -> None:
        painter.fillRect(self.sheet.rect(), QColor("#123456"))

    def numbers(self) -> Numbers:
        return Numbers(("n",), self.count, lambda first, last: [[str(n)] for n in range(first, last)])

    def as_table(self) -> list[list[str]]:
        return [["n"], ["0"]]


@pytest.fixture
def plain(show: Callable[[object], None]) -> Plain:
    made = Plain()
    show(made)
    return made


def texts(menu: QMenu) -> dict[str, bool]:
    return {action.text(): action.isEnabled() for action in menu.actions() if action.text()}


def test_the_menu_offers_the_ways_out(plain: Plain) -> None:
    assert texts(plain.menu()) == {
        "Copy as picture": True, "Copy as numbers": True, "Save as PNG": True, "Save as SVG": True, "Save as CSV": True,
    }  # fmt: skip
    plain.count = MANY + 1
    menu = plain.menu()
    assert texts(menu)["Copy as numbers"] is False
    assert "More than 100,000 rows: save them as CSV." in [action.toolTip() for action in menu.actions()]
    QGuiApplication.clipboard().setText("before")
    plain.copy_numbers()
    assert QGuiApplication.clipboard().text() == "before"


def test_the_menu_opens_where_the_mouse_is(qtbot: QtBot, plain: Plain) -> None:
    at = QPoint(30, 30)
    plain.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, plain.mapToGlobal(at)))
    qtbot.waitUntil(lambda: any(menu.isVisible() for menu in plain.findChildren(QMenu)))
    for menu in plain.findChildren(QMenu):
        menu.close()


def test_a_file_is_asked_for_by_the_title_and_gets_its_ending(
    plain: Plain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def choose(_parent: QWidget, _title: str, name: str, kinds: str) -> tuple[str, str]:
        asked.append(name)
        return str(tmp_path / "chosen"), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    plain.set_title("Load: kW/h?")
    next(action for action in plain.menu().actions() if action.text() == "Save as CSV").trigger()
    assert asked == ["Load kW h.csv"]
    assert (tmp_path / "chosen.csv").read_bytes() == b"\xef\xbb\xbfn\r\n0\r\n1\r\n"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    next(action for action in plain.menu().actions() if action.text() == "Save as PNG").trigger()
    assert [path.name for path in tmp_path.iterdir()] == ["chosen.csv"]


def test_a_picture_is_twice_as_sharp_and_without_buttons(plain: Plain) -> None:
    image = plain.picture()
    assert image.width() == (plain.width() + 24) * 2
    corner = plain.sheet.mapTo(plain, QPoint(12, 10))
    assert image.pixelColor(corner * 2 + QPoint(4, 4)).name() == "#123456"


def test_a_file_that_cannot_be_written_is_told(plain: Plain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "missing" / "p.png"
    with pytest.raises(UserError):
        plain.save(target)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    plain._ask("PNG")
    assert "p.png cannot be written" in plain._value.text()


class Sheet(Page):
    """A page with a plot inside something else."""

    def __init__(self, plot: Plot) -> None:
        super().__init__()
        between = QWidget()
        QVBoxLayout(between).addWidget(plot)
        QVBoxLayout(self).addWidget(between)


def test_on_a_page_the_bottom_line_tells(qtbot: QtBot, tmp_path: Path) -> None:
    plot = Plain()
    page = Sheet(plot)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.told) as told:
        plot.save(tmp_path / "p.csv")
    assert told.args is not None
    notice = told.args[0]
    assert isinstance(notice, Notice)
    assert (notice.level, notice.sentence) == ("good", "Saved p.csv.")
    assert plot._value.text() == ""


def test_very_many_rows_are_written_by_a_job_that_can_be_cancelled(qtbot: QtBot, tmp_path: Path) -> None:
    plot = Plain(MANY + 5)
    page = Sheet(plot)
    qtbot.addWidget(page)
    begun: list[tuple[Job, str]] = []
    told: list[Notice] = []
    page.working.connect(lambda job, doing: begun.append((job, doing)))
    page.told.connect(told.append)
    plot.save(tmp_path / "p.csv")
    qtbot.waitUntil(lambda: bool(told))
    assert [doing for _job, doing in begun] == ["Saving p.csv"]
    assert told[0].sentence == "Saved p.csv."
    assert len((tmp_path / "p.csv").read_bytes().splitlines()) == MANY + 6
    page.working.connect(lambda job, _doing: job.cancel())
    plot.save(tmp_path / "q.csv")
    qtbot.waitUntil(lambda: len(begun) == 2 and not begun[1][0].running)
    assert [path.name for path in tmp_path.iterdir()] == ["p.csv"], "nothing is left half done"


def test_without_a_page_the_plot_itself_tells_of_a_job(qtbot: QtBot, tmp_path: Path) -> None:
    plot = Plain(MANY + 5)
    qtbot.addWidget(plot)
    plot.save(tmp_path / "p.csv")
    qtbot.waitUntil(lambda: plot._value.text() == "Saved p.csv.")
    plot.save(tmp_path / "missing" / "p.csv")
    qtbot.waitUntil(lambda: "cannot be written" in plot._value.text())


def test_what_is_told_may_be_cut_but_is_whole_for_screen_readers(plain: Plain) -> None:
    plain.tell("short", "the whole sentence")
    assert (plain._value.text(), plain._value.accessibleName(), plain._value.toolTip()) == (
        "short", "the whole sentence", "the whole sentence",
    )  # fmt: skip
    plain.tell("<b>no</b> markup")
    assert plain._value.text() == "<b>no</b> markup"


def test_an_entry_of_the_key_stays_together_and_harmless() -> None:
    assert entry("#123456", "Boiler <1> & co") == (
        '<span style="color:#123456">■</span>&nbsp;Boiler&nbsp;&lt;1&gt;&nbsp;&amp;&nbsp;co'
    )
    picture = QPixmap(32, 22)
    picture.setDevicePixelRatio(2)
    picture.fill(QColor("#123456"))
    assert 'width="16" height="11">&nbsp;Load' in entry("#123456", "Load", picture)


@pytest.mark.parametrize(
    ("title", "name"),
    [("Load", "Load"), ("a/b\\c:d", "a b c d"), ("..", "plot"), ("用电负荷", "用电负荷"), ("x" * 300, "x" * 100)],
)
def test_a_title_becomes_the_name_of_a_file(title: str, name: str) -> None:
    assert file_name(title) == name


def test_no_plot_but_the_bars_loads_the_heavy_library() -> None:
    code = (
        "import sys, gui.chart, gui.plots\n"
        "from gui.plots import SeriesPlot, HeatMap, Curve\n"
        "assert 'pyqtgraph' not in sys.modules, 'too early'\n"
        "from gui.plots import Bars\n"
        "assert 'pyqtgraph' in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
