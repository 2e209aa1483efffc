"""The data that are measured with: a plant with as many bills as asked for, the same on every machine."""

from __future__ import annotations

import csv
from calendar import monthrange
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from core.i18n import T
from core.ledger import Activity, Change, Ledger, Plant, Step
from core.store import PlantFile

YEAR = 2023
WHEN = datetime(2024, 1, 19, 2, 30, tzinfo=UTC)
WHO = "Li Na"
PLANT = Plant("Benchmark plant", "CN", "CN-HE", organisation="Benchmark group", note="Invented figures.")
COLUMNS = ("source", "method", "item", "start", "end", "quantity", "unit", "estimated", "evidence", "note")
"""Headings of a file to import, and the fields of the records."""

_KINDS = (
    ("Boiler", "stationary_combustion", "natural_gas", "m3", 41_000),
    ("Workshop meter", "purchased_electricity", "electricity", "kWh", 250_000),
    ("Forklifts", "mobile_combustion", "diesel", "l", 1_800),
    ("Company cars", "mobile_combustion", "gasoline", "l", 620),
    ("Paint shop meter", "purchased_electricity", "electricity", "kWh", 180_000),
    ("Cooler", "refrigerants", "R-410A", "kg", 3),
    ("Welding shop", "welding_gas", "co2_100", "kg", 240),
    ("Canteen", "stationary_combustion", "lpg", "kg", 130),
)
"""Source, method, item, unit and usual quantity."""
_TWO_LINES = "purchased_electricity"
"""Counts twice, by location and by market."""


def bills(lines: int) -> tuple[Activity, ...]:
    """As many bills as give this many lines."""
    held: list[Activity] = []
    number, left = 0, lines
    while left:
        bill = _bill(number)
        number += 1
        weight = 2 if bill.method == _TWO_LINES else 1
        if weight <= left:
            held.append(bill)
            left -= weight
    return tuple(held)


def records(count: int) -> tuple[Activity, ...]:
    """This many different bills."""
    return tuple(_bill(number) for number in range(count))


def _bill(number: int) -> Activity:
    """Each source has twelve bills, one a month."""
    series, month = divmod(number, 12)
    source, method, item, unit, quantity = _KINDS[series % len(_KINDS)]
    return Activity(
        id=f"a{number + 1:06d}",
        source=f"{source} {series // len(_KINDS) + 1}",
        method=method,
        item=item,
        start=date(YEAR, month + 1, 1),
        end=date(YEAR, month + 1, monthrange(YEAR, month + 1)[1]),
        quantity=Decimal(quantity) + Decimal(number * 37 % 1009) / 10,
        unit=unit,
        evidence=f"BENCH-{number + 1:06d}",
    )


def ledger(lines: int) -> Ledger:
    """The plant and its bills."""
    return Ledger.of((PLANT, *bills(lines)))


def plant_file(path: Path, held: tuple[Activity, ...], each: int = 500) -> Path:
    """A plant file whose bills were entered in changes of ``each``."""
    PlantFile.create(path, PLANT, WHO, WHEN)
    with PlantFile.open(path) as plant:
        for first in range(0, len(held), each):
            steps = tuple(Step("activity", one.id, None, one) for one in held[first : first + each])
            plant.append(Change(WHO, WHEN, T("Bills entered"), steps))
    return path


def row(bill: Activity) -> tuple[object, ...]:
    """The cells of a bill in a file to import."""
    values = (getattr(bill, column) for column in COLUMNS)
    return tuple({True: "yes", False: "no"}[v] if isinstance(v, bool) else v for v in values)


def csv_file(path: Path, held: tuple[Activity, ...]) -> Path:
    """The bills as a csv to import."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows(row(one) for one in held)
    return path


def xlsx_file(path: Path, held: tuple[Activity, ...]) -> Path:
    """The bills as a workbook to import."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Activity data")
    sheet.append(COLUMNS)
    for one in held:
        sheet.append(row(one))
    book.save(path)
    return path
