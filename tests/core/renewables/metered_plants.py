"""Plants with interval data of a few days, for the tests of hourly matching; invented."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from core.inventory import Period
from core.ledger import Evidence, Instrument, Ledger, Meter, Plant, PvSystem, Record
from core.series import ESTIMATED, Series
from core.series.keep import intervals_of, merge
from core.series.metered import Metered
from core.series.zones import begin_of, zone_named

ZONE = zone_named("Asia/Shanghai")
FIRST = date(2025, 1, 1)
START = begin_of(FIRST, ZONE)
DAY = Period(FIRST, FIRST)
PLANT = Plant("Hillside", "CN", "CN-HE")
SIGNED, SETTLED = (Evidence(key, f"{key}.pdf", kind, digit * 64, 10)
                   for key, kind, digit in (("e1", "contract", "1"), ("e2", "bill", "2")))  # fmt: skip


def meter(key: str, direction: str, unit: str = "kWh", **more: str) -> Meter:
    return replace(Meter(key, key.capitalize(), "electricity", direction, unit), **more)  # type: ignore[arg-type]


MAIN, ROOF, FEED = meter("main", "import"), meter("roof", "generation"), meter("feed", "export")
SYSTEM = PvSystem(
    "pv1", "Roof PV", date(2020, 5, 1), Decimal("40.8"), Decimal("114.9"), generation=("roof",), feed_in=("feed",),
    purchased=("main",), attributes_owner="plant",
)  # fmt: skip


def hours(values: Iterable[float], step: int = 3600, told: Sequence[int] = ()) -> Series:
    """Values from the first midnight on, of which those at some places are estimates."""
    held = np.array(list(values), dtype=np.float64)
    marks = np.zeros(len(held), np.uint8)
    marks[list(told)] = ESTIMATED
    return Series(START, step, held, marks if told else None)


def flat(value: float, count: int = 24) -> Series:
    return hours([value] * count)


SUN = hours(np.repeat([0.0, 8.0, 0.0], [6, 12, 6]))
OUT = hours(np.repeat([0.0, 3.0, 0.0], [6, 12, 6]))
BOUGHT = hours(np.repeat([5.0, 0.0, 5.0], [6, 12, 6]))
"""With sun of 8 and 3 of it fed in: a load of 5 in each hour."""


def wind(**changes: Any) -> Instrument:
    """A contract with a wind farm through the grid, signed and settled."""
    made = Instrument(
        "i1", "Wind contract", "ppa_physical", "CN", FIRST, date(2025, 12, 31), Decimal(100), contract="C-1",
        technology="wind", generator="Bashang wind farm", evidence=("e1", "e2"), attributes="with",
    )  # fmt: skip
    return replace(made, **changes)


def plant(*held: Record | tuple[Meter, Series], site: Plant = PLANT) -> Metered:
    """A ledger of records and of meters with their values."""
    blobs: dict[str, bytes] = {}
    records: list[Record] = [site, SIGNED, SETTLED]
    for one in held:
        if not isinstance(one, tuple):
            records.append(one)
            continue
        counted, series = one
        merged = merge(None, series, ZONE, blobs.__getitem__, overwrite=False)
        blobs.update((hashlib.sha256(data).hexdigest(), data) for data in merged.blobs)
        records += [counted, intervals_of(counted.id, merged, ())]
    return Metered(Ledger.of(records), blobs.__getitem__)


def sunny(*more: Record | tuple[Meter, Series], system: PvSystem = SYSTEM) -> Metered:
    """A plant with a roof and all of its meters."""
    return plant((MAIN, BOUGHT), (ROOF, SUN), (FEED, OUT), system, *more)
