"""Holes are shown, never filled in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.inventory import Period
from core.inventory.views import LOCATION, MARKET, MatrixRow, matrix
from core.ledger import Activity
from tests.core.inventory.views.everything import plant_with
from tests.core.samples import activity, compiled, green, month, year_of_bills


def row(*records: Activity, **options: Any) -> MatrixRow:
    (only,) = matrix(compiled(records, **options)).rows
    return only


def states(found: MatrixRow) -> str:
    marks = {"full": "x", "part": "/", "hole": "o", "none": ".", "outside": " "}
    return "".join(marks[cell.state] for cell in found.cells)


def test_a_year_of_bills_is_full() -> None:
    found = row(*year_of_bills())
    assert states(found) == "x" * 12
    assert (found.missing, found.months_covered, found.quantity) == (0, 12, Decimal(12000))
    assert {cell.quantity for cell in found.cells} == {Decimal(1000)}


def test_a_missing_bill_is_a_hole() -> None:
    bills = year_of_bills()
    found = row(*bills[:4], *bills[5:])
    assert states(found) == "xxxxoxxxxxxx"
    assert [cell.month.start for cell in found.holes] == [date(2023, 5, 1)]
    assert found.missing == 31
    assert found.cells[4].tonnes == 0 == found.cells[4].quantity


def test_days_that_nobody_recorded_are_counted() -> None:
    found = row(activity(start=date(2023, 1, 11), end=date(2023, 3, 10)))
    assert states(found) == "/x/" + "o" * 9
    assert [cell.missing for cell in found.cells[:3]] == [10, 0, 21]


def test_overlapping_bills_cover_a_day_once() -> None:
    found = row(
        activity("a", **month(1)),
        activity("b", **month(1)),
        activity("c", start=date(2023, 1, 20), end=date(2023, 2, 9)),
    )
    assert [cell.covered for cell in found.cells[:2]] == [31, 9]


def test_a_bill_of_zero_covers_its_days() -> None:
    assert states(row(*year_of_bills(quantity=0))) == "x" * 12


def test_estimates_are_flagged() -> None:
    bills = year_of_bills()
    found = row(*bills[:11], activity("z", estimated=True, **month(12)))
    assert [cell.estimated for cell in found.cells] == [False] * 11 + [True]


def test_a_period_within_months_expects_its_days_alone() -> None:
    period = Period(date(2023, 1, 16), date(2023, 3, 15))
    found = row(activity(start=date(2023, 1, 1), end=date(2023, 12, 31)), period=period)
    assert [(c.expected, c.covered, c.state) for c in found.cells] == [
        (16, 16, "full"),
        (28, 28, "full"),
        (15, 15, "full"),
    ]


def test_deliveries_stand_for_their_month() -> None:
    day = {n: {"start": date(2023, n, 7), "end": date(2023, n, 7)} for n in (1, 2, 4)}
    fuel = {"method": "stationary_combustion", "item": "diesel", "unit": "t"}
    found = row(*(activity(f"d{n}", **fuel, **span) for n, span in day.items()))
    assert found.events and states(found) == "xxox" + "o" * 8
    assert states(row(activity("d1", **fuel, **day[1]))) == "x" + "." * 11, "one delivery promises no others"


def test_what_is_topped_up_when_needed_has_no_holes() -> None:
    leak = {"method": "refrigerants", "item": "R-410A", "unit": "kg"}
    found = row(activity("a", **leak, **month(2)), activity("b", **leak, **month(8)))
    assert found.occasional and states(found) == ".x.....x...."
    assert found.missing == 0 and not found.holes


def test_units_of_one_dimension_share_a_row() -> None:
    found = row(activity("a", **month(1)), activity("b", unit="MWh", quantity=2, **month(2)))
    assert (found.unit, found.cells[0].quantity, found.cells[1].quantity) == ("kWh", Decimal(1000), Decimal(2000))


def test_units_of_two_dimensions_do_not() -> None:
    diesel = {"method": "stationary_combustion", "item": "diesel"}
    found = matrix(compiled([activity("a", unit="t", **diesel), activity("b", unit="l", **diesel)]))
    assert {r.unit for r in found.rows} == {"t", "l"}


def test_an_excluded_record_covers_but_says_that_tonnes_are_missing() -> None:
    bills = year_of_bills()
    fuel = activity("x", method="stationary_combustion", item="diesel", unit="kWh", **month(3))
    found = matrix(compiled([*bills, fuel]))
    lost = next(r for r in found.rows if r.item == "diesel")
    assert [cell.excluded for cell in lost.cells] == [i == 2 for i in range(12)]
    assert (lost.tonnes, lost.cells[2].state, lost.cells[3].state) == (Decimal(0), "full", "hole")


@pytest.mark.parametrize("scopes", [LOCATION, MARKET])
def test_a_bill_covered_in_part_counts_its_quantity_once(scopes: tuple[str, ...]) -> None:
    (found,) = matrix(plant_with(activity(), *green("a1", 600)), scopes).rows
    assert found.quantity == 1000


def test_most_tonnes_first() -> None:
    found = matrix(compiled([activity("a", source="Small"), activity("b", source="Large", quantity=10**6)]))
    assert [r.source for r in found.rows] == ["Large", "Small"]
