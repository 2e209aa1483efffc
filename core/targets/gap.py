"""Target against actual emissions: on track or not, and what it would take from now on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.targets.pathway import HUNDRED, Point, at


@dataclass(frozen=True, slots=True)
class Gap:
    """One year of a pathway against what was emitted. [t CO2e, or per unit of a key figure]"""

    year: int
    allowed: Fraction
    actual: Fraction
    base: Fraction
    final: Fraction
    """In the year of the target."""
    last: int
    """The year of the target."""

    @property
    def gap(self) -> Fraction:
        """Above zero: too much."""
        return self.actual - self.allowed

    @property
    def on_track(self) -> bool:
        return self.gap <= 0

    @property
    def percent(self) -> Fraction | None:
        """The gap, of what is allowed; None where nothing is. [%]"""
        return self.gap / self.allowed * HUNDRED if self.allowed else None

    @property
    def reduced(self) -> Fraction | None:
        """Reached so far, of the base year; None where that is zero. [%]"""
        return (self.base - self.actual) / self.base * HUNDRED if self.base else None

    @property
    def achieved(self) -> Fraction | None:
        """Of the way to the target; above 100: beyond it. None where there is no way to go. [%]"""
        way = self.base - self.final
        return (self.base - self.actual) / way * HUNDRED if way else None

    @property
    def required(self) -> Fraction | None:
        """Yearly reduction from now on that still reaches the target; None from its year on. [t CO2e/a]"""
        left = self.last - self.year
        return max(Fraction(0), self.actual - self.final) / left if left > 0 else None

    @property
    def required_rate(self) -> Fraction | None:
        """The same, of the base year, as rule sets state rates. [%/a]"""
        if self.required is None or not self.base:
            return None
        return self.required / self.base * HUNDRED


def gap(points: Iterable[Point], actual: Decimal | Fraction | None, year: int) -> Gap | None:
    """How far a year is from its pathway.

    Parameters
    ----------
    points
        of the pathway; after its end the target itself is to be kept. [t CO2e]
    actual
        emissions of the year. [t CO2e]
    year
        that is looked at.

    Returns
    -------
    Gap or None
        None where the emissions are not known, or the pathway has not begun.

    Notes
    -----
    gap = e - E(t); required = max(0, e - E(T)) / (T - t), a straight line from today. Convention as in the absolute
    contraction of the SBTi Corporate Net-Zero Standard V1.3: rates are of the base year.

    Examples
    --------
    >>> way = (Point(2020, Fraction(100)), Point(2025, Fraction(75)), Point(2030, Fraction(50)))
    >>> found = gap(way, Decimal(80), 2025)
    >>> int(found.gap), found.on_track, int(found.required), int(found.achieved)
    (5, False, 6, 40)
    """
    held = sorted(points)
    allowed = at(held, year)
    if actual is None or allowed is None:
        return None
    return Gap(year, allowed, Fraction(actual), held[0].exact, held[-1].exact, held[-1].year)
