"""Every page there is, found by itself: named for screen readers, in reading order, with room for long words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from core.store import GroupFile
from gui import fonts
from gui.icons import names
from gui.jobs import Job
from gui.language import set_language
from gui.office.office import Office
from gui.page import GROUPS
from gui.pages import Place, discover
from gui.recent.part import RecentPart
from gui.session import Session
from gui.settings import Settings
from gui.start import Beginning, StartWindow
from gui.topbar import Desk
from gui.window import Window
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

PLANT, OFFICE = discover("plant"), discover("office")
EVERY = [pytest.param(place, id=place.info.key) for place in (*PLANT, *OFFICE)]
every_page = pytest.mark.parametrize("place", EVERY)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A group without reports."""
    made = Office(GroupFile.open(tmp_path / "g.group"), "Wang Wei", 2024)
    yield made
    made.close()


@pytest.fixture
def desks(session: Session, office: Office) -> dict[str, Desk]:
    return {"plant": session, "office": office}


def opened(qtbot: QtBot, desk: Desk, place: Place, settings: Settings) -> Window:
    """The window on one place, as large as a small laptop."""
    window = Window(desk, settings, PLANT if place in PLANT else OFFICE)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    window.go(place.info.key)
    settle(qtbot, window)
    return window


def settle(qtbot: QtBot, window: Window) -> None:
    """Words that wrap find their height in a few turns, on a busy machine in some more; pages ask jobs first."""
    for _turn in range(5):
        qtbot.wait(10)
    for _turn in range(100):
        if not Job.any_running() and not clipped(window):
            return
        qtbot.wait(20)


@every_page
def test_a_page_says_what_it_is(place: Place) -> None:
    assert place.info.icon in names()
    assert place.info.group in GROUPS
    assert place.info.title.msgid


def test_no_two_pages_share_a_key() -> None:
    keys = [place.info.key for place in (*PLANT, *OFFICE)]
    assert len(set(keys)) == len(keys)


@every_page
def test_everything_that_can_be_operated_has_a_name(
    qtbot: QtBot, desks: dict[str, Desk], place: Place, settings: Settings
) -> None:
    window = opened(qtbot, desks[place.info.mode], place, settings)
    assert nameless(window) == []
    assert window.page(place.info.key).accessibleName()


@every_page
def test_tab_follows_the_order_of_reading(
    qtbot: QtBot, desks: dict[str, Desk], place: Place, settings: Settings
) -> None:
    window = opened(qtbot, desks[place.info.mode], place, settings)
    assert out_of_order(window.page(place.info.key)) == []


@every_page
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_word_is_clipped(
    qtbot: QtBot, dressed: QApplication, desks: dict[str, Desk], place: Place, settings: Settings, lang: str
) -> None:
    set_language(lang)
    fonts.prepare(dressed)
    window = opened(qtbot, desks[place.info.mode], place, settings)
    assert clipped(window) == []
    assert beyond(window) == []


@every_page
def test_words_of_twice_the_length_have_room(
    qtbot: QtBot,
    desks: dict[str, Desk],
    place: Place,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with stretched(monkeypatch):
        window = opened(qtbot, desks[place.info.mode], place, settings)
        window.resize(1920, 1080)
        settle(qtbot, window)
        assert clipped(window) == []


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
