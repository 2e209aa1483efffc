"""``declare``: a decision with its reason, as one change, refused where it cannot be meant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.store import PlantFile

FRANCHISES = ("--year", 2024, "--category", 14)


def run(*words: object) -> int:
    return main(["--ui-lang", "en", *(str(word) for word in words)])


@pytest.fixture
def plant(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path, data = tmp_path / "works.plant", tmp_path / "data.csv"
    data.write_text(
        "source,method,item,start,end,quantity,unit,category,evidence\n"
        "Meter,purchased_electricity,electricity,2024-01,,1000,MWh,,E-1\n"
        "Forwarder,freight,articulated_truck,2024-01,,5000,tkm,9,F-1\n",
        encoding="utf-8",
    )
    assert run("new", path, "--name", "Works", "--country", "GB") == 0
    assert run("import", path, data) == 0
    capsys.readouterr()
    return path


def decided(plant: Path) -> list[tuple[str, str, str]]:
    with PlantFile.open(plant, read_only=True) as opened:
        return [(one.about, one.verdict, one.reason) for one in opened.ledger.judgements(2024)]


def entries(plant: Path) -> int:
    with PlantFile.open(plant, read_only=True) as opened:
        return opened.entries


def view(plant: Path, name: str, capsys: pytest.CaptureFixture[str]) -> Any:
    capsys.readouterr()
    assert run("inventory", plant, "--year", 2024, "--view", name, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_a_category_is_declared_and_the_view_says_why(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("declare", plant, *FRANCHISES, "--not-relevant", "--reason", " No franchises. ", "--person", "Li") == 0
    assert capsys.readouterr().out == "Scope 3 category 14, Franchises: not relevant: No franchises.\n"
    assert decided(plant) == [("scope3:14", "not_relevant", "No franchises.")]
    assert "No franchises." in json.dumps(view(plant, "ghgp", capsys))
    assert run("declare", plant, *FRANCHISES, "--relevant", "--reason", "Two shops were let", "--json") == 0
    plain = json.loads(capsys.readouterr().out)
    assert plain["before"] == {"verdict": "not_relevant", "reason": "No franchises."}
    assert plain["decided"] == {"verdict": "relevant", "reason": "Two shops were let"}
    assert len(decided(plant)) == 1  # in the place of the first
    assert run("declare", plant, *FRANCHISES, "--take-back") == 0
    assert decided(plant) == []


def test_significance_replaces_the_proposal(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("declare", plant, "--year", 2024, "--iso", 2, "--not-significant", "--reason", "For the test") == 0
    assert decided(plant) == [("iso:2", "not_significant", "For the test")]
    assert "For the test" in json.dumps(view(plant, "iso", capsys))


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--category", 14, "--not-relevant"), "The reason is missing"),
        (("--category", 14, "--not-relevant", "--reason", " "), "The reason is missing"),
        (("--category", 14, "--not-relevant", "--reason", "x" * 2001), "longer than 2000"),
        (("--category", 16, "--not-relevant", "--reason", "x"), "no category 16"),
        (("--category", 0, "--not-relevant", "--reason", "x"), "no category 0"),
        (("--category", "nine", "--not-relevant", "--reason", "x"), "no category nine"),
        (("--category", 14, "--significant", "--reason", "x"), "cannot be said of"),
        (("--iso", 3, "--not-relevant", "--reason", "x"), "cannot be said of"),
        (("--iso", 1, "--not-significant", "--reason", "x"), "always reported"),
        (("--category", 9, "--not-relevant", "--reason", "x"), "There are records"),
        (("--category", 14, "--take-back"), "Nothing was decided"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    plant: Path, words: tuple[object, ...], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = entries(plant)
    assert run("declare", plant, "--year", 2024, *words) == 2
    assert why in capsys.readouterr().err and entries(plant) == before


def test_the_same_again_changes_nothing(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for code in (0, 2):
        assert run("declare", plant, *FRANCHISES, "--not-relevant", "--reason", "None") == code
    assert "Nothing changes" in capsys.readouterr().err
    assert main(["--ui-lang", "zh", "declare", str(plant), *map(str, FRANCHISES), "--not-relevant"]) == 2
    assert "缺少理由" in capsys.readouterr().err


def test_a_closed_year_waits(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("close", plant, "--year", 2024, "--reason", "Verified") == 0
    assert run("declare", plant, *FRANCHISES, "--not-relevant", "--reason", "None") == 0
    assert "2024 is closed: the change waits for a restatement." in capsys.readouterr().out
