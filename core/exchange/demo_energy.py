"""Meters, PV systems, claims and measures of the demo, read from ``resources/demo``: intervals whose months add up to
the bills, made by arithmetic that gives the same values everywhere."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from core.exchange.demo_load import Values, load_of, noise
from core.i18n import T
from core.ledger import (
    Activity,
    Change,
    IntervalData,
    Measure,
    Meter,
    Plant,
    PvArray,
    PvSystem,
    Record,
    Step,
    Tariff,
    WeatherFile,
    kind_of,
)
from core.series import Series
from core.series.keep import intervals_of, merge
from core.series.zones import month_bounds, offsets, zone_of
from core.solar.claims import published_claims
from core.solar.sun import elevation

STEP = 900
"""Length of an interval. [s]"""


@cache
def _about() -> dict[str, dict[str, Any]]:
    text = (files("resources") / "demo" / "energy.toml").read_text("utf-8")
    return {about["file"]: about for about in tomllib.loads(text)["plant"]}


def energy_of(file: str, plant: Plant, who: str, bills: Iterable[Activity]) -> tuple[Change, tuple[bytes, ...]] | None:
    """What a plant of the demo knows of its energy, as one change with its blobs; None when it has no meters."""
    about = _about().get(file)
    if about is None:
        return None
    records: list[Record] = [_record(Meter, one) for one in about["meter"]]
    series = _Maker(about, zone_of(plant), tuple(bills)).series()
    blobs: list[bytes] = []
    for key, one in series.items():
        data, new = _kept(key, one, zone_of(plant))
        records.append(data)
        blobs += new
    weather, table = _weather(about)
    blobs.append(table)
    records += [weather, _record(PvSystem, {**about["system"], "weather": weather.id})]
    records += [_record(PvArray, one) for one in about["array"]]
    if "tariff" in about:
        records.append(_record(Tariff, about["tariff"]))
    records += [_record(Measure, one) for one in about.get("measure", ())]
    records += [
        replace(one.claim, system=about["system"]["id"])
        for one in published_claims()
        if one.claim.id in about["claims"]
    ]
    steps = tuple(Step(kind_of(record), record.id, None, record) for record in records)
    return Change(who, about["entered"], T("Meters and PV system entered"), steps), tuple(blobs)


def _record(cls: Callable[..., Any], about: Mapping[str, Any]) -> Any:
    """A record from the fields of the file; what the file says beyond them is for the making of its values."""
    readers: dict[str, Callable[[Any], object]] = {
        "Decimal": Decimal,
        "Decimal | None": Decimal,
        "tuple[str, ...]": tuple,
        "tuple[tuple[str, str], ...]": _pairs,
    }
    known = {f.name: str(f.type) for f in fields(cls)}  # type: ignore[arg-type]
    return cls(**{key: readers.get(known[key], _same)(value) for key, value in about.items() if key in known})


def _pairs(value: Mapping[str, str] | list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(value.items())) if isinstance(value, Mapping) else tuple((when, what) for when, what in value)


def _same(value: object) -> object:
    return value


def _kept(key: str, series: Series, zone: ZoneInfo) -> tuple[IntervalData, tuple[bytes, ...]]:
    def nothing(sha256: str) -> bytes:
        raise KeyError(sha256)

    merged = merge(None, series, zone, nothing, overwrite=False)
    return intervals_of(key, merged, ()), merged.blobs


def _weather(about: Mapping[str, Any]) -> tuple[WeatherFile, bytes]:
    """The table of twelve months as a file of its kind."""
    stated, system = about["weather"], about["system"]
    rows = zip(range(1, 13), stated["ghi"], stated["temperature"], strict=True)
    head = f"# latitude: {system['latitude']}\n# longitude: {system['longitude']}\n# source: {stated['source']}\n"
    text = head + "month,ghi,temperature\n" + "".join(f"{month},{ghi},{warm}\n" for month, ghi, warm in rows)
    data = text.encode()
    record = WeatherFile(
        stated["id"],
        stated["name"],
        "monthly",
        hashlib.sha256(data).hexdigest(),
        len(data),
        Decimal(system["latitude"]),
        Decimal(system["longitude"]),
        Decimal(system.get("elevation", "0")),
        stated["source"],
    )
    return record, data


class _Maker:
    """Fifteen minutes of everything a plant of the demo meters."""

    def __init__(self, about: Mapping[str, Any], zone: ZoneInfo, bills: tuple[Activity, ...]) -> None:
        self._about, self._zone, self._bills = about, zone, bills
        self._months = month_bounds(about["first"], about["last"], zone)
        self._start = self._months[0][1]
        count = (self._months[-1][2] - self._start) // STEP
        self._utc = self._start + STEP * np.arange(count, dtype=np.int64)
        self._local = self._utc + offsets(self._utc, zone)
        self._spans = [
            slice((begin - self._start) // STEP, (end - self._start) // STEP) for _, begin, end in self._months
        ]

    def series(self) -> dict[str, Series]:
        """By id of the meter."""
        light = self._light()
        warmth = self._warmth(light)
        shape = self._with_faults(self._id("pv"), light * (1.0 - 0.0034 * (warmth - 25.0)))
        pv = self._as_billed("pv", shape)
        parts = {"pv": pv, "irradiance": self._as_generated(light, pv), "temperature": warmth}
        if "main" in self._about["bills"]:
            bought, fed = (self._billed(role) for role in ("main", "feed"))
            months = zip(self._spans, (one / 10.0 for one in bought), (one / 10.0 for one in fed), strict=True)
            load = load_of(self._local, pv, months)
            parts["feed"] = self._as_billed("feed", pv - load, pv)
            parts["main"] = self._as_billed("main", np.where(parts["feed"] > 0.0, 0.0, load - pv))
            parts["load"] = parts["main"] + pv - parts["feed"]
        else:
            parts["feed"] = self._as_billed("feed", self._idle() * pv, 0.8 * pv)
        found: dict[str, Series] = {}
        for number, meter in enumerate(self._about["meter"]):
            role = meter["role"]
            values = parts[role] if role in parts else self._part(meter, parts["load"], number)
            found[meter["id"]] = Series(self._start, STEP, self._with_faults(meter["id"], values))
        return found

    def _id(self, role: str) -> str:
        return next(str(meter["id"]) for meter in self._about["meter"] if meter["role"] == role)

    def _warmth(self, light: Values) -> Values:
        """Temperature of the modules: season, day and sun. [°C]"""
        days: Values = self._local / 86400.0
        season = 9.0 - 15.0 * np.cos((days - 15.0) * (2.0 * np.pi / 365.25))
        warmth: Values = np.round(season + 4.0 * np.sin((days - 0.35) * 2.0 * np.pi) + 26.0 * light, 1)
        return warmth

    def _as_generated(self, light: Values, pv: Values) -> Values:
        """What a sensor shows, month by month in proportion to what the roof gave: at a performance ratio that falls a
        little in summer. [W/m2]"""
        power = sum(float(array["dc_power"]) for array in self._about["array"])
        made = np.zeros(len(light))
        for (month, _, _), span in zip(self._months, self._spans, strict=True):
            ratio = 0.835 - 0.035 * np.sin((month.month - 4) * np.pi / 6.0)
            hours = light[span].sum() * STEP / 3600.0
            made[span] = light[span] * (pv[span].sum() / power / ratio / hours * 1000.0 if hours else 0.0)
        return np.minimum(np.round(made), 1250.0)

    def _part(self, meter: Mapping[str, Any], load: Values, number: int) -> Values:
        """A consumer: its share of the load, steadier the more of it always runs."""
        base = float(meter.get("base", "0"))
        share = float(meter["share"]) * (0.92 + 0.16 * noise(self._local // 7200, 71 + number))
        steady = base * load.mean() + (1.0 - base) * load
        used: Values = np.round(np.minimum(share * steady, (share + 0.03) * load), 1)
        return used

    def _light(self) -> Values:
        """Irradiance in the plane of the array as a share of 1,000 W/m2: height of the sun, haze and clouds."""
        system = self._about["system"]
        height = elevation(self._utc + STEP // 2, float(system["latitude"]), float(system["longitude"]))
        clear = 1.09 * np.sin(np.radians(np.maximum(height, 0.0))) ** 1.15
        day = self._local // 86400
        clouds = noise(day, 11) ** 0.45
        broken = 1.0 - (1.0 - clouds) * 0.8 * (0.4 + 0.6 * noise(self._local // 1800, 12))
        seen: Values = clear * np.minimum(broken, 1.0) * (0.55 + 0.45 * clouds)
        return seen

    def _idle(self) -> Values:
        """When little is used: Sundays, around noon of most Saturdays, and now and then during a working day."""
        hour, weekday = self._local % 86400 / 3600.0, (self._local // 86400 + 3) % 7
        noon = (hour >= 10.0) & (hour < 15.0) & (noise(self._local // 86400, 31) > 0.3)
        rest = np.where((weekday == 5) & noon, 0.6, np.where(noon & (noise(self._local // 7200, 32) > 0.8), 0.3, 0.0))
        return np.where(weekday == 6, 0.8, rest)

    def _billed(self, role: str) -> list[int]:
        """What the bills of a meter say of each month, in tenths of kilowatt-hours."""
        source, item = self._about["bills"][role]
        own = [a for a in self._bills if (a.source, a.item) == (source, item) and a.start.month == a.end.month]
        billed = {a.start.replace(day=1): a.quantity for a in own}  # the whole year stands once more in scope 3
        return [int(billed.get(month, Decimal(0)) * 10) for month, _, _ in self._months]

    def _as_billed(self, role: str, shape: Values, limit: Values | None = None) -> Values:
        """A shape month by month in such a size that the tenths of kilowatt-hours add up to the bill."""
        made = np.zeros(len(shape))
        for span, tenths in zip(self._spans, self._billed(role), strict=True):
            most = None if limit is None else limit[span]
            made[span] = _sized(np.maximum(shape[span], 0.0), tenths, most)
        return made

    def _with_faults(self, meter: str, values: Values) -> Values:
        made = values
        for fault in self._about.get("fault", ()):
            if fault["meter"] != meter:
                continue
            made = made.copy() if made is values else made
            at = (int(fault["start"].replace(tzinfo=self._zone).timestamp()) - self._start) // STEP
            span = slice(at, at + fault["hours"] * 3600 // STEP)
            made[span] = {"gap": np.nan, "outage": 0.0, "stuck": made[at]}[fault["what"]]
        return made


def _sized(shape: Values, tenths: int, limit: Values | None) -> Values:
    """Whole tenths in the proportions of ``shape`` that add up to ``tenths`` exactly; none above ``limit``."""
    if tenths == 0:
        return np.zeros(len(shape))
    most = np.full(len(shape), np.inf) if limit is None else np.round(limit * 10.0)
    exact = np.minimum(shape * (tenths / shape.sum()), most)
    while exact.sum() < tenths - 0.5 and (below := (exact > 0.0) & (exact < most)).any():
        held = exact[~below].sum()  # what the limit cut off goes to the others
        exact[below] = np.minimum(exact[below] * ((tenths - held) / exact[below].sum()), most[below])
    whole = np.floor(exact)
    rest = tenths - int(whole.sum())
    room = np.lexsort((whole - exact, exact <= 0.0))
    whole[room[whole[room] < most[room]][:rest]] += 1.0
    sized: Values = whole / 10.0
    return sized
