"""``history``: what was changed, and the way back, typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.store import GroupFile, PlantFile


def run(*words: object) -> int:
    return main(["--ui-lang", "en", *(str(word) for word in words)])


@pytest.fixture
def plant(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path, data = tmp_path / "works.plant", tmp_path / "data.csv"
    rows = "source,method,item,start,end,quantity,unit\n"
    data.write_text(rows + "Boiler,stationary_combustion,diesel,2024-01,,10,t\n", encoding="utf-8")
    assert run("new", path, "--name", "Works", "--country", "GB", "--person", "Li Na") == 0
    assert run("import", path, data, "--person", "Wang") == 0
    assert run("describe", path, "--address", "Station Road 1", "--person", "Li Na") == 0
    capsys.readouterr()
    return path


def read(capsys: pytest.CaptureFixture[str], *words: object) -> Any:
    assert run(*words, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_the_list_is_newest_first_and_may_be_cut_by_count_and_person(
    plant: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("history", plant) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[2:]] == ["3", "2", "1"]
    assert "Plant described" in lines[2] and "Wang" in lines[3]
    assert run("history", plant, "--newest", 1) == 0
    assert "2 earlier changes" in capsys.readouterr().out
    found = read(capsys, "history", plant, "--by", "Wang")
    assert found["count"] == 1
    assert [(one["number"], one["who"], one["records"]) for one in found["changes"]] == [
        (2, "Wang", {"activity": 1, "evidence": 1})
    ]


def test_one_entry_and_one_record_are_told_field_by_field(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("history", plant, "--entry", 3) == 0
    assert "Address: – → Station Road 1" in capsys.readouterr().out
    (one,) = read(capsys, "history", plant, "--record", "a00001")
    assert one["records"][0]["act"] == "added"
    assert {"field": "Quantity", "before": "–", "after": "10"} in one["records"][0]["fields"]
    assert run("history", plant, "--record", "nobody") == 2
    assert "No change is about a record nobody" in capsys.readouterr().err


def test_one_change_is_taken_back_and_that_again(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("history", plant, "--undo", 2, "--dry-run") == 0
    assert "Nothing was changed." in capsys.readouterr().out
    assert read(capsys, "history", plant, "--undo", 2, "--person", "Li Na")["done"]
    with PlantFile.open(plant, read_only=True) as opened:
        assert not opened.ledger.activities and opened.ledger.plant.address == "Station Road 1"
        assert opened.entries == 4 and opened.undoable == 4
    assert run("history", plant, "--undo", 4) == 0
    with PlantFile.open(plant, read_only=True) as opened:
        assert len(opened.ledger.activities) == 1


def test_everything_since_goes_back_as_one_change(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("history", plant, "--back-to", 1) == 0
    out = capsys.readouterr().out
    assert out.startswith("Back to entry 1: Plant created\n")
    assert "Address: Station Road 1 → –" in out
    with PlantFile.open(plant, read_only=True) as opened:
        assert not opened.ledger.activities and not opened.ledger.plant.address
    assert run("history", plant, "--undo", 1) == 1
    assert "that stays" in capsys.readouterr().err


def test_head_office_has_a_history_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "office.group"
    GroupFile.open(path).close()
    assert read(capsys, "history", path) == {"changes": [], "count": 0}
