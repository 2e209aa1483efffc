"""Several series on the same intervals, so that what is compared was measured at the same time."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.i18n import T
from core.series import ESTIMATED, Series

Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Grid:
    """Equal intervals, one after the other."""

    start: int
    """Beginning of the first. [s since 1970-01-01 UTC]"""
    step: int
    """Length of each. [s]"""
    count: int
    """How many there are."""

    @property
    def end(self) -> int:
        """End of the last. [s since 1970-01-01 UTC]"""
        return self.start + self.step * self.count

    @property
    def hours(self) -> float:
        """Length of each. [h]"""
        return self.step / 3600.0

    @property
    def starts(self) -> NDArray[np.int64]:
        """Beginning of each. [s since 1970-01-01 UTC]"""
        return self.start + self.step * np.arange(self.count, dtype=np.int64)

    def part(self, start: int, end: int) -> slice:
        """The intervals that begin from ``start`` on and before ``end``. [s since 1970-01-01 UTC]"""
        first, last = (min(max(-((self.start - at) // self.step), 0), self.count) for at in (start, end))
        return slice(first, max(first, last))

    def series(self, values: Floats) -> Series:
        """Values of the intervals as a series."""
        return Series(self.start, self.step, values)


def grid_of(*series: Series, step: int | None = None) -> Grid:
    """The coarsest intervals among some series, over all their time together.

    Parameters
    ----------
    series
        in steps of which each is a multiple of the shorter ones, beginning together.
    step
        a longer step that is asked for; None: the longest there is. [s]

    Raises
    ------
    UserError
        when one step is no multiple of another, or intervals overlap in part.

    Examples
    --------
    >>> import numpy as np
    >>> grid_of(Series(0, 900, np.ones(6)), Series(3600, 3600, np.ones(2)))
    Grid(start=0, step=3600, count=3)
    """
    steps = sorted({one.step for one in series} | ({step} if step is not None else set()))
    coarsest = max(series, key=lambda one: one.step)
    longest = steps[-1]
    anchor = coarsest.start if longest == coarsest.step else 0
    fits = all(longer % shorter == 0 for shorter, longer in pairwise(steps))
    if not fits or any((anchor - one.start) % one.step for one in series) or (step is not None and longest > step):
        minutes = sorted({one.step // 60 for one in series})
        raise UserError(
            T("Intervals of {minutes} minutes cannot be laid over each other.", minutes=minutes),
            T("Import the meters in intervals of which one is a multiple of the other."),
        )
    first, last = min(one.start for one in series), max(one.end for one in series)
    start = anchor + (first - anchor) // longest * longest
    return Grid(start, longest, -((start - last) // longest))


def amounts_on(grid: Grid, series: Series) -> Floats:
    """Sums over the intervals of a grid; NaN where any part is missing. [unit of the series]"""
    parts = grid.step // series.step
    found: Floats = _laid(grid, series, series.values).reshape(grid.count, parts).sum(axis=1)
    return found


def levels_on(grid: Grid, series: Series) -> Floats:
    """Means over the intervals of a grid; NaN where any part is missing. [unit of the series]"""
    return amounts_on(grid, series) / (grid.step // series.step)


def estimated_on(grid: Grid, series: Series) -> Flags:
    """Which intervals of a grid hold an estimate."""
    if series.marks is None:
        return np.zeros(grid.count, dtype=np.bool_)
    marked = _laid(grid, series, (series.marks == ESTIMATED).astype(np.float64))
    found: Flags = (marked.reshape(grid.count, -1) == 1.0).any(axis=1)
    return found


def _laid(grid: Grid, series: Series, values: Floats) -> Floats:
    """The values of a series over the whole time of a grid."""
    room = np.full(grid.count * (grid.step // series.step), np.nan)
    place = (series.start - grid.start) // series.step
    room[place : place + len(values)] = values
    return room
