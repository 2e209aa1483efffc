"""``findings`` and ``dismiss``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core.cli import main

CSV = """source,method,item,start,end,quantity,unit,estimated,evidence,note
Main meter,purchased_electricity,electricity,2024-01-01,2024-01-31,1000.5,MWh,no,E-1,
Oven,stationary_combustion,natural_gas,2024-01-01,2024-01-31,10,m3,no,,
{more}"""
WRONG = "Hall 2,purchased_electricity,electricity,2024-01-01,2024-01-31,-5,MWh,no,,\n"
OVEN = ("--year", 2024, "--rule", "missing_evidence", "--subject", "a00002")


def run(*words: object) -> int:
    return main(["--ui-lang", "en", *(str(word) for word in words)])


def plant_with(folder: Path, more: str = "") -> Path:
    path, data = folder / "hillside.plant", folder / "data.csv"
    data.write_text(CSV.format(more=more), encoding="utf-8")
    assert run("new", path, "--name", "Hillside", "--country", "CN", "--region", "CN-HE") == 0
    assert run("import", path, data) == 0
    return path


@pytest.fixture
def plant(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = plant_with(tmp_path)
    capsys.readouterr()
    return path


def listed(plant: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Findings by rule."""
    assert run("findings", plant, "--year", 2024, "--json") == 0
    return {one["rule"]: one for one in json.loads(capsys.readouterr().out)}


def test_findings_name_rule_subject_and_what_to_do(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = listed(plant, capsys)["missing_evidence"]
    assert (found["subject"], found["severity"], found["dismissed"]) == ("a00002", "info", "")
    assert found["title"] == "Records without evidence" and found["can_be_dismissed"] and "ISO" in found["source"]
    assert run("findings", plant, "--year", 2024) == 0
    said = capsys.readouterr().out
    assert "Oven: 1 records name no evidence." in said and "--rule missing_evidence --subject a00002" in said
    assert "Enter the number of the bill" in said


def test_a_year_without_data_has_no_findings(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("findings", plant, "--year", 2019) == 0
    assert capsys.readouterr().out == "There are no findings.\n"


def test_dismiss_keeps_the_reason_and_is_one_change(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert run("dismiss", plant, *OVEN, "--reason", "a test burner", "--person", "Li Na") == 0
    assert "Finding dismissed: Oven" in capsys.readouterr().out
    assert listed(plant, capsys)["missing_evidence"]["dismissed"] == "a test burner"
    assert run("findings", plant, "--year", 2024) == 0
    assert "Dismissed: a test burner" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((*OVEN, "--reason", " "), "with a reason only"),
        (("--year", 2024, "--rule", "gaps", "--subject", "a00002", "--reason", "x"), "no finding of the rule gaps"),
        (("--year", 2023, *OVEN[2:], "--reason", "x"), "no finding of the rule"),
    ],
)
def test_what_cannot_be_dismissed_is_refused(
    plant: Path, words: tuple[object, ...], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("dismiss", plant, *words) == 2
    assert why in capsys.readouterr().err


def test_an_open_error_is_the_answer_no(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant = plant_with(tmp_path, WRONG)
    assert run("findings", plant, "--year", 2024) == 1
    rule = ("--year", 2024, "--rule", "negative", "--subject", "a00003")
    assert run("dismiss", plant, *rule, "--reason", "we are sure") == 2
    assert "cannot be dismissed" in capsys.readouterr().err
