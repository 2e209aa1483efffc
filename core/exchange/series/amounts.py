"""From what a file says to what a meter keeps: unit, ratio of the transformers, power to energy, states to amounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np

from core.errors import UserError
from core.exchange.series.calendar_days import Daily
from core.exchange.series.parsing import Column
from core.exchange.series.values import exact_scale
from core.i18n import T, Text
from core.ledger import Meter, MeterExchange, Reading
from core.library.units import Units, scale
from core.series import MEDIA, Series
from core.series.counters import backwards, counter_series
from core.series.power import energy
from core.series.zones import begin_of, local_parts

_PLACES = Decimal(1).scaleb(-9)
_PER_HOUR = {"W": "Wh", "kW": "kWh", "MW": "MWh", "GW": "GWh"}
_PARTS = {
    "Wh": ("kWh", Fraction(1, 1000)),
    "J": ("MJ", Fraction(1, 1_000_000)),
    "Btu": ("mmBtu", Fraction(1, 1_000_000)),
    "ccf": ("ft3", Fraction(100)),
}
"""Units that no bill has, in one that the library knows."""
_LEVELS = {
    ("kW/m2", "W/m2"): Fraction(1000),
    ("kWh/m2", "W/m2"): Fraction(1000),
    ("Wh/m2", "W/m2"): Fraction(1),
    ("MJ/m2", "W/m2"): Fraction(2500, 9),
    ("%", "1"): Fraction(1, 100),
    ("g/kWh", "kg/kWh"): Fraction(1, 1000),
    ("kg/kWh", "g/kWh"): Fraction(1000),
}
"""Levels, and sums of irradiance per hour, in the unit of a sensor."""
RESET = 7_200
"""How long after midnight a counter of the day may still begin at zero. [s]"""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a meter would keep of a column."""

    series: tuple[Series, ...] = ()
    """In the meter's unit, multiplier applied."""
    readings: tuple[Reading, ...] = ()
    """Of whole days and months; without ids."""
    notes: tuple[Text, ...] = ()


def kept_of(
    column: Column, meter: Meter, exchanges: Sequence[MeterExchange], zone: ZoneInfo, units: Units, *, multiplied: bool
) -> Kept:
    """Turn a column into what a meter keeps.

    Parameters
    ----------
    column
        as it was read.
    meter
        whose unit, multiplier and digits of the counter hold.
    exchanges
        of any meter.
    zone
        of the plant.
    units
        of the library.
    multiplied
        whether the file has the ratio of the transformers in its values already.

    Raises
    ------
    UserError
        when the column and the meter do not measure the same kind of thing.

    Notes
    -----
    Energy of a mean power: E = P × h. Of samples: E = (P + P of the next) / 2 × h. Of a counter: the difference of two
    states, over a roll-over. All with one rounding, as long as digits and ratio are below 2**53.
    """
    ratio = ratio_of(column.value.unit, meter, units, power=column.value.quantity == "power")
    if not multiplied:
        ratio *= Fraction(meter.multiplier)
    own = tuple(one for one in exchanges if one.meter == meter.id)
    if column.days:
        readings = _readings(column, meter, ratio, zone, multiplied=multiplied)
        return Kept(readings=readings)
    quantity = column.value.quantity
    if quantity == "counter":
        return _counted(column, meter, own, zone, ratio, multiplied=multiplied)
    if quantity == "day_counter":
        return Kept(tuple(_of_the_day(one, column.places, ratio, zone) for one in column.series))
    if quantity == "power":
        return Kept(tuple(_of_power(one, column.label, column.places, ratio) for one in column.series))
    per_hour = (column.value.unit, meter.unit) in _LEVELS and quantity == "energy"
    return Kept(tuple(_scaled(one, column, ratio, per_hour=per_hour) for one in column.series))


def ratio_of(unit: str, meter: Meter, units: Units, *, power: bool = False) -> Fraction:
    """How many of the meter's units one of the file's is; of a power, per hour.

    Raises
    ------
    UserError
        when the two do not measure the same.
    """
    medium = MEDIA.get(meter.medium)
    if medium is not None and medium.level:
        if unit in (meter.unit, "degF") and not power:
            return Fraction(1)
        found = _LEVELS.get((unit, meter.unit))
        if found is None or power:
            raise _other(unit, meter)
        return found
    if power:
        unit = _PER_HOUR.get(unit) or unit.removesuffix("/h")
    unit, part = _PARTS.get(unit, (unit, Fraction(1)))
    target, target_part = _PARTS.get(meter.unit, (meter.unit, Fraction(1)))
    one, other = units.find(unit), units.find(target)
    if one is None or other is None:
        if unit == target:
            return part / target_part
        raise _other(unit, meter)
    dimensions = {one.dimension, other.dimension}
    # Gas is metered and billed by its gross calorific value, so its kilowatt-hours are those of a therm.
    gas = meter.medium == "natural_gas" and dimensions == {"energy", "energy_gross"}
    if len(dimensions) > 1 and not gas:
        raise _other(unit, meter)
    return one.to_base / other.to_base * part / target_part


def _other(unit: str, meter: Meter) -> UserError:
    return UserError(
        T("{unit} cannot be converted to {other}, the unit of {meter}.", unit=unit, other=meter.unit, meter=meter.name),
        T("Choose another meter, or correct the unit of the column in the mapping."),
    )


