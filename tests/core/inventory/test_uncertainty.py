"""Combining uncertainties and sharing totals."""

from __future__ import annotations

import math
from decimal import Decimal
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.inventory import allocation, package, period, quality, views
from core.inventory.allocation import allocate
from core.inventory.uncertainty import (
    combine,
    combine_product,
    combine_sum,
    defaults,
    draws,
    formula,
    geometric_deviation,
)
from tests.documented import run_examples

PERCENT = st.decimals(0, 200, places=2)
WEIGHTS = st.lists(st.decimals(0, 1000, places=3), min_size=1, max_size=8).filter(any)


@pytest.mark.parametrize("module", [allocation, package, period, combine, defaults, draws, formula, quality, views])
def test_examples_run(module: ModuleType) -> None:
    assert run_examples(module).failed == 0


@given(st.lists(PERCENT, max_size=6))
def test_product_is_the_euclidean_norm(values: list[Decimal]) -> None:
    assert math.isclose(combine_product(values), math.hypot(*map(float, values)), rel_tol=1e-12, abs_tol=1e-12)


@given(PERCENT, st.decimals(1, 1000, places=2), st.integers(1, 9))
def test_equal_parts_average_out(u: Decimal, value: Decimal, count: int) -> None:
    combined = combine_sum([(value, u)] * count)
    assert math.isclose(combined, float(u) / math.sqrt(count), rel_tol=1e-12, abs_tol=1e-12)


def test_the_sum_rule_understates_a_shared_factor() -> None:
    """20 equal meters (1.05) with one shared factor (1.20): independent 1.043, truth 1.200."""
    meters = [(Decimal(1), (geometric_deviation([Decimal("1.05"), Decimal("1.2")]) - 1) * 100)] * 20
    assert combine_sum(meters) < 5
    assert geometric_deviation([Decimal("1.2")]).quantize(Decimal("0.001")) == Decimal("1.200")


def test_quantities_that_cancel_have_no_relative_uncertainty() -> None:
    with pytest.raises(ZeroDivisionError):
        combine_sum([(Decimal(1), Decimal(5)), (Decimal(-1), Decimal(5))])


def test_no_doubt_stays_no_doubt() -> None:
    assert geometric_deviation([Decimal(1), Decimal(1)]) == 1
    assert geometric_deviation([]) == 1


@given(st.decimals(0, 10**6, places=9), WEIGHTS)
def test_shares_add_up(total: Decimal, weights: list[Decimal]) -> None:
    shares = allocate(total, weights)
    assert sum(shares) == total
    whole = sum(weights)
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - total * weight / whole) <= Decimal("1e-8")


@pytest.mark.parametrize("weights", [[], [Decimal(0)], [Decimal(2), Decimal(-1)]])
def test_impossible_weights(weights: list[Decimal]) -> None:
    with pytest.raises(ValueError, match="drivers"):
        allocate(Decimal(1), weights)
