"""Yields, performance ratios and capacity factors of what was measured."""

from __future__ import annotations

import math
from datetime import date
from itertools import pairwise
from types import ModuleType
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.series import Series
from core.solar import indices
from core.solar import performance as module
from core.solar.indices import INDICES
from core.solar.performance import (
    Measured,
    Performance,
    by_month,
    by_year,
    columns_of,
    mean_temperature,
    performance,
)
from tests.core.solar.days import BERLIN, GAMMA, P0, PLAIN, SHANGHAI, Sunny, at
from tests.documented import run_examples

SUNNY = Sunny()
KEYS = ("performance_ratio", "performance_ratio_25", "performance_ratio_weather")


def overall(measured: Measured, zone: ZoneInfo) -> Performance:
    """Of all the time that was measured."""
    grid = columns_of(measured).grid
    return performance(measured, grid.start, grid.end, zone)


def value(found: Performance, key: str) -> float:
    figure = found[key]
    assert figure.value is not None and figure.reason is None
    return figure.value


@pytest.mark.parametrize("one", [module, indices])
def test_examples_run(one: ModuleType) -> None:
    assert not run_examples(one).failed


def test_the_published_weather_corrected_ratio() -> None:
    """pvanalytics, test_performance_ratio_nrel (MIT): seven hours of NREL's equation 5, cells by the Sandia model."""
    sun = np.array([921.75575, 916.11225, 914.8590833, 914.86375, 913.6426667, 889.6296667, 751.4611667])
    air = np.array([28.89891667, 29.69258333, 30.21441667, 30.5815, 31.14808333, 31.5445, 31.63208333])
    wind = np.array([1.796333333, 2.496916667, 2.413333333, 2.023666667, 1.844416667, 1.605583333, 1.18625])
    power = np.array([39389.6625, 39425.3525, 39460.9625, 39125.315, 38888.59, 37520.8925, 27303.8025])
    cell = sun * np.exp(-3.58 - 0.113 * wind) + air + sun / 1000 * 3
    measured = Measured(
        Series(0, 3600, power / 1000),
        61.056,
        irradiance=Series(0, 3600, sun),
        temperature=Series(0, 3600, cell),
        gamma=-0.0028,
        typical_temperature=mean_temperature(sun, cell),
    )
    assert value(overall(measured, PLAIN), "performance_ratio_weather") == pytest.approx(0.6873059, rel=1e-6)


def test_by_hand() -> None:
    """Two hours: 400 and 800 W/m² at 30 and 45 °C, 100 kW, 30 and 56 kWh."""
    measured = Measured(
        Series(0, 3600, np.array([30.0, 56.0])),
        100.0,
        80.0,
        Series(0, 3600, np.array([400.0, 800.0])),
        Series(0, 3600, np.array([30.0, 45.0])),
        Series(0, 3600, np.array([32.0, 58.0])),
        gamma=-0.004,
        typical_temperature=40.0,
    )
    found = overall(measured, PLAIN)
    assert found.energy == 86 and found.irradiation == pytest.approx(1.2)
    assert value(found, "final_yield") == pytest.approx(0.86)
    assert value(found, "reference_yield") == pytest.approx(1.2)
    assert value(found, "performance_ratio") == pytest.approx(86 / 120)
    assert value(found, "performance_ratio_25") == pytest.approx(86 / (40 * 0.98 + 80 * 0.92))
    assert value(found, "performance_ratio_weather") == pytest.approx(86 / (40 * 1.04 + 80 * 0.98))
    assert value(found, "capacity_factor_dc") == pytest.approx(0.43)
    assert value(found, "capacity_factor_ac") == pytest.approx(0.5375)
    assert value(found, "performance_index") == pytest.approx(86 / 90)
    assert found["specific_yield"].value is None