def _scaled(one: Series, column: Column, ratio: Fraction, *, per_hour: bool) -> Series:
    if column.value.unit == "degF":
        return replace(one, values=exact_scale(one.values - 32.0, column.places, Fraction(5, 9)))
    factor = ratio * Fraction(3600, one.step) if per_hour else ratio
    return replace(one, values=exact_scale(one.values, column.places, factor))


def _of_power(one: Series, label: str, places: int, ratio: Fraction) -> Series:
    """Energy of each interval; what is missing and where it begins says :func:`core.series.power.energy`."""
    hours = Fraction(one.step, 3600)
    if label != "instant":
        return replace(one, values=exact_scale(one.values, places, ratio * hours))
    found = energy(one, "instantaneous")
    power = 10.0**places
    pairs = np.rint((one.values[1:] + one.values[:-1]) * power) / power
    return replace(found, values=exact_scale(pairs, places, ratio * hours / 2))


def _counted(
    column: Column,
    meter: Meter,
    exchanges: Sequence[MeterExchange],
    zone: ZoneInfo,
    ratio: Fraction,
    *,
    multiplied: bool,
) -> Kept:
    """Differences of states; across an exchange of the meter nothing is known."""
    found: list[Series] = []
    back = 0
    unit = ratio if multiplied else ratio / Fraction(meter.multiplier)
    for first, last, multiplier, digits in _counters(meter, exchanges, zone):
        factor = unit * (1 if multiplied else Fraction(multiplier))
        for states in _within(column.series, first, last):
            before = Series(states.start - states.step, states.step, states.values, states.marks)
            amounts = counter_series(before, _decimal(factor), digits, meter.highest)
            back += len(backwards(before, amounts))
            found.append(amounts)
    notes: tuple[Text, ...] = ()
    if back:
        notes = (
            T(
                "The counter went backwards {count} times; nothing is known of these intervals. If the meter was "
                "exchanged, enter that first.",
                count=back,
            ),
        )
    return Kept(tuple(found), notes=notes)


def _counters(
    meter: Meter, exchanges: Sequence[MeterExchange], zone: ZoneInfo
) -> Iterable[tuple[int, int, Decimal, int]]:
    """When which counter was in its place, with its multiplier and digits."""
    ordered = sorted(exchanges, key=lambda one: one.day)
    bounds = [-(2**40), *(begin_of(one.day, zone) for one in ordered), 2**40]
    known = [(meter.multiplier, meter.digits), *((one.multiplier, one.digits) for one in ordered)]
    for (first, last), (multiplier, digits) in zip(pairwise(bounds), known, strict=True):
        yield first, last, multiplier, digits


def _within(series: Sequence[Series], first: int, last: int) -> Iterable[Series]:
    """The part of each series that lies between two moments."""
    for one in series:
        begin = max(0, -(-(first - one.start) // one.step))
        end = min(len(one), -(-(last - one.start) // one.step))
        if begin < end:
            marks = None if one.marks is None else one.marks[begin:end]
            yield Series(one.start + begin * one.step, one.step, one.values[begin:end], marks)


def _decimal(ratio: Fraction) -> Decimal:
    return scale(Decimal(1), ratio)


def _of_the_day(one: Series, places: int, ratio: Fraction, zone: ZoneInfo) -> Series:
    """Amounts of a counter that begins at zero each local day. It may do so a little late."""
    values = one.values
    steps = np.rint(np.diff(values) * 10.0**places) / 10.0**places
    days, clock = local_parts(one.starts, zone)
    fresh = (days[1:] != days[:-1]) | (clock[1:] <= RESET)
    amounts = np.where(steps >= 0, steps, np.where(fresh, values[1:], np.nan))
    amounts[np.isnan(steps)] = np.nan
    marks = None if one.marks is None else np.maximum(one.marks[1:], one.marks[:-1])
    return Series(one.start, one.step, exact_scale(amounts, places, ratio), marks)


def _readings(
    column: Column, meter: Meter, ratio: Fraction, zone: ZoneInfo, *, multiplied: bool
) -> tuple[Reading, ...]:
    quantity = column.value.quantity
    medium = MEDIA.get(meter.medium)
    if quantity == "level" or (medium is not None and medium.level):
        raise UserError(
            T("“{column}” has one value a day, and a sensor keeps means of shorter intervals.", column=column.name),
            T("Export hours or quarters of an hour."),
        )
    counter = quantity == "counter"
    if counter:
        if multiplied and meter.multiplier != 1:
            raise UserError(
                T("The states of the counter of {meter} are multiplied already.", meter=meter.name),
                T("Import the states as the counter shows them, or enter 1 as the multiplier of the meter."),
            )
        ratio = ratio if multiplied else ratio / Fraction(meter.multiplier)
    return tuple(
        Reading("", meter.id, day.end if counter else day.start, day.end, _amount(day, quantity, ratio, zone), counter,
                day.estimated)
        for day in column.days
    )  # fmt: skip


def _amount(day: Daily, quantity: str, ratio: Fraction, zone: ZoneInfo) -> Decimal:
    if quantity == "power":
        ratio *= Fraction(_length(day.start, day.end, zone), 3600)
    amount = scale(Decimal(repr(day.value)), ratio)
    return amount if amount == amount.quantize(_PLACES) else amount.quantize(_PLACES)


def _length(first: date, last: date, zone: ZoneInfo) -> int:
    return begin_of(last + timedelta(days=1), zone) - begin_of(first, zone)
