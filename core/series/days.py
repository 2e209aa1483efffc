"""Sums of local days, which have 23 or 25 hours where clocks are changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.series.clock import Floats, added_up, clock, ratio
from core.series.series import Series
from core.series.zones import DAY, day_bounds, day_of


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """Sums of local days."""

    first: date
    sums: Floats
    """Of the values that are there [unit], of levels times hours; NaN for a day without any."""
    present: NDArray[np.int64]
    """Intervals with a value."""
    expected: NDArray[np.int64]
    """Intervals that a whole day of 23, 24 or 25 hours has."""
    hours: float
    """Length of an interval. [h]"""

    @property
    def complete(self) -> NDArray[np.bool_]:
        """Whether no value of the day is missing."""
        return self.present >= self.expected

    @property
    def mean(self) -> Floats:
        """Mean power over the intervals with a value, or the mean level. [unit/h or unit]"""
        return ratio(self.sums, self.present.astype(np.float64) * self.hours)


def day_sums(series: Series, zone: ZoneInfo, *, level: bool = False) -> Days:
    """Sums of local days of 23, 24 or 25 hours.

    Parameters
    ----------
    series
        amounts [unit] or levels.
    zone
        whose calendar counts.
    level
        whether the values are levels.
    """
    days, _ = clock(series, zone)
    if not len(days):
        none = np.zeros(0, np.int64)
        return Days(day_of(series.start // DAY), np.empty(0), none, none, series.hours)
    first, last = day_of(int(days[0])), day_of(int(days[-1]))
    number = days - days[0]
    sums, present = added_up(series, number, int(number[-1]) + 1, level)
    expected = np.bincount(number).astype(np.int64)
    for place, day in ((0, first), (-1, last)):
        # An interval belongs to the day in which it begins, also where none begins at midnight.
        begin, end = -((series.start - day_bounds(day, day, zone)) // series.step)
        expected[place] = end - begin
    return Days(first, sums, present, expected, series.hours)
