"""Every kilowatt-hour of electricity that the plant used: the denominator of each share of renewable electricity.

What counts, by method of the inventory:

* ``purchased_electricity``: the bill, whole. Nothing that was sold is taken off, for the inventory does not net it
  either (GHG Protocol Corporate Standard, ch. 4).
* ``solar_generation``: what was used on site, also where it follows from two meters. Fed-in electricity left the plant.
  Where its attributes were sold, certificates may cover it like a bill.
* ``solar_heat``: own wind and water power, which its records give as used on site. Solar and ambient heat is no
  electricity.
* ``chp``: electricity produced without what was sold. It was used, and it is renewable only from biomass. What a plain
  generator (``stationary_combustion``) made is not recorded and cannot be counted.
* ``vehicle_charging``: vehicles of the plant charged outside use electricity of scope 2, so leaving it out would make
  the share larger than that of the inventory.
* Cooling and compressed air were made with electricity of somebody else, and losses of the grid, rented rooms and work
  at home belong to scope 3: none of it is the plant's.

Records that no factor covers were used all the same. A negative quantity is no use: it is left out, and a claim is
stopped until the bill is corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.errors import UserError
from core.inventory import Inventory, Period, months_of
from core.inventory.period import share
from core.ledger import Activity, Instrument
from core.library import EXACT, Library, Units
from core.methods import KG, Line, Portion
from core.methods.solar_generation import SELF_USED
from core.methods.vehicle_charging import drawn, driven

PURCHASED, DIRECT_LINE, CHARGING = "purchased", "direct_line", "charging"
OWN_SOLAR, OWN_WIND, OWN_HYDRO, OWN_BIOMASS, OWN_FUEL = (
    "own_solar", "own_wind", "own_hydro", "own_biomass", "own_fuel",
)  # fmt: skip
OWN = (OWN_SOLAR, OWN_WIND, OWN_HYDRO, OWN_BIOMASS)
"""Kinds that are renewable and generated on site."""
KINDS = (PURCHASED, DIRECT_LINE, CHARGING, *OWN, OWN_FUEL)
COVERABLE = "purchased_electricity"
"""The method whose records instruments cover."""
INSTRUMENT = "instrument."
"""How the key of a factor begins that an instrument states."""
_ON_SITE = {"own_wind_power": OWN_WIND, "own_hydro_power": OWN_HYDRO}
_UPSTREAM, _MARKET, _EXPORTED = "scope3", "scope2_market", "exported"
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Used:
    """Electricity of one record in one calendar month, from one origin."""

    activity: str
    """Id of the activity data; of derived own use that of its meter's record with the item behind."""
    source: str
    month: date
    """Its first day."""
    kind: str
    """One of ``KINDS``."""
    kwh: Decimal
    """[kWh]"""
    country: str
    """Where it was used."""
    instrument: str = ""
    """Id of the instrument that covers it and counts; empty: none."""
    estimated: bool = False
    """Whether the record is an estimate."""


def consumption(inventory: Inventory) -> tuple[Used, ...]:
    """All electricity that the plant used in the period, by record, month and origin.

    Parameters
    ----------
    inventory
        of any period; its market-based lines say which instrument counts for how much of a record.

    Returns
    -------
    tuple of Used
        ordered by record, month and instrument, without parts of nothing.

    Notes
    -----
    A record is split by calendar day (GHG Protocol Corporate Standard, ch. 7), what each instrument covers and the rest
    by themselves. Both are kept to nine decimals, so that sums are exact, and the last month takes the rest.
    """
    months, country = months_of(inventory.choices.period), inventory.plant.country
    instruments = {one.id: one for one in inventory.instruments}
    found: list[Used] = []
    for portion, covered in _parts(inventory):
        activity = portion.activity
        kwh = energy_of(portion, inventory.library.units).quantize(KG, context=EXACT)
        if kwh <= 0 or portion.end < portion.start:
            continue
        by = instruments.get(covered)
        kind = _origin(kind_of(activity, inventory.library), by)
        found += (
            Used(activity.id, activity.source, month.start, kind, amount, country, covered, activity.estimated)
            for month, amount in by_days(kwh, Period(portion.start, portion.end), months)
            if amount
        )
    found.sort(key=lambda one: (one.activity, one.month, one.instrument))
    return tuple(found)


