"""What a weather file holds, in words and bars; and twelve months as a table one types into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.exchange import parse_number
from core.exchange.weather import WeatherRead, read_weather
from core.i18n import T, Text, show_number
from core.ledger import PvArray, PvSystem
from core.solar.expected import expected_of
from core.solar.model import model_of
from core.solar.weather import Climate, climate_of
from core.solar.yields import typical_months
from gui.chart_data import BarData, Series
from gui.language import _, say
from gui.solar.arrays import within
from gui.solar.words import exact, month_name, mwh, place_words, plain, shown
from gui.tables.table import Column
from gui.theme import tokens

EARTH = 6371.0
"""Radius. [km]"""
NEAR = 50.0
"""Further away the weather may be another one. Ours. [km]"""
KINDS: dict[str, Text] = {
    "epw": T("EPW"),
    "tmy3": T("TMY3"),
    "pvgis": T("PVGIS"),
    "monthly": T("table of twelve months"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A weather file, read, and what follows from it for a system."""

    read: WeatherRead
    climate: Climate | None
    """Twelve months; None where the hours do not make them."""
    energy: float | None
    """What the system as new would generate in an average year; None without arrays. [kWh]"""


def seen_of(data: bytes, name: str, system: PvSystem, arrays: Sequence[PvArray]) -> Seen:
    """Read a file and ask the model what it means.

    Raises
    ------
    UserError
        for a file that is none, or not whole.
    """
    read = read_weather(data, name)
    climate = read.climate
    if climate is None and read.hourly is not None:
        try:
            climate = climate_of(read.hourly)
        except UserError:
            climate = None
    energy = None
    if arrays:
        expected = expected_of(model_of(system, arrays), read.weather)
        energy = None if expected is None else float(typical_months(expected).sum())
    return Seen(read, climate, energy)


def facts_of(seen: Seen, system: PvSystem) -> list[tuple[str, str]]:
    """What was read, in words."""
    read, rows = seen.read, []
    kind = say(KINDS.get(read.kind, Text(read.kind)))
    hours = "" if read.hourly is None else _(", {hours} hours", hours=f"{len(read.hourly):,}")
    rows.append((_("Kind"), kind + hours))
    rows.append((_("Place"), _place(read, system)))
    if seen.climate is not None:
        rows.append((_("Light on the ground"), _("{sum} kWh/m² a year", sum=shown(float(seen.climate.ghi.sum()), 0))))
        rows.append((_("Mean temperature"), f"{shown(float(np.mean(seen.climate.temperature)), 1)} °C"))
    if read.hourly is not None and read.hourly.dni is None and read.hourly.poa is None:
        rows.append((_("Direct light"), _("not in the file: split by the model of Erbs")))
    if seen.energy is not None:
        words = _("{energy} MWh a year, as new", energy=mwh(seen.energy))
        rows.append((_("The system would generate"), words))
    rows.append((_("Made by"), read.source or _("not stated")))
    return rows


def _place(read: WeatherRead, system: PvSystem) -> str:
    if read.latitude is None or read.longitude is None:
        return _("not stated: taken as that of the system")
    away = distance(read.latitude, read.longitude, float(system.latitude), float(system.longitude))
    words = _("{place}, {km} km from the system", place=place_words(read.latitude, read.longitude), km=f"{away:,.0f}")
    return words + _("; that is far, the weather may be another one") if away > NEAR else words


def distance(north: float, east: float, other_north: float, other_east: float) -> float:
    """Between two places on the ground.

    Parameters
    ----------
    north, east, other_north, other_east
        [°]

    Returns
    -------
    float
        [km]

    Examples
    --------
    >>> round(distance(39.9, 116.4, 40.8, 114.9))
    162
    """
    a, b = radians(north), radians(other_north)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_east - east) / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))


def chart_of(seen: Seen) -> BarData | None:
    """Light of the months; None where they are not known."""
    if seen.climate is None:
        return None
    values = tuple(exact(round(value, 1)) for value in seen.climate.ghi.tolist())
    return BarData(
        _("Light of an average year"),
        tuple(month_name(month) for month in range(1, 13)),
        (Series(_("Horizontal irradiation"), values, tokens().series[1]),),
        "kWh/m²",
        _("Irradiation"),
        places=0,
    )


# ---------------------------------------------------------------------- twelve months


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month of the table."""

    month: int
    ghi: Decimal | None = None
    """[kWh/m2]"""
    temperature: Decimal | None = None
    """[°C]"""

    @property
    def full(self) -> bool:
        """Whether both numbers are there."""
        return self.ghi is not None and self.temperature is not None


def blank_months() -> tuple[MonthRow, ...]:
    """January to December, empty."""
    return tuple(MonthRow(month) for month in range(1, 13))


def months_of(climate: Climate) -> tuple[MonthRow, ...]:
    """The same of what is known."""

    def decimals(values: NDArray[np.float64]) -> list[Decimal]:
        return [exact(round(value, 3)) for value in values.tolist()]

    pairs = zip(decimals(climate.ghi), decimals(climate.temperature), strict=True)
    return tuple(MonthRow(month, *pair) for month, pair in enumerate(pairs, start=1))


def month_columns() -> list[Column[MonthRow]]:
    """Of the table."""

    def number(text: str, low: int, high: int) -> Decimal | None:
        return within(parse_number(text), low, high) if text.strip() else None

    return [
        Column("month", _("Month"), lambda row: month_name(row.month), sort=lambda row: row.month, width=8),
        Column("ghi", _("Irradiation"), lambda row: _shown(row.ghi), "kWh/m²", "right", lambda row: row.ghi or 0,
               lambda row: plain(row.ghi), lambda row, text: replace(row, ghi=number(text, 0, 400)), width=14),
        Column("temperature", _("Temperature"), lambda row: _shown(row.temperature), "°C", "right",
               lambda row: row.temperature or 0, lambda row: plain(row.temperature),
               lambda row, text: replace(row, temperature=number(text, -60, 50)), width=14),
    ]  # fmt: skip


def _shown(value: Decimal | None) -> str:
    return "" if value is None else show_number(value)


def text_of(rows: Sequence[MonthRow], system: PvSystem, source: str) -> bytes:
    """The table as a file of its kind, with the place of the system."""
    said = " ".join(source.split()) or "-"
    head = f"# latitude: {system.latitude}\n# longitude: {system.longitude}\n# elevation: {system.elevation}\n"
    body = "".join(f"{row.month},{plain(row.ghi)},{plain(row.temperature)}\n" for row in rows)
    return f"{head}# source: {said}\nmonth,ghi,temperature\n{body}".encode()
