"""``targets``: status with its exit code, forecast with its seed, credits of registries, records."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.cli.targets import RECORDS
from core.entering.plant import FORMS
from core.i18n import T
from core.ledger import (
    Activity,
    BasePolicy,
    Change,
    Commitment,
    Credit,
    Driver,
    Plant,
    Recalculation,
    Record,
    RuleValue,
    Scenario,
    Step,
    Target,
    kind_of,
)
from core.store import PlantFile

WHEN = datetime(2025, 1, 10, tzinfo=UTC)
BOTH = ("scope1", "scope2_location")
HALF = Target("t1", "Half by 2030", "near_term", BOTH, 2023, 2030, Decimal(50), "own")
GREEN = Target("t2", "Green power", "renewable", (), 2023, 2027, Decimal(100))
STEADY = Scenario("s1", "As planned", 2030, draws=100, seed=42)
Run = Callable[..., int]
Made = Callable[..., Path]


def bill(year: int, kwh: int) -> Activity:
    days = date(year, 1, 1), date(year, 12, 31)
    return Activity(
        f"a{year}", "Main", "purchased_electricity", "electricity", *days, Decimal(kwh), "kWh", evidence="E"
    )


@pytest.fixture
def made(tmp_path: Path) -> Made:
    def make(*records: Record, kwh: tuple[int, ...] = (1_000_000, 500_000)) -> Path:
        path = tmp_path / "a.plant"
        PlantFile.create(path, Plant("Hillside", "CN", "CN-HE"), "Li Na", WHEN)
        held = [*(bill(2023 + place, one) for place, one in enumerate(kwh)), *records]
        with PlantFile.open(path) as plant:
            plant.append(Change("Li Na", WHEN, T("Begun"), tuple(Step(kind_of(o), o.id, None, o) for o in held)))
        return path

    return make


def run(*words: object, lang: str = "en") -> int:
    return main(["--ui-lang", lang, "targets", *map(str, words)])


def plain(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


# ---------------------------------------------------------------------- status


def test_a_plant_on_its_pathway_is_good(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    path = made(HALF, BasePolicy(2023))
    assert run("status", path) == 0
    told = capsys.readouterr().out
    assert "Half by 2030" in told
    assert "on track" in told
    assert "Base year 2023" in told


def test_a_plant_above_its_pathway_is_not(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    path = made(HALF, kwh=(1_000_000, 1_100_000))
    assert run("status", path) == 1
    assert "above the pathway" in capsys.readouterr().out
    assert run("status", path, "--json") == 1
    found = plain(capsys)
    assert (found["good"], found["failing"], found["main"], found["year"]) == (False, ["t1"], "t1", 2024)
    assert Decimal(found["targets"][0]["gap"]["gap"]) > 0


def test_the_year_is_the_last_whole_one_unless_said(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    march = replace(bill(2025, 10), end=date(2025, 3, 31))
    path = made(HALF, march)
    run("status", path, "--json")
    assert plain(capsys)["year"] == 2024
    run("status", path, "--year", 2025, "--json")
    found = plain(capsys)
    assert (found["year"], found["partial"], found["targets"][0]["gap"]["year"]) == (2025, {"2025": 3}, 2024)
    run("status", path, "--year", 2025)
    assert "2025 is left out: it has data of 3 months only." in capsys.readouterr().out
    assert run("status", path, "--year", 99999) == 2


def test_a_stop_says_no_and_what_to_do(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    path = made(replace(HALF, base_year=2019))
    assert run("status", path) == 1
    told = capsys.readouterr().out
    assert "- Stop, Half by 2030:" in told
    assert "stopped" in told


def test_a_renewable_target_shows_the_share_and_fails_in_its_year_only(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    path = made(GREEN)
    assert run("status", path) == 0
    told = capsys.readouterr().out
    assert "not reached yet" in told
    assert "0 %" in told
    assert run("target", "change", path, "t2", "--year", 2024) == 0
    assert run("status", path) == 1


def test_without_targets_the_answer_is_no(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("status", made()) == 1
    assert "No target is entered yet." in capsys.readouterr().out


def test_a_claim_of_neutrality_that_does_not_hold_says_no(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    path = made(HALF, BasePolicy(2023), Commitment("c1", "Operations", BOTH, 2024, "claimed"))
    assert run("status", path) == 1
    told = capsys.readouterr().out
    assert "said is “claimed”" in told
    assert "- Stop, Operations:" in told


def test_triggers_of_the_base_year_add_up_against_the_threshold(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    path = made(HALF, BasePolicy(2023), Recalculation("r1", date(2024, 5, 1), "structure", "Sold",
                                                      (("2023 scope1", "-400"),)))  # fmt: skip
    run("status", path, "--json")
    base = plain(capsys)["base_year"]
    assert base["due"] is True
    run("status", path)
    assert "threshold 5 %" in capsys.readouterr().out


def test_status_speaks_chinese(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("status", made(HALF, BasePolicy(2023)), lang="zh") == 0
    assert "2023" in capsys.readouterr().out


# ---------------------------------------------------------------------- forecast


def test_the_forecast_has_three_percentiles_and_tells_its_seed(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    path = made(HALF, STEADY, Driver("d1", "Cars", "production", "car", BOTH, growth=Decimal(3)))
    assert run("forecast", path, "--until", 2026) == 0
    told = capsys.readouterr().out
    assert all(word in told for word in ("P10", "P50", "P90", "2026", "100 draws with the seed 42"))
    assert "2027" not in told
    assert run("forecast", path, "--until", 2026, "--json") == 0
    first = plain(capsys)
    run("forecast", path, "--until", 2026, "--json")
    assert first == plain(capsys)
    assert first["simulation"]["seed"] == 42
    [_base, _next, last] = first["years"]
    market = last["market"]
    assert Decimal(market["p10_t"]) < Decimal(market["p50_t"]) < Decimal(market["p90_t"])


def test_scenarios_stand_side_by_side(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    fast = replace(STEADY, id="sc2", name="Fast", grid_decline=Decimal(10))
    path = made(HALF, STEADY, fast, Driver("d1", "Cars", "production", "car", BOTH, growth=Decimal(3)))
    assert run("forecast", path, "--compare") == 0
    assert STEADY.name in (told := capsys.readouterr().out) and "Fast" in told
    assert run("forecast", path, "--compare", "--json") == 0
    location, market = plain(capsys)
    assert (location["parts"], market["parts"]) == (["location"], ["market"])
    steady, quick = (row for row in location["rows"] if row["year"] == location["rows"][-1]["year"])
    assert Decimal(quick["with_actions_t"]) < Decimal(steady["with_actions_t"])


def test_a_scenario_is_named_by_its_id(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    path = made(HALF, STEADY, replace(STEADY, id="s2", name="Fast", grid_decline=Decimal(10)))
    run("forecast", path, "--scenario", "s2", "--json")
    assert plain(capsys)["scenario"] == "s2"
    run("forecast", path, "--json")
    assert plain(capsys)["scenario"] == "s1"
    assert run("forecast", path, "--scenario", "s7") == 2
    assert "There is no scenario “s7”." in capsys.readouterr().err


def test_what_is_promised_of_electricity_is_assumed_when_asked(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    path = made(HALF, GREEN, STEADY)
    run("forecast", path, "--until", 2027, "--json")
    stays = Decimal(plain(capsys)["years"][-1]["market"]["with_actions_t"])
    run("forecast", path, "--until", 2027, "--promised", "--json")
    assert Decimal(plain(capsys)["years"][-1]["market"]["with_actions_t"]) < stays


def test_without_scenario_or_data_there_is_none_and_it_is_said_why(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    path = made(HALF)
    assert run("forecast", path) == 1
    assert "There is no scenario yet." in capsys.readouterr().out
    assert run("forecast", path, "--year", 2022, "--json") == 1
    assert "data of every month" in plain(capsys)["troubles"][0]


def test_a_year_before_the_baseline_is_refused(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("forecast", made(HALF, STEADY), "--until", 2020) == 2
    assert "cannot end in 2020" in capsys.readouterr().err


# ---------------------------------------------------------------------- credits and records

HEADS = (
    "Registry", "Project", "Kind", "Country", "Vintage", "Serial numbers", "Quantity [t CO₂e]", "Beneficiary",
)  # fmt: skip
ROW = ("CCER", "Forest 1", "Removal by nature", "China", "2024", "CCER-001 – CCER-050", "50", "Hillside")


def test_credits_of_a_registry_are_one_change_with_the_file_as_proof(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, table = made(), tmp_path / "credits.csv"
    table.write_bytes(csv_of(HEADS, ROW))
    assert run("credits", "import", path, table, "--person", "Wang Wei") == 0
    assert "1 taken up" in capsys.readouterr().out
    with PlantFile.open(path, read_only=True) as plant:
        [one] = plant.ledger.held(Credit)
        assert (one.quantity, one.registry) == (Decimal(50), "CCER")
        assert plant.ledger.get("evidence", one.evidence[0]) is not None
    assert run("credits", "import", path, table) == 2  # the same file
    assert "already imported" in capsys.readouterr().err
    later = tmp_path / "later.csv"
    later.write_bytes(csv_of(HEADS, ROW, (*ROW[:5], "CCER-101 – CCER-110", "10", ROW[7])))
    assert run("credits", "import", path, later, "--json") == 0
    again = plain(capsys)
    assert (len(again["credits"]), again["known"]) == (1, 1)


def test_refused_rows_are_told_and_nothing_is_taken_up(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, table = made(), tmp_path / "credits.csv"
    table.write_bytes(csv_of(HEADS, ROW, (*ROW[:6], "many", ROW[7])))
    assert run("credits", "import", path, table, "--json") == 1
    assert plain(capsys)["refused"]
    with PlantFile.open(path, read_only=True) as plant:
        assert plant.ledger.held(Credit) == ()


def csv_of(*rows: tuple[str, ...]) -> bytes:
    return "\n".join(",".join(row) for row in rows).encode()


def test_each_kind_of_record_has_its_command(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    assert set(RECORDS.values()) <= set(FORMS)
    path = made()
    assert run("target", "add", path, "--name", "Half", "--kind", "own", "--parts", "scope1", "--base-year", 2023,
               "--year", 2030, "--reduction", 50, "--person", "Wang Wei") == 0  # fmt: skip
    assert run("base-policy", "change", path, "--year", 2023) == 0
    assert (
        run("rule", "add", path, "--parameter", "sbti_nz_2_0.rate_scope12", "--value", "5", "--source", "Expert") == 0
    )
    assert run("earlier-year", "add", path, "--year", 2020, "--part", "scope1", "--tonnes", 12, "--source", "p. 4") == 0
    with PlantFile.open(path, read_only=True) as plant:
        ledger = plant.ledger
        assert [one.name for one in ledger.held(Target)] == ["Half"]
        assert ledger.held(BasePolicy)[0].year == 2023
        assert ledger.held(RuleValue)[0].value == "5"
    capsys.readouterr()
    run("status", path, "--json")
    assert plain(capsys)["targets"][0]["name"] == "Half"
