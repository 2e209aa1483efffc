"""Heat in a mass of steam or hot water, as the Chinese guidelines define it."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.errors import UserError
from core.i18n import T, Text
from core.library import EXACT, SHIPPED, Factor, Library

WATER_AT_20 = Decimal("83.74")
"""Enthalpy of water at 20 °C, from which the 24 guidelines of 2013-2015 count. [kJ/kg]"""
REFERENCE = Decimal(20)
"""Temperature from which hot water counts. [°C]"""
HEAT_CAPACITY = Decimal("4.1868")
"""Of water. [kJ/(kg·K)]"""
THOUSAND = Decimal(1000)
ENTHALPY, TEMPERATURE = "saturated_enthalpy", "saturation_temperature"
PREFIX = "steam_"
"""The rows of the table are about ``steam_0.50MPa``: the pressure is in the name."""


def heat_of_steam(mass: Decimal, enthalpy: Decimal, reference: Decimal) -> Decimal:
    """Heat delivered with steam.

    Parameters
    ----------
    mass
        steam. [t]
    enthalpy
        of the steam. [kJ/kg]
    reference
        enthalpy from which heat counts: 83.74 (water at 20 °C) or 0. [kJ/kg]

    Returns
    -------
    Decimal
        heat. [GJ]

    Notes
    -----
    AD = Ma × (En - 83.74) × 10⁻³, NDRC guidelines for 24 sectors (2013-2015); GB/T 32151.34-2024, equation 13, as
    transcribed counts the whole enthalpy.

    Examples
    --------
    Ten tonnes of saturated steam at 0.80 MPa.

    >>> heat_of_steam(Decimal(10), Decimal("2768.4"), Decimal("83.74"))
    Decimal('26.8466')
    """
    return EXACT.divide(EXACT.multiply(mass, EXACT.subtract(enthalpy, reference)), THOUSAND)


def heat_of_water(mass: Decimal, temperature: Decimal) -> Decimal:
    """Heat delivered with hot water.

    Parameters
    ----------
    mass
        hot water. [t]
    temperature
        of the water. [°C]

    Returns
    -------
    Decimal
        heat. [GJ]

    Raises
    ------
    UserError
        when the water is not warmer than 20 °C.

    Notes
    -----
    AD = Ma × (Tw - 20) × 4.1868 × 10⁻³, NDRC guidelines for 24 sectors (2013-2015).

    Examples
    --------
    >>> heat_of_water(Decimal(1000), Decimal(90))
    Decimal('293.0760')
    """
    if temperature <= REFERENCE:
        raise UserError(
            T("Hot water of {temperature} °C carries no heat: it counts from 20 °C.", temperature=temperature),
            T("Correct the temperature."),
        )
    warmer = EXACT.subtract(temperature, REFERENCE)
    return EXACT.divide(EXACT.multiply(EXACT.multiply(mass, warmer), HEAT_CAPACITY), THOUSAND)


def interpolate(x: Decimal, below: tuple[Decimal, Decimal], above: tuple[Decimal, Decimal]) -> Decimal:
    """A value on the straight line between two rows of a table.

    Parameters
    ----------
    x
        between the two. [MPa or °C]
    below, above
        rows as (x, y). [MPa or °C, kJ/kg or °C]

    Returns
    -------
    Decimal
        y. [kJ/kg or °C]

    Notes
    -----
    The tables of GB/T 32151.34-2024, annex C, are read between two rows along a straight line:
    y = y0 + (y1 - y0) × (x - x0) / (x1 - x0).

    Examples
    --------
    >>> interpolate(Decimal("0.75"), (Decimal("0.7"), Decimal("2762.9")), (Decimal("0.8"), Decimal("2768.4")))
    Decimal('2765.65')
    """
    (x0, y0), (x1, y1) = below, above
    if x0 == x1:
        return y0
    slope = EXACT.divide(EXACT.subtract(y1, y0), EXACT.subtract(x1, x0))
    return EXACT.add(y0, EXACT.multiply(slope, EXACT.subtract(x, x0)))


@dataclass(frozen=True, slots=True)
class Row:
    """Saturated steam at one pressure."""

    pressure: Decimal
    """[MPa, absolute]"""
    temperature: Factor
    enthalpy: Factor


@dataclass(frozen=True, slots=True)
class Steam:
    """What the table says about steam: both numbers and the rows they are from."""

    enthalpy: Decimal
    temperature: Decimal
    rows: tuple[Factor, ...]


def by_pressure(table: Sequence[Row], pressure: Decimal) -> Steam:
    """Saturated steam of a pressure, between two rows of the table and never beyond it.

    Raises
    ------
    UserError
        outside the table.
    """
    below = [row for row in table if row.pressure <= pressure]
    above = [row for row in table if row.pressure >= pressure]
    if not below or not above:
        raise _beyond(T("{pressure} MPa", pressure=pressure))
    return _between(below[-1], above[0], pressure, below[-1].pressure, above[0].pressure)


def by_temperature(table: Sequence[Row], temperature: Decimal) -> Steam:
    """Saturated steam of a temperature, between two rows of the table and never beyond it.

    Raises
    ------
    UserError
        outside the table.
    """
    below = [row for row in table if _value(row.temperature) <= temperature]
    above = [row for row in table if _value(row.temperature) >= temperature]
    if not below or not above:
        raise _beyond(T("{temperature} °C", temperature=temperature))
    return _between(below[-1], above[0], temperature, _value(below[-1].temperature), _value(above[0].temperature))


def _between(below: Row, above: Row, x: Decimal, x0: Decimal, x1: Decimal) -> Steam:
    enthalpy = interpolate(x, (x0, _value(below.enthalpy)), (x1, _value(above.enthalpy)))
    temperature = interpolate(x, (x0, _value(below.temperature)), (x1, _value(above.temperature)))
    rows = (below.enthalpy, above.enthalpy, below.temperature, above.temperature)
    return Steam(enthalpy, temperature, tuple({row.key: row for row in rows}.values()))


def _beyond(where: Text) -> UserError:
    return UserError(
        T("{where} is outside the table of saturated steam.", where=where), T("Enter the enthalpy of the steam.")
    )


def _value(factor: Factor) -> Decimal:
    if factor.value is None:
        raise UserError(T("The factor {key} has no value.", key=factor.key), T("Correct the file of the factor."))
    return factor.value


_SEEN: deque[tuple[Sequence[Factor], tuple[Row, ...]]] = deque(maxlen=4)
"""Tables of the libraries last asked: the rows are the same for a year of bills."""


def table_of(library: Library) -> tuple[Row, ...]:
    """Saturated steam by rising pressure, from the library. Remembered for the libraries last asked."""
    for factors, table in _SEEN:
        if factors is library.factors:
            return table
    rows = [row for item in library.subjects if item.startswith(PREFIX) and (row := _row(library, item)) is not None]
    table = tuple(sorted(rows, key=lambda row: row.pressure))
    _SEEN.append((library.factors, table))
    return table


def _row(library: Library, item: str) -> Row | None:
    enthalpy, temperature = (
        next((f for f in library.about(item, use) if f.status in SHIPPED), None) for use in (ENTHALPY, TEMPERATURE)
    )
    if enthalpy is None or temperature is None:
        return None
    return Row(Decimal(item.removeprefix(PREFIX).removesuffix("MPa")), temperature, enthalpy)
