"""From the months of a meter to activity data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.exchange.ids import next_ids
from core.ledger import Activity, IntervalData, Ledger, Meter, Record
from core.series.activities import Derived, activities_of
from core.series.read import MonthSum
from tests.core.samples import PLANT, activity, compiled, month
from tests.core.series.shapes import meter

DATA = IntervalData("m1", "ab" * 32, 1000, date(2023, 1, 1), date(2023, 12, 31), 35040)


def counted(number: int, total: str = "1234.5", missing: int = 0, estimated: int = 0) -> MonthSum:
    expected = 2976
    return MonthSum(date(2023, number, 1), Decimal(total), expected, expected - missing, estimated)


def derived(
    sums: list[MonthSum],
    *records: Record,
    of: Meter | None = None,
    method: str = "purchased_electricity",
    note: str = "",
) -> Derived:
    ledger = Ledger.of([PLANT, DATA, *records])
    return activities_of(of or meter(), sums, ledger, lambda count: next_ids(ledger, count), method=method, note=note)


def test_whole_months_become_rows() -> None:
    found = derived([counted(2, "900.25"), counted(1)])
    assert found.left_out == ()
    assert found.activities == (
        Activity(
            "a00001",
            "Main meter",
            "purchased_electricity",
            "electricity",
            date(2023, 1, 1),
            date(2023, 1, 31),
            Decimal("1234.5"),
            "kWh",
            evidence="SN 4711 · 2023-01 · abababababab",
        ),
        Activity(
            "a00002",
            "Main meter",
            "purchased_electricity",
            "electricity",
            date(2023, 2, 1),
            date(2023, 2, 28),
            Decimal("900.25"),
            "kWh",
            evidence="SN 4711 · 2023-02 · abababababab",
        ),
    )


def test_the_inventory_follows_from_them() -> None:
    inventory = compiled(derived([counted(n, "1000") for n in range(1, 13)]).activities)
    assert len(inventory.lines) and not inventory.excluded
    assert sum(line.portion.quantity for line in inventory.lines if line.scope == "scope2_location") == 12_000


def test_what_stands_once_more_in_scope_3_is_no_entry_of_the_meter() -> None:
    """The year of the same source and item, entered for the losses of the grid."""
    year = activity("a9", end=date(2023, 12, 31), method="transmission_losses")
    assert (year.source, year.item) == (meter().source, meter().item)
    found = derived([counted(1)], year)
    assert (len(found.activities), found.left_out) == (1, ())
    assert len(derived([counted(1)], replace(year, method="purchased_electricity")).left_out) == 1


def test_a_month_with_a_gap_is_left_out_with_the_reason() -> None:
    found = derived(
        [counted(1), counted(2, missing=3), counted(3, missing=2976), MonthSum(date(2023, 4, 1), Decimal(0), 0, 0, 0)]
    )
    assert [a.start.month for a in found.activities] == [1]
    assert [one.month for one in found.left_out] == [date(2023, 2, 1), date(2023, 3, 1), date(2023, 4, 1)]
    gap = found.left_out[0]
    assert str(gap.reason) == "2023-02: 3 of 2976 values are missing."
    assert gap.reason.in_language("zh") and str(gap.remedy) == "Import the missing values, or estimate them on purpose."


def test_an_estimate_in_a_month_marks_it_with_the_reason() -> None:
    found = derived([counted(1, estimated=4), counted(2)], note="Logger failed; mean of other weeks.")
    january, february = found.activities
    assert january.estimated and january.note == "4 of 2976 values are estimated. Logger failed; mean of other weeks."
    assert not february.estimated and february.note == ""
    assert derived([counted(1, estimated=4)]).activities[0].note == "4 of 2976 values are estimated."


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2023, 2, 1), date(2023, 2, 28)),
        (date(2023, 1, 20), date(2023, 2, 1)),
        (date(2023, 2, 28), date(2023, 3, 9)),
    ],
)
def test_days_that_are_entered_already_are_told_and_not_doubled(start: date, end: date) -> None:
    bill = activity("b1", quantity="1200", start=start, end=end)
    found = derived([counted(1), counted(2), counted(3)], bill)
    taken = {a.start.month for a in found.activities}
    told = {one.month.month for one in found.left_out}
    assert 2 in told and taken | told == {1, 2, 3} and not taken & told
    for made in found.activities:
        assert made.end < start or made.start > end
    said = next(str(one.reason) for one in found.left_out if one.month.month == 2)
    assert said == f"2023-02: 1,200 kWh from {start} to {end} are entered already; the meter counted 1,234.5 kWh."


def test_what_is_entered_of_other_sources_and_items_does_not_matter() -> None:
    charging = activity("b2", method="vehicle_charging", item="ev_charging", **month(1))
    others = [activity("b1", source="Other", **month(1)), charging]
    assert len(derived([counted(1)], *others).activities) == 1


def test_taking_over_twice_does_it_once() -> None:
    first = derived([counted(1), counted(2)])
    again = derived([counted(1), counted(2), counted(3)], *first.activities)
    assert [a.start.month for a in again.activities] == [3]
    assert again.activities[0].id == "a00003"


def test_the_method_is_that_of_the_same_source_and_item() -> None:
    bill = activity("b1", method="leased_assets", **month(12, 2022))
    assert derived([counted(1)], bill, method="").activities[0].method == "leased_assets"
    with pytest.raises(UserError, match="By which method Main meter is calculated is not known"):
        derived([counted(1)], method="")
    with pytest.raises(UserError, match="several methods: leased_assets, purchased_electricity"):
        derived([counted(1)], bill, activity("b2"), method="")
    assert derived([counted(1)], bill, activity("b2", **month(5))).activities[0].method == "purchased_electricity"


def test_parameters_are_those_that_were_given() -> None:
    ledger = Ledger.of([PLANT, DATA])
    found = activities_of(
        meter(),
        [counted(1)],
        ledger,
        lambda count: next_ids(ledger, count),
        method="purchased_electricity",
        parameters=(("uncertainty", "0.5"),),
    )
    assert found.activities[0].parameters == (("uncertainty", "0.5"),)


def test_a_meter_without_serial_number_is_known_by_its_name() -> None:
    assert derived([counted(1)], of=meter(serial="")).activities[0].evidence == "Main · 2023-01 · abababababab"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"medium": "irradiance", "unit": "W/m2"}, "is a sensor"),
        ({"source": ""}, "no emission source"),
        ({"item": ""}, "no emission source or item"),
        ({"id": "m2"}, "has no interval data"),
    ],
)
def test_what_has_no_activity_data(changes: dict[str, str], words: str) -> None:
    with pytest.raises(UserError, match=words) as caught:
        derived([counted(1)], of=meter(**changes))
    assert caught.value.remedy is not None


@given(st.lists(st.tuples(st.integers(1, 12), st.booleans(), st.booleans()), unique_by=lambda one: one[0], max_size=12))
def test_every_month_is_either_taken_or_told(months: list[tuple[int, bool, bool]]) -> None:
    sums = [counted(number, missing=int(gap)) for number, gap, _ in months]
    bills = [activity(f"b{number}", **month(number)) for number, _, billed in months if billed]
    found = derived(sums, *bills)
    taken, told = [a.start.month for a in found.activities], [one.month.month for one in found.left_out]
    assert sorted(taken + told) == sorted(number for number, _, _ in months)
    assert taken == sorted(taken) == sorted(number for number, gap, billed in months if not gap and not billed)
    assert len({a.id for a in found.activities}) == len(taken)
