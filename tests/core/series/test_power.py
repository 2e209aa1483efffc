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

from core.series import Series
from core.series.power import Label, energy

NAN = math.nan
CASE = json.loads((Path(__file__).parents[2] / "data" / "energy_from_power.json").read_text("utf-8"))
RDTOOLS = CASE["energy_from_power"]
WATT = np.array(RDTOOLS["power_w"], np.float64)
NOON = int(datetime.fromisoformat(RDTOOLS["times"][0]).replace(tzinfo=UTC).timestamp())


def test_published_right_labelled() -> None:
    found = energy(Series(NOON, 900, WATT), "right")
    assert found.values[1:].tolist() == RDTOOLS["right_labelled_wh"]
    assert found.start == NOON - 900


def test_published_instantaneous() -> None:
    found = energy(Series(NOON, 900, WATT), "instantaneous")
    assert found.values.tolist() == RDTOOLS["instantaneous_trapezoid_wh"]
    assert found.start == NOON


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


@pytest.mark.parametrize("n", [0, 1])
def test_without_two_moments_there_is_no_energy_between_them(n: int) -> None:
    assert len(energy(Series(0, 900, WATT[:n]), "instantaneous")) == 0


@given(st.floats(0, 1e3), st.integers(2, 30), st.sampled_from(["left", "right", "instantaneous"]))
def test_of_a_steady_power_every_label_says_the_same(power: float, count: int, label: Label) -> None:
    found = energy(Series(NOON, 900, np.full(count, power)), label)
    assert found.values == pytest.approx(np.full(len(found), power / 4), rel=1e-12)
