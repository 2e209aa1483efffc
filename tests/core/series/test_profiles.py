"""Load profile and heat map."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.series import Series
from core.series.clock import mean_power
from core.series.profiles import heat_map, profile
from core.series.working import Calendar, Kinds
from tests.core.series.shapes import AUTUMN, KOLKATA, SHANGHAI, SPRING, WARSAW, ZONES, loads, local, with_gap

MONDAY = date(2024, 1, 8)


def working_hours(day: int, hour: float) -> float:
    """100 kW from 8 to 16 o'clock from Monday to Friday, else 20 kW, in kWh of a quarter of an hour."""
    return 25.0 if day % 7 < 5 and 8 <= hour < 16 else 5.0


def test_a_profile_tells_working_days_from_days_off() -> None:
    found = profile(local(MONDAY, 14, SHANGHAI, 900, working_hours), SHANGHAI)
    assert [str(title) for title in found.titles] == ["Working days", "Days off"]
    assert found.mean.shape == (2, 96) and found.slot == 900
    assert found.times[33] == 8.25
    np.testing.assert_array_equal(found.count[:, 0], [10, 4])
    np.testing.assert_array_equal(found.mean[0], np.where((found.times >= 8) & (found.times < 16), 100.0, 20.0))
    np.testing.assert_array_equal(found.mean[1], 20.0)
    assert found.shares == (0.05, 0.5, 0.95) and found.quantiles.shape == (3, 2, 96)
    np.testing.assert_array_equal(found.quantiles[1], found.mean)


def test_holidays_and_worked_weekends_count_as_what_they_are() -> None:
    calendar = Calendar(holidays=frozenset({MONDAY}), worked=frozenset({date(2024, 1, 13)}))
    found = profile(local(MONDAY, 7, SHANGHAI, 900, working_hours), SHANGHAI, calendar=calendar)
    noon = 48
    assert found.mean[0, noon] == pytest.approx((4 * 100 + 20) / 5)
    assert found.mean[1, noon] == pytest.approx((100 + 20) / 2)


@pytest.mark.parametrize(("kinds", "count"), [("all", 1), ("working", 2), ("weekday", 7)])
def test_kinds_of_days(kinds: Kinds, count: int) -> None:
    found = profile(local(MONDAY, 7, value=lambda day, hour: float(day)), SHANGHAI, kinds=kinds)
    assert found.mean.shape[0] == len(found.titles) == count
    if kinds == "weekday":
        np.testing.assert_array_equal(found.mean[:, 0], [0, 4, 8, 12, 16, 20, 24])
        assert str(found.titles[6]) == "Sunday"


def test_quantiles_lie_between_two_values_in_proportion() -> None:
    hourly = local(MONDAY, 4, step=3600, value=lambda day, hour: float([10, 40, 20, 30][day]))
    found = profile(hourly, SHANGHAI, kinds="all", shares=(0.0, 0.25, 0.5, 1.0))
    np.testing.assert_allclose(found.quantiles[:, 0, 0], np.quantile([10, 20, 30, 40], [0.0, 0.25, 0.5, 1.0]))


def test_the_clock_and_not_utc_says_when_work_begins() -> None:
    """Over both changes of the clock; the hour that comes twice counts twice, the one that is skipped not at all."""
    year = local(date(2024, 1, 1), 366, WARSAW, 900, working_hours)
    found = profile(year, WARSAW)
    np.testing.assert_array_equal(found.mean[0], np.where((found.times >= 8) & (found.times < 16), 100.0, 20.0))
    days_off = 366 - found.count[0, 0]
    assert found.count[1, 8] == days_off  # 02:00: once less on 31 March, once more on 27 October, both Sundays
    spring = profile(local(SPRING, 1, WARSAW), WARSAW, kinds="all")
    assert not spring.count[0, 8:12].any() and np.isnan(spring.mean[0, 8:12]).all()
    assert np.isnan(spring.quantiles[:, 0, 8:12]).all()
    np.testing.assert_array_equal(profile(local(AUTUMN, 1, WARSAW), WARSAW, kinds="all").count[0, 8:12], 2)


def test_coarser_steps_of_the_profile() -> None:
    found = profile(local(MONDAY, 7, value=lambda day, hour: hour % 1), SHANGHAI, kinds="all", slot=3600)
    assert found.mean.shape == (1, 24) and found.count[0, 0] == 28
    np.testing.assert_allclose(found.mean, 4 * 0.375)


def test_minutes_are_shown_in_quarters_and_days_as_days() -> None:
    assert profile(local(MONDAY, 1, step=60), SHANGHAI).slot == 900
    assert profile(local(MONDAY, 7, step=86400), SHANGHAI).mean.shape == (2, 1)


def test_a_step_that_does_not_fit_is_a_bug() -> None:
    with pytest.raises(ValueError, match="1000 s"):
        profile(local(MONDAY, 1), SHANGHAI, slot=1000)
    with pytest.raises(ValueError, match="300 s"):
        profile(local(MONDAY, 1), SHANGHAI, slot=300)


