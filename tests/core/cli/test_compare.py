"""Comparing, closing and restating on the command line: what is printed, what is kept, and the exit codes."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.inventory.waterfall import CAUSES

HEAD = "source,method,item,start,end,quantity,unit,estimated,evidence,note\n"
CSV = f"""{HEAD}Main meter,purchased_electricity,electricity,2023-01-01,2023-01-31,900,MWh,no,E-0,
Boiler,stationary_combustion,diesel,2023-01-01,2023-01-31,8,t,no,D-0,
Main meter,purchased_electricity,electricity,2024-01-01,2024-01-31,1000,MWh,no,E-1,
Boiler,stationary_combustion,diesel,2024-01-01,2024-01-31,10,t,no,D-1,
Fork-lifts,mobile_combustion,Diesel,2024-01-01,2024-01-31,1000,l,,D-2,
"""
MORE = f"{HEAD}Boiler,stationary_combustion,diesel,2024-02-01,2024-02-29,5,t,no,D-3,\n"


def run(*words: object) -> int:
    return main(["--ui-lang", "en", *(str(word) for word in words)])


@pytest.fixture
def plant(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path, data = tmp_path / "hillside.plant", tmp_path / "data.csv"
    data.write_text(CSV, encoding="utf-8")
    assert run("new", path, "--name", "Hillside", "--country", "CN", "--region", "CN-HE") == 0
    assert run("import", path, data) == 0
    capsys.readouterr()
    return path


def more(plant: Path) -> None:
    """A bill that arrives later."""
    data = plant.with_name("more.csv")
    data.write_text(MORE, encoding="utf-8")
    assert run("import", plant, data) == 0


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def location(plant: Path, capsys: pytest.CaptureFixture[str], year: int = 2024) -> Decimal:
    capsys.readouterr()
    assert run("inventory", plant, "--year", year, "--json") == 0
    totals = said(capsys)["totals_tco2e"]
    return sum((Decimal(totals[s]) for s in ("scope1", "scope2_location", "scope3")), Decimal(0))


def test_two_years(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = location(plant, capsys, 2023), location(plant, capsys)
    assert run("compare", plant, "--years", 2023, 2024, "--json") == 0
    plain = said(capsys)
    assert (plain["before"], plain["after"]) == ("2023", "2024")
    assert Decimal(plain["change_tco2e"]) == after - before
    causes = {cause: Decimal(value) for cause, value in plain["causes_tco2e"].items()}
    assert list(causes) == list(CAUSES) and sum(causes.values()) == after - before
    assert {cause for cause, value in causes.items() if value} == {"activity", "boundary"}
    assert run("compare", plant, "--years", 2023, 2024) == 0
    out = capsys.readouterr().out
    assert "Activity data" in out and "Fork-lifts" in out and "2023" in out and "Factors" not in out


def test_two_gwp_sets_and_policies(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("compare", plant, "--gwp", "AR4", "AR6", "--year", 2024, "--json") == 0
    causes = said(capsys)["causes_tco2e"]
    assert {cause for cause, value in causes.items() if Decimal(value)} == {"gwp"}
    words = ("compare", plant, "--policies", "ghg-protocol", "gbt-32150-2025", "--year", 2024)
    assert run(*words, "--json") == 0
    plain = said(capsys)
    (line,) = (one for one in plain["differing"] if one["scope"] == "scope2_location")
    assert [line["policies"][key]["tco2e"] for key in plain["policies"]] == ["651.6", "530.6"]
    assert run(*words) == 0
    out = capsys.readouterr().out
    assert "651.600" in out and "530.600" in out and "Lines that differ" in out
    assert run("compare", plant, "--policies", "uk-secr", "--year", 2024) == 0
    assert "Lines that differ: 0" in capsys.readouterr().out


def test_a_year_is_closed_and_restated(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = location(plant, capsys)
    assert run("close", plant, "--year", 2024, "--reason", "Report verified", "--person", "Li Na") == 0
    assert f"{before:,.3f}" in capsys.readouterr().out
    assert run("compare", plant, "--closed", "--year", 2024, "--json") == 0
    assert said(capsys) == {"differs": False, "waterfall": None}
    assert run("compare", plant, "--closed", "--year", 2024) == 0
    assert "Nothing differs" in capsys.readouterr().out
    more(plant)
    capsys.readouterr()
    assert run("compare", plant, "--closed", "--year", 2024, "--json") == 0
    plain = said(capsys)
    change = Decimal(plain["waterfall"]["change_tco2e"])
    assert plain["differs"] and change > 0
    assert {c for c, value in plain["waterfall"]["causes_tco2e"].items() if Decimal(value)} == {"boundary"}
    assert run("compare", plant, "--years", 2023, 2024, "--json") == 0
    assert Decimal(said(capsys)["after_tco2e"]["scope1"]) + Decimal("651.6") == before, "closed years compare as closed"
    assert run("restate", plant, "--year", 2024, "--reason", "A bill was forgotten") == 0
    out = capsys.readouterr().out
    assert "As closed" in out and "Boundary" in out and f"{before + change:,.3f}" in out and "version 2" in out


def test_what_is_refused(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("restate", plant, "--year", 2024, "--reason", "x") == 2
    assert run("compare", plant, "--closed", "--year", 2024) == 2
    assert run("close", plant, "--year", 2024, "--reason", " ") == 2
    assert run("close", plant, "--year", 2019, "--reason", "x") == 2
    assert run("compare", plant, "--gwp", "AR5", "AR6") == 2
    assert run("compare", plant, "--years", 2023, 2024, "--year", 2024) == 2
    assert run("close", plant, "--year", 2024, "--reason", "x") == 0
    assert run("close", plant, "--year", 2024, "--reason", "x") == 2
    assert run("restate", plant, "--year", 2024, "--reason", "x") == 2
    assert "Nothing differs" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run("compare", plant, "--year", 2024)


def test_open_errors_forbid_closing(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = plant.with_name("green.csv")
    row = "Main meter,purchased_electricity,electricity,2024-03-01,2024-03-31,-10,MWh,no,,\n"
    data.write_text(HEAD + row, encoding="utf-8")
    assert run("import", plant, data) == 0
    capsys.readouterr()
    assert run("close", plant, "--year", 2024, "--reason", "x") == 1
    assert "forbid closing" in capsys.readouterr().out
    assert run("compare", plant, "--closed", "--year", 2024) == 2


def test_the_report_of_a_closed_year_says_what_was_closed(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("close", plant, "--year", 2024, "--reason", "x") == 0
    more(plant)
    out = plant.with_name("r.pdf")
    assert run("report", plant, "--year", 2024, "--out", out, "--gwp", "AR5") == 2
    assert run("report", plant, "--year", 2024, "--out", out) == 0
    assert out.read_bytes().startswith(b"%PDF")
