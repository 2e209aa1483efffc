"""Interval data that two copies of a file brought on: months join, one month changed twice is a question."""

from __future__ import annotations

import copy
from datetime import date

import numpy as np
import pytest

from core.series import Series
from core.series.index import write
from core.series.joining import by_months, joined_intervals
from core.series.keep import Merged, intervals_of
from tests.core.series.store import SHANGHAI, Meter, utc


def hours(month: int, value: float, count: int = 24) -> Series:
    """A day of hours in the middle of a month."""
    return Series(utc(2024, month, 15), 3600, np.full(count, value))


def meter(*months: int) -> Meter:
    made = Meter(SHANGHAI)
    made.merge(*(hours(month, month) for month in months))
    return made


def with_more(base: Meter, *new: Series, overwrite: bool = True) -> Meter:
    made = copy.deepcopy(base)
    made.merge(*new, overwrite=overwrite)
    return made


def test_months_of_both_join_whichever_comes_first() -> None:
    base = meter(3)
    a, b = with_more(base, hours(4, 4)), with_more(base, hours(2, 2), hours(5, 5))
    here, there = by_months(base.known, a.known, b.known), by_months(base.known, b.known, a.known)
    assert here is not None and there is not None
    assert write(here) == write(there)
    assert [chunk.month for chunk in here.chunks] == [date(2024, m, 1) for m in (2, 3, 4, 5)]
    assert here.present == 4 * 24


def test_a_month_changed_on_one_side_is_taken() -> None:
    base = meter(3, 4)
    a = with_more(base, hours(3, 9))
    found = by_months(base.known, base.known, a.known)
    assert found is not None and write(found) == a.data
    assert by_months(base.known, a.known, a.known) is not None


def test_a_month_changed_on_both_is_not_joined() -> None:
    base = meter(3)
    a, b = with_more(base, hours(3, 8)), with_more(base, hours(3, 9))
    assert by_months(base.known, a.known, b.known) is None
    assert by_months(None, a.known, b.known) is None


def test_without_anything_before_what_each_brought_joins() -> None:
    found = by_months(None, meter(3).known, meter(4).known)
    assert found is not None and len(found) == 2


def test_months_of_other_clocks_are_not_joined() -> None:
    other = Meter()
    other.merge(hours(4, 4))
    assert by_months(None, meter(3).known, other.known) is None


@pytest.mark.parametrize("swapped", [False, True])
def test_the_record_of_both_says_what_both_hold(swapped: bool) -> None:
    a, b = meter(3), meter(5)
    blocks = {**a.blocks, **b.blocks}
    one = intervals_of("m1", Merged(a.known, (a.data,)), [("a" * 64, "march.csv")])
    other = intervals_of("m1", Merged(b.known, (b.data,)), [("b" * 64, "may.csv")])
    blocks |= {one.sha256: a.data, other.sha256: b.data}
    pair = (other, one) if swapped else (one, other)
    found = joined_intervals(None, *pair, blocks.__getitem__)
    assert found is not None
    record, data = found
    assert (record.start, record.end, record.values) == (date(2024, 3, 15), date(2024, 5, 16), 48)
    assert record.files == (("a" * 64, "march.csv"), ("b" * 64, "may.csv"))
    assert record.size == len(data)
