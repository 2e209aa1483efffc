"""A straight line through points, in exact arithmetic: the same on any machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.library import EXACT
from core.methods import exact_sum


@dataclass(frozen=True, slots=True)
class Trend:
    """What is there anyway, and what each degree day adds."""

    base: Decimal
    """Where the line meets x = 0. [unit of y]"""
    slope: Decimal
    """[unit of y per unit of x]"""
    r2: Decimal
    """Share of the variance that the line explains. [1]"""
    points: int

    def at(self, x: Decimal, times: int = 1) -> Decimal:
        """The sum of ``times`` values of the line whose x add up to ``x``."""
        return EXACT.add(EXACT.multiply(self.base, Decimal(times)), EXACT.multiply(self.slope, x))


def line_through(xs: Sequence[Decimal], ys: Sequence[Decimal]) -> Trend | None:
    """The line with the least sum of squares.

    Parameters
    ----------
    xs, ys
        equally many. [any]

    Returns
    -------
    Trend
        None for fewer than three points, or where all x are the same.

    Notes
    -----
    slope = Sxy / Sxx, base = ȳ - slope x̄, R² = Sxy² / (Sxx Syy). Montgomery, Peck and Vining, Introduction to Linear
    Regression Analysis (5th ed., 2012), 2.2; verified with NIST StRD, Norris. R² is 1 where all y are the same.

    Examples
    --------
    >>> line_through([Decimal(0), Decimal(1), Decimal(2)], [Decimal(3), Decimal(5), Decimal(7)])
    Trend(base=Decimal('3'), slope=Decimal('2'), r2=Decimal('1'), points=3)
    """
    count = len(xs)
    if count < 3:
        return None
    mean_x, mean_y = (EXACT.divide(exact_sum(values), Decimal(count)) for values in (xs, ys))
    dx, dy = ([EXACT.subtract(one, mean) for one in values] for values, mean in ((xs, mean_x), (ys, mean_y)))
    sxx, syy, sxy = (_products(*pair) for pair in ((dx, dx), (dy, dy), (dx, dy)))
    if not sxx:
        return None
    slope = EXACT.divide(sxy, sxx)
    r2 = EXACT.divide(EXACT.multiply(slope, sxy), syy) if syy else Decimal(1)
    return Trend(EXACT.subtract(mean_y, EXACT.multiply(slope, mean_x)), slope, r2, count)


def _products(one: Sequence[Decimal], other: Sequence[Decimal]) -> Decimal:
    return exact_sum(EXACT.multiply(a, b) for a, b in zip(one, other, strict=True))
