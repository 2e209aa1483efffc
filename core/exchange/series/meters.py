"""Which meter a column belongs to, how its files were read last time, and what a new one would be."""

from __future__ import annotations

import re
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import replace

from core.errors import UserError
from core.exchange.cells import Cell
from core.exchange.series.classify import Kinds, kinds_of
from core.exchange.series.headings import heading_of
from core.exchange.series.looking import Look
from core.exchange.series.mapping import Mapping, Value
from core.exchange.series.parsing import Column, Parsed
from core.i18n import T, Text, verbatim
from core.ledger import Ledger, Meter
from core.library.units import normal

_SERIAL = re.compile(r"[0-9A-Za-z-]*[0-9]{5,}[0-9A-Za-z-]*")
_GENERATED = re.compile(r"\bpv\b|yield|generation|inverter|ertrag|erzeugung|solar|发电|光伏|逆变器", re.IGNORECASE)
_GIVEN = re.compile(r"export|feed-?in|einspeisung|上网", re.IGNORECASE)
_GAS = re.compile(r"gas|气", re.IGNORECASE)
_MEDIA = {
    "W/m2": "irradiance", "kW/m2": "irradiance", "kWh/m2": "irradiance", "Wh/m2": "irradiance", "MJ/m2": "irradiance",
    "degC": "temperature", "degF": "temperature", "1": "power_factor", "t": "steam", "kg": "production",
    "t/h": "steam", "kg/h": "production", "piece": "production", "L": "water", "L/h": "water", "therm": "natural_gas",
    "ft3": "natural_gas", "ccf": "natural_gas", "ft3/h": "natural_gas",
}  # fmt: skip
_LEVELS = {"irradiance": "W/m2", "temperature": "degC", "power_factor": "1"}
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
    words = {normal(word) for word in (column.name, *column.words)}
    parts = {normal(part) for word in column.words for part in _SERIAL.findall(word)}
    for field, why in (("serial", T("By its serial number.")), ("id", T("By its id.")), ("name", T("By its name."))):
        fitting = [m for m in meters if (text := normal(getattr(m, field))) and text in words | parts]
        if len(fitting) == 1:
            return fitting[0], why
    return None, T("No meter of the plant has this name or serial number.")


def _same_form(meter: Meter, mapping: Mapping) -> bool:
    return dict(meter.mapping).get("form", "table") == mapping.form


def remembered(look: Look, meters: Sequence[Meter]) -> tuple[Mapping, tuple[str, ...]] | None:
    """The mapping under which files of this form were read last time, and the names of the meters that keep it."""
    kinds = kinds_of(look) if look.kind != "green_button" else None
    groups: dict[Mapping, tuple[list[Value], list[str]]] = {}
    for meter in meters:
        known = _known(meter)
        fitted = None if known is None else _fitted(known, look, kinds)
        if fitted is None:
            continue
        values, names = groups.setdefault(replace(fitted, values=(), column=""), ([], []))
        values.extend(value for value in fitted.values if value not in values)
        names.append(meter.name)
    if not groups:
        return None
    mapping, (values, names) = max(groups.items(), key=lambda one: len(one[1][1]))
    return replace(mapping, values=tuple(sorted(values, key=lambda value: value.column))), tuple(names)


def _known(meter: Meter) -> Mapping | None:
    if not meter.mapping:
        return None
    try:
        return Mapping.of(meter.mapping).checked()
    except UserError:
        return None  # of another version, or not ours


def _fitted(mapping: Mapping, look: Look, kinds: Kinds | None) -> Mapping | None:
    """The mapping with the columns where this file has them; None when it is of another form."""
    if look.kind == "green_button" or mapping.form == "green_button":
        return mapping if look.kind == "green_button" and mapping.form == "green_button" else None
    if kinds is None or (mapping.sheet and mapping.sheet not in look.sheets):
        return None
    headings = dict(mapping.headings)
    columns = [(key, getattr(mapping, key), headings.get(key, "")) for key in ("time", "clock_time", "meter", "status")]
    places = {key: _found(kinds.head, place, heading, look.columns) for key, place, heading in columns if place >= 0}
    values = [(one, _found(kinds.head, one.column, one.heading, look.columns)) for one in mapping.values]
    if None in places.values() or any(place is None for _, place in values) or mapping.last >= look.columns:
        return None
    moved = tuple(replace(one, column=place) for one, place in values if place is not None)
    if mapping.form != "table" and moved != mapping.values:
        return None
    return replace(mapping, rows=kinds.first - 1, values=moved, **places)  # type: ignore[arg-type]


def _found(head: Sequence[Sequence[Cell]], place: int, heading: str, columns: int) -> int | None:
    if not heading:
        return place if place < columns else None
    fitting = [other for other in range(columns) if heading_of(head, other) == heading]
    return place if place in fitting else (fitting[0] if len(fitting) == 1 else None)


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
        name=column.name[:200],
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


def last_time(names: Sequence[str]) -> Text:
    """Why a remembered mapping is proposed."""
    return T(
        "Files of this form were read in this way last time, for {meters}.", meters=[verbatim(n) for n in names[:5]]
    )
