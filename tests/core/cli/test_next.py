from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.cli import main


@pytest.fixture
def plant(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path, data = tmp_path / "works.plant", tmp_path / "data.csv"
    data.write_text(
        "source,method,item,start,end,quantity,unit,evidence\n"
        "Meter,purchased_electricity,electricity,2024-01,,1000,MWh,E-1\n",
        encoding="utf-8",
    )
    assert main(["new", str(path), "--name", "Works", "--country", "GB"]) == 0
    assert main(["import", str(path), str(data)]) == 0
    capsys.readouterr()
    return path


def told(path: Path, year: str, capsys: pytest.CaptureFixture[str], *more: str) -> list[str]:
    assert main(["--ui-lang", "en", "next", str(path), "--year", year, *more]) == 0
    return capsys.readouterr().out.splitlines()


def test_steps_are_numbered_and_the_rest_is_counted(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    every = told(plant, "2024", capsys, "--all")
    first = told(plant, "2024", capsys)
    assert first[: min(5, len(every))] == every[:5]
    assert [line.partition(".")[0] for line in every] == [str(n) for n in range(1, len(every) + 1)]
    assert any("not signed yet" in line for line in every)


def test_a_year_without_data_begins_with_the_bills(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(plant, "2019", capsys)[0].startswith("1. Nothing is entered for 2019")


def test_the_way_there_is_told_to_programs(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = json.loads("\n".join(told(plant, "2024", capsys, "--json")))
    proofs = next(one for one in plain["steps"] if one["key"] == "proofs")
    assert (proofs["page"], proofs["count"]) == ("evidence", 1)
    assert proofs["subject"]


def test_head_office_has_steps_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    group = tmp_path / "g.group"
    assert main(["office", "plant", str(group), "add", "--name", "Krosno Plant", "--country", "PL"]) == 0
    capsys.readouterr()
    assert "No signature is believed yet" in told(group, "2024", capsys)[0]