def test_a_year_of_which_all_is_known() -> None:
    found = overall(SUNNY.measured(), PLAIN)
    assert value(found, "performance_ratio_25") == pytest.approx(0.85)
    assert value(found, "performance_index") == pytest.approx(0.95)
    assert value(found, "performance_ratio_weather") == pytest.approx(value(found, "performance_ratio"), rel=1e-12)
    assert value(found, "specific_yield") == value(found, "final_yield") == pytest.approx(SUNNY.energy.sum() / P0)
    assert found.first == date(2023, 1, 1) and found.estimated == 0
    assert found.mean_temperature == pytest.approx(mean_temperature(SUNNY.sun, SUNNY.temperature))
    assert [key for key, _ in found.figures.items()] == list(INDICES)


def test_corrections_take_the_seasons_out() -> None:
    months = by_month(SUNNY.measured(), PLAIN)
    assert [month.first.month for month in months] == list(range(1, 13))
    spread = {key: np.ptp([value(month, key) for month in months]) for key in KEYS}
    assert spread["performance_ratio"] > 0.05
    assert spread["performance_ratio_25"] < 1e-12
    assert spread["performance_ratio_weather"] < 0.1 * spread["performance_ratio"]


def test_each_kind_of_ratio_has_a_name_of_its_own() -> None:
    titles = {str(index.title) for index in INDICES.values()}
    assert len(titles) == len(INDICES) and all(index.source and index.equation for index in INDICES.values())


@settings(max_examples=30)
@given(st.floats(0.01, 1e5), st.sampled_from(KEYS))
def test_a_larger_system_is_no_better(scale: float, key: str) -> None:
    """The ratios do not change when power and energy do."""
    one = Sunny(days=370)
    small, large = (
        overall(one.measured(energy=one.series(one.energy * k), dc_power=P0 * k), PLAIN) for k in (1.0, scale)
    )
    assert math.isclose(value(small, key), value(large, key), rel_tol=1e-9)


@given(st.integers(0, 23), st.sampled_from([PLAIN, BERLIN, SHANGHAI]))
def test_months_and_years_add_up(hour: int, zone: object) -> None:
    one = Sunny(start=at(2023, 10, 20) + 3600 * hour, days=120)
    measured = one.measured()
    for parts in (by_month(measured, zone), by_year(measured, zone)):  # type: ignore[arg-type]
        assert math.isclose(sum(part.energy for part in parts), one.energy.sum(), rel_tol=1e-12)
        assert sum(part["final_yield"].present for part in parts) == len(one.energy)
        assert all(a.end == b.start for a, b in pairwise(parts))


def test_months_are_those_of_the_wall() -> None:
    """A year of Berlin begins at 23:00 UTC, and its March has an hour less."""
    months = by_month(Sunny(start=at(2023, 1, 1) - 3600, days=365).measured(), BERLIN)
    assert len(months) == 12 and months[2].end - months[2].start == 31 * 86_400 - 3600
    assert months[2]["final_yield"].expected == 31 * 24 - 1


def test_a_gap_lowers_the_coverage_and_no_ratio() -> None:
    holes = SUNNY.energy.copy()
    holes[24 * 31 : 24 * 59 : 2] = math.nan
    full, holed = (by_month(SUNNY.measured(energy=SUNNY.series(e)), PLAIN)[1] for e in (SUNNY.energy, holes))
    assert holed["performance_ratio"].coverage == 0.5
    assert value(holed, "performance_ratio_25") == pytest.approx(value(full, "performance_ratio_25"))
    assert holed.energy < 0.6 * full.energy, "the energy is what was counted, never filled up"
    assert value(holed, "capacity_factor_dc") == pytest.approx(value(full, "capacity_factor_dc"), rel=0.01)


def test_a_silent_night_does_not_darken_the_day() -> None:
    """Loggers sleep with their inverters: half of the time has no data, all of the light has."""
    asleep = np.where(SUNNY.sun > 0, SUNNY.energy, math.nan)
    figure = overall(SUNNY.measured(energy=SUNNY.series(asleep)), PLAIN)["performance_ratio"]
    assert figure.coverage == 0.5 and figure.light == pytest.approx(1)


