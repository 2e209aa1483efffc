"""How meters are spoken of: directions, media, units as people read them, amounts in a size that can be taken in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from core.i18n import show_date, show_number
from core.ledger import Meter
from core.series.entering import DIRECTIONS
from core.series.media import MEDIA
from core.series.wording import moment
from gui.language import _, language, say

SIGNS = {"m3": "m³", "m2": "m²", "degC": "°C", "W/m2": "W/m²", "1": ""}
"""Units that are written otherwise than typed."""
LARGER = {"kWh": ("MWh", Decimal(1000)), "Wh": ("kWh", Decimal(1000)), "MJ": ("GJ", Decimal(1000)),
          "kg": ("t", Decimal(1000))}  # fmt: skip
"""The next larger unit, in which sums of a year are read."""
MANY = 10_000
"""From here on a sum is told in the larger unit."""


def direction_name(meter: Meter) -> str:
    """Which way the energy goes; the key where it is unknown."""
    return say(DIRECTIONS[meter.direction]) if meter.direction in DIRECTIONS else meter.direction


def medium_name(meter: Meter) -> str:
    """What is measured; the key where it is unknown."""
    return say(MEDIA[meter.medium].title) if meter.medium in MEDIA else meter.medium


def unit_sign(unit: str) -> str:
    """``m3`` as ``m³``."""
    return SIGNS.get(unit, unit)


def power_sign(meter: Meter) -> str:
    """Unit of the mean power of an interval, or of the level: ``kW``, ``m³/h``, ``°C``."""
    unit = meter.unit
    if meter.medium in MEDIA and MEDIA[meter.medium].level:
        return unit_sign(unit)
    return unit.removesuffix("h") if unit.endswith("Wh") else f"{unit_sign(unit)}/h"


def power_title(meter: Meter) -> str:
    """What a plot over time of it shows."""
    if meter.medium in MEDIA and MEDIA[meter.medium].level:
        return medium_name(meter)
    return _("Power") if meter.unit.endswith("Wh") else _("Flow")


def amount(value: Decimal, unit: str) -> tuple[str, str]:
    """A sum and its unit in a size that can be taken in: ``12,345.6 kWh`` as ``12.35 MWh``."""
    larger = LARGER.get(unit)
    if larger is not None and abs(value) >= MANY:
        return figure(value / larger[1]), larger[0]
    return figure(value), unit_sign(unit)


def figure(value: Decimal | float) -> str:
    """A number for reading: no more than four digits behind each other tell anything, unless it is large."""
    number = Decimal(repr(value)) if isinstance(value, float) else value
    size = abs(number)
    places = 0 if size >= 1000 else 1 if size >= 100 else 2 if size >= 1 else 3
    return show_number(number, places) if number else "0"


def percent(share: float | Decimal | None, places: int = 0) -> str:
    """A ratio as ``42``; neither nothing nor everything unless it is; a dash where there is none."""
    if share is None:
        return "–"
    value = Decimal(str(share)) * 100
    least = Decimal(1).scaleb(-places)
    if 0 < abs(value) < least:
        return f"< {least}" if value > 0 else f"> -{least}"
    if 100 - least < value < 100:
        return f"> {100 - least}"
    return show_number(round(value, places), places)


def when(utc: int, zone: ZoneInfo) -> str:
    """A moment on the clock of the plant."""
    return moment(utc, zone).in_language(language())


def day(value: date | None) -> str:
    """A day; a dash where there is none."""
    return "–" if value is None else show_date(value, language())


def numbered(names: list[str]) -> list[str]:
    """Names that are told apart: the second ``Main`` becomes ``Main (2)``."""
    seen: dict[str, int] = {}
    made = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        made.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return made
