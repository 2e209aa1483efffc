"""``actions``: the plan listed, its curve, its time, its effect; its records entered; for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.exchange.measures import keeping
from core.i18n import T
from core.ledger import Change, Measure, Milestone, Record, Resolution, Step, Target, kind_of
from core.library import load_library
from core.store import PlantFile
from tests.core.actions.plans import action
from tests.core.samples import PLANT, year_of_bills
from tests.core.savings.measures import measure

WHEN = datetime(2025, 1, 2, tzinfo=UTC)
START = {"start": date(2024, 1, 1)}
PLAN = (
    action("ac00001", name="Valves", energy=3000, capex=1000, saving=900, currency="CNY", status="running", **START),
    action("ac00002", name="Drives", energy=2000, capex=9000, saving=100, currency="CNY", status="idea", **START),
    action("ac00003", name="Lamps", energy=1000, capex=400, saving=300, currency="CNY", status="planned", **START),
)
PROMISE = Target("ta00001", "All of it", "renewable", (), 2023, 2027, Decimal(100))
GOAL = Target("ta00002", "Half", "own", ("scope1",), 2023, 2030, Decimal(50))


def run(*words: object, lang: str = "en") -> int:
    return main(["--ui-lang", lang, *(str(word) for word in words)])


def put(path: Path, *records: Record) -> None:
    with PlantFile.open(path) as plant:
        steps = tuple(Step(kind_of(one), one.id, plant.ledger.get(kind_of(one), one.id), one) for one in records)
        plant.append(Change("Li Na", WHEN, T("Test"), steps))


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    """Twelve bills of 1,000 kWh in 2023, three actions on them, a promise of all renewable electricity by 2027."""
    path = tmp_path / "works.plant"
    PlantFile.create(path, PLANT, "Li Na", WHEN)
    put(path, *year_of_bills(), *PLAN, PROMISE, GOAL)
    return path


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Iterator[Any]:
    def read() -> Any:
        return json.loads(capsys.readouterr().out)

    yield read


def test_the_plan_is_listed(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("actions", "list", plant, "--today", "2023-06-01") == 0
    printed = capsys.readouterr().out
    assert all(one.name in printed for one in PLAN)
    assert "In 2030 all actions save" in printed and "0 t market-based" in printed
    assert "Investment 10,400 CNY, net present value" in printed
    assert "The share of renewable electricity goes to 100 % in 2027" in printed
    assert "[Note] No resolution is about “Valves”." in printed


def test_the_plan_for_programs(plant: Path, said: Any) -> None:
    assert run("actions", "list", plant, "--json", "--year", 2026) == 0
    told = said()
    assert told["base_year"] == 2023 and told["summary"]["year"] == 2026
    first = told["actions"][0]
    assert (first["id"], first["status"], first["capex"]) == ("ac00001", "running", "1000")
    assert [effect["year"] for effect in first["effects"]] == list(range(2024, 2034))
    by_year = {effect["year"]: effect for effect in first["effects"]}
    assert Decimal(by_year[2026]["market_t"]) > 0 == Decimal(by_year[2027]["market_t"])
    assert Decimal(by_year[2027]["location_t"]) == Decimal(by_year[2026]["location_t"]) > 0
    assert sum(Decimal(one["tonnes"]) for one in told["actions"]) == Decimal(told["summary"]["planned_location_t"])


def test_an_action_that_cannot_be_is_an_answer_of_no(plant: Path, said: Any) -> None:
    put(plant, action("ac00004", energy=10**9))
    assert run("actions", "list", plant, "--json") == 1
    assert [one["rule"] for one in said()["judged"] if one["level"] == "stop"] == ["action_over_source"]


def test_the_curve_in_both_views(plant: Path, capsys: pytest.CaptureFixture[str], said: Any) -> None:
    assert run("actions", "curve", plant, "--json") == 0
    located = said()
    assert [bar["action"] for bar in located["bars"]] == ["ac00001", "ac00003", "ac00002"]  # NPV first, then the cost
    assert located["year"] == 2030 and located["all_renewable_from"] == 2027 and located["selection"] is None
    assert sum(Decimal(bar["tonnes"]) for bar in located["bars"]) == Decimal(located["total_t"])
    assert run("actions", "curve", plant, "--view", "market", "--year", 2030) == 0
    printed = capsys.readouterr().out
    assert "With 100 % renewable electricity, market-based tonnes of electricity measures vanish" in printed
    assert printed.count("Electricity is 100 % renewable in 2030") == 3
    assert run("actions", "curve", plant, "--view", "market", "--year", 2025, "--json") == 0
    assert all(Decimal(bar["tonnes"]) > 0 for bar in said()["bars"])


def test_a_budget_chooses(plant: Path, capsys: pytest.CaptureFixture[str], said: Any) -> None:
    assert run("actions", "curve", plant, "--budget", "5,000", "--json") == 0
    chosen = said()["selection"]
    assert [one["action"] if "action" in one else one["id"] for one in chosen["chosen"]] == ["ac00003"]
    assert (chosen["cost"], chosen["left"]) == ("400", "4600")
    assert run("actions", "curve", plant, "--budget", "9400") == 0
    printed = capsys.readouterr().out
    assert "Actions chosen: 2." in printed and "for 9,400 CNY; 0 are left" in printed and printed.count("✓") == 2
    assert run("actions", "curve", plant, "--budget", 1) == 1
    assert run("actions", "curve", plant, "--budget", "much") == 2
    assert "“much” is no budget" in capsys.readouterr().err
    assert run("actions", "curve", plant, "--budget=-1") == 2


def test_another_currency_stands_beside(plant: Path, said: Any) -> None:
    assert run("actions", "curve", plant, "--currency", "EUR", "--json") == 0
    told = said()
    assert told["bars"] == [] and len(told["beside"]) == 3 and told["currency"] == "EUR"


def test_late_milestones_are_an_answer_of_no(plant: Path, capsys: pytest.CaptureFixture[str], said: Any) -> None:
    put(plant, Milestone("mi00001", "ac00001", "Order", date(2024, 3, 31)))
    assert run("actions", "timeline", plant, "--today", "2024-03-31") == 0
    assert "2024-03-31 Order (to come)" in capsys.readouterr().out
    assert run("actions", "timeline", plant, "--today", "2024-04-01", "--json") == 1
    told = said()
    assert told["today"] == "2024-04-01" and told["rows"][0]["milestones"][0]["state"] == "late"


def test_measured_effect(plant: Path, capsys: pytest.CaptureFixture[str], said: Any) -> None:
    assert run("actions", "measured", plant) == 1
    assert "no savings measure is named" in capsys.readouterr().out
    with PlantFile.open(plant) as opened:
        made = keeping(replace(measure("lighting", name="Lamps"), id=""), opened.ledger, load_library(), "Li Na", WHEN)
        opened.append(made.change, made.data)
        (kept,) = opened.ledger.held(Measure)
    put(plant, action("ac00003", name="Lamps", energy=8000, measure=kept.id, **START))
    assert run("actions", "measured", plant, "--json") == 0
    found = next(one for one in said() if one["action"] == "ac00003")
    assert found["state"] == "measured" and Decimal(found["percent"]) > 100
    assert run("actions", "measured", plant) == 0
    printed = capsys.readouterr().out
    assert "Measured: " in printed and "8,000.0" in printed


def test_a_plan_without_actions_is_an_answer_of_no(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.plant"
    PlantFile.create(path, PLANT, "Li Na", WHEN)
    for name in ("list", "curve", "timeline", "measured"):
        assert run("actions", name, path) == 1
        assert capsys.readouterr().out == "No action is entered yet.\n"
    assert run("actions", "list", path, "--json") == 1
    assert json.loads(capsys.readouterr().out)["actions"] == []


def test_records_are_entered(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = ("--area", "heat", "--part", "scope1", "--start", "2026-01-01", "--life", 10, "--tonnes", 12)
    assert run("actions", "action", "add", plant, "--name", "Heat pump", *more, "--person", "Li Na") == 0
    assert run("actions", "milestone", "add", plant, "--action", "Heat pump", "--name", "Order", "--due", "2026-03-01",
               "--person", "Li Na") == 0  # fmt: skip
    assert run("actions", "resolution", "add", plant, "--day", "2025-12-11", "--body", "Committee", "--title", "2026",
               "--decision", "Approved", "--actions", "Heat pump", "--person", "Li Na") == 0  # fmt: skip
    assert run("actions", "area", "add", plant, "--key", "heat", "--name", "Paint shop", "--owner", "Wang",
               "--person", "Li Na") == 0  # fmt: skip
    capsys.readouterr()
    with PlantFile.open(plant, read_only=True) as opened:
        (made,) = [one for one in opened.ledger.held(type(PLAN[0])) if one.name == "Heat pump"]
        assert [one.action for one in opened.ledger.held(Milestone)] == [made.id]
        assert opened.ledger.held(Resolution)[0].actions == (made.id,)
    assert run("actions", "timeline", plant, "--today", "2025-12-31") == 0
    assert "Paint shop" in capsys.readouterr().out


def test_it_speaks_chinese(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("actions", "timeline", plant, "--today", "2024-01-01", lang="zh") == 0
    assert "能效" in capsys.readouterr().out
