"""Series on the clock of the plant."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.series import Series
from core.series.clock import added_up, clock, mean_power, ratio
from core.series.zones import local_parts
from tests.core.series.shapes import ZONES


def test_mean_power_is_the_amount_over_the_time_and_a_level_is_itself() -> None:
    series = Series(0, 900, np.array([25.0, np.nan, 0.0]))
    np.testing.assert_array_equal(mean_power(series), [100.0, np.nan, 0.0])
    assert mean_power(series, level=True) is series.values


@settings(max_examples=200, deadline=None)
@given(
    st.integers(1_100_000_000, 1_900_000_000),
    st.sampled_from([60, 900, 1800, 3600, 43200, 86400]),
    st.integers(0, 3000),
    ZONES,
)
def test_the_clock_of_a_series_is_that_of_its_moments(start: int, step: int, count: int, zone: ZoneInfo) -> None:
    series = Series(start, step, np.zeros(count))
    np.testing.assert_array_equal(clock(series, zone), local_parts(series.starts, zone))


def test_sums_of_groups_leave_out_what_is_missing() -> None:
    series = Series(0, 1800, np.array([1.0, np.nan, 2.0, np.nan]))
    sums, count = added_up(series, np.array([0, 0, 0, 1]), 3, level=False)
    np.testing.assert_array_equal(sums, [3.0, np.nan, np.nan])
    assert count.tolist() == [2, 0, 0]
    assert added_up(series, np.array([0, 0, 0, 1]), 3, level=True)[0][0] == 1.5


def test_nothing_by_nothing_is_not_known() -> None:
    np.testing.assert_array_equal(ratio(np.array([1.0, 0.0, np.nan]), np.array([2.0, 0.0, 1.0])), [0.5, np.nan, np.nan])
