from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from core.ledger import Plant
from core.passphrase import Passphrase
from core.store import PlantFile
from gui.app import Program
from gui.palette.box import Palette
from gui.recent.memory import file_of, left
from gui.recent.part import RecentPart
from gui.session import Session
from gui.settings import Settings
from gui.start import StartWindow
from gui.window import Window

WHEN = datetime(2026, 3, 5, 8, 0, tzinfo=UTC)


def plant(path: Path, name: str = "Works") -> Path:
    PlantFile.create(path, Plant(name, "CN"), "Li Na", WHEN)
    return path


@pytest.fixture
def program(qtbot: QtBot, dressed: QApplication, settings: Settings) -> Program:
    made = Program(dressed, settings)
    made.show()
    return made


def part(qtbot: QtBot, settings: Settings, opened: list[Path]) -> RecentPart:
    made = RecentPart(settings, opened.append)
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: not made.latest.busy)
    return made


def named(made: RecentPart, words: str) -> QAbstractButton:
    buttons = made.findChildren(QAbstractButton)
    return [one for one in buttons if one.accessibleName() == words][-1]  # earlier ones are on their way out


def drop(window: QMainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, key = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(9, 9), action, data, Qt.MouseButton.LeftButton, key))


def test_a_file_is_listed_with_name_folder_and_day_and_opens(qtbot: QtBot, settings: Settings, tmp_path: Path) -> None:
    path = plant(tmp_path / "a.plant")
    settings.opened(path)
    left(settings, path, "Works", "overview", 2024, WHEN)
    opened: list[Path] = []
    made = part(qtbot, settings, opened)
    texts = [one.text() for one in made.findChildren(QLabel)]
    assert str(tmp_path) in texts
    assert "2026-03-05" in texts
    named(made, "Works").click()
    assert opened == [path]


def test_enter_opens_the_file_of_yesterday(
    qtbot: QtBot, dressed: QApplication, settings: Settings, tmp_path: Path
) -> None:
    for name in ("older", "newest"):
        settings.opened(plant(tmp_path / f"{name}.plant"))
    settings.opened(tmp_path / "gone.plant")
    program = Program(dressed, settings)
    program.show()
    start = program.window
    assert isinstance(start, StartWindow)
    recent = start.recent
    qtbot.waitUntil(lambda: bool(recent.gone) and not recent.latest.busy)
    qtbot.waitUntil(lambda: start.focusWidget() is recent.latest_file, timeout=5_000)
    assert recent.latest_file is not None and recent.latest_file.text() == "newest"


def test_a_file_that_has_gone_is_grey_and_can_be_found_again(
    qtbot: QtBot, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.opened(tmp_path / "gone.plant")
    opened: list[Path] = []
    made = part(qtbot, settings, opened)
    assert not named(made, "gone").isEnabled()
    there = plant(tmp_path / "there.plant")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(there), ""))
    named(made, "Locate gone.plant").click()
    assert opened == [there]
    assert [one.path for one in made.files] == [there]


def test_a_file_can_be_removed_and_pinned(qtbot: QtBot, settings: Settings, tmp_path: Path) -> None:
    first, second = plant(tmp_path / "a.plant"), plant(tmp_path / "b.plant")
    settings.opened(first)
    settings.opened(second)
    made = part(qtbot, settings, [])
    assert [one.path for one in made.files] == [second, first]
    named(made, "Keep on top: a").click()
    assert [one.path for one in made.files] == [first, second]
    named(made, "Remove from this list: b.plant").click()
    assert [one.path for one in made.files] == [first]
    assert second.exists(), "only the list forgets it"
    named(made, "Remove from this list: a.plant").click()
    assert made.body.isHidden()


def test_a_file_opens_again_where_it_was_left(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    path = plant(tmp_path / "a.plant")
    assert program.open(path)
    assert isinstance(program.window, Window)
    program.window.go("meters")
    program.close_file()
    assert program.settings.recent == (path,)
    known = file_of(program.settings, path)
    assert (known.name, known.place) == ("Works", "meters")
    assert program.open(path)
    assert isinstance(program.window, Window)
    assert program.window.place == "meters"


def test_the_year_that_was_shown_comes_back(program: Program, demo_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "d.plant"
    path.write_bytes(demo_file.read_bytes())
    assert program.open(path)
    assert isinstance(program.desk, Session)
    program.desk.show_year(2023)
    program.close_file()
    assert program.open(path)
    assert program.desk.year == 2023
    program.close_file()
    left(program.settings, path, "", "no such place", 1950, WHEN)
    assert program.open(path)
    assert program.desk.year != 1950
    assert isinstance(program.window, Window)
    assert program.window.place == "overview"


def test_of_an_encrypted_file_the_name_is_not_kept(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "secret.plant"
    PlantFile.create(path, Plant("Hidden works", "CN"), "Li Na", WHEN, Passphrase("correct horse battery staple"))
    assert program.open(path)
    program.close_file()
    assert file_of(program.settings, path).title == "secret"
    assert "Hidden" not in program.settings.files[0].read_text("utf-8")


def test_a_plant_that_is_dropped_is_opened_on_either_window(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    first, second = plant(tmp_path / "a.plant", "First"), plant(tmp_path / "b.plant", "Second")
    assert isinstance(program.window, StartWindow)
    drop(program.window, tmp_path / "bill.pdf")
    assert program.window.notices.notice is not None
    drop(program.window, first)
    assert isinstance(program.window, Window)
    drop(program.window, tmp_path / "bill.pdf", second)
    qtbot.waitUntil(lambda: isinstance(program.desk, Session) and program.desk.ledger.plant.name == "Second")


def test_the_menu_lists_the_others_by_number(program: Program, tmp_path: Path) -> None:
    first, second = plant(tmp_path / "a.plant", "First"), plant(tmp_path / "b.plant", "Second & last")
    program.open(second)
    program.open(first)
    assert isinstance(program.window, Window)
    menus = {menu.title(): menu for menu in program.window.findChildren(QMenu)}
    actions = menus["Open &recent"].actions()
    assert [one.text() for one in actions] == ["&1 Open Second && last"]
    actions[0].trigger()
    assert isinstance(program.desk, Session)
    assert program.desk.ledger.plant.name == "Second & last"


def test_the_first_screen_has_the_palette_too(program: Program) -> None:
    assert isinstance(program.window, StartWindow)
    program.window.show_palette()
    box = program.window.findChild(Palette)
    assert isinstance(box, Palette)
    box.line.setText("close the file")
    assert [(row.title, row.reason) for row in box.rows] == [("Close the file", "No file is open.")]
