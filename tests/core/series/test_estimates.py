"""Filling gaps by a line or by other weeks."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.series import ESTIMATED, MEASURED, Series
from core.series.codec import encode
from core.series.estimates import LEAST, Estimate, linear, same_time
from core.series.working import Calendar
from core.series.zones import begin_of
from tests.core.series.shapes import AUTUMN, SHANGHAI, SPRING, WARSAW, ZONES, loads, local, with_gap

MONDAY = date(2024, 1, 8)


def untouched(before: Series, found: Estimate) -> None:
    """Nothing that was there has changed, and every value that was not is marked."""
    known = ~np.isnan(before.values)
    after = found.series
    np.testing.assert_array_equal(after.values[known], before.values[known])
    assert after.marks is not None and (after.start, after.step, len(after)) == (before.start, before.step, len(before))
    marks = np.zeros(len(before), np.uint8) if before.marks is None else before.marks
    np.testing.assert_array_equal(after.marks[known], marks[known])
    filled = ~known & ~np.isnan(after.values)
    assert (after.marks[filled] == ESTIMATED).all()
    assert found.count == filled.sum() and found.amount == pytest.approx(after.values[filled].sum())
    assert found.method.in_language("en") and found.method.in_language("zh")


def test_a_line_between_the_neighbours() -> None:
    series = Series(0, 900, np.array([1.0, np.nan, np.nan, np.nan, 3.0, np.nan, 5.0]))
    found = linear(series, 0, 4500, SHANGHAI)
    np.testing.assert_array_equal(found.series.values, [1.0, 1.5, 2.0, 2.5, 3.0, np.nan, 5.0])
    assert found.series.marks is not None and found.series.marks.tolist() == [0, 1, 1, 1, 0, 0, 0]
    assert (found.start, found.end, found.count, found.amount) == (900, 3600, 3, 6.0)
    assert str(found.method) == "Straight line between the neighbours of gaps of up to 2 h."
    untouched(series, found)


def test_a_line_is_for_short_gaps_alone() -> None:
    series = with_gap(local(MONDAY, 1), 8, 16)
    assert linear(series, series.start, series.end, SHANGHAI).count == 8
    longer = with_gap(series, 8, 17)
    with pytest.raises(UserError, match=r"The gap from 2024-01-08 02:00 is 2.25 h long") as caught:
        linear(longer, longer.start, longer.end, SHANGHAI)
    assert "use the same time of other weeks" in str(caught.value.remedy)
    assert linear(longer, longer.start, longer.end, SHANGHAI, longest=3.0).count == 9


def test_a_part_of_a_long_gap_is_no_short_gap() -> None:
    series = with_gap(local(MONDAY, 1), 8, 40)
    with pytest.raises(UserError, match="8 h long"):
        linear(series, series.start + 8 * 900, series.start + 12 * 900, SHANGHAI)


@pytest.mark.parametrize(("first", "last"), [(0, 2), (94, 96)])
def test_a_line_needs_two_ends(first: int, last: int) -> None:
    series = with_gap(local(MONDAY, 1), first, last)
    with pytest.raises(UserError, match="has no value on one side"):
        linear(series, series.start, series.end, SHANGHAI)


def test_where_nothing_is_missing_nothing_is_filled() -> None:
    series = with_gap(local(MONDAY, 1), 8, 9)
    for fill in (linear, same_time):
        with pytest.raises(UserError, match="No value is missing there"):
            fill(series, series.start + 9 * 900, series.end, SHANGHAI)


def test_other_weeks_at_the_same_time_of_the_same_day() -> None:
    """The value names week, day and hour; the mean of weeks 3 to 5 and 7 to 9 is that of week 6."""
    series = local(MONDAY, 84, step=3600, value=lambda day, hour: day // 7 * 1000 + day % 7 * 100 + hour)
    gap = with_gap(series, (6 * 7 + 2) * 24, (6 * 7 + 5) * 24)
    found = same_time(gap, gap.start, gap.end, SHANGHAI, weeks=3)
    np.testing.assert_allclose(found.series.values, series.values, rtol=0, atol=1e-9)
    assert found.count == 72
    assert str(found.method) == (
        "Mean of the measured values of the same time and day of the week in 3 weeks before and after."
    )
    untouched(gap, found)


def test_at_an_end_only_one_side_is_looked_at() -> None:
    series = local(MONDAY, 28, step=3600, value=lambda day, hour: float(day // 7))
    gap = with_gap(series, 0, 24)
    assert same_time(gap, gap.start, gap.end, SHANGHAI).series.values[5] == 2.0  # weeks 1, 2, 3


def test_estimates_are_no_source_of_estimates() -> None:
    series = local(MONDAY, 35, step=3600, value=lambda day, hour: 100.0 if day == 7 else 10.0)
    marks = np.zeros(len(series), np.uint8)
    marks[7 * 24 : 8 * 24] = ESTIMATED
    gap = with_gap(Series(series.start, 3600, series.values, marks), 14 * 24, 15 * 24)
    found = same_time(gap, gap.start, gap.end, SHANGHAI)
    np.testing.assert_array_equal(found.series.values[14 * 24 : 15 * 24], 10.0)
    untouched(gap, found)


def test_a_holiday_is_estimated_from_days_off_alone() -> None:
    series = local(MONDAY, 35, step=3600, value=lambda day, hour: 1.0 if day in (0, 7, 14) else 10.0)
    off = frozenset(MONDAY + timedelta(days=day) for day in (0, 7, 14))
    gap = with_gap(series, 7 * 24, 8 * 24)
    found = same_time(gap, gap.start, gap.end, SHANGHAI, calendar=Calendar(holidays=off))
    np.testing.assert_array_equal(found.series.values[7 * 24 : 8 * 24], 1.0)
    mixed = same_time(gap, gap.start, gap.end, SHANGHAI)
    np.testing.assert_array_equal(mixed.series.values[7 * 24 : 8 * 24], 5.5)  # 1, 1, 10, 10 of four Mondays


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_the_clock_counts_around_its_change(day: date) -> None:
    """A load that follows the clock is estimated as it was, on days of 23 and 25 hours and in the weeks around them."""
    first = day - timedelta(days=28)
    series = local(first, 57, WARSAW, 900, lambda number, hour: float(hour * 4 + 1))
    begin, end = begin_of(day, WARSAW), begin_of(day + timedelta(days=1), WARSAW)
    places = (begin - series.start) // 900, (end - series.start) // 900
    gap = with_gap(series, *places)
    found = same_time(gap, begin, end, WARSAW)
    np.testing.assert_array_equal(found.series.values, series.values)
    assert found.count in (92, 100)


def test_the_hour_that_is_skipped_in_spring_takes_from_the_weeks_that_have_it() -> None:
    first = SPRING - timedelta(days=14)
    series = local(first, 29, WARSAW, 3600, lambda day, hour: 5.0)
    later = with_gap(
        series, *(((begin_of(SPRING + timedelta(days=7), WARSAW) - series.start) // 3600 + i) for i in (2, 3))
    )
    assert same_time(later, later.start, later.end, WARSAW, weeks=2).count == 1


def test_too_little_to_go_by_is_refused() -> None:
    series = with_gap(local(MONDAY, 14, step=3600), 0, 30)
    with pytest.raises(UserError) as caught:
        same_time(series, series.start, series.end, SHANGHAI)
    assert str(caught.value) == (
        f"30 values, the first at 2024-01-08 00:00, have fewer than {LEAST} measured ones in 4 weeks around them."
    )
    with pytest.raises(UserError, match="fewer than"):
        same_time(with_gap(series, 0, len(series)), series.start, series.end, SHANGHAI)


def test_estimates_have_the_decimals_of_the_measured_values() -> None:
    """So that the month is still kept as integers, whose sums are exact."""
    series = local(MONDAY, 35, step=3600, value=lambda day, hour: round(10 + day / 3 + hour / 7, 3))
    gap = with_gap(series, 7 * 24, 8 * 24)
    assert encode(same_time(gap, gap.start, gap.end, SHANGHAI).series.values).codec == "i4e3"
    whole = with_gap(local(MONDAY, 1, step=3600, value=lambda day, hour: hour**2), 3, 4)
    assert linear(whole, whole.start, whole.end, SHANGHAI).series.values[3] == 10.0
    endless = with_gap(local(MONDAY, 1, step=3600, value=lambda day, hour: hour / 7), 3, 4)
    assert linear(endless, endless.start, endless.end, SHANGHAI).series.values[3] == round(3 / 7, 6)


@settings(max_examples=100, deadline=None)
@given(loads(least=2), ZONES, st.integers(0, 300), st.integers(1, 300))
def test_a_line_never_changes_a_measured_value(series: Series, zone: ZoneInfo, first: int, length: int) -> None:
    before = series.values.copy()
    span = series.start + first * series.step, series.start + (first + length) * series.step
    try:
        found = linear(series, *span, zone, longest=1000.0)
    except UserError:
        assume(False)
    untouched(series, found)
    np.testing.assert_array_equal(series.values, before)
    known = series.values[~np.isnan(series.values)]
    assert known.min() - 1e-6 <= np.nanmin(found.series.values) <= np.nanmax(found.series.values) <= known.max() + 1e-6


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 56 * 24 - 1), st.integers(1, 100), st.integers(0, 10**6), ZONES)
def test_other_weeks_never_change_a_measured_value(first: int, length: int, seed: int, zone: ZoneInfo) -> None:
    series = local(SPRING - timedelta(days=28), 56, zone, 3600)
    values = np.round(np.random.default_rng(seed).random(len(series)) * 100, 2)
    marks = np.where(values < 5, ESTIMATED, MEASURED).astype(np.uint8)
    gap = with_gap(Series(series.start, 3600, values, marks), first, first + length)
    try:
        found = same_time(gap, gap.start, gap.end, zone)
    except UserError:
        assume(False)
    untouched(gap, found)
    assert not np.isnan(found.series.values).any()
    measured = values[(marks == MEASURED) & ~np.isnan(gap.values)]
    filled = found.series.values[np.isnan(gap.values)]
    assert measured.min() - 0.001 <= filled.min() <= filled.max() <= measured.max() + 0.001
