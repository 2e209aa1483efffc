"""What a person chose is there next time."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from core.running.places import PORTABLE, places
from gui.settings import RECENT_MAX, Settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "s.ini"


def test_first_start_follows_the_system(path: Path) -> None:
    first = Settings(path)
    assert (first.language, first.theme, first.person, first.recent) == ("system", "system", "", ())
    assert first.geometry.isEmpty()


def test_what_was_chosen_is_there_next_time(path: Path) -> None:
    one = Settings(path)
    one.language, one.theme, one.person = "zh", "dark", "李娜"
    one.geometry, one.docks = QByteArray(b"where"), QByteArray(b"how")
    one.hide_columns("activity", ["note", "evidence"])
    one.keep_widths("activity", {"item": 120})
    one.sync()
    again = Settings(path)
    assert (again.language, again.theme, again.person) == ("zh", "dark", "李娜")
    assert (again.geometry, again.docks) == (QByteArray(b"where"), QByteArray(b"how"))
    assert again.hidden_columns("activity") == {"note", "evidence"}
    assert again.column_widths("activity") == {"item": 120}


def test_recent_files_are_newest_first_and_few(path: Path) -> None:
    one = Settings(path)
    for number in range(RECENT_MAX + 3):
        one.opened(Path(f"/f/{number}.plant"))
    one.opened(Path("/f/5.plant"))
    assert one.recent[0] == Path("/f/5.plant")
    assert len(one.recent) == len(set(one.recent)) == RECENT_MAX
    one.forget(Path("/f/5.plant"))
    assert Path("/f/5.plant") not in one.recent


def test_default_columns_hold_until_somebody_chooses(path: Path) -> None:
    one = Settings(path)
    assert one.hidden_columns("t", ["note"]) == {"note"}
    one.hide_columns("t", [])
    assert one.hidden_columns("t", ["note"]) == frozenset()


@pytest.mark.parametrize("rubbish", ["{", "3", '"x"', "[1, {}]", '{"item": "wide"}'])
def test_a_damaged_file_counts_as_never_set(path: Path, rubbish: str) -> None:
    one = Settings(path)
    for key in ("files/recent", "tables/t/hidden", "tables/t/widths", "window/theme", "window/geometry"):
        one._store.setValue(key, rubbish)
    assert one.recent == ()
    assert one.hidden_columns("t") == frozenset()
    assert one.column_widths("t") == {}
    assert one.theme == "system"
    assert one.geometry.isEmpty()


def test_what_a_company_declared_is_remembered(tmp_path: Path) -> None:
    path = tmp_path / "s.ini"
    kept = Settings(path)
    assert kept.declared == {}
    kept.declared = {"domain": "example.com", "comment": "两行\nwords; more"}
    kept.sync()
    assert Settings(path).declared == {"domain": "example.com", "comment": "两行\nwords; more"}
    path.write_text("[products]\ndeclared=broken\n", encoding="utf-8")
    assert Settings(path).declared == {}


def test_on_a_stick_recent_files_and_folders_follow_its_letter(tmp_path: Path) -> None:
    for root in ("E", "F"):
        (tmp_path / root / "plants").mkdir(parents=True)
    first = places({PORTABLE: str(tmp_path / "E" / "data")})
    one = Settings(where=first)
    one.opened(tmp_path / "E" / "plants" / "a.plant")
    one.head_office = first.trust / "g.trust"
    one.watch_folder(tmp_path / "E" / "g.group", tmp_path / "E" / "in")
    one.sync()
    shutil.copytree(tmp_path / "E" / "data", tmp_path / "F" / "data")
    second = places({PORTABLE: str(tmp_path / "F" / "data")})
    other = Settings(where=second)
    assert other.recent == (tmp_path / "F" / "plants" / "a.plant",)
    assert other.head_office == second.trust / "g.trust"
    assert other.watched_folder(tmp_path / "F" / "g.group") == tmp_path / "F" / "in"
    assert str(tmp_path) not in "".join(path.read_text(encoding="utf-8") for path in other.files if path.exists())
