"""Records with parameters, for the tests of gases, waste water and bought energy."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from core.inventory import Inventory
from core.ledger import Activity, OwnFactor
from core.library import Library, load_library
from core.methods import Line
from tests.core.samples import activity, compiled

LIBRARY = load_library()
WHOLE_YEAR: dict[str, Any] = {"start": date(2023, 1, 1), "end": date(2023, 12, 31)}
FIELDS = ("start", "end", "evidence", "source")


def said(**parameters: object) -> tuple[tuple[str, str], ...]:
    """Parameters as a record keeps them."""
    return tuple(sorted((key, str(value)) for key, value in parameters.items()))


def record(method: str, item: str, quantity: object, unit: str = "kg", key: str = "a1", **more: Any) -> Activity:
    """A record of the whole year; what is no field of it is a parameter."""
    fields = {**WHOLE_YEAR, **{name: more.pop(name) for name in FIELDS if name in more}}
    return activity(
        key, method=method, item=item, quantity=Decimal(str(quantity)), unit=unit,
        parameters=said(**more), **fields,
    )  # fmt: skip


def only(inventory: Inventory, scope: str = "scope1") -> Line:
    assert not inventory.excluded, [str(e.finding.message) for e in inventory.excluded]
    (line,) = [line for line in inventory.lines if line.scope == scope]
    return line


def refused(*records: Activity, **choices: Any) -> tuple[str, str]:
    """Rule and message of the one record that is excluded."""
    (excluded,) = compiled(records, **choices).excluded
    assert str(excluded.finding.remedy)
    return excluded.finding.rule, str(excluded.finding.message)


def rules(inventory: Inventory) -> set[str]:
    return {finding.rule for finding in inventory.findings}


def own(item: str, use: str, unit: str, co2: str, **changes: Any) -> OwnFactor:
    """A factor that a supplier states for 2023."""
    told: dict[str, Any] = {
        "id": "f1", "name": "Supplier", "origin": "supplier", "publisher": "Utility", "document": "letter 7",
        "place": "p. 1", "item": item, "use": use, "unit": unit, "amounts": (("CO2", co2),),
        "valid_from": date(2023, 1, 1), "valid_to": date(2023, 12, 31), "evidence": "e1",
    }  # fmt: skip
    return OwnFactor(**{**told, **changes})


def only_with(line: Line) -> Library:
    """A library of nothing but the rows that a line names, as it travels inside a report."""
    rows = tuple(f for key in line.factor.parts if (f := LIBRARY.factor(key)) is not None)
    return Library(LIBRARY.units, LIBRARY.gwp, LIBRARY.items, rows)
