"""What the tests of scope 3 share: plants of four countries, one record, and a factor of a supplier."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.inventory import Inventory, year_of
from core.ledger import OwnFactor, Plant
from core.methods import Line
from tests.core.samples import activity, compiled, month

CHINA = Plant("Zhangjiakou", "CN", "CN-HE")
BRITAIN = Plant("Luton", "GB")
AMERICA = Plant("Dayton", "US", "US-OH")
POLAND = Plant("Tychy", "PL")


def inventory(
    plant: Plant, method: str, item: str, quantity: str, unit: str, *own: OwnFactor, year: int = 2025, **more: Any
) -> Inventory:
    """Of one record of January; keywords that a record does not have are parameters of the method."""
    fields = {key: more.pop(key) for key in ("category", "evidence", "source", "note") if key in more}
    parameters = tuple(sorted(more.items()))
    record = activity(
        method=method, item=item, unit=unit, quantity=quantity, parameters=parameters, **month(1, year), **fields
    )
    return compiled([record, *own], plant=plant, period=year_of(year))


def line(plant: Plant, method: str, item: str, quantity: str, unit: str, *own: OwnFactor, **more: Any) -> Line:
    """The one line of a record."""
    (only,) = inventory(plant, method, item, quantity, unit, *own, **more).lines
    return only


def refusal(plant: Plant, method: str, item: str, quantity: str, unit: str, *own: OwnFactor, **more: Any) -> str:
    """Why a record is excluded."""
    found = inventory(plant, method, item, quantity, unit, *own, **more)
    assert not found.lines
    (excluded,) = found.excluded
    return f"{excluded.finding.rule}: {excluded.finding.message}"


def rules(found: Inventory) -> set[str]:
    """Keys of the rules that found something."""
    return {finding.rule for finding in found.findings}


def supplier(item: str, unit: str, kg: str, use: str = "supplier", **more: Any) -> OwnFactor:
    """A factor of a supplier, valid from 2024 to 2026."""
    fields: dict[str, Any] = {"valid_from": date(2024, 1, 1), "valid_to": date(2026, 12, 31), **more}
    amounts = (("CO2e", kg),)
    return OwnFactor(
        "f1", "Data sheet", "supplier", "Steel AG", "EPD 7", "p. 3", item, use, unit, amounts, evidence="e1", **fields
    )
