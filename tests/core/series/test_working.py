"""Which days are worked."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from core.series.working import Calendar, Kinds, kind_of, titles, weekday
from core.series.zones import day_of


def number(day: date) -> int:
    return (day - day_of(0)).days


def test_days_of_the_week_are_those_of_the_calendar() -> None:
    days = np.arange(-400, 25_000, 13, dtype=np.int64)
    assert weekday(days).tolist() == [day_of(int(day)).weekday() for day in days]


def test_a_chinese_new_year() -> None:
    """2024: 10 to 17 February off, the Sundays 4 and 18 February worked."""
    off = frozenset(date(2024, 2, day) for day in range(10, 18))
    calendar = Calendar(holidays=off, worked=frozenset({date(2024, 2, 4), date(2024, 2, 18)}))
    days = np.array([number(date(2024, 2, day)) for day in (3, 4, 9, 10, 12, 17, 18, 19)])
    assert calendar.working(days).tolist() == [False, True, True, False, False, False, True, True]


def test_other_weekends() -> None:
    friday = number(date(2024, 1, 5))
    assert Calendar(weekend=frozenset({4, 5})).working(np.arange(friday, friday + 4)).tolist() == [
        False,
        False,
        True,
        True,
    ]
    assert Calendar(weekend=frozenset()).working(np.arange(7)).all()


@pytest.mark.parametrize("kinds", ["all", "working", "weekday"])
def test_each_day_has_a_kind_with_a_title(kinds: Kinds) -> None:
    found = kind_of(np.arange(14, dtype=np.int64), kinds, Calendar())
    assert sorted(set(found.tolist())) == list(range(len(titles(kinds))))
