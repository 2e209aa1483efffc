"""What the complete plant knows of energy: meters with gaps and estimates, PV systems, claims, measures; invented."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.handover.energy import energy_stated
from core.inventory import Period
from core.ledger import Ledger, Measure, Meter, PvArray, PvSystem, Record, Tariff, WeatherFile
from core.savings import all_kinds
from core.series import Series
from core.series.keep import intervals_of, merge
from core.solar.claims import published_claims
from tests.core.report.sample import PLANT, library

ZONE, HOUR = ZoneInfo("Asia/Shanghai"), 3600
POWER = 2000.0
"""Of the roof. [kW]"""
ROOF = "pv1"
PERIOD = Period(date(2023, 1, 1), date(2023, 12, 31))
SUN = (79, 95, 138, 161, 182, 172, 160, 147, 126, 104, 77, 68)
WARM = (-9, -5, 3, 11.5, 18, 21.8, 23.6, 22, 16.5, 9, -0.5, -7)
Values = NDArray[np.float64]


def _meter(key: str, name: str, direction: str, **more: str) -> Meter:
    return replace(Meter(key, name, "electricity", direction, "kWh", f"SN-{key}", accuracy="0.5S"), **more)  # type: ignore[arg-type]


METERS = (
    _meter("main", "Grid connection 一号变电站", "import", calibrated_to="2027-03-31", location="10 kV 配电室"),
    _meter("roof", "Roof PV 屋顶光伏", "generation", calibrated_to="2027-03-31"),
    _meter("feed", "Feed-in 上网电量", "export", calibrated_to="2027-03-31"),
    _meter("plant", "Plant distribution 厂用电总表", "consumption"),
    _meter("hall1", "Hall 1 一车间", "consumption", parent="plant", calibrated_to="2023-06-30"),
    _meter("air", "Compressed air 空压站", "consumption", parent="plant"),
    _meter("press", "Press 冲压线", "consumption", parent="hall1"),
    Meter("light", "Irradiance 组件面辐照", "irradiance", "sensor", "W/m2", "SN-light", accuracy="A"),
    Meter("warm", "Module temperature 组件温度", "temperature", "sensor", "degC"),
    Meter("grid", "Grid by the hour 分时电网因子", "grid_factor", "sensor", "kg/kWh", note="Grid operator 电网"),
    Meter("gas", "Gas meter 气表", "natural_gas", "import", "m3", calibrated_to="2022-12-31"),
)


@cache
def values() -> dict[str, tuple[Values, tuple[int, ...]]]:
    """Hours from 2021 to 2023 by meter, and the places of estimates; a cloudless, tireless plant."""
    start = int(datetime(2021, 1, 1, tzinfo=ZONE).timestamp())
    hours = np.arange(start, int(datetime(2024, 1, 1, tzinfo=ZONE).timestamp()), HOUR)
    day, clock = (hours - start) // 86400, (hours - start) % 86400 / HOUR
    season = 0.72 - 0.28 * np.cos(2 * np.pi * (day % 365.25 + 10) / 365.25)
    light = np.round(1000 * season * np.maximum(np.sin((clock - 6) / 12 * np.pi), 0.0) * (1 - 0.3 * (day % 5 == 2)), 1)
    warmth = np.round(12 - 14 * np.cos(2 * np.pi * (day - 15) / 365.25) + light * 0.028, 1)
    roof = np.round(POWER * light / 1000 * 0.83 * (1 - 0.006 * day / 365.25), 1)
    load = np.round(900 + 500 * ((clock >= 8) & (clock < 20)) - 700.0 * (day % 7 == 6), 1)
    feed = np.round(np.maximum(roof - load, 0.0), 1)
    hall = np.round(load * 0.42, 1)
    hall[(hours >= _at(2023, 3, 6)) & (hours < _at(2023, 3, 11))] = np.nan
    air = np.round(load * 0.2 + 3 * np.sin(day), 1)
    air[(hours >= _at(2023, 7, 1)) & (hours < _at(2023, 8, 1))] = np.nan
    told = np.flatnonzero((hours >= _at(2023, 4, 3)) & (hours < _at(2023, 4, 5)))
    press = np.round(load * 0.43, 1)
    found: dict[str, Values] = {
        "main": np.round(load - roof + feed, 1), "roof": roof, "feed": feed, "plant": load, "hall1": hall, "air": air,
        "press": press, "light": light, "warm": warmth, "grid": np.round(0.7 - 0.3 * light / 1000, 4),
    }  # fmt: skip
    return {key: (one, tuple(told.tolist()) if key == "air" else ()) for key, one in found.items()}


def _at(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day, tzinfo=ZONE).timestamp())


def _nothing(sha256: str) -> bytes:
    raise KeyError(sha256)


def _intervals(blobs: dict[str, bytes]) -> Iterator[Record]:
    for key, (one, told) in values().items():
        marks = np.zeros(len(one), np.uint8)
        marks[list(told)] = 1
        series = Series(_at(2021, 1, 1), HOUR, one, marks if told else None)
        merged = merge(None, series, ZONE, _nothing, overwrite=False)
        blobs |= {hashlib.sha256(data).hexdigest(): data for data in merged.blobs}
        yield intervals_of(key, merged, ())


def _roofs(blobs: dict[str, bytes]) -> Iterator[Record]:
    head = "# latitude: 40.8\n# longitude: 114.9\n# source: invented 虚构\nmonth,ghi,temperature\n"
    table = head + "".join(f"{n},{g},{t}\n" for n, (g, t) in enumerate(zip(SUN, WARM, strict=True), 1))
    data = table.encode()
    digest = hashlib.sha256(data).hexdigest()
    blobs[digest] = data
    place = (Decimal("40.8"), Decimal("114.9"))
    yield WeatherFile("w1", "climate.csv", "monthly", digest, len(data), *place, source="invented 虚构")
    costs = {"capex": "8200000", "opex": "110000", "price": "0.72", "feed_in": "0.372", "grid_decline": "2"}
    yield PvSystem(
        ROOF, "Roof PV 屋顶光伏", date(2020, 9, 1), *place, ac_limit=Decimal(1100), generation=("roof",),
        feed_in=("feed",), purchased=("main",), irradiance="light", temperature="warm", weather="w1",
        roof_owner="plant", system_owner="Sunny Leasing 阳光租赁", parameters=tuple(sorted(costs.items())),
    )  # fmt: skip
    yield PvArray("a1", ROOF, "South 南", Decimal(1500), Decimal(10), Decimal(180), area=Decimal(7300), module="545 W")
    yield PvArray("a2", ROOF, "East 东", Decimal(500), Decimal(5), Decimal(90))
    yield PvSystem("pv2", "Carport 车棚", date(2022, 5, 1), *place)
    yield PvSystem("pv3", "Planned 拟建", date(2024, 5, 1), *place)
    bands = (("1-5 08:00-20:00", "0.98"), ("6,7 00:00-24:00", "0.5"), ("1-7 00:00-24:00", "0.61"))
    yield Tariff("t1", "Time of use 分时电价", "CNY", date(2023, 1, 1), date(2023, 12, 31), bands, Decimal("0.372"))


def _a_year_before(table: str) -> str:
    """The table of a kind's example, which goes to 2024, so that it ends in the period."""
    return table.replace("2023-", "2022-").replace("2024-", "2023-").replace("2023-02-29", "2023-02-28")


