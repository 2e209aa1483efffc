"""Months, windows and validity."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.instruments import last_use
from core.instruments.days import day_of, months_later, window
from core.ledger import RuleValue
from core.library.rulebook import rulebook
from tests.core.instruments.samples import gec

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2024, 1, 1), date(2025, 12, 31)),  # two years from the month of generation, which counts
        (date(2024, 3, 17), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2028, 2, 29)),
        (date(2023, 12, 31), date(2025, 12, 31)),  # older electricity: until the end of 2025
        (date(2019, 5, 1), date(2025, 12, 31)),
    ],
)
def test_chinese_certificates_are_valid_as_published(start: date, last: date) -> None:
    """国能发新能规〔2024〕67号: 绿证有效期2年，时间自电量生产自然月（含）起计算; 2024年1月1日之前的延至2025年底."""
    assert last_use(gec(start=start, end=start), rulebook()) == last


@pytest.mark.parametrize(("scheme", "last"), [("GO", date(2025, 7, 1)), ("I-REC", None), ("REC", None), ("", None)])
def test_other_schemes(scheme: str, last: date | None) -> None:
    assert last_use(gec(start=date(2024, 1, 1), scheme=scheme), rulebook()) == last


def test_an_expert_may_know_better() -> None:
    changed = rulebook([RuleValue("renewables.go_validity", "12", "Registry of Germany")])
    assert last_use(gec(start=date(2024, 1, 1), scheme="GO"), changed) == date(2025, 1, 1)


@pytest.mark.parametrize("text", ["", "2024", "2024-02-30", "tomorrow", "2024-1-1"])
def test_what_is_no_day(text: str) -> None:
    assert day_of(text) is None


def test_a_day() -> None:
    assert day_of("2024-02-29") == date(2024, 2, 29)


@given(DAYS, st.integers(-600, 600))
def test_months_move_months(day: date, count: int) -> None:
    later = months_later(day, count)
    assert (later.year - day.year) * 12 + later.month - day.month == count
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(DAYS, st.integers(0, 600), st.integers(0, 600))
def test_more_months_are_later(day: date, count: int, more: int) -> None:
    assert months_later(day, count) <= months_later(day, count + more)


@pytest.mark.parametrize(("count", "end"), [(10**9, date.max), (-(10**9), date.min)])
def test_time_has_ends(count: int, end: date) -> None:
    assert months_later(date(2024, 5, 5), count) == end


@given(DAYS, st.integers(0, 400), st.integers(0, 24), st.integers(0, 24))
def test_a_window_holds_the_use(start: date, length: int, before: int, after: int) -> None:
    end = start + timedelta(days=length)
    first, last = window(start, end, before, after)
    assert first <= start and end <= last
    assert first.day == 1 and (last + timedelta(days=1)).day == 1
    assert (first, last) == (months_later(date(start.year, 1, 1), -before), last)


def test_green_e_window_has_21_months() -> None:
    """Half a year before, the year, a quarter after."""
    first, last = window(date(2025, 3, 1), date(2025, 3, 31), 6, 3)
    assert (first, last) == (date(2024, 7, 1), date(2026, 3, 31))
    assert (last.year - first.year) * 12 + last.month - first.month + 1 == 21
