"""Units of those who ask: which of them fit a data point, and the same number in another one."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from core.disclosures.point import Point
from core.library import load_library
from core.library.units import scale

WORDS: Mapping[str, tuple[str, int | Fraction]] = {
    "%": ("share", 1),
    "1e6 h": ("hours", 1),
    "1/1e6 h": ("per_hours", 1),
    "cases": ("count", 1),
    "currency": ("money", 1),
    "kWp": ("peak_power", 1),
    "kgCO2": ("carbon_dioxide", Fraction(1, 1000)),
    "persons": ("people", 1),
    "tCO2": ("carbon_dioxide", 1),
    "y": ("years", 1),
    "years": ("years", 1),
}
"""What questionnaires count in and bills do not: what it measures, and how many base units it is. CO2 is no CO2e."""
BETWEEN = ";"
"""Between the units of a question that asks for several."""


def parts_of(unit: str) -> tuple[str, ...]:
    """Each unit of a question.

    Examples
    --------
    >>> parts_of("MWh; tCO2e")
    ('MWh', 'tCO2e')
    """
    return tuple(part.strip() for part in unit.split(BETWEEN) if part.strip())


def known_unit(unit: str) -> bool:
    """Whether a unit can be understood at all."""
    return _measured(unit) is not None


def fits(unit: str, point: Point) -> bool:
    """Whether one unit is that of a data point or of a column of it, or can be converted to it.

    Examples
    --------
    >>> from core.disclosures.catalogue import all_points
    >>> fits("GJ", all_points()["energy.total"]), fits("t", all_points()["energy.total"])
    (True, False)
    """
    asked = _measured(unit)
    if asked is None:
        return False
    columns = (one.unit for one in point.columns) if point.kind == "table" else ()
    answered = (_measured(one) for one in (point.unit, *columns) if one)
    return any(one is not None and _alike(one[0], asked[0]) for one in answered)


def in_unit(value: Decimal, source: str, target: str) -> Decimal | None:
    """The same quantity in another unit.

    Parameters
    ----------
    value
        quantity. [source]
    source, target
        units of a data point and of a question; ``currency`` is nobody's own and converts to itself alone.

    Returns
    -------
    Decimal | None
        quantity [target]; None where one cannot be converted to the other.

    Notes
    -----
    ``value × f(source) / f(target)``, where ``f`` is how many base units one unit is: an exact fraction, rounded once.

    Examples
    --------
    >>> in_unit(Decimal(2), "MWh", "GJ"), in_unit(Decimal("0.5"), "tCO2e/unit", "kgCO2e/unit")
    (Decimal('7.2'), Decimal('500.0'))
    >>> in_unit(Decimal(2), "MWh", "t") is None
    True
    """
    if source == target:
        return value
    one, other = _measured(source), _measured(target)
    if one is None or other is None or one[0] != other[0]:
        return None
    return scale(value, one[1] / other[1])


@lru_cache(maxsize=512)
def _measured(unit: str) -> tuple[tuple[str, ...], Fraction] | None:
    """What a unit measures, above and below the line, and how many of the base unit it is."""
    if unit in WORDS:
        return (WORDS[unit][0],), Fraction(WORDS[unit][1])
    above, line, below = unit.partition("/")
    if line:
        one, other = _measured(above.strip()), _measured(below.strip())
        if one is None or other is None or len(one[0]) + len(other[0]) != 2:
            return None
        return (*one[0], *other[0]), one[1] / other[1]
    found = load_library().units.find(unit)
    return None if found is None else ((found.dimension,), found.to_base)


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Every currency answers where money is asked for."""
    return [name.partition("_")[0] if name.startswith("money") else name for name in one] == [
        name.partition("_")[0] if name.startswith("money") else name for name in other
    ]