def test_levels_have_means_of_levels() -> None:
    found = profile(local(MONDAY, 7, value=lambda day, hour: 500.0), SHANGHAI, kinds="all", level=True)
    np.testing.assert_array_equal(found.mean, 500.0)


def test_nothing_gives_nothing() -> None:
    for series in (Series(0, 900, np.empty(0)), Series(0, 900, np.full(96, np.nan))):
        found = profile(series, SHANGHAI)
        assert not found.count.any() and np.isnan(found.mean).all() and np.isnan(found.quantiles).all()


@settings(max_examples=150, deadline=None)
@given(loads(), ZONES, st.sampled_from(["all", "working", "weekday"]))
def test_means_weighted_by_their_counts_make_the_overall_mean(series: Series, zone: ZoneInfo, kinds: Kinds) -> None:
    found = profile(series, zone, kinds=kinds, slot=3600)
    known = mean_power(series)[~np.isnan(series.values)]
    assert found.count.sum() == len(known)
    assert np.nansum(found.mean * found.count) == pytest.approx(known.sum())
    there = found.count > 0
    assert (found.quantiles[0][there] <= found.quantiles[1][there]).all()
    assert (found.quantiles[1][there] <= found.quantiles[2][there]).all()


@settings(max_examples=100, deadline=None)
@given(loads(), ZONES)
def test_quantiles_are_those_of_numpy(series: Series, zone: ZoneInfo) -> None:
    found = profile(series, zone, kinds="all", slot=86400, shares=(0.1, 0.5, 0.8))
    known = mean_power(series)[~np.isnan(series.values)]
    if len(known):
        np.testing.assert_allclose(found.quantiles[:, 0, 0], np.quantile(known, [0.1, 0.5, 0.8]), rtol=1e-12)


def test_a_heat_map_has_hours_and_days() -> None:
    found = heat_map(with_gap(local(MONDAY, 3, value=working_hours), 0, 6), SHANGHAI)
    assert found.first == MONDAY and found.sums.shape == (24, 3) and found.slot == 3600
    assert np.isnan(found.sums[0, 0]) and found.hours[0, 0] == 0.0 and np.isnan(found.mean[0, 0])
    assert (found.sums[1, 0], found.hours[1, 0], found.mean[1, 0]) == (10.0, 0.5, 20.0)
    assert (found.sums[9, 2], found.hours[9, 2], found.mean[9, 2]) == (100.0, 1.0, 100.0)


def test_a_day_of_23_hours_lacks_an_hour_and_one_of_25_has_one_of_two() -> None:
    spring = heat_map(local(SPRING, 1, WARSAW, 900), WARSAW)
    assert np.isnan(spring.mean[2, 0]) and spring.hours.sum() == 23.0
    autumn = heat_map(local(AUTUMN, 1, WARSAW, 900), WARSAW)
    assert autumn.hours[2, 0] == 2.0 and autumn.hours.sum() == 25.0
    assert (autumn.sums[2, 0], autumn.mean[2, 0]) == (8.0, 4.0)


def test_in_india_hours_of_utc_begin_at_half_past() -> None:
    series = Series(0, 3600, np.arange(24.0))
    found = heat_map(series, KOLKATA)
    assert found.first == date(1970, 1, 1)
    assert found.sums[5, 0] == 0.0 and found.sums[23, 0] == 18.0 and found.sums[4, 1] == 23.0


def test_long_intervals_make_high_rows_and_quarters_low_ones() -> None:
    assert heat_map(local(MONDAY, 2, step=21600), SHANGHAI).sums.shape == (4, 2)
    assert heat_map(local(MONDAY, 2), SHANGHAI, slot=900).sums.shape == (96, 2)


def test_a_heat_map_of_levels_shows_means() -> None:
    found = heat_map(local(MONDAY, 1, value=lambda day, hour: 20.0 + hour), SHANGHAI, level=True)
    assert found.mean[3, 0] == 23.375


def test_a_heat_map_of_nothing_has_no_columns() -> None:
    assert heat_map(Series(0, 900, np.empty(0)), SHANGHAI).sums.shape == (24, 0)
    assert np.isnan(heat_map(Series(0, 900, np.full(96, np.nan)), SHANGHAI).mean).all()


@settings(max_examples=150, deadline=None)
@given(loads(), ZONES)
def test_the_sums_of_a_heat_map_make_the_sum_of_the_series(series: Series, zone: ZoneInfo) -> None:
    found = heat_map(series, zone)
    assert np.nansum(found.sums) == pytest.approx(np.nansum(series.values))
    assert found.hours.sum() == pytest.approx(np.count_nonzero(~np.isnan(series.values)) * series.hours)
    assert (np.isnan(found.sums) == (found.hours == 0)).all()
