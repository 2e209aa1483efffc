"""Small reports with packed lines, made without signing: for laws of sums over many plants."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache

from core.group.packed import KINDS, Packed, pack, unpack, written
from core.inventory import Inventory, choices_of, compile_inventory
from core.ledger import Activity, Ledger, Plant
from core.library import load_library
from core.methods import SCOPES
from core.store import ACCEPTED, Filed

Row = tuple[str, int, str, int, str, str, int]
"""Scope, category, gas, month from 0, source, record, billionths of a tonne."""


def packed(rows: Iterable[Row], first: tuple[int, int] = (2024, 1)) -> Packed:
    """Packed columns of these rows, sorted as the real ones are."""
    given = list(rows)
    sources, records = tuple(dict.fromkeys(row[4] for row in given)), tuple(dict.fromkeys(row[5] for row in given))
    table = [
        (SCOPES.index(scope), category, KINDS.index(gas), month, sources.index(source), 0, records.index(record), total)
        for scope, category, gas, month, source, record, total in given
    ]
    return unpack(written(first, (sources, ("method/item",), records), table))


def filed(plant: str, year: int = 2024, country: str = "CN", **more: object) -> Filed:
    """An accepted report of a calendar year, or of other days."""
    name = str(more.pop("name", f"{plant}-{year}.pdf"))
    known = {"start": f"{year}-01-01", "end": f"{year}-12-31", "audit_id": f"{plant} {year}"} | more
    return Filed(f"{plant} {year} {name}", name, f"{year + 1}-02-01T00:00:00+00:00", ACCEPTED,
                 plant=plant, country=country, year=year, **known)  # type: ignore[arg-type]  # fmt: skip


@cache
def inventory(kwh: str = "120000", gas: str = "5000") -> Inventory:
    """A year of electricity and natural gas, compiled from records."""
    bills = [
        Activity("a1", "Meter", "purchased_electricity", "electricity", date(2024, 1, 1), date(2024, 12, 31),
                 Decimal(kwh), "kWh"),
        Activity("a2", "Boiler", "stationary_combustion", "natural_gas", date(2024, 1, 20), date(2024, 3, 10),
                 Decimal(gas), "m3"),
        Activity("a3", "Stove", "stationary_combustion", "wood_pellets", date(2024, 1, 1), date(2024, 1, 31),
                 Decimal(3), "t"),
    ]  # fmt: skip
    return compile_inventory(
        Ledger.of([Plant("Hillside", "CN", "CN-HE"), *bills]), choices_of(None, 2024), load_library()
    )


def compiled(kwh: str = "120000", gas: str = "5000") -> tuple[Inventory, Packed]:
    """An inventory with its packed lines."""
    made = inventory(kwh, gas)
    return made, unpack(pack(made))
