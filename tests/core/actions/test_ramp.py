"""Ramp, life, and the days of the first and the last year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.actions.ramp import (
    anniversary,
    full_from,
    last_day,
    part_between,
    part_in,
    part_of_effect,
    steps_of,
)
from core.ledger import Action
from tests.core.actions.plans import ONE, ZERO, action, actions

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("ramp", "expected"),
    [
        ((), ["1", "1", "1", "1"]),
        ((("1", "40"), ("2", "80")), ["0.4", "0.8", "1", "1"]),
        ((("1", "25"), ("3", "75")), ["0.25", "0.25", "0.75", "1"]),
        ((("2", "50"),), ["0", "0.5", "1", "1"]),
        ((("3", "100"), ("1", "10")), ["0.1", "0.1", "1", "1"]),
    ],
)
def test_part_by_year_of_effect(ramp: tuple[tuple[str, str], ...], expected: list[str]) -> None:
    slow = action(ramp=ramp, life=4)
    assert [str(part_of_effect(slow, number)) for number in (1, 2, 3, 4)] == expected
    assert part_of_effect(slow, 0) == part_of_effect(slow, 5) == 0


@pytest.mark.parametrize(
    "ramp", [(("0", "5"),), (("1", "101"),), (("x", "5"),), (("1", "-1"),), (("1", "5"), ("1", "6"))]
)
def test_a_ramp_that_cannot_be_read(ramp: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(ValueError):
        steps_of(action(ramp=ramp))
    assert part_of_effect(action(ramp=ramp), 1) == 1  # the checks name it


def test_days_of_the_first_and_the_last_year() -> None:
    pump = action(start=date(2025, 7, 2), life=2)
    assert last_day(pump) == date(2027, 7, 1)
    assert part_in(pump, 2024) == part_in(pump, 2028) == 0
    assert part_in(pump, 2025) * 365 == pytest.approx(Decimal(183))
    assert part_in(pump, 2026) == 1
    assert part_in(pump, 2027) * 365 == pytest.approx(Decimal(182))


def test_a_ramp_turns_on_the_anniversary() -> None:
    pump = action(start=date(2025, 7, 2), life=3, ramp=(("1", "50"),))
    # 182 days of the first year of effect, 183 of the second
    assert part_in(pump, 2026) * 365 == pytest.approx(Decimal("274"))
    assert full_from(pump) == date(2026, 7, 2)


def test_29_february() -> None:
    leap = action(start=date(2024, 2, 29), life=1)
    assert last_day(leap) == date(2025, 2, 28)
    assert part_between(leap, date(2024, 2, 29), date(2025, 2, 28)) == 1
    assert anniversary(date(2024, 2, 29), 1) == date(2025, 3, 1)


def test_a_life_beyond_the_calendar_ends_with_it() -> None:
    assert last_day(action(life=10**9)) == date(9998, 12, 31) and part_in(action(life=10**9), 9000) == 1


def test_no_life_no_effect() -> None:
    dead = action(life=0)
    assert part_in(dead, 2025) == 0 and last_day(dead) == date(2024, 12, 31)


@given(actions("a"), st.integers(2015, 2065))
def test_at_100_percent_the_ramp_is_no_ramp(plan: Action, year: int) -> None:
    full = replace(plan, ramp=(("1", "100"), ("2", "100")))
    assert part_in(full, year) == part_in(replace(plan, ramp=()), year)
    assert ZERO <= part_in(plan, year) <= part_in(full, year) <= ONE


@given(DAYS, st.integers(1, 30))
def test_all_days_of_the_life_count_once(start: date, life: int) -> None:
    plan = action(start=start, life=life)
    days = ZERO
    for year in range(start.year, start.year + life + 1):
        days += part_in(plan, year) * ((date(year, 12, 31) - date(year, 1, 1)).days + 1)
    assert abs(days - ((last_day(plan) - start).days + 1)) < Decimal("1e-20")


@given(actions("a"), DAYS, st.integers(0, 800), st.integers(0, 800))
def test_parts_of_spans_add_up(plan: Action, first: date, one: int, other: int) -> None:
    middle, end = first + timedelta(days=one), first + timedelta(days=one + 1 + other)
    both = part_between(plan, first, middle) * (one + 1) + part_between(plan, middle + timedelta(days=1), end) * (
        other + 1
    )
    assert abs(both - part_between(plan, first, end) * (one + other + 2)) < Decimal("1e-20")


@given(actions("a"))
def test_full_from_is_full_and_nothing_is_before(plan: Action) -> None:
    day = full_from(plan)
    if day <= last_day(plan):
        assert part_between(plan, day, day) == 1
    if day > plan.start:
        eve = day - timedelta(days=1)
        assert part_between(plan, eve, eve) < 1


def test_no_days_no_part() -> None:
    assert part_between(action(), date(2026, 1, 2), date(2026, 1, 1)) == 0
