"""What cannot be right by itself."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.series import Series
from core.series.plausibility import gaps, limits, negative, slips, stuck
from core.series.problems import MOST, Problem
from core.series.runs import equal_runs, runs
from core.series.zones import begin_of
from tests.core.series.shapes import AUTUMN, SHANGHAI, WARSAW, loads, local, seen, with_gap

MONDAY = date(2024, 1, 8)


def wave(day: int, hour: float) -> float:
    """A load that repeats itself every day and never twice in a day."""
    return 10.0 + 5.0 * math.sin(hour * 0.26) + hour / 100


def only(found: tuple[Problem, ...]) -> Problem:
    assert len(found) == 1
    return found[0]


@given(st.lists(st.booleans(), max_size=50))
def test_runs_are_the_stretches_of_true(mask: list[bool]) -> None:
    found = runs(np.array(mask, np.bool_))
    again = np.zeros(len(mask), np.bool_)
    for first, last in found.tolist():
        assert last > first and (first == 0 or not mask[first - 1]) and (last == len(mask) or not mask[last])
        again[first:last] = True
    assert again.tolist() == mask


@given(st.lists(st.sampled_from([0.0, 1.0, float("nan")]), max_size=50))
def test_equal_runs_cover_everything_once(values: list[float]) -> None:
    found = equal_runs(np.array(values))
    assert [place for first, last in found.tolist() for place in range(first, last)] == list(range(len(values)))
    assert all(len(set(values[first:last])) == 1 for first, last in found.tolist())


def test_a_good_series_has_no_problem() -> None:
    good = seen(local(MONDAY, 14, value=wave), lowest=Decimal(0), highest=Decimal(100))
    for check in (gaps, limits, negative, stuck, slips):
        assert check(good) == ()


def test_a_gap_is_told_with_its_span_and_count() -> None:
    series = local(MONDAY, 2, value=wave)
    problem = only(gaps(seen(with_gap(series, 10, 17))))
    assert (problem.check, problem.severity, problem.meter) == ("gaps", "warning", "m1")
    assert (problem.start, problem.end) == (series.start + 9000, series.start + 15300)
    assert (problem.count, problem.amount, problem.places) == (7, None, 1)
    assert str(problem.message) == "7 values are missing from 2024-01-08 02:30 to 2024-01-08 04:15 (1.75 h)."
    assert str(problem.remedy) == "Import the missing values, or estimate them on purpose."


def test_gaps_name_the_hour_that_comes_twice() -> None:
    series = local(AUTUMN, 1, WARSAW, 3600)
    problem = only(gaps(seen(with_gap(series, 3, 4), WARSAW)))
    assert "from 2024-10-27 02:00 (UTC+0100) to 2024-10-27 03:00 (1 h)" in str(problem.message)


def test_before_the_first_and_after_the_last_value_nothing_is_missing() -> None:
    series = with_gap(with_gap(local(MONDAY, 1), 0, 10), 90, 96)
    assert gaps(seen(series)) == ()
    assert gaps(seen(with_gap(series, 0, 96))) == ()
    assert gaps(seen(Series(0, 900, np.empty(0)))) == ()


@settings(max_examples=100, deadline=None)
@given(loads(most=1000))
def test_every_missing_value_between_two_is_counted_once(series: Series) -> None:
    there = np.flatnonzero(~np.isnan(series.values))
    inner = int(there[-1] - there[0] + 1 - len(there)) if len(there) else 0
    found = gaps(seen(series))
    assert sum(problem.count for problem in found) == inner
    assert len(found) <= MOST + 1


def test_of_very_many_stretches_the_longest_are_told_one_by_one() -> None:
    values = np.tile([1.0, np.nan], 200)
    values[101:105] = np.nan
    found = gaps(seen(Series(begin_of(MONDAY, SHANGHAI), 900, np.append(values, 1.0))))
    assert len(found) == MOST + 1
    assert max(problem.count for problem in found[:MOST]) == 5
    rest = found[-1]
    assert rest.places == 198 - MOST and rest.count == rest.places and rest.amount is None
    assert str(rest.message).startswith(f"{rest.places} shorter stretches, {rest.count} intervals together, from 2024")


def test_amounts_of_what_is_told_together_are_whole() -> None:
    values = np.tile([1.0, -0.5], 100)
    found = negative(seen(Series(0, 900, values)))
    assert len(found) == MOST + 1 and found[-1].amount == -0.5 * (100 - MOST)
    assert sum(problem.amount or 0.0 for problem in found) == -50.0


def test_limits_are_of_the_mean_power() -> None:
    series = local(MONDAY, 1, value=lambda day, hour: 26.0 if 8 <= hour < 9 else 1.0 if hour >= 23.5 else 10.0)
    found = limits(seen(series, lowest=Decimal(5), highest=Decimal(100)))
    assert [(p.count, p.amount) for p in found] == [(4, 104.0), (2, 2.0)]
    assert str(found[0].message) == (
        "From 2024-01-08 08:00 to 2024-01-08 09:00 up to 104 kW; the largest plausible value of the meter is 100 kW."
    )
    assert str(found[1].message).endswith("down to 4 kW; the smallest plausible value of the meter is 5 kW.")
    assert limits(seen(series)) == ()
    assert limits(seen(series, highest=Decimal(104), lowest=Decimal(4))) == ()


def test_limits_of_a_level_and_of_other_units() -> None:
    series = Series(0, 3600, np.array([100.0, 1600.0]))
    sensor = seen(series, medium="irradiance", direction="sensor", unit="W/m2", highest=Decimal(1500))
    problem = only(limits(sensor))
    assert problem.amount is None and "up to 1,600 W/m2" in str(problem.message)
    gas = only(limits(seen(series, medium="natural_gas", unit="m3", highest=Decimal(1500))))
    assert "up to 1,600 m3/h" in str(gas.message) and gas.amount == 1600.0


def test_less_than_nothing() -> None:
    series = Series(begin_of(MONDAY, SHANGHAI), 900, np.array([1.0, -2.0, -3.0, 1.0]))
    problem = only(negative(seen(series)))
    assert (problem.count, problem.amount) == (2, -5.0)
    assert str(problem.message) == "From 2024-01-08 00:15 to 2024-01-08 00:45 less than nothing was counted: -5 kWh."
    assert negative(seen(series, medium="temperature", unit="degC")) == ()


def test_a_stuck_value_is_longer_than_the_limit_and_not_zero() -> None:
    values = np.concatenate([np.arange(1.0, 11.0), np.full(49, 7.5), np.arange(1.0, 11.0), np.zeros(100), [3.0] * 48])
    series = Series(begin_of(MONDAY, SHANGHAI), 900, values)
    problem = only(stuck(seen(series)))
    assert (problem.count, problem.amount) == (49, 367.5)
    assert "the value stays 7.5 kWh for 49 intervals" in str(problem.message)
    assert len(stuck(seen(series), longest=47)) == 2
    assert stuck(seen(series), longest=49) == ()


def test_two_stuck_values_side_by_side_are_two() -> None:
    assert [p.count for p in stuck(seen(Series(0, 900, np.repeat([1.0, 2.0], 60))))] == [60, 60]


def test_a_gap_ends_what_is_stuck() -> None:
    assert stuck(seen(with_gap(Series(0, 900, np.full(60, 5.0)), 30, 31))) == ()


def test_days_repeat_themselves_rightly_a_few_times() -> None:
    assert stuck(seen(Series(0, 86400, np.full(4, 5.0)))) == ()
    assert only(stuck(seen(Series(0, 86400, np.full(5, 5.0))))).count == 5


@pytest.mark.parametrize("factor", [1000.0, 10_000.0, 1 / 1000, 1 / 10_000])
def test_a_slip_of_the_unit_is_found_with_its_days(factor: float) -> None:
    series = local(MONDAY, 30, value=lambda day, hour: wave(day, hour) * (factor if 10 <= day < 13 else 1.0))
    problem = only(slips(seen(series)))
    assert problem.count == 3 * 96 and problem.check == "slips"
    assert problem.start == series.start + 10 * 86400 and problem.end == series.start + 13 * 86400
    assert ("1/1,000" in str(problem.message)) == (factor < 1)


def test_when_most_values_slipped_the_others_show_the_jump() -> None:
    series = local(MONDAY, 30, value=lambda day, hour: wave(day, hour) * (1000.0 if day >= 10 else 1.0))
    problem = only(slips(seen(series)))
    assert problem.start == series.start and problem.count == 10 * 96


def test_a_single_value_of_another_unit() -> None:
    series = local(MONDAY, 10, value=lambda day, hour: 11_000.0 if (day, hour) == (4, 12.0) else wave(day, hour))
    problem = only(slips(seen(series)))
    assert (problem.count, problem.amount) == (1, 11_000.0)


def test_rest_snow_and_peaks_are_no_slips() -> None:
    rest = local(MONDAY, 30, value=lambda day, hour: wave(day, hour) * (0.01 if day % 7 > 4 else 1.0))
    assert slips(seen(rest)) == ()
    # Snow on the roof: the sum of the day is 1/1000, but not the largest value.
    snow = local(MONDAY, 30, value=lambda day, hour: 96.0 if day != 9 and 8 <= hour < 16 else float(hour == 12.0) * 3)
    assert slips(seen(snow)) == ()
    peaks = local(MONDAY, 30, value=lambda day, hour: 3000.0 if hour == 12.0 else wave(day, hour))
    assert slips(seen(peaks)) == ()


def test_a_machine_that_runs_now_and_then_is_no_slip() -> None:
    batches = local(MONDAY, 30, value=lambda day, hour: 10.0 if hour in (9.0, 9.25, 9.5, 14.0, 14.25, 14.5) else 0.01)
    assert slips(seen(batches)) == ()


def test_too_few_days_have_no_median() -> None:
    assert slips(seen(local(MONDAY, 3, value=lambda day, hour: 1000.0**day))) == ()
    assert slips(seen(Series(0, 900, np.empty(0)))) == ()
    assert slips(seen(Series(0, 900, np.full(960, np.nan)))) == ()
    assert slips(seen(local(MONDAY, 30, value=lambda day, hour: 1000.0 ** (day > 3)), medium="temperature")) == ()


@settings(max_examples=60, deadline=None)
@given(loads(), st.sampled_from([gaps, limits, negative, stuck, slips]))
def test_nothing_is_changed_and_every_problem_lies_in_the_series(series: Series, check: object) -> None:
    before = series.values.copy()
    assert callable(check)
    for problem in check(seen(series, WARSAW, highest=Decimal(100), lowest=Decimal(1))):
        assert series.start <= problem.start < problem.end <= series.end
        assert 0 < problem.count * series.step <= problem.end - problem.start
        assert problem.message.in_language("zh") and problem.remedy.in_language("zh")
    np.testing.assert_array_equal(series.values, before)
