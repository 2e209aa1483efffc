"""Year over year: the same months of several years side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal

from core.series.read import MonthSum

MONTHS = range(1, 13)
_EXACT = Context(prec=34)


@dataclass(frozen=True, slots=True)
class Compared:
    """The months of a year that are whole in the year before too."""

    months: tuple[int, ...]
    """1 to 12."""
    now: Decimal
    """Their sum. [unit]"""
    before: Decimal
    """Sum of the same months a year earlier. [unit]"""

    @property
    def change(self) -> float | None:
        """Relative; None when there was nothing before. [1]"""
        return float(_EXACT.divide(self.now, self.before)) - 1 if self.before else None


@dataclass(frozen=True, slots=True)
class YearOverYear:
    """Monthly sums by year. Only months without a gap are compared."""

    sums: dict[int, dict[int, MonthSum]]
    """By year and month, both ascending; a month without any value is not there."""

    @property
    def years(self) -> tuple[int, ...]:
        """Ascending."""
        return tuple(self.sums)

    def total(self, year: int, month: int) -> Decimal | None:
        """Sum of what is there, be it whole or not; None when nothing is. [unit]"""
        found = self.sums.get(year, {}).get(month)
        return None if found is None else found.total

    def whole(self, year: int, month: int) -> bool:
        """Whether no value of the month is missing."""
        found = self.sums.get(year, {}).get(month)
        return found is not None and found.complete

    def change(self, year: int, month: int) -> float | None:
        """Against the same month a year earlier; None unless both are whole. [1]"""
        return self._compare(year, (month,)).change

    def compare(self, year: int) -> Compared:
        """All months that are whole in this year and in the one before: like with like.

        Parameters
        ----------
        year
            any; without months that compare, both sums are zero.
        """
        return self._compare(year, tuple(MONTHS))

    def _compare(self, year: int, months: Iterable[int]) -> Compared:
        both = tuple(m for m in months if self.whole(year, m) and self.whole(year - 1, m))
        return Compared(both, *(_sum(self.sums[y][m].total for m in both) for y in (year, year - 1)))


def year_over_year(sums: Iterable[MonthSum]) -> YearOverYear:
    """Monthly sums of one meter, arranged by year.

    Parameters
    ----------
    sums
        as :func:`core.series.read.monthly` gives them, in any order.
    """
    arranged: dict[int, dict[int, MonthSum]] = {}
    for one in sorted((s for s in sums if s.present), key=lambda s: s.month):
        arranged.setdefault(one.month.year, {})[one.month.month] = one
    return YearOverYear(arranged)


def _sum(values: Iterable[Decimal]) -> Decimal:
    total = Decimal(0)
    for value in values:
        total = _EXACT.add(total, value)
    return total