def _measures(blobs: dict[str, bytes]) -> Iterator[Measure]:
    for key, kind in all_kinds().items():
        said = dict(kind.example)
        item, table = said.pop("item"), _a_year_before(kind.example_data).encode()
        digest = hashlib.sha256(table).hexdigest() if table else ""
        blobs |= {digest: table} if table else {}
        if key == "lighting":
            said |= {"currency": "CNY", "price": "0.8", "capex": "90000", "life": "12", "discount_rate": "6"}
        start = date(2023, 1, 1) if key == "baseline" else date(2022, 7, 1)
        yield Measure(
            key, f"{kind.title.in_language('en')} {kind.title.in_language('zh')}", key, start, date(2030, 12, 31), item,
            tuple(sorted(said.items())), digest, ("lab",) if key == "heat_pump" else (),
        )  # fmt: skip
    yield Measure("broken", "Broken 有误", "lighting", date(2023, 1, 1), date(2023, 12, 31), "electricity")


@cache
def powered() -> tuple[Ledger, Mapping[str, bytes]]:
    """The ledger with everything of energy, and the blobs behind it."""
    blobs: dict[str, bytes] = {}
    claims = [
        replace(one.claim, system=ROOF if one.claim.id == "claim-zhangjiakou" else "") for one in published_claims()
    ]
    held = [PLANT, *METERS, *_intervals(blobs), *_roofs(blobs), *claims, *_measures(blobs)]
    return Ledger.of(held), blobs


@cache
def stated() -> dict[str, object]:
    """What the report of 2023 states of it."""
    ledger, blobs = powered()
    found = energy_stated(ledger, PERIOD, library(), blobs.__getitem__)
    assert found is not None
    return found
