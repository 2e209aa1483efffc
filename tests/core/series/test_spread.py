"""Filling gaps from a known total."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.series import ESTIMATED, Series
from core.series.profiles import profile
from core.series.spread import spread
from core.series.working import Calendar
from tests.core.series.shapes import SHANGHAI, WARSAW, local, with_gap

MONDAY = date(2024, 1, 8)


def exact(series: Series) -> Decimal:
    return sum((Decimal(repr(value)) for value in series.values.tolist()), Decimal(0))


def test_the_rest_of_a_bill_is_spread_evenly() -> None:
    series = with_gap(local(MONDAY, 1, step=3600, value=lambda day, hour: 10.0), 6, 12)
    found = spread(series, series.start, series.end, SHANGHAI, total=Decimal(300), source="bill 17")
    np.testing.assert_array_equal(found.series.values[6:12], 20.0)
    assert found.series.marks is not None and found.series.marks.tolist() == [0] * 6 + [ESTIMATED] * 6 + [0] * 12
    assert (found.count, found.amount) == (6, 120.0)
    assert str(found.method) == "Total of 300 by bill 17, less the values that are there, spread evenly."


def test_by_the_profile_of_the_meter_on_the_clock_of_the_plant() -> None:
    def load(day: int, hour: float) -> float:
        return 30.0 if day % 7 < 5 and 8 <= hour < 16 else 10.0

    whole = local(date(2024, 3, 18), 28, WARSAW, 900, load)  # with the change of the clock on 31 March
    gap = with_gap(whole, 12 * 96, 15 * 96)
    found = spread(gap, gap.start, gap.end, WARSAW, total=exact(whole), source="bill", profile=profile(gap, WARSAW))
    np.testing.assert_allclose(found.series.values, whole.values, atol=0.001)
    assert exact(found.series) == exact(whole)
    assert "spread by the load profile" in str(found.method)


def test_a_holiday_has_the_profile_of_a_day_off() -> None:
    off = Calendar(holidays=frozenset({MONDAY}))
    gap = with_gap(local(MONDAY, 2, step=86400), 0, 2)
    plain = profile(local(MONDAY, 14, step=86400, value=lambda d, h: 1.0 if d % 7 > 4 else 3.0), SHANGHAI)
    found = spread(gap, gap.start, gap.end, SHANGHAI, total=Decimal(4), source="b", profile=plain, calendar=off)
    assert found.series.values.tolist() == [1.0, 3.0]


def test_only_the_span_of_the_total_is_filled_and_only_its_values_are_deducted() -> None:
    series = with_gap(with_gap(local(MONDAY, 2, step=3600, value=lambda day, hour: 10.0), 0, 2), 30, 32)
    found = spread(series, series.start + 86400, series.end, SHANGHAI, total=Decimal(230), source="b")
    assert np.isnan(found.series.values[:2]).all()
    assert found.series.values[30:32].tolist() == [5.0, 5.0]


def test_refusals() -> None:
    series = with_gap(local(MONDAY, 1, step=3600, value=lambda day, hour: 10.0), 6, 12)
    span = series.start, series.end
    with pytest.raises(UserError, match="make 180 already, more than the total of 179"):
        spread(series, *span, SHANGHAI, total=Decimal(179), source="b")
    with pytest.raises(UserError, match="covers more time"):
        spread(series, series.start - 1, series.end, SHANGHAI, total=Decimal(300), source="b")
    with pytest.raises(UserError, match="No value is missing"):
        spread(series, series.start, series.start + 3600, SHANGHAI, total=Decimal(300), source="b")
    with pytest.raises(UserError, match="too many digits"):
        spread(series, *span, SHANGHAI, total=Decimal("1234567890.123456789"), source="b")
    with pytest.raises(UserError, match="no usable mean"):
        spread(series, *span, SHANGHAI, total=Decimal(300), source="b", profile=profile(series, SHANGHAI))


def test_nothing_left_fills_zeros() -> None:
    series = with_gap(local(MONDAY, 1, step=3600, value=lambda day, hour: 10.0), 6, 12)
    found = spread(series, series.start, series.end, SHANGHAI, total=Decimal(180), source="b")
    assert found.amount == 0.0 and exact(found.series) == 180


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, 10**9).map(lambda n: Decimal(n) / 100),
    st.integers(0, 10**6),
    st.integers(0, 90),
    st.integers(1, 90),
)
def test_the_sum_is_the_total_to_the_last_digit_and_nothing_measured_changes(
    rest: Decimal, seed: int, first: int, length: int
) -> None:
    rng = np.random.default_rng(seed)
    whole = local(MONDAY, 1)
    measured = Series(whole.start, 900, np.round(rng.random(96) * 50, 2))
    gap = with_gap(measured, first, first + length)
    known = ~np.isnan(gap.values)
    total = rest + exact(Series(0, 900, gap.values[known]))
    shape = profile(measured, SHANGHAI, kinds="all", slot=21600)
    for by in (None, shape):
        found = spread(gap, gap.start, gap.end, SHANGHAI, total=total, source="b", profile=by)
        assert exact(found.series) == total
        np.testing.assert_array_equal(found.series.values[known], gap.values[known])
        assert (found.series.values[~known] >= 0).all()
