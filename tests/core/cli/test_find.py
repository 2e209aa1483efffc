from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from core.cli import main
from core.i18n import T
from core.ledger import Activity, Change, Plant, Step
from core.store import PlantFile

WHEN = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    path = tmp_path / "test.plant"
    PlantFile.create(path, Plant("Test", "CN"), "Li Na", WHEN)
    bills = [
        Activity(f"a{month}", "Boiler house", "stationary_combustion", "natural_gas", date(2024, month, 1),
                 date(2024, month, 28), Decimal(10), "m3", evidence=f"INV-{month}")
        for month in range(1, 5)
    ]  # fmt: skip
    with PlantFile.open(path) as file:
        file.append(Change("Li Na", WHEN, T("Bills entered"), tuple(Step("activity", b.id, None, b) for b in bills)))
    return path


def test_words_of_both_languages_find_a_bill(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["find", str(plant), "天然气", "inv-3", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["id"] for kind in told["kinds"] for one in kind["found"]] == ["a3"]
    assert told["kinds"][0]["found"][0]["page"] == "activity"


def test_more_than_are_listed_are_counted(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["find", str(plant), "boiler", "house", "--most", "1"]) == 0
    out = capsys.readouterr().out
    assert "a4" in out
    assert "3 more" in out


def test_nothing_found_is_a_no(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["find", str(plant), "nothing-of-this-kind"]) == 1
    assert "Nothing contains" in capsys.readouterr().out


def test_head_office_is_searched_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    group = tmp_path / "g.group"
    assert main(["office", "plant", str(group), "add", "--name", "Krosno Plant", "--country", "PL"]) == 0
    capsys.readouterr()
    assert main(["find", str(group), "krosno", "--json"]) == 0
    assert [kind["kind"] for kind in json.loads(capsys.readouterr().out)["kinds"]] == ["site"]
