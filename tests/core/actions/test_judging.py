"""What is missing or wrong in the plan: each check speaks and is silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from core.actions import judge_actions
from core.instruments import LEVELS
from core.ledger import Action, ActionArea, Ledger, Milestone, Resolution
from tests.core.actions.plans import BASELINE, action, in_tonnes, plans
from tests.core.samples import PLANT
from tests.core.savings.measures import measure

TODAY = date(2026, 4, 1)
GOOD = action(
    status="running", capex=10, saving=1, currency="CNY", measure="s1", evidence=("e1",), source="Hall", energy=1000
)
AROUND = (
    Milestone("m", "a", "Start", date(2025, 1, 1), done="2025-01-01"),
    Resolution("r", date(2024, 5, 1), "Board", "LED", "Do it", actions=("a",)),
    measure("lighting"),
)


def said(*records: Any, baseline: Any = BASELINE, subject: str = "a") -> dict[str, str]:
    """Rule and level of everything that is said of one action."""
    found = judge_actions(Ledger.of([PLANT, *records]), baseline, TODAY)
    return {one.rule.removeprefix("action_"): one.level for one in found if one.subject == subject}


def test_nothing_is_said_of_a_good_one() -> None:
    assert said(GOOD, *AROUND) == {}


CASES: list[tuple[str, str, dict[str, Any]]] = [
    ("owner", "warning", {"owner": " "}),
    ("owner", "info", {"owner": "", "status": "idea", "start": date(2027, 1, 1)}),
    ("area", "warning", {"area": "nowhere"}),
    ("life", "stop", {"life": 0}),
    ("life_over", "info", {"start": date(2020, 1, 1), "life": 5}),
    ("start_passed", "warning", {"status": "approved"}),
    ("currency", "warning", {"currency": ""}),
    ("no_cost", "info", {"capex": Decimal(0), "saving": Decimal(0)}),
    ("ramp", "stop", {"ramp": (("1", "many"),)}),
    ("no_saving", "warning", {"energy": Decimal(0)}),
    ("two_savings", "info", {"tonnes": Decimal(1)}),
    ("no_source", "warning", {"source": "Nowhere"}),
    ("no_factor", "warning", {"part": "scope1", "source": "Cooling", "item": "R-410A"}),
    ("over_source", "stop", {"energy": Decimal(1_000_001)}),
    ("market_only", "warning", {"part": "scope2_market"}),
    ("evidence", "warning", {"status": "done", "evidence": ()}),
    ("measure", "warning", {"measure": "s9"}),
    ("not_measured", "info", {"measure": ""}),
]


@pytest.mark.parametrize(("rule", "level", "changes"), CASES)
def test_each_check_speaks_of_what_it_is_about_alone(rule: str, level: str, changes: dict[str, Any]) -> None:
    assert said(replace(GOOD, **changes), *AROUND) == {rule: level}


def test_tonnes_above_those_of_the_source() -> None:
    plan = replace(in_tonnes("a", "200.1"), status="idea", start=date(2027, 1, 1))
    assert said(plan) == {"over_source": "stop"}
    assert said(replace(plan, tonnes=Decimal(200))) == {}


def test_milestones() -> None:
    late = Milestone("m", "a", "Order", date(2026, 3, 31))
    assert said(GOOD, late, *AROUND[1:]) == {"milestone_late": "warning"}
    assert said(GOOD, replace(late, due=TODAY), *AROUND[1:]) == {}
    assert said(GOOD, *AROUND[1:]) == {"no_dates": "info"}


def test_the_decision_of_the_committee() -> None:
    assert said(GOOD, AROUND[0], AROUND[2]) == {"no_decision": "info"}


def test_excluded_by_one_that_runs() -> None:
    other = action("b", status="running", excludes=("a",), source="Office", name="Other")
    idea = replace(GOOD, status="idea", start=date(2027, 1, 1))
    assert said(GOOD, *AROUND, other) == {"excluded": "stop"}
    assert said(idea, *AROUND, other) == {"excluded": "warning"}
    assert said(idea, *AROUND, replace(other, status="approved")) == {}
    assert "excluded" not in said(idea, *AROUND, other, subject="b")


def test_an_area_of_the_plant_exists() -> None:
    assert said(replace(GOOD, area="own"), *AROUND, ActionArea("own", "Own")) == {}


def test_governance_saves_nothing_itself() -> None:
    assert said(replace(GOOD, area="governance", energy=Decimal(0), measure=""), *AROUND) == {}


def test_stopped_ones_are_left_alone() -> None:
    assert said(replace(GOOD, status="stopped", owner="", life=0), *AROUND) == {}


def test_without_inventory_nothing_is_said_of_tonnes() -> None:
    assert said(replace(GOOD, source="Nowhere", energy=Decimal(10**9)), *AROUND, baseline=None) == {}


def test_the_sentence_names_the_sources_there_are() -> None:
    (one,) = judge_actions(Ledger.of([PLANT, replace(GOOD, source="Nowhere"), *AROUND]), BASELINE, TODAY)
    assert "Boiler, Cars, Cooling, Hall" in str(one.remedy) and "2024" in str(one.message)


@settings(max_examples=60)
@given(plans())
def test_gravest_first_and_every_judgement_has_a_remedy(made: list[Action]) -> None:
    found = judge_actions(Ledger.of([PLANT, *made]), BASELINE, TODAY)
    places = [LEVELS.index(one.level) for one in found]
    assert places == sorted(places)
    assert all(str(one.message) and str(one.remedy) and one.rule.startswith("action_") for one in found)
    assert {one.subject for one in found} <= {one.id for one in made}
