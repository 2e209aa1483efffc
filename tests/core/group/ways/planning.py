"""Plants that plan, for tests of ways: real ones worked out from a ledger, and small ones written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from core.group.packed import LINES, pack
from core.group.ways.making import way_of
from core.group.ways.way import WAY, Abatement, Aim, Electricity, Offer, Road, Way, write
from core.inventory import Inventory, choices_of, compile_inventory
from core.ledger import (
    Action,
    Activity,
    Allocation,
    EarlierYear,
    Evidence,
    Instrument,
    Ledger,
    Plant,
    Record,
    Scenario,
    SupplyOption,
    Target,
)
from core.library import load_library
from core.store import GroupFile
from tests.core.group import filled
from tests.core.group.plants import filed

Number = int | str | Decimal
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
PROOF = Evidence("e1", "retirement.pdf", "certificate", "0" * 64, 10)
PLANNED: tuple[Record, ...] = (
    PROOF,
    Instrument("i1", "Wind", "certificate", "CN", *YEAR, Decimal(40), scheme="GEC",
               serials="GEC-000001-GEC-000040", technology="wind", retired="2025-01-15", beneficiary="Hillside",
               evidence=("e1",), attributes="with", commissioned="2020-06-01"),
    Allocation("al1", "i1", "a1", Decimal(40_000)),
    EarlierYear("ey1", 2020, "scope1", Decimal(12), "Report 2020"),
    EarlierYear("ey2", 2020, "scope2_market", Decimal(80), "Report 2020"),
    Target("t1", "Scopes 1 and 2 by 2030", "near_term", ("scope1", "scope2_market"), 2020, 2030, Decimal(42)),
    Target("t2", "All renewable", "renewable", (), 2020, 2027, Decimal(100)),
    SupplyOption("so1", "Certificates", "certificates", 2026, Decimal(50), Decimal(6), currency="CNY"),
    Scenario("s1", "As planned", 2030),
    Action("ac1", "Lamps", "energy_efficiency", "scope2_location", date(2025, 1, 1), 10, status="approved",
           item="electricity", energy=Decimal(10_000), capex=Decimal(20_000), saving=Decimal(7_000), currency="CNY"),
    Action("ac2", "Better lamps", "energy_efficiency", "scope2_location", date(2025, 1, 1), 10,
           item="electricity", energy=Decimal(20_000), capex=Decimal(90_000), currency="EUR"),
)  # fmt: skip


def ledger(name: str = "Hillside", *records: Record, kwh: str = "100000") -> Ledger:
    """A year of electricity and gas of a plant, and what it plans."""
    bills = (
        Activity("a1", "Meter", "purchased_electricity", "electricity", *YEAR, Decimal(kwh), "kWh"),
        Activity("a2", "Boiler", "stationary_combustion", "natural_gas", *YEAR, Decimal(5000), "m3"),
    )
    return Ledger.of([Plant(name, "CN", "CN-HE"), *bills, *records])


def compiled(held: Ledger) -> Inventory:
    """Its inventory."""
    return compile_inventory(held, choices_of(None, 2024), load_library())


def way(*records: Record, kwh: str = "100000") -> Way:
    """Worked out of a ledger."""
    held = ledger("Hillside", *records, kwh=kwh)
    return way_of(held, compiled(held), load_library())


@cache
def planned() -> Way:
    """Of the plant that plans."""
    return way(*PLANNED)


def monthly(used: int | str, certified: int | str = 0, own: int | str = 0, year: int = 2024) -> dict[str, Electricity]:
    """The same electricity in every month."""
    one = Electricity(Decimal(used), Decimal(certified), Decimal(own), Decimal(own))
    return {f"{year}-{month:02}": one for month in range(1, 13)}


def written(
    months: Mapping[str, Electricity] | None = None, gap: int | str | None = None, aims: tuple[Aim, ...] = (),
    actions: tuple[Abatement, ...] = (), **more: Any,
) -> Way:  # fmt: skip
    """A way written down."""
    held = monthly(1000, 400, 100) if months is None else dict(months)
    names = ("used", "certified", "traced", "own")
    whole = Electricity(*(sum((getattr(one, name) for one in held.values()), Decimal(0)) for name in names))
    offer = Offer("so1", "Wind", "ppa", 2026, Decimal(5), Decimal(30), "CNY", Decimal(-3), Decimal(0))
    road = None if gap is None else Road(True, 2027, Decimal(100), Decimal(12), Decimal(0), Decimal(gap),
                                         Decimal(gap) / 2, Decimal(9), "CNY", (offer,))  # fmt: skip
    return replace(Way(2024, False, whole, held, None, road, aims, abatement=actions), **more)


def aim(key: str = "t1", actual: int | str | None = 90, allowed: int | str | None = 80, **changes: Any) -> Aim:
    """An absolute target for scopes 1 and 2."""
    gap = None if actual is None or allowed is None else Decimal(actual) - Decimal(allowed)
    made = Aim(
        key, f"Target {key}", "near_term", ("scope1", "scope2_market"), 2020, 2030, Decimal(42), "", "committed", True,
        0 if actual is None else 2024, None if actual is None else Decimal(actual),
        None if allowed is None else Decimal(allowed), gap, Decimal(100), Decimal(58), (),
        {"2020": Decimal(100), "2024": Decimal(allowed or 0), "2030": Decimal(58)}, {"2030": Decimal(70)},
    )  # fmt: skip
    return replace(made, **changes)


def action(key: str, tonnes: Number, yearly: Number | None = None, **changes: Any) -> Abatement:
    """Something that saves so much and costs so much a year."""
    cost = None if yearly is None else Decimal(yearly)
    made = Abatement(
        key, f"Action {key}", "energy_efficiency", "", "scope1", "planned", Decimal(tonnes), Decimal(tonnes), cost,
        None if cost is None else -10 * cost, Decimal(0), "CNY",
    )  # fmt: skip
    return replace(made, **changes)


def reports(**ways: Way) -> list[tuple[Any, Way]]:
    """A report of each plant."""
    return [(filed(name), one) for name, one in ways.items()]


def put_plant(group: GroupFile, name: str, *records: Record, kept: bool = True) -> str:
    """File a report of a plant without signing; gives its SHA-256."""
    held = ledger(name, *records)
    made = compiled(held)
    data = f"{name} 2024".encode()
    parts = {LINES: pack(made)}
    if kept:
        parts[WAY] = write(way_of(held, made, load_library()))
    one = filled.filed(made, 2024, data)
    group.file(one, data, parts)
    return one.sha256
