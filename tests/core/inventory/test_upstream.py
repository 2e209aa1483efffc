"""Rows of category 3 that follow from fuels burned and energy bought."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.inventory import Inventory, choices_of, compile_inventory
from core.inventory.upstream import LOSSES, UPSTREAM, adding_upstream, upstream_of
from core.ledger import Activity, Evidence, Ledger, Plant
from core.library import load_library


def bill(key: str, method: str, item: str, quantity: str, unit: str, month: int = 3) -> Activity:
    first = date(2024, month, 1)
    return Activity(key, f"{item} of the plant", method, item, first, first.replace(day=28), Decimal(quantity), unit,
                    evidence=f"No. {key}", parameters=())  # fmt: skip


def compiled(*records: Activity | Evidence, country: str = "GB") -> Inventory:
    ledger = Ledger.of((Plant("Test", country), *records))
    return compile_inventory(ledger, choices_of(None, 2024), load_library())


DIESEL = bill("a1", "mobile_combustion", "diesel", "1000", "l")
POWER = bill("a2", "purchased_electricity", "electricity", "50000", "kWh")


def test_a_fuel_gets_its_upstream_and_power_its_losses_too() -> None:
    found = upstream_of(compiled(DIESEL, POWER))
    assert [(p.origin.id, p.activity.method) for p in found.rows] == [
        ("a1", UPSTREAM),
        ("a2", UPSTREAM),
        ("a2", LOSSES),
    ]
    assert found.uncovered == ()
    for row in found.rows:
        same = ("source", "item", "start", "end", "quantity", "unit", "evidence", "estimated", "note")
        assert all(getattr(row.activity, key) == getattr(row.origin, key) for key in same)
        assert row.lines and all(line.scope == "scope3" and line.category == 3 for line in row.lines)


def test_what_has_its_counterpart_is_left_alone() -> None:
    counterpart = replace(DIESEL, id="a3", method=UPSTREAM)
    assert upstream_of(compiled(DIESEL, counterpart)).rows == ()
    elsewhere = replace(counterpart, source="Another tank")
    other_month = replace(counterpart, start=date(2024, 5, 1), end=date(2024, 5, 31))
    for other in (elsewhere, other_month):
        assert [p.origin.id for p in upstream_of(compiled(DIESEL, other)).rows] == ["a1"]


def test_leaks_and_processes_have_no_upstream_of_this_kind() -> None:
    leak = bill("a1", "refrigerants", "R-410A", "3", "kg")
    assert upstream_of(compiled(leak)).rows == ()


def test_the_uncertainty_of_the_meter_goes_along_and_nothing_else() -> None:
    measured = replace(DIESEL, parameters=(("ncv", "43"), ("uncertainty", "2")), method="stationary_combustion")
    (row,) = upstream_of(compiled(measured)).rows
    assert row.activity.parameters == (("uncertainty", "2"),)


def test_a_fuel_without_published_upstream_is_named_and_not_proposed() -> None:
    odd = bill("a1", "stationary_combustion", "coke_oven_gas", "1000", "m3")
    found = upstream_of(compiled(odd, country="CN"))
    assert found.rows == ()
    assert [one.portion.activity.item for one in found.uncovered] == ["coke_oven_gas"]


def test_adding_twice_adds_once_and_proofs_go_along() -> None:
    proof = Evidence("e1", "bill.pdf", "bill", "0" * 64, 10, "application/pdf", ("a1",))
    inventory = compiled(DIESEL, proof)
    rows = upstream_of(inventory).rows
    steps = adding_upstream(rows, ["a9"], [proof])
    after = Ledger.of((inventory.plant, DIESEL, proof)).apply(steps)
    assert after.evidence[0].activities == ("a1", "a9")
    again = compile_inventory(after, choices_of(None, 2024), load_library())
    assert upstream_of(again).rows == ()
    assert again.totals.categories[3] == sum(line.tco2e for row in rows for line in row.lines)
