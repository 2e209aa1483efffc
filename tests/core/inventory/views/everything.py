"""A plant that has one record of every method, for views must place whatever methods give."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.inventory import Choices, Inventory, compile_inventory
from core.ledger import Activity, Evidence, Judgement, Ledger, OwnFactor, Record
from core.library import load_library
from core.methods import all_methods
from tests.core.samples import PLANT, YEAR, activity, month


def one_of_each() -> list[Activity]:
    """The typical row of each method, in March."""
    return [
        activity(
            f"x-{key}",
            source=f"Source of {key}",
            method=key,
            item=method.example["item"],
            unit=method.example["unit"],
            quantity=Decimal(1000),
            parameters=method.example_parameters,
            **month(3),
        )
        for key, method in all_methods().items()
    ]


def plant_with(*records: Record, policy: str = "ghg-protocol") -> Inventory:
    """The inventory of 2023 with these records."""
    return compile_inventory(Ledger.of([PLANT, *records]), Choices(YEAR, policy=policy), load_library())


def judgement(about: str, verdict: str, reason: str = "because") -> Judgement:
    """A decision about 2023."""
    return Judgement(f"j-{about}", 2023, about, verdict, reason)


def kept(*records: str, kind: str = "bill") -> Evidence:
    """A file that proves records."""
    return Evidence(f"e-{records[0]}", f"{records[0]}.pdf", kind, "0" * 64, 10, activities=tuple(records))


def own_factor(item: str, use: str, unit: str, number: str, gas: str = "CO2") -> OwnFactor:
    """A factor of the supplier for 2023."""
    return OwnFactor(
        "f1", "Letter", "supplier", "Heat Works", "L-7", "p. 2", item, use, unit, ((gas, number),),
        YEAR.start, YEAR.end, "e-f1",
    )  # fmt: skip


def waste(key: str = "w", **changes: Any) -> Activity:
    """What went to the landfill."""
    said = {"item": "commercial_waste", "unit": "t", "parameters": (("treatment", "landfill"),), **changes}
    return activity(key, method="waste", **said)