def _parts(inventory: Inventory) -> Iterator[tuple[Portion, str]]:
    """What was used, each kilowatt-hour once, with the id of the instrument that covers it."""
    for lines in _records(inventory.lines, inventory.library):
        market = [line for line in lines if line.scope == _MARKET]
        for line in market or lines[:1]:
            key = line.factor.key
            yield line.portion, key.removeprefix(INSTRUMENT) if key.startswith(INSTRUMENT) else ""
    for excluded in inventory.excluded:
        if kind_of(excluded.portion.activity, inventory.library):
            yield excluded.portion, ""


def _records(lines: Iterable[Line], library: Library) -> Iterable[list[Line]]:
    """Lines of each record of used electricity; without what it says of others."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        if line.scope not in (_UPSTREAM, _EXPORTED) and kind_of(line.activity, library):
            found.setdefault(line.activity.id, []).append(line)
    return found.values()


def _origin(kind: str, by: Instrument | None) -> str:
    return DIRECT_LINE if by is not None and by.kind == DIRECT_LINE and kind == PURCHASED else kind


def kind_of(activity: Activity, library: Library) -> str:
    """One of ``KINDS``; empty: no electricity that the plant used."""
    match activity.method:
        case "purchased_electricity":
            return PURCHASED
        case "vehicle_charging":
            return CHARGING
        case "solar_generation":
            return OWN_SOLAR if activity.item == SELF_USED else ""
        case "solar_heat":
            return _ON_SITE.get(activity.item, "")
        case "chp":
            fuel = library.items.get(activity.item)
            return OWN_BIOMASS if fuel is not None and fuel.biogenic else OWN_FUEL
    return ""


def energy_of(portion: Portion, units: Units) -> Decimal:
    """Electricity that a portion of a record says; zero when it cannot be understood. [kWh]"""
    try:
        if portion.activity.method == "chp":
            made, sold = (_amount(portion, key) for key in ("power", "power_sold"))
            return units.convert(EXACT.subtract(made, sold), "MWh", "kWh")
        if portion.activity.method == "vehicle_charging":
            return _charged(portion, units)
        return units.convert(portion.quantity, portion.activity.unit, "kWh")
    except (UserError, ArithmeticError):  # excluded with a finding, which stops a claim
        return ZERO


def _amount(portion: Portion, key: str) -> Decimal:
    """Of a parameter that is an amount, cut with the record."""
    return EXACT.multiply(portion.given(key) or ZERO, portion.part)


def _charged(portion: Portion, units: Units) -> Decimal:
    used = portion.quantity
    if units.dimension(portion.activity.unit) == "energy":
        used = units.convert(used, portion.activity.unit, "kWh")
    else:
        used = driven(units.convert(used, portion.activity.unit, "km"), portion.given("consumption") or ZERO)
    return drawn(used, portion.given("charging_loss") or ZERO)


def whole_of(activity: Activity, units: Units) -> Decimal:
    """Electricity of a whole record, whatever the period. [kWh]"""
    return energy_of(Portion(activity, activity.start, activity.end, activity.quantity), units)


def by_days(value: Decimal, span: Period, months: Sequence[Period]) -> Iterator[tuple[Period, Decimal]]:
    """What of a value over some days falls into each month that they touch; never below zero, and exact together.

    Parameters
    ----------
    value
        of the whole span, not negative. [any unit]
    span
        its days.
    months
        calendar months one after the other, that cover the span.

    Examples
    --------
    >>> months = months_of(Period(date(2024, 1, 1), date(2024, 3, 31)))
    >>> [str(part) for _, part in by_days(Decimal(100), Period(date(2024, 1, 30), date(2024, 2, 1)), months)]
    ['66.666666667', '33.333333333']
    """
    touched = [(month, inside.days) for month in months if (inside := month.overlap(span)) is not None]
    left = value
    for month, days in touched[:-1]:
        amount = min(share(value, days, span.days).quantize(KG, context=EXACT), left)
        left = EXACT.subtract(left, amount)
        yield month, amount
    if touched:
        yield touched[-1][0], left
