from __future__ import annotations

import json
import sqlite3
import sys
from importlib import metadata
from pathlib import Path

import pytest

from core import VERSION
from core.cli import main
from core.cli.about import COUNTS, PLACES, counted
from core.methods import all_methods
from core.running.about import about, system
from core.running.places import PORTABLE, places

ROOT = Path(__file__).parents[3]


def test_it_says_what_the_program_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["about", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["version"], said["sqlite"]) == (VERSION, sqlite3.sqlite_version)
    assert said["qt"] == metadata.version("PySide6-Essentials")
    assert said["python"] == ".".join(map(str, sys.version_info[:3]))
    assert said["portable"] is None
    assert said["places"] == {name: str(path) for name, path in places().named.items()}
    assert said["counts"] == counted()


def test_every_drop_in_is_counted() -> None:
    found = counted()
    assert found["methods"] == len(all_methods())
    for key, folder in (("sections", "core/report/sections"), ("pages", "gui/pages"), ("rules", "core/checks")):
        there = [path for path in (ROOT / folder).glob("*.py") if not path.name.startswith("_")]
        assert 0 < found[key] <= len(there)
    assert found["pages"] == len([p for p in (ROOT / "gui/pages").glob("*.py") if not p.name.startswith("_")])
    assert found.keys() == COUNTS.keys()


@pytest.mark.parametrize(("lang", "word"), [("en", "It knows: "), ("zh", "Plant Carbon Audit ")])
def test_people_read_the_same(capsys: pytest.CaptureFixture[str], lang: str, word: str) -> None:
    assert main(["--ui-lang", lang, "about"]) == 0
    said = capsys.readouterr().out
    assert word in said and str(len(all_methods())) in said
    assert all(str(path) in said for path in places().named.values())
    assert PLACES.keys() == places().named.keys()


def test_portable_mode_is_said(tmp_path: Path) -> None:
    one = about(places({PORTABLE: str(tmp_path)}), {}, "6.8.3")
    assert one.plain()["portable"] == str(tmp_path)
    assert one.qt == "6.8.3"


def test_the_number_of_the_system_holds_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.release", lambda: "6.1.0-li-na-laptop")
    monkeypatch.setattr("platform.system", lambda: "Linux")
    monkeypatch.setattr(sys, "platform", "linux")
    assert system() == "Linux 6.1.0"
