"""Numbers with all their digits, and one rule for the comma."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.exchange.cells import Cell
from core.exchange.numbers import decimal_sign, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234.5", "1234.5"), ("1,234.5", "1234.5"), ("1,234", "1234"), ("1,234,567", "1234567"), ("0.500", "0.500"),
        ("12,34,567", "1234567"), ("1 234.5", "1234.5"), ("1 234,5", "1234.5"), ("1 234,567", "1234.567"),
        ("1\u00a0234", "1234"), ("1\u2009234", "1234"), ("1'234.50", "1234.50"), ("1’234", "1234"),
        ("１２３４．５", "1234.5"),
        ("１，２３４．５", "1234.5"), ("-5", "-5"), ("\u22125.5", "-5.5"), ("+5", "5"), ("－５", "-5"), (".5", "0.5"),
        ("3.5万", "35000"),
        ("3.5 万", "35000"), ("1,200万", "12000000"), ("2亿", "200000000"), ("007", "7"), ("1.234", "1.234"),
        (" 5 ", "5"),
        ("9" * 30 + "." + "9" * 30, "9" * 30 + "." + "9" * 30), ("0", "0"), ("-0.0", "0"),
    ],
)  # fmt: skip
def test_numbers(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


def test_percent_only_where_a_share_is_expected() -> None:
    assert parse_number("5.5%", percent=True) == Decimal("0.055")
    assert parse_number("５％", percent=True) == Decimal("0.05")
    with pytest.raises(UserError, match="share"):
        parse_number("5%")


@pytest.mark.parametrize(
    "cell",
    ["", "abc", "1,23", "1,2345", "12,34", "1.2.3", "1,234,5", "1 23", "1,,234", "1234 kWh", "¥5", "(5)", "NaN", "nan",
     "Infinity", "-inf", "1E5", "1e-999999", "1e999999999", "0x10", "1_000", "5.", "--5", "9" * 31, "0." + "1" * 31,
     "9" * 100_000, "9" * 29 + "万", "²", "१२३", "五", True, None, date(2024, 3, 5), time(1), timedelta(1),
     float("nan"),
     float("inf"), 1e30, 1e300, 1e-40, 10**30],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_a_remedy(cell: Cell) -> None:
    with pytest.raises(UserError) as caught:
        parse_number(cell)
    assert caught.value.remedy is not None
    assert len(str(caught.value.message)) < 200


def test_excel_numbers_have_fifteen_digits() -> None:
    assert parse_number(0.1 + 0.2) == Decimal("0.3")
    assert parse_number(1234567.0) == Decimal(1234567)
    assert str(parse_number(1e20)) == "100000000000000000000"
    assert parse_number(7) == Decimal(7)


def test_the_decimal_context_of_the_caller_does_not_round() -> None:
    with localcontext() as context:
        context.prec = 3
        assert str(parse_number("1,234,567.891")) == "1234567.891"
        assert str(parse_number("1.23456万")) == "12345.6"


@pytest.mark.parametrize(
    ("column", "sign"),
    [
        (["1,234", "0.5"], "."), (["1.234", "0,5"], ","), (["1,234.5"], "."), (["1.234,5"], ","), (["0.5", "0,5"], ""),
        (["1,234", "5"], "."), ([], "."), ([1.5, None, "x"], "."), (["1 234,567"], ","), (["0,500"], ","),
        (["1.5万"], "."),
    ],
)  # fmt: skip
def test_the_column_shows_its_decimal_sign(column: list[Cell], sign: str) -> None:
    assert decimal_sign(column) == sign


def test_semicolons_make_the_comma_an_open_question() -> None:
    assert decimal_sign(["1,234", "5"], semicolons=True) == ""
    assert decimal_sign(["1,234", "5.5"], semicolons=True) == "."


def test_a_column_with_decimal_commas() -> None:
    assert parse_number("1,234", ",") == Decimal("1.234")
    assert parse_number("1.234", ",") == Decimal(1234)
    assert parse_number("1.234,5", ",") == Decimal("1234.5")
    assert parse_number("0,5", ",") == Decimal("0.5")
    assert parse_number("5", ",") == Decimal(5)


@pytest.mark.parametrize("text", ["1,234", "1.234", "12,345"])
def test_two_meanings_are_refused_and_both_are_named(text: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_number(text, "")
    assert caught.value.message.msgid == "“{value}” has two meanings: {one} or {other}."


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=6, allow_nan=False, allow_infinity=False))
def test_every_number_comes_back_in_each_form(value: Decimal) -> None:
    assert parse_number(f"{value:f}") == value
    grouped = f"{value:,f}"
    assert parse_number(grouped) == value
    assert parse_number(grouped.replace(",", " ")) == value
    continental = grouped.translate(str.maketrans(",.", ".,"))
    assert decimal_sign([continental]) == ","
    assert parse_number(continental, ",") == value


@given(st.text(alphabet="0123456789.,' -+%万eE", max_size=14), st.sampled_from([".", ",", ""]))
def test_anything_is_a_number_or_refused(text: str, sign: str) -> None:
    try:
        value = parse_number(text, sign, percent=True)
    except UserError:
        return
    assert value.is_finite()
    digits = [c for c in text if c.isdigit() and c != "0"]
    assert [c for c in f"{value:f}" if c.isdigit() and c != "0"] == digits
