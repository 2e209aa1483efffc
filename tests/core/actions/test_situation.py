"""What a plan is held against: gathered once, the same for window, command line, report and head office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.actions import Situation, abatement_curve, as_now, select, situation_of
from core.ledger import Record, Scenario, Target
from core.library import load_library
from core.methods import exact_sum
from tests.core.actions.plans import action
from tests.core.renewables.plants import allocation, certificate, plant
from tests.core.samples import activity

BILL = activity("a1", quantity=100_000)
HUNDRED = Decimal(100)


def target(key: str = "t1", kind: str = "renewable", year: int = 2027, percent: int | str = 100, **said: Any) -> Target:
    """A share of electricity, unless another kind is said."""
    parts = () if kind == "renewable" else ("scope1",)
    return Target(key, key, kind, parts, 2023, year, Decimal(percent), **said)


def gathered(*records: Record, **said: Any) -> Situation:
    ledger, inventory = plant([BILL, *records])
    return situation_of(ledger, inventory, load_library(), **said)


def test_without_targets_and_scenarios_everything_stays() -> None:
    found = gathered(action("ac1", energy=10_000))
    assert found.baseline.year == 2023 and found.shares == () and found.scenario is None
    assert found.ahead == as_now(found.baseline) and found.all_renewable_from is None
    assert found.horizon == 2028
    assert [str(one) for one in found.assumptions] == [
        "Tonnes are those of the inventory of 2023, source by source.",
        "The grid factor stays that of 2023.",
        "The share of renewable electricity stays at that of 2023.",
    ]


def test_the_share_goes_where_its_targets_promise() -> None:
    """A quarter is covered; all of it in 2027: market-based tonnes vanish then, and the location-based stay."""
    cover: list[Record] = [certificate(), allocation("l1", "i1", "a1", 25_000)]
    saver = action("ac1", energy=10_000, start=date(2024, 1, 1))
    found = gathered(*cover, target(), saver)
    assert found.shares == ((2023, Decimal(25)), (2027, HUNDRED))
    assert found.all_renewable_from == 2027
    assert found.ahead.share_in(2025) == Decimal("62.5")
    by_year = {one.year: one for one in found.effects(saver)}
    assert by_year[2024].market > by_year[2026].market > by_year[2027].market == 0
    assert by_year[2027].location == by_year[2024].location > 0
    assert "goes to 100 % in 2027" in str(found.assumptions[2])
    as_it_is = gathered(*cover, saver)
    assert as_it_is.shares == () and as_it_is.all_renewable_from is None
    assert as_it_is.effects(saver)[3].market > 0


def test_the_grid_is_that_of_the_first_scenario_or_of_the_one_that_is_named() -> None:
    one = Scenario("sc1", "Plan", grid_decline=Decimal(5))
    other = Scenario("sc2", "Table", grid_table=(("2023", "100"), ("2033", "50")))
    found = gathered(other, one)
    assert found.scenario == one and found.ahead.grid_part(2024) == Decimal("0.95")
    assert str(found.assumptions[1]) == "The grid goes on as in the scenario “Plan”."
    named = gathered(other, one, scenario="sc2")
    assert named.scenario == other and named.ahead.grid_part(2033) == Decimal("0.5")
    assert gathered(other, one, scenario="sc9").scenario is None
    unread = gathered(replace(other, grid_table=(("2023", "much"),)))
    assert unread.ahead.grid_part(2050) == 1  # the forecast refuses the table by name


def test_the_horizon_is_the_nearest_target_about_emissions() -> None:
    targets = [target(), target("t2", "net_zero", 2050), target("t3", "near_term", 2030), target("t4", "own", 2020)]
    assert gathered(*targets).horizon == 2030
    assert gathered(*targets, target("t5", "own", 2026, status="withdrawn")).horizon == 2030
    assert gathered(target()).horizon == 2028


@pytest.mark.parametrize("view", ["location", "market"])
def test_curve_and_choice_are_those_of_the_room(view: Any) -> None:
    actions = [
        action("ac1", energy=10_000, capex=1000, saving=900, currency="CNY", start=date(2024, 1, 1)),
        action("ac2", energy=20_000, capex=9000, currency="CNY", start=date(2024, 1, 1), status="idea"),
    ]
    found = gathered(*actions)
    said = found.actions, found.baseline, found.ahead
    assert found.curve(view=view) == abatement_curve(*said, found.horizon, view)
    assert found.curve(2025, view) == abatement_curve(*said, 2025, view)
    assert found.select(Decimal(5000), view=view) == select(Decimal(5000), *said, found.horizon, view)
    (chosen,) = found.select(Decimal(5000)).chosen
    assert chosen.id == "ac1"


def test_together_counts_the_part_of_the_year_and_the_states() -> None:
    actions = [
        action("ac1", energy=10_000, start=date(2024, 7, 1), status="approved"),
        action("ac2", energy=20_000, start=date(2024, 1, 1), status="idea"),
        action("ac3", energy=20_000, start=date(2024, 1, 1), status="stopped"),
    ]
    found = gathered(*actions)
    decided, every = found.together(2024, ("approved", "running", "done")), found.together(2024)
    assert [one.action for one in every.actions] == ["ac1", "ac2"]
    factor = found.baseline.of("scope2_location") / 100_000
    assert decided.location == pytest.approx(factor * 10_000 * 184 / 366)
    assert every.location < exact_sum(found.effects(one, 2024)[0].location for one in actions[:2])


def test_timeline_and_judgement_are_of_a_day() -> None:
    found = gathered(action("ac1", owner="", start=date(2024, 1, 1), currency="CNY", capex=1))
    assert found.timeline(date(2024, 6, 1)).rows[0].action.id == "ac1"
    assert {one.rule for one in found.judged(date(2024, 6, 1))} >= {"action_owner", "action_start_passed"}
    assert not any(one.rule == "action_start_passed" for one in found.judged(date(2023, 6, 1)))


def test_without_a_named_measure_nothing_is_measured() -> None:
    (one,) = gathered(action("ac1")).followed
    assert (one.state, one.percent) == ("none", None)
