"""The carbon budget of a target: the area under its pathway, what of it is used, and when it will be used up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from core.errors import UserError
from core.i18n import T
from core.library import EXACT
from core.methods import KG
from core.targets.pathway import Point, decimal_of

Knots = Sequence[tuple[int, Fraction]]
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be emitted from the base year to the year of the target. [t CO2e]"""

    first: int
    last: int
    area: Fraction
    """All of it."""
    until: int
    """Last year of which emissions are known; the base year while none is."""
    used: Fraction
    """Up to that year."""
    allowed: Fraction
    """Of the area, up to the same year: what may have been used by then."""
    missing: tuple[int, ...]
    """Years in between of which no emissions are known: a straight line stands for them."""
    today: Fraction
    """Emissions of the last known year."""
    exhausted_today: int | None
    """Calendar year in which nothing is left at the level of the last known year; None: never."""
    exhausted_forecast: int | None
    """The same along the forecast; None: not within it, or there is none."""

    @property
    def left(self) -> Fraction:
        """Below zero: overdrawn."""
        return self.area - self.used

    @property
    def overdrawn(self) -> Fraction:
        """Used beyond what may have been used by now; below zero: saved."""
        return self.used - self.allowed


def tonnes(value: Fraction) -> Decimal:
    """To nine decimals, as tonnes are kept."""
    return EXACT.quantize(decimal_of(value), KG)


def area(knots: Iterable[tuple[int, Fraction]]) -> Fraction:
    """Area under straight lines between years.

    Parameters
    ----------
    knots
        year and emissions, in the order of years. [t CO2e]

    Returns
    -------
    Fraction
        exact. [t CO2e]

    Notes
    -----
    A = Σ (y₁ - y₀) × (e₀ + e₁) / 2. Each knot stands in the middle of its year, so half of the first and half of the
    last year count: the base year is where the way begins, and the year of the target where it ends. Convention ours;
    the trapezoid is exact for straight lines.

    Examples
    --------
    >>> area([(2020, Fraction(100)), (2021, Fraction(90)), (2023, Fraction(50))])
    Fraction(235, 1)
    """
    return sum(((last - first) * (one + other) / 2 for (first, one), (last, other) in pairwise(knots)), Fraction(0))


def budget(
    points: Iterable[Point], actuals: Mapping[int, Decimal], forecast: Mapping[int, Decimal] | None = None
) -> Budget:
    """A budget with what is used of it, and the year in which it will be used up.

    Parameters
    ----------
    points
        of an absolute pathway, see :func:`core.targets.pathway.pathway`. [t CO2e]
    actuals
        emissions by year of the same parts; years outside of the pathway are left out. [t CO2e]
    forecast
        emissions of years after the last actual one, optional. [t CO2e]

    Raises
    ------
    UserError
        for a pathway of less than two years.

    Notes
    -----
    The budget is the area under the pathway, see :func:`area`; used is the area under the actual years by the same
    convention, from the middle of the base year to the middle of the last known year. The base year is that of the
    pathway. At today's level e the rest R lasts R / e years from the middle of the last known year; along a forecast,
    straight lines between its years. A level of zero uses nothing up. Convention ours.

    Examples
    --------
    >>> way = (Point(2020, Fraction(100)), Point(2021, Fraction(50)), Point(2022, Fraction(0)))
    >>> found = budget(way, {2020: Decimal(100), 2021: Decimal(80)})
    >>> int(found.area), int(found.used), int(found.left), found.exhausted_today
    (100, 90, 10, 2021)
    """
    held = sorted(points)
    if len(held) < 2:
        raise UserError(T("A budget needs a pathway of at least two years."), T("Look at the years of the target."))
    first, last = held[0].year, held[-1].year
    whole = area((one.year, one.exact) for one in held)
    known = [(year, Fraction(value)) for year, value in sorted(actuals.items()) if first < year <= last]
    knots = [(first, held[0].exact), *known]
    until, today = knots[-1]
    years = {year for year, _ in knots}
    ahead = [(year, Fraction(value)) for year, value in sorted((forecast or {}).items()) if year > until]
    return Budget(
        first=first,
        last=last,
        area=whole,
        until=until,
        used=area(knots),
        allowed=area((one.year, one.exact) for one in held if one.year <= until),
        missing=tuple(year for year in range(first, until) if year not in years),
        today=today,
        exhausted_today=crossing(knots, whole) or _level(until, today, whole - area(knots)),
        exhausted_forecast=crossing([*knots, *ahead], whole) if ahead else None,
    )


def crossing(knots: Knots, whole: Fraction) -> int | None:
    """Calendar year in which the area from the first knot on reaches a budget; None when it does not.

    Notes
    -----
    Between two knots the moment is the root of a square; of the year nothing but the sums at its turns is needed, and
    these are exact. With a straight line from (0, a) to (n, b) the area up to t is a t + (b - a) t² / 2n.

    Examples
    --------
    >>> level = [(2020, Fraction(10)), (2030, Fraction(10))]
    >>> crossing(level, Fraction(50)), crossing(level, Fraction(101))
    (2025, None)
    """
    used = Fraction(0)
    for (first, one), (last, other) in pairwise(knots):
        span = last - first
        if used + span * (one + other) / 2 >= whole:
            for year in range(first, last):
                # From the middle of the first year to the end of this one, the new year's eve after it.
                moment = year - first + HALF
                if used + one * moment + (other - one) * moment * moment / (2 * span) >= whole:
                    return year
            return last
        used += span * (one + other) / 2
    return None


def _level(until: int, today: Fraction, left: Fraction) -> int | None:
    """Calendar year in which a rest is used up at a level that stays."""
    if today <= 0:
        return None
    moment = until + HALF + max(left, Fraction(0)) / today
    # Used up on new year's eve is used up in the year that ends.
    return -(-moment.numerator // moment.denominator) - 1
