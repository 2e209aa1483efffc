"""Limits of what a PV system does."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.solar import plausible
from core.solar.plausible import RANGES, area_density, judge, specific_yield
from tests.documented import run_examples


def test_examples_run() -> None:
    result = run_examples(plausible)
    assert result.attempted and not result.failed


def test_the_limits() -> None:
    limits = {key: (one.low, one.high, one.unit) for key, one in RANGES.items()}
    assert limits == {
        "specific_yield": (600, 2000, "kWh/kW/a"),
        "performance_ratio": (Decimal("0.6"), Decimal("0.9"), "1"),
        "area_density": (60, 220, "W/m2"),
    }


@pytest.mark.parametrize("key", RANGES)
def test_limits_belong_to_the_range_and_what_is_beyond_has_a_meaning(key: str) -> None:
    limits = RANGES[key]
    for inside in (limits.low, limits.high, float(limits.low), float(limits.high)):
        assert judge(key, inside).plausible and judge(key, inside).meaning is None
    assert judge(key, limits.low - Decimal("0.0001")).meaning is limits.below
    assert judge(key, limits.high + Decimal("0.0001")).meaning is limits.above


@given(st.sampled_from(sorted(RANGES)), st.floats(0, 1e5))
def test_the_sentence_never_contradicts_itself(key: str, value: float) -> None:
    found = judge(key, value)
    said = str(found.text).removeprefix(str(found.range.title)).split()[0].replace(",", "")
    assert judge(key, Decimal(said)).place == found.place
    assert found.place in str(found.text) and "{" not in str(found.text)


def test_a_number_just_beyond_is_not_rounded_onto_the_limit() -> None:
    assert str(judge("performance_ratio", 0.90004).text) == (
        "Performance ratio 0.90004 is above the plausible 0.6 to 0.9."
    )
    assert str(judge("specific_yield", 1181.04).text) == (
        "Specific yield 1,181 kWh/kW/a lies within the plausible 600 to 2,000."
    )


def test_figures_of_a_claim() -> None:
    assert specific_yield(1_200_000, 1_500) == 800
    assert area_density(1_500, 10_000) == 150


@pytest.mark.parametrize("kw", [0.0, -1.0, math.nan])
def test_nothing_per_nothing(kw: float) -> None:
    with pytest.raises(UserError, match="DC power"):
        specific_yield(1.0, kw)
    with pytest.raises(UserError, match="area"):
        area_density(1.0, kw)


@pytest.mark.parametrize("value", [math.nan, math.inf, Decimal("NaN")])
def test_no_number_is_not_judged(value: float | Decimal) -> None:
    with pytest.raises(UserError, match="no number"):
        judge("specific_yield", value)


def test_an_unknown_figure_is_a_bug() -> None:
    with pytest.raises(KeyError):
        judge("colour", 1)
