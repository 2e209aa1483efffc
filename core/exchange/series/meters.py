"""Which meter a column belongs to, and what a new one would be."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Dict

from core.exchange.series.headings import without_unit
from core.exchange.series.mapping import Mapping
from core.exchange.series.parsing import Column, Parsed
from core.i18n import T, Text
from core.ledger import Ledger, Meter
from core.library.units import normal

_SERIAL = re.compile(r"[0-9A-Za-z-]*[0-9]{5,}[0-9A-Za-z-]*")
_GENERATED = re.compile(
    r"\bpv\b|yield|generation|inverter|ertrag|erzeugung|solar|produkcja|wytw|发电|光伏|逆变器", re.IGNORECASE
)
_GIVEN = re.compile(r"export|feed-?in|einspeisung|oddan|上网", re.IGNORECASE)
_GAS = re.compile(r"gas|气", re.IGNORECASE)
_MEDIA = {
    "W/m2": "irradiance", "kW/m2": "irradiance", "kWh/m2": "irradiance", "Wh/m2": "irradiance", "MJ/m2": "irradiance",
    "kg/kWh": "grid_factor", "g/kWh": "grid_factor",
    "degC": "temperature", "degF": "temperature", "1": "power_factor", "t": "steam", "kg": "production",
    "t/h": "steam", "kg/h": "production", "piece": "production", "L": "water", "L/h": "water", "therm": "natural_gas",
    "ft3": "natural_gas", "ccf": "natural_gas", "ft3/h": "natural_gas",
}  # fmt: skip
_LEVELS = {"irradiance": "W/m2", "temperature": "degC", "power_factor": "1", "grid_factor": "kg/kWh"}
_KEPT = {"electricity": "kWh", "natural_gas": "m3", "water": "m3", "steam": "t", "production": "kg", "heat": "kWh"}


def meters_of(parsed: Parsed, meters: Sequence[Meter]) -> Dict[str, tuple[Meter | None, Text]]:
    """For each column, by name, the meter it belongs to and why; None where that is not certain."""
    found: dict[str, tuple[Meter | None, Text]] = {}
    for column in parsed.columns:
        found[column.name] = _meter_of(column, parsed.mapping, meters)
    counts: dict[str, int] = {}
    for meter, _ in found.values():
        if meter is not None:
            counts[meter.id] = counts.get(meter.id, 0) + 1
    several = T("Several columns fit the same meter. Choose the one that it shall keep.")
    return {
        name: (None, several) if meter is not None and counts[meter.id] > 1 else (meter, why)
        for name, (meter, why) in found.items()
    }


def _meter_of(column: Column, mapping: Mapping, meters: Sequence[Meter]) -> tuple[Meter | None, Text]:
    last = [m for m in meters if dict(m.mapping).get("column") == column.name and _same_form(m, mapping)]
    if len(last) == 1:
        return last[0], T("As last time.")
    words = {normal(form) for word in (column.name, *column.words) for form in (word, without_unit(word))}
    parts = {normal(part) for word in column.words for part in _SERIAL.findall(word)}
    for forms_of, why in _BY:
        fitting = [m for m in meters if forms_of(m) & (words | parts)]
        if len(fitting) == 1:
            return fitting[0], why
    return None, T("No meter of the plant has this name or serial number.")


def _halves(meter: Meter) -> set[str]:
    """Of a name in two languages, ``总进线 / Main meter``: files of loggers have one of them."""
    return {normal(half) for half in meter.name.split(" / ")}


_BY: tuple[tuple[Callable[[Meter], set[str]], Text], ...] = (
    (lambda meter: {normal(meter.serial)} - {""}, T("By its serial number.")),
    (lambda meter: {normal(meter.id)}, T("By its id.")),
    (lambda meter: {normal(meter.name)}, T("By its name.")),
    (_halves, T("By its name.")),
)
"""What a column may call a meter by, the surest first."""


def _same_form(meter: Meter, mapping: Mapping) -> bool:
    return dict(meter.mapping).get("form", "table") == mapping.form


def proposed_meter(column: Column) -> Meter:
    """A new meter for a column, without an id, for the person to look over."""
    text = " ".join((column.name, *column.words))
    unit = column.value.unit
    medium = _MEDIA.get(unit, "electricity")
    if unit in ("m3", "m3/h"):
        medium = "natural_gas" if _GAS.search(text) else "water"
    serial = next((part for word in column.words for part in _SERIAL.findall(word)), "")
    return Meter(
        id="",
        name=without_unit(column.name)[:200],
        medium=medium,
        direction=_direction(medium, text, exported=column.exported),
        unit=_LEVELS.get(medium) or _KEPT[medium],
        serial=serial,
    )


def _direction(medium: str, text: str, *, exported: bool) -> str:
    if medium in _LEVELS:
        return "sensor"
    if exported or _GIVEN.search(text):
        return "export"
    if medium == "electricity" and _GENERATED.search(text):
        return "generation"
    return "import"


def next_meter_ids(ledger: Ledger, count: int) -> tuple[str, ...]:
    """The next free ids, ``m00001`` ..."""
    used = [int(key[1:]) for key in ledger.records["meter"] if re.fullmatch("m[0-9]{1,15}", key)]
    first = max(used, default=0) + 1
    return tuple(f"m{number:05d}" for number in range(first, first + count))
