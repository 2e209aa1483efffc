"""A way says what the rooms of the plant say, from recalculated numbers, and a trouble stops nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from core.actions import abatement_curve
from core.actions.situation import situation_of
from core.group.ways import making
from core.group.ways.making import recalculated, way_of
from core.handover.ahead import targets_of
from core.inventory.closing import figures_of
from core.ledger import Action, Closing, Scenario, SupplyOption, Target
from core.library import load_library
from core.methods import exact_sum
from core.renewables.claim import judge_claim
from core.renewables.shares import shares_of
from core.renewables.way import way_to
from tests.core.group.ways.planning import PLANNED, compiled, ledger, planned, way
from tests.core.renewables.plants import covered_plants
from tests.core.renewables.plants import plant as plant_with

HELD = ledger("Hillside", *PLANNED)


def test_electricity_claim_and_gap_are_those_of_the_plant() -> None:
    made, inventory = planned(), compiled(HELD)
    share = shares_of(HELD, inventory).year
    assert made.electricity.used == share.used == Decimal(100_000)
    assert made.electricity.certified == share.certified == Decimal(40_000)
    supply = way_to(HELD, inventory)
    assert made.road is not None and made.road.promised and made.road.year == 2027 and made.road.percent == 100
    assert made.road.gap == supply.gap == Decimal(100)  # certificates of 2024 are used up by 2027
    assert made.road.open == supply.open == Decimal(50) and made.road.cost == supply.cost == Decimal(300)
    assert [one.name for one in made.road.offers] == ["Certificates"]
    claim = judge_claim(HELD, inventory)
    assert made.claim is not None and made.claim.holds == claim.holds is False
    assert [str(one.message) for one in made.claim.open] == [str(one.message) for one in claim.stops]


def test_targets_are_those_of_the_plant() -> None:
    made = planned()
    (aim,) = made.aims
    found = targets_of(HELD, 2024, load_library(), making._nothing, known={2024: compiled(HELD)})
    status = next(one for one in found.status.targets if one.target.id == "t1")
    assert status.gap is not None and aim.main and aim.at == 2024
    assert aim.actual == status.actual[2024]
    assert aim.allowed is not None and aim.gap is not None and aim.actual is not None
    assert aim.gap == aim.actual - aim.allowed and abs(Decimal(float(status.gap.gap)) - aim.gap) < Decimal("1e-6")
    assert aim.base == 92 and aim.final == Decimal("53.36")
    assert aim.pathway["2020"] == 92 and aim.pathway["2030"] == Decimal("53.36")
    assert found.forecast is not None
    assert aim.forecast["2030"] == found.forecast.series(("scope1", "scope2_market"))[2030].quantize(Decimal("1e-9"))


def test_actions_of_two_currencies_multiply_on_one_source() -> None:
    made = planned()
    plan = situation_of(HELD, compiled(HELD), load_library())
    assert [one.id for one in made.abatement] == ["ac1", "ac2"] and made.plan_year == plan.horizon == 2030
    alone = [abatement_curve([one], plan.baseline, plan.ahead, 2030, currency=one.currency).total
             for one in HELD.held(Action)]  # fmt: skip
    assert exact_sum(one.location for one in made.abatement) < exact_sum(alone)
    lamps, better = made.abatement
    assert lamps.yearly is not None and lamps.yearly < 0 and lamps.npv is not None and lamps.npv > 0
    assert better.yearly is not None and better.yearly > 0 and better.currency == "EUR"


def test_of_one_currency_the_tonnes_are_those_of_the_plants_own_curve() -> None:
    held = ledger("Hillside", *(replace(one, currency="CNY") if isinstance(one, Action) else one for one in PLANNED))
    plan = situation_of(held, compiled(held), load_library())
    curve = abatement_curve(plan.actions, plan.baseline, plan.ahead, plan.horizon)
    made = way_of(held, compiled(held), load_library())
    assert {one.id: (one.location, one.yearly, one.npv) for one in made.abatement} == {
        bar.action.id: (bar.tonnes, bar.yearly, bar.npv) for bar in curve.bars
    }


def test_an_old_report_says_nothing_but_its_electricity_counts() -> None:
    made = way()
    assert made.silent and made.electricity.used == 100_000 and made.electricity.certified == 0
    assert made.road is None and made.claim is None and not made.aims and not made.missed
    assert not planned().silent


def test_what_the_plant_says_of_the_year_itself_is_not_believed() -> None:
    """A closing that states less is put right: the target is held against what was calculated again."""
    nothing = tuple((scope, "0") for scope in ("scope1", "scope2_market", "scope2_location", "scope3"))
    stated = Closing("2024", "0" * 64, 1, 1, date(2025, 2, 1), "complete", figures=nothing)
    held = ledger("Hillside", *PLANNED, stated)
    inventory = compiled(held)
    made = way_of(held, inventory, load_library())
    assert made.aims[0].actual == planned().aims[0].actual != 0
    closing = recalculated(held, inventory).last_closing(2024)
    assert closing is not None and closing.figures == figures_of(inventory.totals, inventory.lines)
    assert recalculated(HELD, compiled(HELD)) is HELD


def test_a_trouble_is_named_and_stops_nothing_else() -> None:
    made = way(*PLANNED, Scenario("s0", "Broken", 2030, efficiency=(("scope1", "100"),)))
    assert any("100 %" in str(one) for one in made.troubles)
    assert made.aims and not made.aims[0].forecast and made.road is not None and made.abatement


@pytest.mark.parametrize("error", [ArithmeticError("x"), ValueError("x"), KeyError("x")])
def test_strange_numbers_never_refuse_a_report(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise error

    monkeypatch.setattr(making, "way_to", broken)
    made = way(*PLANNED)
    assert made.road is None and type(error).__name__ in str(made.troubles[0]) and made.aims


def test_without_a_promise_the_gap_is_no_miss() -> None:
    made = way(SupplyOption("so1", "Wind", "ppa", 2026, Decimal(5)))
    assert made.road is not None and not made.road.promised and made.road.gap == 100 and not made.road.missed
    assert not made.missed
    withdrawn = Target("t2", "All", "renewable", (), 2020, 2027, Decimal(100), status="withdrawn")
    gone = way(withdrawn).road
    assert gone is not None and not gone.promised


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(covered_plants())
def test_months_add_up_and_no_share_is_above_all(records: list) -> None:  # type: ignore[type-arg]
    held, inventory = plant_with(records)
    made = way_of(held, inventory, load_library())
    for name in ("used", "certified", "traced", "own"):
        assert exact_sum(getattr(one, name) for one in made.months.values()) == getattr(made.electricity, name)
        assert 0 <= getattr(made.electricity, name) <= made.electricity.used
    assert all(len(month) == 7 for month in made.months)
