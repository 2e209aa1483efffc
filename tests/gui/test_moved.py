"""Settings and trust files of earlier versions come along, once, and nothing is lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from core.running.places import PORTABLE, Places, places
from gui.moved import move_in, old_file
from gui.settings import Settings


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """As version 0.1 left it."""
    folder = tmp_path / "Plant Carbon Audit"
    (folder / "trust").mkdir(parents=True)
    (folder / "trust" / "G-1.trust").write_bytes(b"held")
    path = folder / "plant-carbon-audit.ini"
    made = QSettings(str(path), QSettings.Format.IniFormat)
    made.setValue("window/language", "zh")
    made.setValue("window/geometry", QByteArray(b"where"))
    made.setValue("person/name", "李娜")
    made.setValue("files/recent", '["/f/a.plant"]')
    made.setValue("files/head_office", str(folder / "trust" / "G-1.trust"))
    made.setValue("tables/activity/widths", '{"item": 120}')
    made.sync()
    return path


@pytest.fixture
def where(tmp_path: Path) -> Places:
    new = tmp_path / "new"
    return Places(new / "c", new / "s", new / "d", new / "k", new / "l", new / "x")


def test_everything_comes_along_once(old: Path, where: Places) -> None:
    assert move_in(where, old)
    new = Settings(where=where)
    assert (new.language, new.person, new.recent) == ("zh", "李娜", (Path("/f/a.plant"),))
    assert new.geometry == QByteArray(b"where")
    assert new.column_widths("activity") == {"item": 120}
    assert new.head_office == where.trust / "G-1.trust"
    assert (where.trust / "G-1.trust").read_bytes() == b"held"
    assert not old.parent.exists(), "no second place claims to be the one"
    assert not move_in(where, old)


def test_settings_of_this_version_are_never_written_over(old: Path, where: Places) -> None:
    mine = Settings(where=where)
    mine.language = "en"
    mine.sync()
    assert not move_in(where, old)
    assert Settings(where=where).language == "en"
    assert old.exists()


def test_what_cannot_be_written_stays_where_it_is(old: Path, where: Places) -> None:
    where.settings.parent.write_text("a file where the folders would be")
    assert not move_in(where, old)
    assert old.exists()
    assert (old.parent / "trust" / "G-1.trust").exists()


def test_other_files_in_the_old_folder_are_left_alone(old: Path, where: Places) -> None:
    (old.parent / "notes.txt").write_text("mine")
    assert move_in(where, old)
    assert [path.name for path in old.parent.iterdir()] == ["notes.txt"]


def test_a_stick_takes_nothing_from_the_computer(old: Path, tmp_path: Path) -> None:
    assert not move_in(places({PORTABLE: str(tmp_path / "stick")}), old)
    assert old.exists()


def test_the_first_start_ever_moves_nothing(where: Places, tmp_path: Path) -> None:
    assert not move_in(where, tmp_path / "nothing.ini")


def test_the_old_place_is_the_one_that_qt_chose() -> None:
    assert old_file().parts[-2:] == ("Plant Carbon Audit", "plant-carbon-audit.ini")
