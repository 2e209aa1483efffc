"""How PV systems are spoken of: energies, ratios, money, netting intervals, owners. What is not known is a dash."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from math import isfinite

from PySide6.QtCore import QLocale

from core.errors import UserError
from core.i18n import T, Text, show_number
from core.ledger import PvSystem
from core.series.netting import Interval
from core.solar.avoided import Named
from core.solar.indices import Index
from gui.language import _, language, locale, say
from gui.wording import GASES

DASH = "–"
THOUSAND = Decimal(1000)
YIELD = "kWh/kW"
OWNERS: dict[str, Text] = {"": T("not stated"), "plant": T("the plant"), "other": T("somebody else")}
"""Of roof, system and certificates."""
LOSS_WORDS: dict[str, Text] = {
    "soiling": T("Soiling"),
    "shading": T("Shading"),
    "snow": T("Snow"),
    "mismatch": T("Mismatch of modules"),
    "wiring": T("Wiring"),
    "connections": T("Connections"),
    "nameplate_rating": T("Label of the modules"),
    "availability": T("Outages, assumed"),
}
"""Losses that a person states."""
SHORT: dict[str, Text] = {
    "final_yield": T("Final yield"),
    "reference_yield": T("Reference yield"),
    "performance_ratio": T("PR"),
    "performance_ratio_25": T("PR at 25 °C"),
    "performance_ratio_weather": T("PR, weather-corrected"),
    "performance_index": T("EPI"),
    "capacity_factor_dc": T("Capacity factor (DC)"),
    "capacity_factor_ac": T("Capacity factor (AC)"),
    "specific_yield": T("Specific yield"),
}
"""Of figures, where there is little room; in the order in which they are shown."""
AS_PERCENT = frozenset({"capacity_factor_dc", "capacity_factor_ac"})


def exact(value: Decimal | float) -> Decimal:
    """As a decimal number, whatever it is."""
    return value if isinstance(value, Decimal) else Decimal(repr(float(value)))


def shown(value: Decimal | float | None, places: int) -> str:
    """Rounded for reading; a dash where nothing is known."""
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return DASH
    text = show_number(exact(value), places)
    return text.removeprefix("-") if not text.strip("-0.,") else text


def mwh(kwh: Decimal | float | None) -> str:
    """Kilowatt-hours as megawatt-hours."""
    if kwh is None or (isinstance(kwh, float) and not isfinite(kwh)):
        return DASH
    value = exact(kwh) / THOUSAND
    return shown(value, 1 if abs(value) >= 10 else 3) if value else "0"


def percent(share: Decimal | float | None, places: int = 1) -> str:
    """A ratio in hundredths."""
    return DASH if share is None else shown(exact(share) * 100, places)


def plain(value: Decimal | float | None) -> str:
    """All digits, for copying."""
    return "" if value is None else f"{exact(value):f}"


def money(value: Decimal | float | None) -> str:
    """An amount of money without its currency."""
    if value is None:
        return DASH
    return shown(value, 0 if abs(exact(value)) >= 1000 else 2) if value else "0"


def figure_value(index: Index, value: float | None) -> str:
    """A figure of performance with as many digits as its meters are worth."""
    if index.key in AS_PERCENT:
        return percent(value)
    return shown(value, 3 if index.unit == "1" else 1)


def figure_unit(index: Index) -> str:
    """Unit of a figure as it is shown."""
    if index.key in AS_PERCENT:
        return "%"
    return {"1": "", "kWh/kW/a": f"{YIELD}/a"}.get(index.unit, index.unit)


def netted_by(interval: Interval) -> str:
    """The netting interval: ``15 min``, ``1 h``, ``local day``."""
    if isinstance(interval, int):
        if interval == 86_400:
            return _("24 h")
        return _("1 h") if interval == 3600 else _("{minutes} min", minutes=f"{interval / 60:g}")
    return {"day": _("local day"), "month": _("local month")}[interval]


def month_name(month: int) -> str:
    """``Sep``, as long as the others; ``9月``."""
    name = locale().monthName(month, QLocale.FormatType.ShortFormat)
    return name if language() == "zh" else name[:3]


def month_names(months: Iterable[date]) -> tuple[str, ...]:
    """Names of months in a row."""
    return tuple(month_name(month.month) for month in months)


def owners(system: PvSystem) -> list[tuple[str, str]]:
    """What is owned, and by whom."""
    return [
        (_("Roof"), say(OWNERS.get(system.roof_owner, OWNERS[""]))),
        (_("System"), say(OWNERS.get(system.system_owner, OWNERS[""]))),
        (_("Certificates"), say(OWNERS.get(system.attributes_owner, OWNERS[""]))),
    ]


def place_words(latitude: Decimal | float, longitude: Decimal | float) -> str:
    """``40.8° N, 114.9° E``."""
    north, east = (show_number(abs(exact(one))) for one in (latitude, longitude))
    return (", " if language() == "en" else "，").join(
        (
            _("{degrees}° N", degrees=north) if latitude >= 0 else _("{degrees}° S", degrees=north),
            _("{degrees}° E", degrees=east) if longitude >= 0 else _("{degrees}° W", degrees=east),
        )
    )


def per_mwh(gas: str) -> str:
    """Unit of a grid factor: ``t CO₂/MWh``."""
    return f"t {gas_sign(gas)}/MWh"


def gas_sign(gas: str) -> str:
    """``CO2e`` as ``CO₂e``."""
    stem = gas.removesuffix("e")
    return GASES.get(stem, stem) + ("e" if gas.endswith("e") else "")


def factor_words(factor: Named) -> str:
    """Value, publisher, edition and year of a factor on one line."""
    year = f" · {factor.year}" if factor.year else ""
    return f"{show_number(factor.value)} {per_mwh(factor.gas)}{year} · {factor.publisher} · {factor.edition}"


def refused(error: UserError) -> str:
    """What is wrong and what to do."""
    return error.text(language())
