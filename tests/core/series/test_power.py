"""Energy from power: the published case, and laws."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.series import Series
from core.series.power import Label, Spans, energy, resampled, spans_of, spans_of_power

NAN = math.nan
CASE = json.loads((Path(__file__).parents[2] / "data" / "energy_from_power.json").read_text("utf-8"))
RDTOOLS = CASE["energy_from_power"]
TIMES = np.array([int(datetime.fromisoformat(t).replace(tzinfo=UTC).timestamp()) for t in RDTOOLS["times"]])
WATT = np.array(RDTOOLS["power_w"], np.float64)
NOON = int(TIMES[0])


def test_published_right_labelled() -> None:
    found = spans_of_power(TIMES, WATT, "right")
    assert found.amount.tolist() == RDTOOLS["right_labelled_wh"]
    assert found.end.tolist() == TIMES[1:].tolist()


def test_published_instantaneous() -> None:
    found = spans_of_power(TIMES, WATT, "instantaneous")
    assert found.amount.tolist() == RDTOOLS["instantaneous_trapezoid_wh"]
    equal = energy(Series(NOON, 900, WATT), "instantaneous")
    assert equal.values.tolist() == RDTOOLS["instantaneous_trapezoid_wh"]
    assert equal.start == NOON


def test_published_gap_is_missing_and_not_interpolated() -> None:
    there = [0, 2, 3, 4]
    found = resampled(spans_of_power(TIMES[there], WATT[there], "right"), NOON, 900, 4)
    assert np.array_equal(found.values, [NAN, NAN, *RDTOOLS["right_labelled_wh"][2:]], equal_nan=True)
    wide = spans_of_power(TIMES[there], WATT[there], "right", longest=1800)
    assert wide.amount.tolist() == [1.5, 0.5, 0.25]


def test_published_steps_of_twenty_minutes() -> None:
    found = resampled(spans_of_power(TIMES, WATT, "right"), NOON, 1200, 3)
    assert found.values.tolist() == pytest.approx(RDTOOLS["resample_20min_wh"], abs=1e-9)
    assert found.step == 1200


def test_a_mean_belongs_to_the_interval_before_or_after_its_time() -> None:
    power = Series(NOON, 900, np.array([4.0, 8.0, NAN]), np.array([0, 1, 0], np.uint8))
    left, right = energy(power), energy(power, "right")
    assert (left.start, right.start) == (NOON, NOON - 900)
    for found in (left, right):
        assert np.array_equal(found.values, [1, 2, NAN], equal_nan=True)
        assert found.marks is not None and found.marks.tolist() == [0, 1, 0]
    moments = energy(power, "instantaneous")
    assert np.array_equal(moments.values, [1.5, NAN], equal_nan=True)
    assert moments.marks is not None and moments.marks.tolist() == [1, 1]


def test_left_labelled_times() -> None:
    found = spans_of_power(TIMES, WATT, "left")
    assert found.amount.tolist() == [0.25, 0.5, 0.75, 0.5]


@pytest.mark.parametrize("times", [[0, 900, 900], [0, 900, 600]])
def test_times_that_do_not_increase_are_refused(times: list[int]) -> None:
    with pytest.raises(UserError, match="do not increase"):
        spans_of_power(np.array(times), np.ones(3), "left")


@pytest.mark.parametrize("n", [0, 1])
def test_without_two_times_there_is_no_energy(n: int) -> None:
    assert not len(spans_of_power(TIMES[:n], WATT[:n], "right").amount)
    assert np.isnan(resampled(spans_of_power(TIMES[:n], WATT[:n], "right"), 0, 900, 2).values).all()
    assert len(energy(Series(0, 900, WATT[:n]), "instantaneous")) == 0


def test_a_slot_that_is_not_covered_wholly_is_missing() -> None:
    spans = Spans(np.array([100, 1000]), np.array([1000, 1900]), np.array([9.0, 18.0]))
    found = resampled(spans, 0, 900, 3)
    assert np.array_equal(found.values, [NAN, 1 + 16, NAN], equal_nan=True)
    assert len(resampled(spans, 0, 900, 0)) == 0


@given(
    st.lists(st.floats(0, 1e6) | st.just(NAN), min_size=1, max_size=60),
    st.sampled_from([300, 600, 900, 1200, 3600]),
    st.sampled_from([300, 900, 1800]),
)
def test_equal_steps_come_back_and_coarser_ones_keep_the_sum(values: list[float], step: int, own: int) -> None:
    series = Series(NOON, own, np.array(values))
    same = resampled(spans_of(series), NOON, own, len(values))
    assert np.array_equal(same.values, series.values, equal_nan=True)
    count = -(-own * len(values) // step)
    found = resampled(spans_of(series), NOON, step, count)
    if not np.isnan(series.values).any() and count * step == own * len(values):
        assert found.values.sum() == pytest.approx(series.values.sum(), rel=1e-12)
    for place in range(count):
        first, last = place * step // own, -(-(place + 1) * step // own)
        touched = series.values[first:last]
        whole = last * own <= own * len(values) and not np.isnan(touched).any()
        assert math.isnan(found.values[place]) == (not whole or (place + 1) * step > own * len(values))


@given(st.lists(st.floats(0, 1e3), min_size=2, max_size=30), st.sampled_from(["left", "right", "instantaneous"]))
def test_equal_and_unequal_spacing_agree(values: list[float], label: Label) -> None:
    power = Series(NOON, 900, np.array(values))
    equal = energy(power, label)
    spans = spans_of_power(power.starts, power.values, label)
    by_start = dict(zip(equal.starts.tolist(), equal.values.tolist(), strict=True))
    assert [by_start[start] for start in spans.start.tolist()] == pytest.approx(spans.amount.tolist(), rel=1e-12)
