"""Bills at the ends of a period."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.inventory import Period, months_of, year_of
from core.inventory.period import portion_of, share
from tests.core.samples import QUANTITIES, activity

SPANS = st.dates(date(2020, 1, 1), date(2026, 12, 31))


def test_days_and_overlap() -> None:
    march = Period(date(2024, 3, 1), date(2024, 3, 31))
    assert march.days == 31
    assert march.overlap(year_of(2024)) == march
    assert march.overlap(Period(date(2024, 3, 31), date(2024, 4, 2))) == Period(date(2024, 3, 31), date(2024, 3, 31))
    assert march.overlap(year_of(2023)) is None


def test_months() -> None:
    months = months_of(Period(date(2023, 11, 20), date(2024, 2, 3)))
    assert [m.start for m in months] == [date(2023, 11, 1), date(2023, 12, 1), date(2024, 1, 1), date(2024, 2, 1)]
    assert months[-1].end == date(2024, 2, 29)
    assert len(months_of(Period(date(9999, 1, 1), date(9999, 12, 31)))) == 12
    assert months_of(Period(date(2024, 2, 1), date(2024, 1, 1))) == ()


def test_a_bill_over_new_year_is_cut_by_day() -> None:
    bill = activity(start=date(2023, 12, 22), end=date(2024, 1, 20), quantity=300)
    old, new = portion_of(bill, year_of(2023)), portion_of(bill, year_of(2024))
    assert old is not None and new is not None
    assert old.quantity == 100
    assert new.quantity == 200
    assert old.trace[0].formula == "300 kWh × 10 d / 30 d"
    assert portion_of(bill, year_of(2025)) is None


def test_a_whole_bill_is_not_touched() -> None:
    bill = activity()
    portion = portion_of(bill, year_of(2023))
    assert portion is not None and portion.quantity is bill.quantity and portion.trace == ()


@pytest.mark.parametrize(("year", "kept"), [(2023, True), (2024, True), (2025, False)])
def test_a_record_that_ends_before_it_begins_is_not_lost(year: int, kept: bool) -> None:
    bill = activity(start=date(2024, 1, 5), end=date(2023, 12, 5))
    assert (portion_of(bill, year_of(year)) is not None) == kept


@given(QUANTITIES, st.lists(SPANS, min_size=4, max_size=4))
def test_the_parts_add_up(quantity: Decimal, days: list[date]) -> None:
    start, cut, _, end = sorted(days)
    bill = activity(start=start, end=end, quantity=quantity)
    parts = [portion_of(bill, Period(date(2019, 1, 1), cut))]
    if cut < end:
        parts.append(portion_of(bill, Period(date.fromordinal(cut.toordinal() + 1), date(2027, 1, 1))))
    quantities = [p.quantity for p in parts if p is not None]
    assert abs(sum(quantities) - quantity) <= quantity * Decimal("1e-27")


def test_share_of_everything_is_exact() -> None:
    third = Decimal("33.33333333333333333333333333333333333333")
    assert share(third, 7, 7) is third
