"""A group file with reports of three plants over two years, filed without signing: for what is made of it."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from pathlib import Path

from core.group.packed import LINES, pack
from core.group.ways.making import way_of
from core.group.ways.way import WAY, write
from core.group.year.uncertainty import TERMS, terms_of
from core.i18n import T
from core.inventory import Inventory, choices_of, compile_inventory
from core.ledger import (
    Activity,
    Change,
    Company,
    Deadline,
    Group,
    Ledger,
    Plant,
    Record,
    Site,
    SiteFigure,
    Stake,
    Step,
    Transfer,
)
from core.ledger.records import kind_of
from core.library import load_library
from core.store import ACCEPTED, HELD, Filed, GroupFile, Marking
from tests.core.handover.conftest import NOW

PLANTS = (("=Ash & Co 白蜡", "CN", "CN-HE"), ("Birch", "GB", ""), ("Cedar", "CN", "CN-BJ"))
REGISTER: tuple[Record, ...] = (
    Group("Wood Group 木业集团", base_year=2023),
    Company("co1", "Hard Wood Ltd 硬木有限公司", "CN"),
    Site("si1", "=Ash & Co 白蜡", "CN", "Hard"),
    Site("si2", "Birch", "GB", "Hard"),
    Site("si3", "Cedar", "CN", "Soft"),
    Site("si4", "Dogwood", "PL", "Soft"),
    Stake("st1", "group", "co1", ""),
    Stake("st2", "co1", "si1", ""),
    Stake("st3", "co1", "si3", "2024-01-01", reason="Bought 收购"),
    Transfer("tr1", "si1", "si3", "Meter", percent=Decimal(10), scope="scope2_location"),
    Deadline("2024", date(2025, 1, 31)),
    *(SiteFigure(f"fi{n}", f"si{n}", "production", "piece", 2024, Decimal(n * 1000), "MES") for n in (1, 2, 3)),
)


def inventory(plant: tuple[str, str, str], year: int, kwh: str, gas: str) -> Inventory:
    """Electricity, gas and a refrigerant of a year."""
    return compile_inventory(ledger(plant, year, kwh, gas), choices_of(None, year), load_library())


def ledger(plant: tuple[str, str, str], year: int, kwh: str, gas: str) -> Ledger:
    """What it follows from."""
    days = (date(year, 1, 1), date(year, 12, 31))
    bills = [
        Activity("a1", "Meter", "purchased_electricity", "electricity", *days, Decimal(kwh), "kWh"),
        Activity("a2", "Boiler", "stationary_combustion", "natural_gas", *days, Decimal(gas), "m3"),
        Activity("a3", "=cmd|' /C calc'!A0", "refrigerants", "R-410A", *days, Decimal("0.7"), "kg"),
    ]
    return Ledger.of([Plant(*plant), *bills])


def filed(made: Inventory, year: int, data: bytes, state: str = ACCEPTED) -> Filed:
    """As it is filed."""
    totals, plant = made.totals, made.plant
    return Filed(
        hashlib.sha256(data).hexdigest(), f"{year}.pdf", f"{year + 1}-01-20T08:00:00+00:00", state,
        (T("The signature of the plant manager is missing."),) if state == HELD else (),
        audit_id=f"{plant.name} {year}", revision=1, package_sha256=hashlib.sha256(data + b"!").hexdigest(),
        plant=plant.name, country=plant.country, region=plant.region, year=year,
        totals={**totals.scopes, "biogenic": totals.biogenic, "outside_basket": totals.other},
        gases=dict(totals.gases), signed_by=("Li Na", "Wang Fang"), signed_at=f"{year + 1}-01-15T08:00:00+00:00",
        recalculated_equal=True, rebuilt="equal", start=f"{year}-01-01", end=f"{year}-12-31",
        fingerprints=("ab" * 32, "cd" * 32),
    )  # fmt: skip


def put(group: GroupFile, *records: Record) -> None:
    """Say what head office knows."""
    steps = tuple(Step(kind_of(one), one.id, None, one) for one in records)
    group.append(Change("Chen Jie", NOW, T("Said"), steps))


def filled(path: Path, years: tuple[int, ...] = (2023, 2024)) -> GroupFile:
    """The group file, open."""
    group = GroupFile.open(path)
    put(group, *REGISTER)
    for year in years:
        for n, plant in enumerate(PLANTS, 1):
            given = (plant, year, str(100_000 * n + year), str(1_000 * n))
            made = inventory(*given)
            way = write(way_of(ledger(*given), made, load_library()))
            data = f"{plant[0]} {year}".encode()
            marks = [Marking("certificate", "GEC-000123", "Meter", "1000 kWh")] if n < 3 and year == 2024 else []
            group.file(filed(made, year, data), data, {LINES: pack(made), TERMS: terms_of(made), WAY: way}, marks)
    held = inventory(("Dogwood", "PL", ""), years[-1], "5000", "10")
    group.file(filed(held, years[-1], b"Dogwood", HELD), b"Dogwood", {LINES: pack(held)})
    return group