def test_months_that_were_not_measured_say_so() -> None:
    found = by_month(Sunny(start=at(2023, 1, 31), days=2).measured(), PLAIN)
    assert found[0]["performance_ratio"].coverage == pytest.approx(1 / 31)
    holes = SUNNY.energy.copy()
    holes[: 24 * 31] = math.nan
    january = by_month(SUNNY.measured(energy=SUNNY.series(holes)), PLAIN)[0]
    assert january["performance_ratio"].value is None and january["performance_ratio"].present == 0
    assert "Nothing was measured" in str(january["performance_ratio"].reason)
    assert january.energy == 0 and january["reference_yield"].value is not None


def test_what_is_not_measured_cannot_be_said() -> None:
    bare = overall(Measured(SUNNY.series(SUNNY.energy), P0), PLAIN)
    said = {key: str(figure.reason) for key, figure in bare.figures.items() if figure.value is None}
    assert set(said) == {"reference_yield", *KEYS, "capacity_factor_ac", "performance_index"}
    assert "irradiance" in said["performance_ratio"] and "AC power" in said["capacity_factor_ac"]
    assert bare.irradiation is None and bare["final_yield"].light is None
    cold = overall(SUNNY.measured(temperature=None), PLAIN)
    assert cold["performance_ratio"].value and "temperature" in str(cold["performance_ratio_25"].reason)


def test_the_typical_temperature_needs_a_year_or_a_model() -> None:
    short = Sunny(days=30)
    assert "less than a year" in str(overall(short.measured(), PLAIN)["performance_ratio_weather"].reason)
    found = overall(short.measured(typical_temperature=25.0), PLAIN)
    assert value(found, "performance_ratio_weather") == value(found, "performance_ratio_25")
    assert found.mean_temperature == 25.0


@pytest.mark.parametrize("days", [364, 400])
def test_the_specific_yield_is_that_of_one_year(days: int) -> None:
    figure = overall(Sunny(days=days).measured(), PLAIN)["specific_yield"]
    assert figure.value is None and "one whole year" in str(figure.reason)


def test_a_year_with_a_missing_spring_is_none() -> None:
    holes = SUNNY.energy.copy()
    holes[24 * 60 : 24 * 100] = math.nan
    figure = by_year(SUNNY.measured(energy=SUNNY.series(holes)), PLAIN)[0]["specific_yield"]
    assert figure.value is None and "nine in ten" in str(figure.reason)
    whole = by_year(SUNNY.measured(energy=SUNNY.series(np.where(SUNNY.sun > 0, SUNNY.energy, math.nan))), PLAIN)[0]
    assert value(whole, "specific_yield") == pytest.approx(SUNNY.energy.sum() / P0)


def test_a_dark_month_has_no_ratio() -> None:
    dark = Sunny(days=31)
    found = overall(dark.measured(irradiance=dark.series(dark.sun * 0 - 2.0)), PLAIN)
    assert "no light" in str(found["performance_ratio"].reason)
    assert found.irradiation == 0, "what the sensor shows below zero at night is nothing"


def test_quarters_of_an_hour_and_hours_go_together() -> None:
    fine, coarse = Sunny(step=900), Sunny()
    mixed = overall(fine.measured(irradiance=coarse.series(fine.sun.reshape(-1, 4).mean(axis=1))), PLAIN)
    assert value(mixed, "performance_ratio") == pytest.approx(
        value(overall(fine.measured(), PLAIN), "performance_ratio"), rel=1e-12
    )


def test_estimates_are_counted() -> None:
    marks = np.zeros(len(SUNNY.energy), dtype=np.uint8)
    marks[5:9] = 1
    assert overall(SUNNY.measured(energy=Series(SUNNY.start, 3600, SUNNY.energy, marks)), PLAIN).estimated == 4


def test_without_power_there_is_no_yield() -> None:
    for power in (0.0, math.nan):
        with pytest.raises(UserError, match="DC power"):
            performance(SUNNY.measured(dc_power=power), 0, 1, PLAIN)


def test_no_light_no_mean_temperature() -> None:
    assert mean_temperature(np.zeros(3), np.ones(3)) is None
    assert GAMMA < 0
