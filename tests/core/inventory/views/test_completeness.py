"""The tree of sources with what is known, what is proven and what is missing."""

from __future__ import annotations

from decimal import Decimal

from core.inventory.views import Node, completeness
from core.ledger import Record
from tests.core.inventory.views.everything import judgement, kept, plant_with
from tests.core.samples import activity, month, year_of_bills


def node(key: str, *records: Record) -> Node:
    def walk(nodes: tuple[Node, ...]) -> list[Node]:
        return [n for one in nodes for n in (one, *walk(one.children))]

    found = {n.key: n for n in walk(completeness(plant_with(*records)))}
    return found[key]


def test_scope_category_source() -> None:
    fuel = activity("f", source="Boiler", method="stationary_combustion", item="diesel", unit="t")
    scope = node("scope1", fuel, *year_of_bills())
    (category,) = scope.children
    (source,) = category.children
    assert [n.level for n in (scope, category, source)] == ["scope", "category", "source"]
    assert (category.key, source.key, str(source.title)) == ("scope1:stationary", "scope1:stationary:Boiler", "Boiler")
    assert scope.tonnes == category.tonnes == source.tonnes > 0
    assert 99 < scope.share < 100


def test_shares_add_up_to_a_hundred() -> None:
    fuel = activity("f", method="stationary_combustion", item="diesel", unit="t")
    tree = completeness(plant_with(fuel, *year_of_bills()))
    assert sum((n.share for n in tree if n.key != "scope2_market"), Decimal(0)) == 100


def test_all_fifteen_categories_are_there() -> None:
    children = node("scope3", judgement("scope3:14", "not_relevant", "no franchises")).children
    assert [c.key for c in children] == [f"scope3:{n}" for n in range(1, 16)]
    assert {c.status for c in children} == {"gap", "not_relevant"}
    assert children[13].reason == "no franchises"


def test_months_are_those_of_the_least_complete_series() -> None:
    bills = year_of_bills()
    other = activity("o", method="vehicle_charging", item="ev_charging", **month(1))
    source = node("scope2_location:electricity:Main meter", *bills, other)
    assert (source.months_covered, source.months_expected) == (1, 12)
    assert source.missing_days == 365 - 31


def test_proof_is_told_in_percent_of_tonnes() -> None:
    records = [activity("a", quantity=600), activity("b", quantity=300, evidence=""), activity("c", quantity=100)]
    found = node("scope2_location", *records, kept("a"))
    assert (found.kept, found.proven) == (Decimal(60), Decimal(70))


def test_estimates_are_told_in_percent_of_tonnes() -> None:
    found = node("scope2_location", activity("a", quantity=750), activity("b", quantity=250, estimated=True))
    assert found.estimated == 25


def test_an_excluded_record_stays_in_sight() -> None:
    fuel = activity("x", source="Boiler", method="stationary_combustion", item="diesel", unit="kWh")
    source = node("scope1:unassigned:Boiler", fuel)
    assert [e.portion.activity.id for e in source.excluded] == ["x"]
    assert source.status == "gap"
    strange = activity("y", method="perpetuum_mobile")
    assert [e.portion.activity.id for e in node("unassigned", strange).excluded] == ["y"]
