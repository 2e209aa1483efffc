"""Words, yes and no, and the guard against formulas."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.exchange.cells import Cell, guard, parse_boolean, parse_text, plain_text, unguard


@pytest.mark.parametrize("cell", [True, "yes", "Y", "TRUE", "是", "√", "✓", "1", 1.0, 1, " Yes ", "ＹＥＳ", "估算"])
def test_yes(cell: Cell) -> None:
    assert parse_boolean(cell) is True


@pytest.mark.parametrize("cell", [False, "no", "N", "false", "否", "×", "0", 0.0, "", None, "  ", "实测"])
def test_no(cell: Cell) -> None:
    assert parse_boolean(cell) is False


@pytest.mark.parametrize("cell", ["x", "maybe", "2", 2.0, "?", date(2024, 1, 1)])
def test_neither(cell: Cell) -> None:
    with pytest.raises(UserError) as caught:
        parse_boolean(cell)
    assert caught.value.remedy is not None


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  Boiler house ", "Boiler house"), (20240001.0, "20240001"), (12.5, "12.5"), (1e20, "100000000000000000000"),
        (date(2024, 3, 5), "2024-03-05"), (datetime(2024, 3, 5), "2024-03-05"), (True, "TRUE"), (None, ""),
        ("a\r\nb", "a\nb"), ("'=1+1", "=1+1"), ("'quoted'", "'quoted'"),
    ],
)  # fmt: skip
def test_words(cell: Cell, text: str) -> None:
    assert parse_text(cell) == text


@pytest.mark.parametrize("text", ["a\0b", "a\x1bb", "x" * 1001, "\ufffe", "a\x7f"])
def test_words_that_are_refused(text: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_text(text)
    assert caught.value.remedy is not None


@given(st.one_of(st.text(), st.from_regex(r"'{0,3}[=+\-@].{0,5}", fullmatch=True)))
def test_the_guard_comes_off_again_and_no_formula_is_left(text: str) -> None:
    guarded = guard(text)
    assert unguard(guarded) == text
    assert guarded[:1] not in ("=", "+", "-", "@")


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e25, max_value=1e25))
def test_numbers_in_words_have_no_exponent(value: float) -> None:
    assert "e" not in plain_text(value)
