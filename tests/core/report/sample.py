"""A plant for the tests of the report; every figure is invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache

from core.i18n import T
from core.inventory import Choices, Issue, Package, build, choices_of, compile_inventory, read
from core.ledger import Activity, Audit, Evidence, Ledger, Plant, Record, canonical
from core.library import Library, load_library
from core.methods import Finding
from core.report import RENDERER

PLANT = Plant(
    name="Zhangjiakou brake and damper plant 张家口制动器与减振器工厂",
    country="CN",
    region="CN-HE",
    organisation="Example Automotive Co., Ltd.",
    address="Zhangjiakou, Hebei",
    note="Demonstration: all figures are invented. 演示数据：所有数字均为虚构。",
)
AUDIT = Audit(
    id="2023",
    start=date(2023, 1, 1),
    end=date(2023, 12, 31),
    boundary="The whole site including the test track; the canteen is let and not included. 全厂区，含试车道。",
    preparer="Li Wei 李伟",
)
SOURCES = (
    ("Boiler house 锅炉房", "stationary_combustion", "natural_gas", "m3", "21500.5"),
    ("Grid connection 1 一号变电站", "purchased_electricity", "electricity", "kWh", "815340"),
    ("Fork lifts 叉车", "mobile_combustion", "diesel", "t", "1.75"),
    ("District heating 外购热力", "purchased_heat", "heat", "GJ", "410.2"),
    ("Roof PV 屋顶光伏", "solar_generation", "solar_self_used", "kWh", "131000"),
    ("Roof PV 屋顶光伏", "solar_generation", "solar_fed_in", "kWh", "24000"),
    ("Paint shop chillers 冷水机组", "refrigerants", "R-410A", "kg", "3.2"),
)


@cache
def library() -> Library:
    return load_library()


def months(year: int = 2023) -> Iterator[tuple[date, date]]:
    for month in range(1, 13):
        after = date(year + month // 12, month % 12 + 1, 1)
        yield date(year, month, 1), after - timedelta(days=1)


def activities(count: int | None = None) -> list[Activity]:
    """A year of every source; with ``count`` exactly so many records of grid electricity and gas."""
    if count is not None:
        return [_many(number) for number in range(count)]
    found = []
    for index, (source, method, item, unit, quantity) in enumerate(SOURCES):
        for month, (start, end) in enumerate(months()):
            swing = 1 + Decimal((month * 7 + index * 3) % 5 - 2) / 10
            found.append(
                Activity(
                    f"a{index}{month:02d}", source, method, item, start, end, Decimal(quantity) * swing, unit,
                    estimated=month == 7, evidence="" if month == 3 else f"INV-{index}-{month:03d}",
                )
            )  # fmt: skip
    found.append(
        Activity(
            "x01",
            "Old generator 旧发电机",
            "stationary_combustion",
            "wood",
            date(2023, 2, 1),
            date(2023, 2, 9),
            Decimal(80),
            "kWh",
        )
    )
    return found


def _many(number: int) -> Activity:
    start = date(2023, 1, 1) + timedelta(days=number % 360)
    source, method, item, unit, quantity = SOURCES[(0, 2, 3)[number % 3]]
    amount = Decimal(quantity) + Decimal(number) / 8
    return Activity(
        f"r{number:05d}", f"{source} {number % 40}", method, item, start, start + timedelta(days=3), amount, unit
    )


def findings() -> tuple[Finding, ...]:
    return (
        Finding(
            "jump",
            "warning",
            "a003",
            T("The consumption of natural gas is 38 % above the month before."),
            T("Compare the meter."),
        ),
        Finding("no_evidence", "info", "a103", T("No document is named."), T("Enter the number of the bill.")),
    )


def package(
    language: str = "en",
    *,
    records: list[Activity] | None = None,
    plant: Plant = PLANT,
    audit: Audit = AUDIT,
    stated: tuple[Finding, ...] | None = None,
    renderer: str = RENDERER,
    evidence: int = 3,
) -> Package:
    """A package as head office would read it."""
    held: list[Record] = [plant, audit, *(activities() if records is None else records)]
    held += [
        Evidence(f"e{n}", f"Bill {n} 电费单.pdf", "bill", f"{n:064x}", 12_000 + n, "application/pdf", (f"a10{n}",))
        for n in range(evidence)
    ]
    ledger = Ledger.of(held)
    if stated is None:
        choices: Choices = choices_of(audit, 2023)
        stated = (*compile_inventory(ledger, choices, library()).findings, *findings())
    issue = Issue(
        issued=datetime(2026, 3, 5, 8, 30, tzinfo=UTC),
        issued_by="Li Wei",
        language=language,
        renderer=renderer,
        journal_head="ab" * 32,
        journal_entries=217,
        required_signatures=("Auditor", "PlantManager"),
    )
    return read(canonical(build(ledger, audit, stated, library(), issue)))


def renamed(name: str) -> Plant:
    return replace(PLANT, name=name)
