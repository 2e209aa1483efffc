"""The width of a forecast: against theory where it is linear, against the forecast without spreads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.actions import Baseline
from core.errors import UserError
from core.ledger import Action, Driver, Ledger, Record, Scenario
from core.targets.forecast import forecast_of
from core.targets.simulation import GENERATOR, Simulation, simulate
from tests.core.actions.plans import BASELINE, ZERO, action, cell, in_tonnes, plans
from tests.core.samples import PLANT

SURE = Scenario("s", "Sure", 2030, growth_sd=ZERO, grid_sd=ZERO, delivery_sd=ZERO, draws=200)
CARS = Driver("d1", "Cars", "production", "car", ("scope1", "scope2_location"), growth=Decimal(3))
SHARES = ((2024, Decimal(20)), (2028, Decimal(90)))
NORMAL = NormalDist()
LOCATION_2030 = (1877.475704, 2038.803249, 2224.928241)
MARKET_2030 = (1427.447546, 1495.776403, 1574.021292)


def drawn(*records: Record, scenario: Scenario, baseline: Baseline = BASELINE, **changes: Any) -> Simulation:
    return simulate(Ledger.of([PLANT, *records]), baseline, scenario, **changes)


def band(found: Simulation, year: int, key: str) -> tuple[float, float, float]:
    one = found.band(year, key)
    assert one is not None
    return float(one.p10), float(one.p50), float(one.p90)


def quantile_error(probability: float, sd: float, draws: int) -> float:
    """Standard error of a quantile of a normal sample: √(p(1-p)/n) / density."""
    place = NORMAL.inv_cdf(probability)
    return sd * float(np.sqrt(probability * (1 - probability) / draws)) / NORMAL.pdf(place)


def normal_within_its_error(found: tuple[float, float, float], mean: float, sd: float, draws: int) -> bool:
    """Four standard errors: one case of 16,000 would fail, and the seed is fixed."""
    return all(
        abs(value - (mean + sd * NORMAL.inv_cdf(p))) < 4 * quantile_error(p, sd, draws)
        for value, p in zip(found, (0.1, 0.5, 0.9), strict=True)
    )


# ---------------------------------------------------------------------- without spreads


@settings(max_examples=20)
@given(plans(4), st.integers(-5, 15), st.booleans(), st.booleans())
def test_without_spreads_it_is_the_forecast(made: list[Action], decline: int, share: bool, table: bool) -> None:
    said = replace(
        SURE,
        last_year=2028,
        grid_decline=Decimal(decline),
        grid_table=(("2026", "80"), ("2028", "55")) if table else (),
        efficiency=(("scope1", "4"), ("scope3", "-2")),
        statuses=("idea", "planned", "approved", "running", "done"),
    )
    shares = SHARES if share else ()
    found = drawn(CARS, *made, scenario=said, shares=shares)
    certain = forecast_of(Ledger.of([PLANT, CARS, *made]), BASELINE, said, shares=shares)
    for one in certain.years:
        for key in (*one.parts, "scope3", "location", "market"):
            expected = float(one.of(key).result)
            assert band(found, one.year, key) == pytest.approx((expected,) * 3, abs=1e-5, rel=1e-9)


def test_the_year_of_the_baseline_is_certain() -> None:
    found = drawn(CARS, action(), scenario=Scenario("s", "S", 2026))
    assert band(found, 2024, "location") == (2030.0, 2030.0, 2030.0)
    low, _, high = band(found, 2026, "location")
    assert low < high


# ---------------------------------------------------------------------- the linear case


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_growth_over_one_year_is_normal(seed: int) -> None:
    said = replace(SURE, growth_sd=Decimal(5), draws=4000, seed=seed)
    boiler = Baseline(2024, (cell("scope1", "Boiler", "natural_gas", 200),))
    found = band(drawn(CARS, scenario=said, baseline=boiler), 2025, "scope1")
    assert normal_within_its_error(found, 200 * 1.03, 200 * 0.05, 4000)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_grid_over_one_year_is_normal(seed: int) -> None:
    said = replace(SURE, grid_sd=Decimal(2), grid_decline=Decimal(4), draws=4000, seed=seed)
    hall = Baseline(2024, (cell("scope2", "Hall", "electricity", 600, 1_000_000, market=400),))
    found = drawn(scenario=said, baseline=hall)
    assert normal_within_its_error(band(found, 2025, "scope2_location"), 600 * 0.96, 600 * 0.02, 4000)
    assert band(found, 2025, "scope2_market") == (400, 400, 400)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_delivery_of_one_action_is_normal(seed: int) -> None:
    said = replace(SURE, delivery_sd=Decimal(20), draws=4000, seed=seed)
    found = band(drawn(in_tonnes("t", 50), scenario=said), 2026, "scope1")
    assert normal_within_its_error(found, 260 - 50, 50 * 0.2, 4000)


def test_actions_on_different_sources_are_drawn_apart() -> None:
    """Their errors add as squares: √2, not 2."""
    said = replace(SURE, delivery_sd=Decimal(20), draws=4000)
    made = [in_tonnes("a", 20), in_tonnes("b", 20, source="Cars")]
    found = band(drawn(*made, scenario=said), 2026, "scope1")
    assert normal_within_its_error(found, 260 - 40, 4 * 2**0.5, 4000)


def test_years_widen() -> None:
    said = replace(SURE, growth_sd=Decimal(2), grid_sd=Decimal(1), draws=1000)
    found = drawn(CARS, scenario=said)
    widths = [high - low for low, _, high in (band(found, year, "location") for year in range(2024, 2031))]
    assert widths == sorted(widths) and widths[0] == 0 < widths[1]


def test_what_cannot_be_stays_out() -> None:
    wild = replace(SURE, growth_sd=Decimal(300), grid_sd=Decimal(300), delivery_sd=Decimal(300), draws=500)
    found = drawn(CARS, action(), in_tonnes("t", 100), scenario=wild)
    for one in found.years:
        for values in one.parts.values():
            assert 0 <= values.p10 <= values.p50 <= values.p90


def test_a_full_delivery_never_saves_more_than_there_is() -> None:
    said = replace(SURE, delivery_sd=Decimal(50), draws=500)
    found = drawn(in_tonnes("t", 200), scenario=said)
    assert band(found, 2026, "scope1")[0] == 60  # cars and cooling stay


# ---------------------------------------------------------------------- the seed


def test_the_same_seed_is_the_same_and_another_is_not() -> None:
    said = Scenario("s", "S", 2028, draws=300, seed=7)
    one = drawn(CARS, action(), scenario=said)
    assert one == drawn(action(), CARS, scenario=said)
    assert (one.seed, one.draws, one.generator) == (7, 300, GENERATOR)
    assert one.years != drawn(CARS, action(), scenario=replace(said, seed=8)).years


def test_numbers_that_stay_for_ever() -> None:
    """Of seed 1: whoever has the same data and version of numpy finds the same."""
    found = drawn(CARS, action(), scenario=Scenario("s", "S", 2030, grid_decline=Decimal(3)), shares=SHARES)
    assert band(found, 2030, "location") == pytest.approx(LOCATION_2030, abs=1e-5)
    assert band(found, 2030, "market") == pytest.approx(MARKET_2030, abs=1e-5)


def test_one_more_action_changes_nothing_in_what_others_draw() -> None:
    said = Scenario("s", "S", 2028, draws=300)
    one, more = (drawn(CARS, *made, scenario=said) for made in ([action()], [action(), in_tonnes("t", 10)]))
    assert one.band(2028, "scope2_location") == more.band(2028, "scope2_location")
    assert one.band(2028, "scope1") != more.band(2028, "scope1")


def test_further_sums_are_drawn_as_sums_too() -> None:
    unsure = replace(SURE, growth_sd=Decimal(3), grid_sd=Decimal(2))
    together = {"one": ("scope1",), "all": ("scope1", "scope2_market", "scope3"), "both": ("scope1", "scope2_location")}
    found = drawn(CARS, scenario=unsure, together=together)
    assert found.band(2030, "one") == found.band(2030, "scope1")
    assert found.band(2030, "all") == found.band(2030, "market")
    whole, parts = band(found, 2030, "both"), [band(found, 2030, key) for key in together["both"]]
    assert parts[0][2] < whole[2] <= sum(one[2] for one in parts)


def test_sums_are_drawn_as_sums() -> None:
    """The P90 of a sum of independent parts lies below the sum of their P90."""
    said = replace(SURE, delivery_sd=Decimal(30), draws=1000)
    made = [in_tonnes("a", 100), in_tonnes("b", 300, part="scope3:1", source="Steel")]
    found = drawn(*made, scenario=said)
    assert band(found, 2026, "location")[2] < 750 + band(found, 2026, "scope1")[2] + band(found, 2026, "scope3")[2]


@pytest.mark.parametrize(
    "changes",
    [
        {"growth_sd": Decimal(-1)}, {"grid_sd": Decimal(-1)}, {"delivery_sd": Decimal(-1)}, {"draws": 99},
        {"draws": 100_001}, {"seed": -1}, {"last_year": 2020}, {"grid_decline": Decimal(100)},
    ],
)  # fmt: skip
def test_what_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(UserError) as caught:
        drawn(scenario=replace(SURE, **changes))
    assert caught.value.remedy is not None


def test_outside_there_is_no_band() -> None:
    found = drawn(scenario=SURE, last_year=2025)
    assert found.band(2031, "location") is None and found.band(2025, "scope9") is None
    assert [one.year for one in found.years] == [2024, 2025]


def test_an_action_before_its_start_widens_nothing() -> None:
    said = replace(SURE, delivery_sd=Decimal(20))
    found = drawn(in_tonnes("t", 50, start=date(2028, 1, 1)), scenario=said)
    assert band(found, 2027, "scope1") == (260, 260, 260)
    assert band(found, 2028, "scope1")[0] < band(found, 2028, "scope1")[2]
