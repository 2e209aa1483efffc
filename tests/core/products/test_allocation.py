"""Parts are the whole to the last digit, whatever the weights and in whatever order they come."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.library import EXACT
from core.methods import KG, exact_sum
from core.products import allocated

TONNES = st.decimals(min_value=-(10**9), max_value=10**9, places=9, allow_nan=False, allow_infinity=False)
WEIGHT = st.decimals(min_value=0, max_value=10**6, places=4, allow_nan=False, allow_infinity=False)
WEIGHTS = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), WEIGHT, min_size=1, max_size=9).filter(
    lambda weights: any(weights.values())
)


@given(TONNES, WEIGHTS)
def test_the_parts_are_the_whole(total: Decimal, weights: dict[str, Decimal]) -> None:
    parts = allocated(total, weights)
    assert exact_sum(parts.values()) == total
    assert list(parts) == list(weights)
    assert all(part * total >= 0 for part in parts.values())


@given(TONNES, WEIGHTS, st.randoms())
def test_the_order_of_the_weights_does_not_matter(total: Decimal, weights: dict[str, Decimal], chance: object) -> None:
    mixed = list(weights.items())
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert allocated(total, dict(mixed)) == allocated(total, weights)


@given(TONNES, WEIGHTS, st.integers(1, 10**6))
def test_the_unit_of_the_weights_does_not_matter(total: Decimal, weights: dict[str, Decimal], times: int) -> None:
    assert allocated(total, {key: weight * times for key, weight in weights.items()}) == allocated(total, weights)


@given(TONNES, WEIGHTS)
def test_each_part_is_within_one_step_of_its_share(total: Decimal, weights: dict[str, Decimal]) -> None:
    whole = exact_sum(weights.values())
    for key, part in allocated(total, weights).items():
        exact = EXACT.divide(EXACT.multiply(total, weights[key]), whole)
        assert abs(EXACT.subtract(part, exact)) < KG


@given(TONNES, TONNES, WEIGHTS)
def test_sources_shared_apart_or_together_differ_by_steps_alone(
    one: Decimal, other: Decimal, weights: dict[str, Decimal]
) -> None:
    apart = [allocated(total, weights) for total in (one, other)]
    together = allocated(EXACT.add(one, other), weights)
    assert exact_sum(EXACT.add(apart[0][key], apart[1][key]) for key in weights) == exact_sum(together.values())
    assert all(abs(apart[0][key] + apart[1][key] - together[key]) <= 2 * KG for key in weights)


@given(TONNES, WEIGHTS, st.integers(2, 50))
def test_a_multiple_is_shared_as_the_multiple(total: Decimal, weights: dict[str, Decimal], times: int) -> None:
    once, often = allocated(total, weights), allocated(total * times, weights)
    assert all(abs(once[key] * times - often[key]) <= times * KG for key in weights)


@given(TONNES, WEIGHTS)
def test_what_weighs_nothing_takes_nothing(total: Decimal, weights: dict[str, Decimal]) -> None:
    parts = allocated(total, weights | {"idle": Decimal(0)})
    assert parts.pop("idle") == 0
    assert parts == allocated(total, weights)


def test_numbers_with_more_digits_keep_them() -> None:
    parts = allocated(Decimal("0.00000000000003"), {"a": Decimal("1E-8"), "b": Decimal("2E-8")})
    assert parts == {"a": Decimal("0.00000000000001"), "b": Decimal("0.00000000000002")}


@pytest.mark.parametrize("weights", [{}, {"a": Decimal(0)}, {"a": Decimal(3), "b": Decimal(-1)}])
def test_nothing_is_shared_by_no_weight(weights: dict[str, Decimal]) -> None:
    with pytest.raises(ValueError):
        allocated(Decimal(1), weights)
