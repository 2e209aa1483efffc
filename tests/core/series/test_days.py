"""Sums of local days."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings

from core.series import Series
from core.series.days import day_sums
from core.series.zones import begin_of
from tests.core.series.shapes import AUTUMN, KOLKATA, SHANGHAI, SPRING, WARSAW, ZONES, loads, local, with_gap


def test_days_of_23_24_and_25_hours_are_whole() -> None:
    year = day_sums(local(date(2024, 1, 1), 366, WARSAW, 900), WARSAW)
    assert year.first == date(2024, 1, 1) and len(year.sums) == 366 and year.complete.all()
    hours = {(SPRING - year.first).days: 23, (AUTUMN - year.first).days: 25}
    expected = [4 * hours.get(day, 24) for day in range(366)]
    np.testing.assert_array_equal(year.expected, expected)
    np.testing.assert_array_equal(year.sums, expected)
    np.testing.assert_array_equal(year.mean, 4.0)


def test_a_day_with_a_gap_is_not_whole_and_one_without_values_has_no_sum() -> None:
    found = day_sums(with_gap(local(date(2024, 1, 1), 3), 90, 192), SHANGHAI)
    np.testing.assert_array_equal(found.sums, [90.0, np.nan, 96.0])
    assert found.present.tolist() == [90, 0, 96] and found.complete.tolist() == [False, False, True]


def test_a_series_that_begins_and_ends_within_days_has_no_whole_ones_there() -> None:
    whole = local(SPRING - timedelta(days=1), 3, WARSAW, 3600)
    part = Series(whole.start + 7200, 3600, whole.values[2:-3])
    found = day_sums(part, WARSAW)
    assert found.expected.tolist() == [24, 23, 24] and found.present.tolist() == [22, 23, 21]
    one = day_sums(Series(begin_of(AUTUMN, WARSAW) + 36000, 3600, np.ones(2)), WARSAW)
    assert one.expected.tolist() == [25] and one.sums.tolist() == [2.0]


def test_an_interval_belongs_to_the_day_in_which_it_begins() -> None:
    """Hours of UTC begin at half past in India: 18:30 UTC is midnight."""
    found = day_sums(Series(0, 3600, np.ones(48)), KOLKATA)
    assert found.present.tolist() == [19, 24, 5] and found.expected.tolist() == [24, 24, 24]


def test_levels_have_a_mean_of_the_day() -> None:
    found = day_sums(local(date(2024, 1, 1), 1, value=lambda day, hour: hour), SHANGHAI, level=True)
    assert found.mean[0] == pytest.approx(11.875)


def test_nothing_has_no_days() -> None:
    assert len(day_sums(Series(0, 900, np.empty(0)), SHANGHAI).sums) == 0


@settings(max_examples=100, deadline=None)
@given(loads(), ZONES)
def test_days_make_the_series(series: Series, zone: ZoneInfo) -> None:
    found = day_sums(series, zone)
    assert np.nansum(found.sums) == pytest.approx(np.nansum(series.values))
    assert found.present.sum() == np.count_nonzero(~np.isnan(series.values))
    assert (found.present <= found.expected).all()
