"""A small plant with two products, and what differs from it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from core.inventory import Choices, compile_inventory
from core.ledger import Activity, AllocationKey, Component, Ledger, Leg, Output, Plant, Product, Record
from core.library import load_library
from core.products import Footprints, footprints_of
from tests.core.samples import YEAR, activity

HEBEI = Plant("Zhangjiakou", "CN", "CN-HE", organisation="Example Damping Co. Ltd.")
FIRST, LAST = date(2023, 1, 1), date(2023, 12, 31)


def bill(key: str, source: str, method: str, item: str, quantity: str, unit: str, **more: Any) -> Activity:
    """Of the whole year."""
    return activity(key, source=source, method=method, item=item, start=FIRST, end=LAST, quantity=quantity, unit=unit,
                    **more)  # fmt: skip


BILLS = (
    bill("a1", "Main meter", "purchased_electricity", "electricity", "1000000", "kWh"),
    bill("a2", "Boiler", "stationary_combustion", "natural_gas", "50000", "m3"),
    bill("a3", "Test bench", "refrigerants", "R-410A", "2", "kg"),
    bill("a4", "Office", "purchased_electricity", "electricity", "20000", "kWh", estimated=True),
    bill("a5", "Main meter", "upstream_energy", "electricity", "1000000", "kWh"),
    bill("a6", "Main meter", "transmission_losses", "electricity", "1000000", "kWh"),
    bill("a7", "Yard", "waste", "scrap_metal", "10", "t", parameters=(("treatment", "recycling_open"),)),
    bill("a8", "Canteen", "purchased_goods", "food_and_drink", "9", "t"),
)
STRUT = Product("pd00001", "Strut", "S-1", "piece", Decimal("3.2"), "", "Strut of a car", Decimal(0), Decimal(0))
DISC = Product("pd00002", "Disc", "D-2", "piece", Decimal("7.5"))
MADE = (
    Output("ou00001", STRUT.id, FIRST, LAST, Decimal(400000), Decimal(40000000), "CNY"),
    Output("ou00002", DISC.id, FIRST, LAST, Decimal(100000), Decimal(30000000), "CNY"),
)
PARTS = (
    Component("cp00001", STRUT.id, "Tube", Decimal("2.6"), "kg", "steel"),
    Component(
        "cp00002", STRUT.id, "Spring", Decimal(1), "piece", "", Decimal("3.1"), "Spring works, PCF 2023-07", True
    ),
    Component("cp00003", DISC.id, "Casting", Decimal("8.1"), "kg", "", Decimal("1.9"), "worldsteel, 2023"),
)
LEGS = (
    Leg("lg00001", STRUT.id, "Tube works to plant", "inbound", "truck", Decimal(300), Decimal("2.6")),
    Leg("lg00002", STRUT.id, "Plant to customer", "outbound", "truck", Decimal(900)),
)
BY_MASS = AllocationKey("ak00001", "", "mass", (), "Presses and ovens work by mass")
GIVEN: tuple[Record, ...] = (*BILLS, STRUT, DISC, *MADE, *PARTS, *LEGS, BY_MASS)


def ledger_of(*others: Record, without: Iterable[str] = (), plant: Plant = HEBEI) -> Ledger:
    """The plant; a record with a known id stands in the place of that one."""
    kept = {(type(one), one.id): one for one in GIVEN if one.id not in set(without)}
    return Ledger.of((plant, *(kept | {(type(one), one.id): one for one in others}).values()))


def made_by(ledger: Ledger, year: Any = YEAR, policy: str = "ghg-protocol", **how: str) -> Footprints:
    """Its footprints."""
    library = load_library()
    return footprints_of(ledger, compile_inventory(ledger, Choices(year, policy=policy), library), library, **how)
