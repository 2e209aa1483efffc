"""Bills with what covers them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given

from core.ledger import Record
from core.renewables.allocating import taken_of
from core.renewables.bills import Bill, bills_of
from core.renewables.proposal import propose
from tests.core.renewables.plants import allocation, certificate, covered_plants, plant, roof, self_used
from tests.core.samples import activity


def bills(*records: Record) -> tuple[Bill, ...]:
    return bills_of(*plant(records))


def test_covered_stopped_and_open_of_one_bill() -> None:
    (found,) = bills(
        activity(quantity=600), certificate(), certificate("i2", evidence=()), allocation("al1", "i1", "a1", 200),
        allocation("al2", "i2", "a1", 300),
    )  # fmt: skip
    assert [found.used, found.counted, found.stopped] == [Decimal(600), Decimal(200), Decimal(300)]
    assert found.uncovered == 400  # what is stopped covers nothing
    assert found.left == 100  # but it is allocated
    assert [one.allocation.id for one in found.covers] == ["al1", "al2"]


def test_megawatt_hours_are_kilowatt_hours() -> None:
    (found,) = bills(activity(quantity=2, unit="MWh"))
    assert found.used == found.left == 2000


def test_in_the_order_of_their_first_days() -> None:
    found = bills(
        activity("a3", start=date(2023, 3, 1), end=date(2023, 3, 31)), activity("a1"),
        activity("a2", start=date(2023, 2, 1), end=date(2023, 2, 28)),
    )  # fmt: skip
    assert [one.record.id for one in found] == ["a1", "a2", "a3"]


def test_only_what_was_bought_or_whose_attributes_were_sold() -> None:
    own = self_used(quantity=400)
    gas = activity("g1", method="stationary_combustion", item="natural_gas", unit="m3")
    exported = activity("x1", method="exported_energy", item="electricity")
    assert bills(own, roof(), gas, exported) == ()
    assert [one.record.id for one in bills(own, roof(attributes_owner="other"))] == ["s1"]


def test_a_bill_that_crosses_the_year_is_shown_whole() -> None:
    (found,) = bills(activity(start=date(2022, 12, 16), end=date(2023, 1, 15), quantity=310))
    assert found.used == 310


def test_another_year_and_nothing_used_are_left_out() -> None:
    later = activity("a2", start=date(2024, 1, 1), end=date(2024, 1, 31))
    assert bills(later, activity(quantity=0)) == ()


@given(covered_plants())
def test_nothing_is_lost_between_the_parts_of_a_bill(records: list[Record]) -> None:
    ledger, inventory = plant(records)
    taken = taken_of(ledger)
    for one in bills_of(ledger, inventory):
        assert one.counted + one.stopped == taken.get(one.record.id, Decimal(0))
        assert one.counted + one.uncovered >= one.used
        assert one.left <= one.uncovered


@given(covered_plants())
def test_a_proposal_never_takes_more_of_a_bill_than_is_left(records: list[Record]) -> None:
    ledger, inventory = plant(records)
    left = {one.record.id: one.left for one in bills_of(ledger, inventory)}
    for one in propose(ledger, inventory).allocations:
        left[one.activity] -= one.kwh
        assert left[one.activity] >= 0
