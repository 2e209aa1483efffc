"""Electricity taken apart by origin: every kilowatt-hour stands in one part, and the parts are those of the shares."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from core.ledger import Record
from core.methods import exact_sum
from core.renewables.parts import CONTRACTS, LINE, NUCLEAR, OWN_PART, PARTS, UNCOVERED, UNTITLED, Parts, parts_of
from core.renewables.shares import shares_of
from tests.core.renewables.plants import allocation, certificate, contract, covered_plants, plant, roof, self_used
from tests.core.samples import activity


def parts(*records: Record) -> tuple[Parts, ...]:
    ledger, inventory = plant(records)
    return parts_of(ledger, inventory, shares_of(ledger, inventory))


def whole(*records: Record) -> dict[str, Decimal]:
    """Of the year, without parts of nothing."""
    found = parts(*records)
    return {part: kwh for part in PARTS if (kwh := exact_sum(one.kwh(part) for one in found))}


def test_one_plant_with_everything() -> None:
    found = whole(
        activity(quantity=600), self_used(quantity=400), roof(), certificate(), contract(),
        certificate("i2", technology="nuclear"), allocation("al1", "i1", "a1", 300),
        allocation("al2", "i9", "a1", 100), allocation("al3", "i2", "a1", 50),
    )  # fmt: skip
    assert found == {OWN_PART: 400, LINE: 100, CONTRACTS: 300, NUCLEAR: 50, UNCOVERED: 150}


@pytest.mark.parametrize(("owner", "part"), [("plant", OWN_PART), ("", UNTITLED), ("other", UNTITLED)])
def test_own_generation_counts_where_its_attributes_are_kept(owner: str, part: str) -> None:
    assert whole(self_used(quantity=400), roof(attributes_owner=owner)) == {part: 400}


def test_what_a_rule_stops_covers_nothing() -> None:
    records = (activity(quantity=600), certificate(evidence=()), allocation("al1", "i1", "a1", 300))
    assert whole(*records) == {UNCOVERED: 600}


def test_certificates_for_own_generation_that_was_sold_stand_with_the_certificates() -> None:
    sold = (self_used(quantity=400), roof(attributes_owner="other"))
    assert whole(*sold, certificate(), allocation("al1", "i1", "s1", 400)) == {CONTRACTS: 400}


def test_every_month_of_the_period_is_there() -> None:
    found = parts(activity(quantity=600))
    assert [one.start.month for one in found] == list(range(1, 13))
    assert found[0].used == 600 and not any(one.used for one in found[1:])
    assert found[0].uncovered == 600 and found[0].renewable == 0


@given(covered_plants())
def test_parts_add_up_to_the_shares_exactly(records: list[Record]) -> None:
    ledger, inventory = plant(records)
    shares = shares_of(ledger, inventory)
    found = parts_of(ledger, inventory, shares)
    for one, share in zip(found, shares.months, strict=True):
        assert one.used == share.used
        assert one.renewable == share.certified
        assert one.nuclear == share.low_carbon and one.untitled == share.untitled
        assert all(one.kwh(part) >= 0 for part in PARTS)
