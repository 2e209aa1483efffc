"""What comes out is what went in: in spans, in coarser steps, and as sums of months."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.series import Series
from core.series.index import Index
from core.series.read import monthly, series_of, totals, values
from core.series.zones import month_bounds
from tests.core.series.loads import load
from tests.core.series.store import BERLIN, KOLKATA, SHANGHAI, Meter, series, utc

NAN = math.nan
APRIL = utc(2024, 3, 31, 22)


def meter_of(*parts: Series) -> Meter:
    meter = Meter()
    meter.merge(*parts)
    return meter


def rows(part: Series) -> list[tuple[int, float]]:
    return [(s, v) for s, v in zip(part.starts.tolist(), part.values.tolist(), strict=True) if not math.isnan(v)]


@given(st.integers(-5, 40), st.integers(-5, 40), st.integers(-450, 450))
def test_a_span_gives_the_slots_that_begin_in_it(first: int, after: int, shift: int) -> None:
    given_values = Series(APRIL - 9000, 900, np.where(np.arange(35) % 7 == 3, np.nan, np.arange(35.0)))
    meter = meter_of(given_values)
    start, end = given_values.start + first * 900 + shift, given_values.start + after * 900
    found = values(meter.known, meter.blob, start, end)
    assert [r for part in found for r in rows(part)] == [r for r in rows(given_values) if start <= r[0] < end]
    assert all(part.start >= start and part.end < end + 900 for part in found if len(part))


def test_gaps_stay_missing_and_marks_come_along() -> None:
    meter = meter_of(series(APRIL - 900, 900, 1, 2, NAN, 4, marks=[0, 1, 0, 0]))
    (found,) = values(meter.known, meter.blob, 0, 2**33)
    assert np.array_equal(found.values, [1, 2, NAN, 4], equal_nan=True)
    assert found.marks is not None and found.marks.tolist() == [0, 1, 0, 0]
    assert found.start == APRIL - 900


def test_stretches_of_other_steps_come_apart() -> None:
    meter = meter_of(series(APRIL - 7200, 3600, 4, 4), series(APRIL, 900, 1, 1, 1, 1), series(APRIL + 3600, 3600, 7))
    found = values(meter.known, meter.blob, 0, 2**33)
    assert [(p.start, p.step, p.values.tolist()) for p in found] == [
        (APRIL - 7200, 3600, [4, 4]),
        (APRIL, 900, [1, 1, 1, 1]),
        (APRIL + 3600, 3600, [7]),
    ]
    hourly = series_of(meter.known, meter.blob, APRIL - 7200, APRIL + 7200)
    assert (hourly.step, hourly.values.tolist()) == (3600, [4, 4, 4, 7])
    with pytest.raises(UserError, match="3600 s cannot be shown in steps of 900 s"):
        series_of(meter.known, meter.blob, APRIL - 7200, APRIL, 900)


def test_amounts_are_summed_and_levels_averaged() -> None:
    meter = meter_of(series(APRIL, 900, 1, 2, 3, 4, 5, NAN, 7, 8, marks=[0, 0, 1, 0, 1, 0, 0, 0]))
    summed = series_of(meter.known, meter.blob, APRIL, APRIL + 7200, 1800)
    assert np.array_equal(summed.values, [3, 7, NAN, 15], equal_nan=True)
    assert summed.marks is not None and summed.marks.tolist() == [0, 1, 0, 0]
    mean = series_of(meter.known, meter.blob, APRIL, APRIL + 7200, 1800, level=True)
    assert np.array_equal(mean.values, [1.5, 3.5, NAN, 7.5], equal_nan=True)


def test_a_coarse_slot_of_two_kinds_of_steps_is_whole() -> None:
    meter = meter_of(series(APRIL, 900, 1, 3), series(APRIL + 1800, 1800, 6))
    assert series_of(meter.known, meter.blob, APRIL, APRIL + 3600, 3600).values.tolist() == [10]
    assert series_of(meter.known, meter.blob, APRIL, APRIL + 3600, 3600, level=True).values.tolist() == [4]


def test_slots_across_an_edge_of_the_coarse_grid_make_both_missing() -> None:
    meter = meter_of(Series(APRIL, 1800, np.arange(1.0, 9.0)))
    found = series_of(meter.known, meter.blob, APRIL + 900, APRIL + 900 + 10800, 3600)
    assert np.isnan(found.values).all() and found.start == APRIL + 900


def test_without_a_step_the_grid_is_that_of_the_values() -> None:
    meter = Meter(KOLKATA)
    meter.merge(Series(utc(2024, 4, 30, 18, 30), 3600, np.arange(5.0)))
    found = series_of(meter.known, meter.blob, utc(2024, 4, 30, 19), utc(2024, 4, 30, 22))
    assert (found.start, found.values.tolist()) == (utc(2024, 4, 30, 19, 30), [1, 2, 3])


def test_where_nothing_is_known_everything_is_missing() -> None:
    meter = meter_of(series(APRIL, 900, 1.0))
    found = series_of(meter.known, meter.blob, APRIL + 7200, APRIL + 14400, 3600)
    assert np.isnan(found.values).tolist() == [True, True]
    assert len(series_of(meter.known, meter.blob, APRIL + 7200, APRIL)) == 0
    assert values(Index.of("Europe/Berlin", []), meter.blob, 0, 2**33) == ()


@given(st.sampled_from([900, 1800, 3600, 7200, 21600]), st.integers(0, 3))
def test_a_coarser_step_keeps_the_sum(step: int, seed: int) -> None:
    whole = Series(APRIL - 5 * 86400, 900, load(10, 50, seed=seed))
    meter = meter_of(whole)
    found = series_of(meter.known, meter.blob, whole.start, whole.end, step)
    assert len(found) * step == 10 * 86400
    assert float(found.values.sum()) == pytest.approx(float(whole.values.sum()), rel=1e-12)
    if step == 900:
        assert np.array_equal(found.values, whole.values)


def test_levels_in_their_own_steps_come_back_exactly() -> None:
    whole = Series(APRIL, 900, np.random.default_rng(3).normal(20, 5, 400))
    meter = meter_of(whole)
    found = series_of(meter.known, meter.blob, whole.start, whole.end, 900, level=True)
    assert np.array_equal(found.values, whole.values)


def test_months_are_summed_exactly_and_without_a_block() -> None:
    whole = Series(utc(2023, 12, 31, 23), 900, load(366, 100))
    meter = meter_of(whole)
    meter.asked = []
    sums = monthly(meter.known, meter.blob, BERLIN, date(2024, 1, 15), date(2024, 12, 1))
    assert meter.asked == []
    assert [m.month for m in sums] == [date(2024, month, 1) for month in range(1, 13)]
    exact = sum((Decimal(repr(v)) for v in whole.values.tolist()), Decimal(0))
    assert sum(m.total for m in sums) == exact
    assert [m.expected for m in sums] == [m.present for m in sums]
    assert [m.expected - 96 * 30 for m in sums if m.month.month in (3, 4, 10)] == [96 - 4, 0, 96 + 4]
    assert all(m.complete for m in sums)


def test_months_by_another_zone_are_calculated_from_the_values() -> None:
    whole = Series(utc(2023, 12, 31, 16), 900, load(90, 100))
    meter, direct = meter_of(whole), Meter(SHANGHAI)
    direct.merge(whole)
    months = (date(2024, 1, 1), date(2024, 3, 1))
    found = monthly(meter.known, meter.blob, SHANGHAI, *months)
    assert found == monthly(direct.known, direct.blob, SHANGHAI, *months)
    assert [m.total for m in found] != [m.total for m in monthly(meter.known, meter.blob, BERLIN, *months)]
    assert all(m.complete for m in found[:2])


def test_missing_and_estimated_values_are_counted() -> None:
    meter = meter_of(series(APRIL, 3600, 1, NAN, 3, marks=[0, 0, 1]))
    before, here, after = monthly(meter.known, meter.blob, BERLIN, date(2024, 3, 1), date(2024, 5, 1))
    assert (here.total, here.expected, here.present, here.estimated) == (Decimal(4), 720, 2, 1)
    assert (before.total, before.expected, before.present) == (Decimal(0), 743, 0)
    assert (after.expected, after.present, after.complete) == (744, 0, False)
    assert (
        monthly(Index.of("Europe/Berlin", []), meter.blob, BERLIN, date(2024, 3, 1), date(2024, 3, 1))[0].expected == 0
    )
    assert monthly(meter.known, meter.blob, BERLIN, date(2024, 3, 1), date(2024, 2, 1)) == []


def test_a_month_whose_steps_change_expects_slots_of_both() -> None:
    """Ten days of hours, from then on quarters of an hour; May continues so."""
    change = APRIL + 10 * 86400
    meter = meter_of(Series(APRIL, 3600, np.ones(240)), Series(change, 900, np.ones(20 * 96 + 40)))
    april, may, june = monthly(meter.known, meter.blob, BERLIN, date(2024, 4, 1), date(2024, 6, 1))
    assert (april.expected, april.present) == (240 + 20 * 96, 240 + 20 * 96)
    assert (may.expected, may.present, june.expected) == (31 * 96, 40, 30 * 96)


def test_hours_across_midnight_are_expected_where_they_begin() -> None:
    meter = Meter(KOLKATA)
    start = utc(2024, 3, 31, 18)
    meter.merge(Series(start, 3600, np.ones(24 * 61)))
    sums = monthly(meter.known, meter.blob, KOLKATA, date(2024, 3, 1), date(2024, 5, 1))
    assert [(m.expected, m.present) for m in sums] == [(744, 1), (720, 720), (744, 743)]


@given(
    st.lists(st.tuples(st.integers(0, 200), st.sampled_from([900, 1800]), st.integers(1, 80)), min_size=1, max_size=4)
)
def test_sums_of_months_are_sums_of_their_slots(parts: list[tuple[int, int, int]]) -> None:
    meter = Meter()
    for at, step, count in parts:
        meter.merge(Series(APRIL - 86400 + at * 3600, step, np.arange(count) / 10), overwrite=True)
    bounds = month_bounds(date(2024, 3, 1), date(2024, 4, 1), BERLIN)
    sums = monthly(meter.known, meter.blob, BERLIN, date(2024, 3, 1), date(2024, 4, 1))
    floats = totals([meter.known], date(2024, 3, 1), date(2024, 4, 1))[0]
    for found, (day, start, end), number in zip(sums, bounds, floats.tolist(), strict=True):
        there = [r for part in values(meter.known, meter.blob, start, end) for r in rows(part)]
        assert (found.month, found.present) == (day, len(there))
        assert found.total == sum((Decimal(repr(v)) for _, v in there), Decimal(0))
        assert found.present <= found.expected or len({step for _, step, _ in parts}) > 1
        assert number == pytest.approx(float(found.total)) if there else math.isnan(number)


def test_sums_of_many_meters_at_once() -> None:
    one = meter_of(Series(utc(2024, 1, 5), 900, load(80, 100)))
    other = meter_of(Series(utc(2024, 2, 5), 1800, np.random.default_rng(1).random(900)))
    empty = Index.of("Europe/Berlin", [])
    months = (date(2023, 12, 1), date(2024, 4, 30))
    found = totals([one.known, empty, other.known], *months)
    assert found.shape == (3, 5)
    for row, meter in ((0, one), (2, other)):
        sums = monthly(meter.known, meter.blob, BERLIN, *months)
        expected = [float(m.total) if m.present else NAN for m in sums]
        assert np.allclose(found[row], expected, rtol=1e-15, equal_nan=True)
    assert np.isnan(found[1]).all()
    assert totals([], *months).shape == (0, 5)
    assert totals([empty], months[1], months[0]).shape == (1, 0)
