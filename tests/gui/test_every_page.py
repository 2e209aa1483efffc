"""Every page there is, found by itself and visited once in each dress: named for screen readers, in reading order, with
room for its words and for long ones, on a small laptop and on half of a screen, with keys that mean one thing, and the
same on paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core.store import GroupFile
from gui import fonts
from gui.app import Program
from gui.icons import names
from gui.jobs import Job
from gui.language import set_language
from gui.office.office import Office
from gui.page import GROUPS, Page
from gui.pages import Place, discover
from gui.recent.part import RecentPart
from gui.session import Session
from gui.settings import Settings
from gui.start import Beginning, StartWindow
from gui.topbar import Desk
from gui.window import Window
from tests.gui.heard import heard_twice, not_on_the_sheet, of_window
from tests.gui.printed import lost_on_paper
from tests.gui.walk import beyond, clipped, lay_out, nameless, out_of_order, stretched

PLANT, OFFICE = discover("plant"), discover("office")
EVERY = (*PLANT, *OFFICE)
every_page = pytest.mark.parametrize("place", [pytest.param(place, id=place.info.key) for place in EVERY])
Mode = Literal["plant", "office"]
ROOMS = list(dict.fromkeys((place.info.mode, place.info.group) for place in EVERY))
every_room = pytest.mark.parametrize(
    ("mode", "group"), [pytest.param(*room, id="-".join(filter(None, room))) for room in ROOMS]
)
"""Pages are visited in one window by the groups of the side list: one test of all would take long."""
LAPTOP, LARGE = QSize(1280, 800), QSize(1920, 1080)
NARROW = (QSize(1024, 700), QSize(960, 540))
"""The last is all that is left of 1920 × 1080 at 200 %."""
PADDING = 17
"""Left and right of the words of a heading, with its line. [px]"""


@pytest.fixture
def desk(mode: Mode, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """The demo plant, or a group without reports."""
    if mode == "plant":
        yield request.getfixturevalue("session")
        return
    made = Office(GroupFile.open(tmp_path / "g.group"), "Wang Wei", 2024)
    yield made
    made.close()


def visited(qtbot: QtBot, desk: Desk, group: str, settings: Settings, size: QSize) -> Iterator[tuple[Window, Page]]:
    """The window on one page of a group after the other, each with its answers."""
    window = Window(desk, settings, PLANT if isinstance(desk, Session) else OFFICE, empty=True)
    qtbot.addWidget(window)
    window.resize(size)
    window.show()
    for place in window.places:
        if place.info.group == group:
            window.go(place.info.key)
            answered(qtbot, window)
            lay_out(window)
            yield window, window.page(place.info.key)
            window.resize(size)


def answered(qtbot: QtBot, window: Window) -> None:
    """Until no job works and no pause before one goes on."""
    page = window.page(window.place)

    def rests() -> bool:
        return not Job.any_running() and not any(
            one.isActive() for one in page.findChildren(QTimer) if one.isSingleShot()
        )

    qtbot.waitUntil(rests, timeout=60_000)


@every_page
def test_a_page_says_what_it_is(place: Place) -> None:
    assert place.info.icon in names()
    assert place.info.group in GROUPS
    assert place.info.title.msgid


def test_no_two_pages_share_a_key() -> None:
    keys = [place.info.key for place in EVERY]
    assert len(set(keys)) == len(keys)


@every_room
def test_every_page_in_english(qtbot: QtBot, qapp: QApplication, desk: Desk, group: str, settings: Settings) -> None:
    program = {one.shortcut: one.title for one in Program(qapp, settings)._commands() if one.shortcut}
    found: list[str] = []
    for window, page in visited(qtbot, desk, group, settings, LAPTOP):
        faults = {
            "has no name": nameless(window) + ([] if page.accessibleName() else ["the page"]),
            "Tab goes back": out_of_order(page),
            "means two things": heard_twice(page, dict(of_window(window)) | program),
            "is on no sheet of keys": not_on_the_sheet(page),
            "is lost on paper": lost_on_paper(window),
            "lacks room": lacks_room(qtbot, window),
        }
        found += [f"{window.place}: {what}: {one}" for what, faulty in faults.items() for one in faulty]
    assert not found, "\n".join(found)


@every_room
def test_every_page_in_chinese(qtbot: QtBot, dressed: QApplication, desk: Desk, group: str, settings: Settings) -> None:
    set_language("zh")
    fonts.prepare(dressed)
    found = [
        f"{window.place}: {one}"
        for window, _page in visited(qtbot, desk, group, settings, LAPTOP)
        for one in lacks_room(qtbot, window)
    ]
    assert not found, "\n".join(found)


@every_room
def test_words_of_twice_the_length_have_room(
    qtbot: QtBot, desk: Desk, group: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        visits = visited(qtbot, desk, group, settings, LARGE)
        found = [f"{window.place}: {one}" for window, _page in visits for one in clipped(window)]
    assert not found, "\n".join(found)


def lacks_room(qtbot: QtBot, window: Window) -> Iterator[str]:
    """What has not its room on a laptop, where every word is read, or makes a smaller window scroll or grow."""
    page = window.page(window.place)
    yield from clipped(window)
    for size in (window.size(), *NARROW):
        window.resize(size)
        for tab in tabs_in_turn(page):
            answered(qtbot, window)
            where = f"in {size.width()} × {size.height()}, tab {tab}"
            yield from (f"{where}, {one}" for one in (*beyond(window), *cut_headings(page)))
            if window.size() != size:
                yield f"{where}, the window is {window.size()}"
        window.show_inspector(True)
        answered(qtbot, window)
        where = f"in {size.width()} × {size.height()}, with the inspector"
        sideways = beyond(window)
        if size in NARROW:
            yield from (f"{where}, {one}" for one in (*sideways, *cut_headings(window.inspector)))
        if window.size() != size:
            yield f"{where}, the window is {window.size()}"
        window.show_inspector(False)


def tabs_in_turn(page: Page) -> Iterator[int]:
    """Bring one tab after the other to the front; a page without tabs is one by itself."""
    tabs = next(iter(page.findChildren(QTabWidget)), None)
    for place in range(tabs.count() if tabs is not None else 1):
        if tabs is not None:
            tabs.setCurrentIndex(place)
        yield place


def cut_headings(pane: QWidget) -> Iterator[str]:
    """Columns of tables that are narrower than what is written above them."""
    for view in pane.findChildren(QTableView):
        head, model = view.horizontalHeader(), view.model()
        for place in range(head.count() if head.isVisible() else 0):
            words = str(model.headerData(place, Qt.Orientation.Horizontal) or "")
            wide = max(map(head.fontMetrics().horizontalAdvance, words.split("\n")))
            if not head.isSectionHidden(place) and wide > head.sectionSize(place) - PADDING:
                yield f"heading {words!r} is cut"


def test_the_first_screen_can_be_read_and_operated(
    qtbot: QtBot, settings: Settings, demo_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing() -> None:
        return None

    def begin() -> StartWindow:
        tiles = [
            Beginning("demo", f"Way {i}", "What it leads to, in a sentence of some length.", nothing) for i in range(4)
        ]
        settings.opened(Path("/nowhere/a.plant"))
        settings.opened(demo_file)
        recent = RecentPart(settings, lambda _path: None)
        made = StartWindow(tiles, recent, lambda _path: None, (), nothing)
        qtbot.waitUntil(lambda: not recent.latest.busy)
        qtbot.addWidget(made)
        made.show()
        qtbot.wait(10)
        return made

    window = begin()
    assert nameless(window) == []
    assert out_of_order(window) == []
    assert clipped(window) == []
    with stretched(monkeypatch):
        assert clipped(begin()) == []


# ---------------------------------------------------------------------- the walker itself


def sheet(qtbot: QtBot, *widgets: QWidget, across: bool = False) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    layout = QHBoxLayout(made) if across else QVBoxLayout(made)
    for widget in widgets:
        layout.addWidget(widget)
    made.show()
    return made


def test_the_walker_finds_what_has_no_name(qtbot: QtBot) -> None:
    named, bare = QLineEdit(), QLineEdit()
    named.setAccessibleName("Filter")
    assert len(nameless(sheet(qtbot, named, bare, QPushButton("Go"), QPushButton()))) == 2


@pytest.mark.parametrize("across", [True, False])
def test_the_walker_finds_a_wrong_order(qtbot: QtBot, across: bool) -> None:
    one, two, three = QPushButton("1"), QPushButton("2"), QPushButton("3")
    made = sheet(qtbot, one, two, three, across=across)
    assert out_of_order(made) == []
    QWidget.setTabOrder(one, three)
    assert len(out_of_order(made)) == 1


def test_the_walker_finds_clipped_words(qtbot: QtBot) -> None:
    wide, tall, fine = QLabel("many words that need room"), QLabel("many words that need room"), QLabel("x")
    wide.setFixedWidth(20)
    tall.setWordWrap(True)
    tall.setFixedSize(60, 10)
    found = clipped(sheet(qtbot, wide, tall, fine))
    assert len(found) == 2
