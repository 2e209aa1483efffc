"""Duration curve, base load and peak."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings

from core.series import Series
from core.series.clock import mean_power
from core.series.curves import base_load, duration_curve, peak
from tests.core.series.shapes import AUTUMN, SHANGHAI, SPRING, WARSAW, loads, local, with_gap

MONDAY = date(2024, 1, 8)


def test_a_duration_curve_falls() -> None:
    found = duration_curve(Series(0, 1800, np.array([1.0, np.nan, 3.0, 2.0])))
    assert found.power.tolist() == [6.0, 4.0, 2.0] and found.hours.tolist() == [0.5, 1.0, 1.5]
    assert found.load_factor == pytest.approx(4 / 6)


def test_what_was_needed_for_a_share_of_the_time() -> None:
    found = duration_curve(Series(0, 3600, np.arange(1.0, 11.0)))
    assert [found.needed_for(share) for share in (0.0, 0.1, 0.11, 0.5, 1.0)] == [10.0, 10.0, 9.0, 6.0, 1.0]


def test_a_curve_of_nothing() -> None:
    found = duration_curve(Series(0, 900, np.full(4, np.nan)))
    assert len(found.power) == len(found.hours) == 0
    assert found.load_factor is None and found.needed_for(0.5) is None
    assert duration_curve(Series(0, 900, np.zeros(4))).load_factor is None


@settings(max_examples=100, deadline=None)
@given(loads())
def test_a_duration_curve_is_a_permutation(series: Series) -> None:
    power = mean_power(series)
    found = duration_curve(series)
    np.testing.assert_array_equal(np.sort(found.power), np.sort(power[~np.isnan(power)]))
    assert (np.diff(found.power) <= 0).all()
    assert found.power.sum() * found.step == pytest.approx(np.nansum(series.values))


def test_the_base_load_is_the_median_of_the_lowest_of_each_night() -> None:
    def load(day: int, hour: float) -> float:
        return 100.0 if hour >= 5 else [10.0, 12.0, 11.0][day % 3] + (0.0 if hour == 3.0 else 1.0)

    found = base_load(local(MONDAY, 9, step=3600, value=load), SHANGHAI)
    assert found is not None
    assert (found.power, found.nights, found.left_out) == (11.0, 9, 0)
    total = 9 * 19 * 100 + 3 * (5 * (10 + 12 + 11) + 3 * 4)
    below = 9 * 24 * 11 - 3 * 1  # of the nights of 10 kW one hour lies below 11
    assert found.share == pytest.approx(below / total)
    assert str(found.method) == ("Median of the smallest mean power of 9 nights, 0:00 to 5:00, in intervals of 60 min.")


def test_one_night_of_standstill_does_not_move_the_base_load() -> None:
    found = base_load(local(MONDAY, 9, value=lambda day, hour: 0.0 if day == 4 else 5.0), SHANGHAI)
    assert found is not None and found.power == 20.0 and found.share == 1.0


def test_nights_with_much_missing_do_not_count() -> None:
    whole = local(MONDAY, 4, value=lambda day, hour: float(day + 1))
    found = base_load(with_gap(whole, 4, 10), SHANGHAI)  # 6 of 20 quarters of the first night
    assert found is not None and (found.nights, found.left_out, found.power) == (3, 1, 12.0)
    little = base_load(with_gap(whole, 4, 9), SHANGHAI)
    assert little is not None and (little.nights, little.left_out) == (4, 0)
    begun = Series(whole.start + 10 * 900, 900, whole.values[10:])
    late = base_load(begun, SHANGHAI)
    assert late is not None and (late.nights, late.left_out) == (3, 1)


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_nights_of_four_and_six_hours_count(day: date) -> None:
    found = base_load(local(day, 1, WARSAW), WARSAW)
    assert found is not None and found.nights == 1 and found.power == 4.0


def test_without_nights_or_use_there_is_no_base_load() -> None:
    day = local(MONDAY, 1)
    assert base_load(Series(day.start + 8 * 3600, 900, day.values[32:]), SHANGHAI) is None
    assert base_load(with_gap(day, 0, 96), SHANGHAI) is None
    assert base_load(local(MONDAY, 1, value=lambda day, hour: 0.0), SHANGHAI) is None
    assert base_load(Series(0, 900, np.empty(0)), SHANGHAI) is None


def test_other_hours_of_the_night() -> None:
    found = base_load(local(MONDAY, 3, value=lambda day, hour: hour), SHANGHAI, night=(1, 4))
    assert found is not None and found.power == 4.0


def test_the_peak_is_the_first_of_the_largest() -> None:
    found = peak(Series(1000, 900, np.array([1.0, np.nan, 5.0, 5.0])))
    assert found is not None
    assert (found.power, found.start, found.end) == (20.0, 2800, 3700)
    assert peak(Series(0, 900, np.full(3, np.nan))) is None
    level = peak(Series(0, 900, np.array([1.0, 7.0])), level=True)
    assert level is not None and level.power == 7.0
