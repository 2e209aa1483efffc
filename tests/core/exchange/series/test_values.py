"""One value of a logger, and exact conversions of many."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.exchange.series.values import exact_scale, places_of, read_value


@pytest.mark.parametrize(
    ("text", "sign", "value"),
    [
        ("1234.5", ".", "1234.5"),
        ("1.234,5", ",", "1234.5"),
        ("1,234", ".", "1234"),
        ("1,234", ",", "1.234"),
        ("1 234,50", ",", "1234.50"),
        ("1'234.5", ".", "1234.5"),
        ("−3.5", ".", "-3.5"),
        ("＋７．５", ".", "7.5"),
        ("2.5e-05", ".", "0.000025"),
        ("1.234567E+03", ".", "1234.567"),
        ("1,5E-2", ",", "0.015"),
        ("0e-40", ".", "0"),
        ("1e-31", ".", "1e-31"),
        ("0." + "0" * 40 + "7", ".", "7e-41"),
    ],
)
def test_values_are_read(text: str, sign: str, value: str) -> None:
    assert read_value(text, sign) == Decimal(value)


@pytest.mark.parametrize("text", ["", "  ", "-", "--", "n/a", "NaN", "NULL", "#N/A", "无", "/", None])
def test_nothing_is_nothing(text: str | None) -> None:
    assert read_value(text, ".") is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1.25E+11", "exponent"),
        ("1.5e+02", "exponent"),
        ("1e999", "exponent"),
        ("offline", "not a number"),
        ("12 kWh", "not a number"),
        ("5%", "share"),
        ("1e18x", "not a number"),
        ("2000000000000000000", "too large"),
        ("1.2.3", "not a number"),
    ],
)
def test_what_is_no_value_is_refused(text: str, why: str) -> None:
    with pytest.raises(UserError, match=why):
        read_value(text, ".")


def test_cells_of_a_workbook() -> None:
    assert read_value(0.1 + 0.2, ".") == Decimal("0.3")
    assert read_value(7, ".") == 7
    with pytest.raises(UserError):
        read_value(True, ".")
    with pytest.raises(UserError):
        read_value(float("inf"), ".")


def test_places_are_those_that_are_written() -> None:
    assert [places_of(Decimal(text)) for text in ("1", "1.50", "1E+3", "0.001")] == [0, 2, 0, 3]


RATIOS = st.sampled_from(
    [Fraction(1, 1000), Fraction(1000), Fraction(1, 4), Fraction(80), Fraction(5, 18), Fraction(1, 12)]
)
NUMBERS = st.lists(st.decimals(-100_000, 100_000, places=3), min_size=1, max_size=30)


@given(NUMBERS, RATIOS)
def test_products_are_rounded_once(numbers: list[Decimal], ratio: Fraction) -> None:
    values = np.array([float(number) for number in numbers])
    expected = [float(Fraction(number) * ratio) for number in numbers]
    assert exact_scale(values, 3, ratio).tolist() == expected


def test_missing_values_stay_missing() -> None:
    found = exact_scale(np.array([0.7, np.nan]), 1, Fraction(80))
    assert found[0] == 56.0
    assert np.isnan(found[1])


def test_what_has_too_many_digits_is_a_product_of_doubles() -> None:
    values = np.array([1 / 3, 2e15 + 0.3])
    assert exact_scale(values, 16, Fraction(1, 3)).tolist() == (values * (1 / 3)).tolist()
    assert exact_scale(values, 2, Fraction(1, 3)).tolist() == (values * (1 / 3)).tolist()
