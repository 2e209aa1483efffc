"""The forecast: each step alone, all together, and that they add up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.actions import Baseline, baseline_of
from core.errors import UserError
from core.ledger import Action, Driver, Ledger, Record, Scenario
from core.targets.forecast import Forecast, Steps, added, forecast_of
from tests.core.actions.plans import BASELINE, PERCENTS, ZERO, action, in_tonnes, plans
from tests.core.samples import PLANT, compiled, year_of_bills

PLAIN = Scenario("s", "As planned", last_year=2030)
SHARES = ((2024, ZERO), (2027, Decimal(100)))
CARS = Driver("d1", "Cars", "production", "car", ("scope1", "scope2_location"), growth=Decimal(10))


def ahead(*records: Record, scenario: Scenario = PLAIN, baseline: Baseline = BASELINE, **changes: Any) -> Forecast:
    return forecast_of(Ledger.of([PLANT, *records]), baseline, scenario, **changes)


def steps(found: Forecast, year: int, key: str) -> Steps:
    one = found.year(year)
    assert one is not None
    return one.of(key)


# ---------------------------------------------------------------------- each step alone


def test_nothing_said_nothing_changes() -> None:
    found = ahead()
    assert [one.year for one in found.years] == list(range(2024, 2031))
    for one in found.years:
        for part, said in one.parts.items():
            assert said == Steps(BASELINE.of(part)) and said.result == said.without == said.base
    assert set(found.series(("location",)).values()) == {BASELINE.of("location")}


def test_the_driver() -> None:
    found = ahead(CARS)
    assert steps(found, 2026, "scope1") == Steps(Decimal(260), Decimal("54.6"))
    assert steps(found, 2026, "scope2_market").result == Decimal(530) * Decimal("1.21")
    assert steps(found, 2026, "scope3").driver == 0


def test_the_trend_of_intensity() -> None:
    falling = replace(PLAIN, efficiency=(("scope1", "10"), ("scope3", "50"), ("scope3:4", "20")))
    found = ahead(scenario=falling)
    assert steps(found, 2026, "scope1").intensity == Decimal(260) * Decimal("-0.19")
    assert steps(found, 2025, "scope3:1").result == 450 and steps(found, 2025, "scope3:4").result == 96
    assert steps(found, 2025, "scope2_market").intensity == 0


def test_either_key_of_scope_2_makes_the_same_electricity_leaner() -> None:
    for key in ("scope2_location", "scope2_market"):
        found = ahead(scenario=replace(PLAIN, efficiency=((key, "10"),)))
        assert steps(found, 2025, "scope2_location").result == 675
        assert steps(found, 2025, "scope2_market").result == 477


def test_the_grid_falls_and_only_for_electricity() -> None:
    found = ahead(scenario=replace(PLAIN, grid_decline=Decimal(10)))
    assert steps(found, 2026, "scope2_location") == Steps(Decimal(750), supply=Decimal(660) * Decimal("-0.19"))
    assert steps(found, 2026, "scope2_market") == Steps(Decimal(530))
    assert steps(found, 2026, "scope1").supply == 0


def test_a_table_of_the_grid_in_place_of_the_decline() -> None:
    found = ahead(scenario=replace(PLAIN, grid_decline=Decimal(10), grid_table=(("2028", "50"),)))
    assert steps(found, 2026, "scope2_location").result == 660 * Decimal("0.75") + 90
    assert steps(found, 2030, "scope2_location").result == 330 + 90


def test_market_based_scope_2_follows_the_renewable_share() -> None:
    found = ahead(shares=SHARES)
    assert steps(found, 2027, "scope2_market") == Steps(Decimal(530), supply=Decimal(-440))  # the heat stays
    assert steps(found, 2027, "scope2_location") == Steps(Decimal(750))


def test_an_action_with_start_ramp_and_life() -> None:
    plan = in_tonnes("t", 100, start=date(2026, 1, 1), life=3, ramp=(("1", "40"),))
    found = ahead(plan)
    assert [int(steps(found, year, "scope1").actions) for year in range(2024, 2031)] == [0, 0, -40, -100, -100, 0, 0]
    assert found.series(("scope1",), actions=False)[2027] == 260
    assert found.actions == (plan,)


def test_actions_on_one_source_multiply() -> None:
    made = [in_tonnes("a", 100), in_tonnes("b", 100)]
    assert steps(ahead(*made), 2026, "scope1").actions == -150
    (one, other) = (ahead(*made).year(2026) or pytest.fail("no year")).actions
    assert one.location == other.location == 75


# ---------------------------------------------------------------------- together


def test_all_of_it_by_hand() -> None:
    plan = action(source="Hall", energy=110_000)
    said = replace(PLAIN, efficiency=(("scope2_location", "10"),), grid_decline=Decimal(50))
    found = steps(ahead(CARS, plan, scenario=said), 2025, "scope2_location")
    # 750 × 1.1 = 825; × 0.9 = 742.5; electricity of 653.4 halves: 415.8; Hall: 990,000 kWh and 297 t, a ninth is saved
    assert found == Steps(Decimal(750), Decimal(75), Decimal("-82.5"), Decimal("-326.7"), Decimal(-33))
    assert found.without == Decimal("415.8") and found.result == Decimal("382.8")


def test_energy_saved_is_energy_saved_however_much_is_produced() -> None:
    """The plan of an action is an amount: with twice the production it is half the part."""
    double = replace(CARS, values=(("2024", "100"), ("2025", "200")), growth=ZERO)
    plan = action(source="Hall", energy=100_000)
    assert steps(ahead(plan), 2025, "scope2_location").actions == -60
    assert steps(ahead(double, plan), 2025, "scope2_location").actions == -60


def test_what_worked_already_is_in_the_baseline() -> None:
    old = in_tonnes("o", 50, start=date(2020, 1, 1), life=30, status="done")
    half = in_tonnes("h", 50, start=date(2024, 7, 1), life=30, status="running")
    assert steps(ahead(old), 2026, "scope1").actions == 0
    assert steps(ahead(half), 2026, "scope1").actions == pytest.approx(Decimal(-50) * 182 / 366)
    ended = in_tonnes("e", 50, start=date(2020, 1, 1), life=5, status="done")
    assert steps(ahead(ended), 2026, "scope1").actions == 0


def test_only_actions_of_the_states_of_the_scenario() -> None:
    idea = in_tonnes("i", 50, status="idea")
    assert ahead(idea).actions == ()
    assert steps(ahead(idea, scenario=replace(PLAIN, statuses=("idea",))), 2026, "scope1").actions == -50


def test_of_two_that_exclude_each_other_one_counts() -> None:
    one, other = in_tonnes("a", 50, excludes=("b",)), in_tonnes("b", 60, status="running")
    found = ahead(one, other)
    assert found.actions == (other,) and found.left_out == ((one, "b"),)
    assert steps(found, 2026, "scope1").actions == -60


def test_a_plan_that_is_not_in_the_ledger() -> None:
    found = ahead(in_tonnes("a", 50), actions=[in_tonnes("b", 10)])
    assert (
        steps(found, 2026, "scope1").actions == -10
        and steps(ahead(in_tonnes("a", 50), actions=[]), 2026, "scope1").actions == 0
    )


def test_totals_are_sums_of_their_parts() -> None:
    found = ahead(CARS, action(), shares=SHARES)
    one = found.year(2026)
    assert one is not None
    assert one.of("scope3") == added([one.parts["scope3:1"], one.parts["scope3:4"]])
    assert one.of("location") == added(one.of(key) for key in ("scope1", "scope2_location", "scope3"))
    assert one.of("market") == added(one.of(key) for key in ("scope1", "scope2_market", "scope3"))
    # each tonne once, as targets count
    assert found.series(("scope1", "scope2_market", "scope3", "scope3:4")) == found.series(("market",))
    assert found.year(2031) is None


def test_from_an_inventory() -> None:
    baseline = baseline_of(compiled(year_of_bills(quantity=Decimal(1000))))
    found = ahead(baseline=baseline, scenario=replace(PLAIN, grid_decline=Decimal(5)))
    assert found.years[0].year == 2023
    assert steps(found, 2024, "location").result == Decimal("7.8192") * Decimal("0.95")


# ---------------------------------------------------------------------- what is said and refused


def texts(found: Forecast) -> str:
    return " ".join(str(one) for one in found.assumptions)


def test_assumptions_are_said() -> None:
    said = texts(ahead())
    assert "No driver is known for Scope 1, Scope 2, location-based" in said
    assert "stays at that of 2024" in said and "2024: that is in the baseline" in said
    said = texts(ahead(replace(CARS, parts=("scope1", "scope2_market", "scope3")), shares=SHARES))
    assert "No driver" not in said and "stays at that" not in said


@pytest.mark.parametrize(
    "changes",
    [
        {"grid_table": (("2030", "low"),)},
        {"grid_table": (("soon", "5"),)},
        {"grid_decline": Decimal(100)},
        {"efficiency": (("scope1", "a bit"),)},
        {"efficiency": (("scope1", "100"),)},
        {"last_year": 2023},
        {"last_year": 9999},
    ],
)
def test_what_cannot_be_calculated(changes: dict[str, Any]) -> None:
    with pytest.raises(UserError) as caught:
        ahead(scenario=replace(PLAIN, **changes))
    assert caught.value.remedy is not None


def test_growth_beyond_all_bounds() -> None:
    with pytest.raises(UserError) as caught:
        ahead(replace(CARS, growth=Decimal(10**6)), scenario=replace(PLAIN, last_year=2060))
    assert "beyond all bounds" in str(caught.value)


def test_another_last_year() -> None:
    assert len(ahead(last_year=2024).years) == 1 and len(ahead(last_year=2050).years) == 27


# ---------------------------------------------------------------------- laws


YEARS = st.integers(2025, 2030).map(str)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    return Scenario(
        "s", "Any", 2030,
        growth=(("d1", str(draw(st.integers(-20, 20)))),),
        efficiency=tuple((key, str(draw(st.integers(-5, 20)))) for key in ("scope1", "scope2_location", "scope3")),
        grid_decline=Decimal(draw(st.integers(-3, 20))),
        grid_table=tuple((year, str(draw(PERCENTS))) for year in draw(st.sets(YEARS, max_size=2))),
        statuses=("idea", "planned", "approved", "running", "done"),
    )  # fmt: skip


SHARE_PATHS = st.dictionaries(st.integers(2024, 2030), PERCENTS, max_size=3).map(lambda found: tuple(found.items()))


def every(found: Forecast) -> Iterable[tuple[int, str, Steps]]:
    for one in found.years:
        for part, said in one.parts.items():
            yield one.year, part, said


@settings(max_examples=25)
@given(plans(4), scenarios(), SHARE_PATHS)
def test_steps_add_up_exactly(made: list[Action], scenario: Scenario, shares: Any) -> None:
    found = ahead(CARS, *made, scenario=scenario, shares=shares)
    for year, part, said in every(found):
        assert said.base == BASELINE.of(part)
        assert said.base + said.driver + said.intensity + said.supply == said.without
        assert said.without + said.actions == said.result
        assert said.actions <= 0 <= said.result
        if year == 2024:
            assert said == Steps(said.base)
    for one in found.years:
        assert sum((action.location for action in one.actions), ZERO) == -one.of("location").actions
        assert sum((action.market for action in one.actions), ZERO) == -one.of("market").actions


@settings(max_examples=25)
@given(plans(4), scenarios(), SHARE_PATHS)
def test_without_actions_it_is_the_forecast_without_actions(
    made: list[Action], scenario: Scenario, shares: Any
) -> None:
    whole, none = (ahead(CARS, *some, scenario=scenario, shares=shares) for some in (made, []))
    for view in ("location", "market"):
        assert whole.series((view,), actions=False) == none.series((view,))


@settings(max_examples=25)
@given(plans(4), scenarios())
def test_the_order_of_records_does_not_matter(made: list[Action], scenario: Scenario) -> None:
    assert ahead(*made, CARS, scenario=scenario).years == ahead(CARS, *reversed(made), scenario=scenario).years
