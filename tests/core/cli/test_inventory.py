"""``inventory`` in its views: what it prints adds up in every one of them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from core.cli import main

CSV = """source,method,item,start,end,quantity,unit,estimated,evidence,note
Main meter,purchased_electricity,electricity,2024-01-01,2024-01-31,1000,MWh,no,E-1,
Main meter,purchased_electricity,electricity,2024-02-01,2024-02-10,300,MWh,yes,E-2,meter was broken
锅炉房,固定燃烧,柴油,2024年1月1日,2024年1月31日,10,吨,否,D-1,
Roof,solar_generation,solar_self_used,2024-01-01,2024-01-31,50,MWh,,M-1,
Main meter,purchased_electricity,electricity,2023-01-01,2023-01-31,2000,MWh,no,E-0,
"""


def run(*words: object) -> int:
    return main([str(word) for word in words])


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    path, data = tmp_path / "hillside.plant", tmp_path / "data.csv"
    data.write_text(CSV, encoding="utf-8")
    assert run("new", path, "--name", "Hillside", "--country", "CN", "--region", "CN-HE") == 0
    assert run("import", path, data) == 0
    return path


class Asked:
    """``inventory`` of the plant."""

    def __init__(self, plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.plant, self.capsys = plant, capsys

    def text(self, *words: object, lang: str = "en", year: int = 2024) -> str:
        self.capsys.readouterr()
        assert run("--ui-lang", lang, "inventory", self.plant, "--year", year, *words) == 0
        return self.capsys.readouterr().out

    def json(self, *words: object, year: int = 2024) -> Any:
        return json.loads(self.text(*words, "--json", year=year))


@pytest.fixture
def ask(plant: Path, capsys: pytest.CaptureFixture[str]) -> Asked:
    return Asked(plant, capsys)


def total(rows: list[dict[str, Any]], key: str = "tco2e") -> Decimal:
    return sum((Decimal(row[key]) for row in rows), Decimal(0))


def test_every_view_has_the_same_total(ask: Asked) -> None:
    plain = ask.json()["totals_tco2e"]
    whole = sum(Decimal(plain[scope]) for scope in ("scope1", "scope2_location", "scope3"))
    ghgp, iso, matrix = ask.json("--view", "ghgp"), ask.json("--view", "iso"), ask.json("--matrix")
    assert Decimal(ghgp["location_tco2e"]) == Decimal(iso["total_tco2e"]) == Decimal(matrix["tco2e"]) == whole
    assert total([s for s in ghgp["scopes"] if s["key"] != "scope2_market"]) == whole
    assert total(iso["categories"]) == whole == total(matrix["rows"])
    assert len(ghgp["categories"]) == 15 and len(iso["categories"]) == 6


def test_the_chinese_summary_with_its_parameters(ask: Asked) -> None:
    plain = ask.json("--view", "gbt", "--policy", "gbt-32150-2025")
    assert (plain["policy"], plain["plant"]) == ("gbt-32150-2025", "Hillside")
    rows = {row["key"]: row for row in plain["rows"]}
    assert rows["purchased_electricity"]["counted_t"] == "689.78"
    (fuel,) = rows["combustion"]["details"]
    assert [c["value"] for c in fuel["components"]][:3] == ["42.652", "0.0202", "0.98"]
    assert fuel["proof"] == ["D-1"]
    with_energy = sum(Decimal(row["counted_t"]) * row["sign"] for row in plain["rows"])
    assert Decimal(plain["with_energy_t"]) == with_energy == Decimal(plain["without_energy_t"]) + Decimal("689.78")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--view", "ghgp"), ("nothing recorded", "Commuting", "Total, market-based")),
        (("--view", "iso"), ("Imported electricity", "significant", "1.1")),
        (("--view", "gbt"), ("Fuel combustion", "Net calorific value", "1/1")),
        (("--matrix",), ("Main meter", "/*", "?", "01")),
        (("--uncertainty", "--draws", "100"), ("± ", "seed", "Measure better first")),
    ],
)
def test_views_for_people(ask: Asked, words: tuple[str, ...], said: tuple[str, ...]) -> None:
    english = ask.text(*words)
    assert all(one in english for one in said), english
    assert "Hillside" in english
    assert ask.text(*words, lang="zh") != english


def test_a_month_without_bills_is_a_hole(ask: Asked) -> None:
    rows = {row["source"]: row for row in ask.json("--matrix")["rows"]}
    states = [cell["state"] for cell in rows["Main meter"]["cells"]]
    assert states == ["full", "part", *["hole"] * 10]
    assert rows["Main meter"]["cells"][1]["missing_days"] == 19
    assert [cell["estimated"] for cell in rows["Main meter"]["cells"]][:2] == [False, True]


def test_years_side_by_side(ask: Asked) -> None:
    plain = ask.json("--year", 2023)
    assert [one["year"] for one in plain["years"]] == [2023, 2024]
    assert plain["years"][0]["tco2e"]["scope1"] == "0"
    text = ask.text("--year", 2023)
    assert "2024 against 2023" in text and "锅炉房" in text and "%" in text


def test_one_year_answers_what_several_cannot(ask: Asked, plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (("--matrix",), ("--view", "iso"), ("--gwp", "AR5"), ("--uncertainty",)):
        assert run("inventory", plant, "--year", 2023, "--year", 2024, *words) == 2
    assert run("inventory", plant, "--year", 2023, "--year", 2023, "--matrix") == 0


def test_uncertainty_is_told_both_ways_and_can_be_drawn_again(ask: Asked) -> None:
    found = ask.json("--uncertainty", "--draws", 200, "--seed", 7)["uncertainty"]
    assert (found["monte_carlo"]["seed"], found["monte_carlo"]["draws"]) == (7, 200)
    assert found == ask.json("--uncertainty", "--draws", 200, "--seed", 7)["uncertainty"]
    assert found != ask.json("--uncertainty", "--draws", 200, "--seed", 8)["uncertainty"]
    assert Decimal(found["formula"]["location"]["half_tco2e"]) > 0
    assert not found["proposals"]
    assert ask.json("--uncertainty", "--proposals", "--draws", 0)["uncertainty"]["proposals"]
    without = ask.json("--uncertainty", "--draws", 0)["uncertainty"]
    assert without["monte_carlo"] is None and without["formula"] == found["formula"]


def test_a_negative_number_of_draws_is_wrong_usage(plant: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        run("inventory", plant, "--year", 2024, "--uncertainty", "--draws", -1)
    assert stopped.value.code == 2


def test_the_workbook_adds_up_and_is_never_written_over(ask: Asked, tmp_path: Path, plant: Path) -> None:
    out = tmp_path / "gbt.xlsx"
    assert "gbt-32150-2025" in ask.text("--xlsx", out), "says that other factors were chosen"
    assert run("inventory", plant, "--year", 2024, "--xlsx", out) == 2
    out.unlink()
    assert "--policy" not in ask.text("--xlsx", out, "--policy", "gbt-32150-2025")
    book = openpyxl.load_workbook(out)
    rows = {row[0]: row[1] for row in book["排放量汇总"].iter_rows(values_only=True)}
    assert rows["购入电力对应的排放"] == 689.78
    parts = ("燃料燃烧排放", "购入电力对应的排放")
    assert rows["排放总量（含购入、扣除输出电力和热力）"] == pytest.approx(sum(float(str(rows[p])) for p in parts))


def test_a_closed_year_stays_as_it_was_closed(ask: Asked, plant: Path, tmp_path: Path) -> None:
    before = ask.json()
    assert run("close", plant, "--year", 2024, "--reason", "verified") == 0
    late = tmp_path / "late.csv"
    late.write_text(
        CSV.splitlines()[0] + "\nLate,mobile_combustion,Diesel,2024-03-01,2024-03-31,1000,l,,D-9,\n", "utf-8"
    )
    assert run("import", plant, late) == 0
    assert ask.json()["totals_tco2e"] == before["totals_tco2e"]
    assert Decimal(ask.json("--view", "ghgp")["location_tco2e"]) == Decimal(ask.json("--matrix")["tco2e"])
    years = ask.json("--year", 2023)["years"]
    assert [one["closed"] for one in years] == [False, True]
    assert years[1]["tco2e"]["scope1"] == before["totals_tco2e"]["scope1"]
    again = ask.json("--policy", "gbt-32150-2025")["totals_tco2e"]
    assert again["scope1"] != before["totals_tco2e"]["scope1"], "other choices are a question about today's records"
