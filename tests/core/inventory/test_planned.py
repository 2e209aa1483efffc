"""The plan beside records."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.inventory import Period, year_of
from core.inventory.planned import add_months, covering, least_estimate, uncovered
from core.ledger import Activity, PlanItem
from tests.core.samples import activity, month, year_of_bills

LINES = (
    PlanItem("p1", "", "diesel", "billed"),
    PlanItem("p2", "Boiler", "", "metered"),
    PlanItem("p3", "Boiler", "diesel", "weighed"),
)


@pytest.mark.parametrize(
    ("source", "item", "found"),
    [("Boiler", "diesel", "p3"), ("Boiler", "natural_gas", "p2"), ("Truck", "diesel", "p1"), ("Truck", "petrol", None)],
)
def test_the_nearest_line_covers(source: str, item: str, found: str | None) -> None:
    line = covering(LINES, source, item)
    assert (line and line.id) == found


def test_uncovered_stretches() -> None:
    held = [activity("a", **month(1, 2024)), activity("b", **month(4, 2024)), activity("c", **month(3, 2024))]
    assert uncovered(held, year_of(2024)) == (
        Period(date(2024, 2, 1), date(2024, 2, 29)),
        Period(date(2024, 5, 1), date(2024, 12, 31)),
    )
    assert uncovered([], year_of(2024)) == (year_of(2024),)
    whole = activity("w", start=date(2023, 1, 1), end=date(2025, 1, 1))
    assert uncovered([whole], year_of(2024)) == ()


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 90)), max_size=8))
def test_every_day_is_either_covered_or_not(spans: list[tuple[int, int]]) -> None:
    year = year_of(2024)
    first = date(2023, 12, 1)
    held = [
        activity(f"a{n}", start=first + timedelta(days=at), end=first + timedelta(days=at + length))
        for n, (at, length) in enumerate(spans)
    ]
    free = uncovered(held, year)
    for number in range(year.days):
        day = year.start + timedelta(days=number)
        assert any(one.start <= day <= one.end for one in free) != any(one.start <= day <= one.end for one in held)


def test_months_later() -> None:
    assert add_months(date(2024, 1, 31), 13) == date(2025, 2, 28)
    assert add_months(date(2023, 12, 5), 1) == date(2024, 1, 5)


def measured() -> list[tuple[Activity, Decimal]]:
    """100 kWh a day, in July 200, June missing."""
    rates = {7: 200}
    return [
        (one, Decimal(rates.get(one.start.month, 100) * (one.end - one.start).days + rates.get(one.start.month, 100)))
        for one in year_of_bills()
        if one.start.month != 6
    ]


def test_what_stands_in_never_underestimates() -> None:
    june = activity("m06", **month(6))
    assert least_estimate("highest_of_year", june, measured()) == 200 * 30
    assert least_estimate("neighbours_plus_margin", june, measured()) == Decimal("1.05") * 200 * 30
    march = activity("m03", **month(3))
    others = [pair for pair in measured() if pair[0].start.month != 3]
    assert least_estimate("neighbours_plus_margin", march, others) == Decimal("1.05") * 100 * 31
    for rule in ("design_capacity", "supplier", ""):
        assert least_estimate(rule, june, measured()) is None
    assert least_estimate("highest_of_year", june, []) is None


@given(
    st.lists(st.integers(0, 10**6), min_size=11, max_size=11),
    st.sampled_from(["highest_of_year", "neighbours_plus_margin"]),
)
def test_the_stand_in_is_at_least_the_rate_of_both_neighbours(quantities: list[int], rule: str) -> None:
    june = activity("m06", **month(6))
    rows = [one for one in year_of_bills() if one.start.month != 6]
    held = [(one, Decimal(quantity)) for one, quantity in zip(rows, quantities, strict=True)]
    least = least_estimate(rule, june, held)
    assert least is not None
    for one, quantity in held:
        if one.start.month in (5, 7):
            assert least >= quantity / ((one.end - one.start).days + 1) * 30 - Decimal("1e-20")
