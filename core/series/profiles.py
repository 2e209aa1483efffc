"""How a meter's values lie on the clock and in the calendar: load profile and heat map.

On a day of 25 hours one hour of the clock holds two, on a day of 23 hours one holds none.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.i18n import Text
from core.series.clock import HOUR, Floats, added_up, clock, mean_power, ratio
from core.series.series import Series
from core.series.working import Calendar, Kinds, kind_of, titles
from core.series.zones import DAY, day_of

QUARTER = 900


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """Mean power by the time of the clock, for each kind of day."""

    kinds: Kinds
    slot: int
    """Length of a step of the profile. [s]"""
    count: NDArray[np.int64]
    """Values that fell into each step; shape (kinds of day, steps)."""
    mean: Floats
    """[unit/h, or unit of the level]; NaN where nothing fell in; shape (kinds of day, steps)."""
    quantiles: Floats
    """The same for each of ``shares``; shape (shares, kinds of day, steps)."""
    shares: tuple[float, ...]
    """Which quantiles these are. [1]"""

    @property
    def titles(self) -> tuple[Text, ...]:
        """What the kinds of day are called."""
        return titles(self.kinds)

    @property
    def times(self) -> Floats:
        """Beginning of each step. [h on the clock]"""
        return np.arange(self.mean.shape[1], dtype=np.float64) * (self.slot / HOUR)


@dataclass(frozen=True, slots=True, eq=False)
class HeatMap:
    """What each hour of each local day held."""

    first: date
    """The local day of the first column."""
    slot: int
    """Length of a row on the clock. [s]"""
    sums: Floats
    """Amounts added up [unit], levels times hours; NaN where nothing is known; shape (steps of the day, days)."""
    hours: Floats
    """Hours with a value: 2 in the hour that comes twice, less than 1 around a gap; the same shape. [h]"""

    @property
    def mean(self) -> Floats:
        """Mean power over the hours with a value, or the mean level; NaN where nothing is known. [unit/h or unit]"""
        return ratio(self.sums, self.hours)


def profile(
    series: Series,
    zone: ZoneInfo,
    *,
    kinds: Kinds = "working",
    calendar: Calendar | None = None,
    slot: int | None = None,
    shares: Sequence[float] = (0.05, 0.5, 0.95),
    level: bool = False,
) -> Profile:
    """Mean and quantiles of the mean power by the time of the clock.

    Parameters
    ----------
    series
        amounts [unit] or levels.
    zone
        whose clock and calendar count.
    kinds
        which kinds of day are told apart.
    calendar
        which days are worked; from Monday to Friday when not given.
    slot
        length of a step; that of the intervals, but no less than a quarter of an hour, when not given. [s]
    shares
        quantiles asked for; between two values in proportion. [1]
    level
        whether the values are levels.

    Returns
    -------
    Profile
        means weighted by their counts make the mean of the whole series.

    Notes
    -----
    Quantile q of n ordered values lies at place (n - 1) q (definition 7 of Hyndman and Fan, 1996).
    """
    slot = max(series.step, QUARTER) if slot is None else slot
    steps = _steps(series, slot)
    days, seconds = clock(series, zone)
    power = mean_power(series, level=level)
    known = ~np.isnan(power)
    shape = (len(titles(kinds)), steps)
    key = seconds // slot + _each_day(days, lambda numbers: kind_of(numbers, kinds, calendar or Calendar()) * steps)
    key, power = key[known].astype(np.min_scalar_type(math.prod(shape))), power[known]
    count = np.bincount(key, minlength=math.prod(shape)).astype(np.int64)
    mean = ratio(np.bincount(key, power, math.prod(shape)).astype(np.float64), count.astype(np.float64))
    found = _quantiles(key, power, count, shares)
    return Profile(kinds, slot, count.reshape(shape), mean.reshape(shape), found.reshape(-1, *shape), tuple(shares))


def _each_day(days: NDArray[np.int64], what: Callable[[NDArray[np.int64]], NDArray[np.int64]]) -> NDArray[np.int64]:
    """Something that depends on the day alone, for each interval: asked once a day and not for each of them."""
    if not len(days):
        return days
    first, last = int(days[0]), int(days[-1])
    return what(np.arange(first, last + 1, dtype=np.int64))[days - first]


def _quantiles(key: NDArray[np.integer], power: Floats, count: NDArray[np.int64], shares: Sequence[float]) -> Floats:
    """Of each group, through a table with one row for each of them: sorting rows is faster than sorting groups."""
    table = np.full((len(count), int(count.max(initial=1))), np.inf)
    table[np.arange(table.shape[1]) < count[:, None]] = power[np.argsort(key, kind="stable")]
    table.sort(axis=1)
    rows = np.arange(len(count))
    found = np.empty((len(shares), len(count)))
    for i, share in enumerate(shares):
        place = np.maximum(count - 1, 0) * share
        low = np.floor(place).astype(np.int64)
        high = np.minimum(low + 1, np.maximum(count - 1, 0))
        below = np.where(count > 0, table[rows, low], np.nan)
        found[i] = below + (place - low) * (np.where(count > 0, table[rows, high], np.nan) - below)
    return found


def heat_map(series: Series, zone: ZoneInfo, *, slot: int = HOUR, level: bool = False) -> HeatMap:
    """Hours of the clock against local days.

    Parameters
    ----------
    series
        amounts [unit] or levels.
    zone
        whose clock and calendar count.
    slot
        length of a row, or of an interval where that is longer. [s]
    level
        whether the values are levels.

    Returns
    -------
    HeatMap
        its sums make the sum of the series.
    """
    slot = max(slot, series.step)
    steps = _steps(series, slot)
    days, seconds = clock(series, zone)
    if not len(days):
        return HeatMap(day_of(series.start // DAY), slot, np.empty((steps, 0)), np.empty((steps, 0)))
    width = int(days[-1] - days[0]) + 1
    sums, count = added_up(series, (days - days[0]) * steps + seconds // slot, width * steps, level)
    hours = np.multiply(count, series.hours, dtype=np.float64)
    return HeatMap(day_of(int(days[0])), slot, sums.reshape(width, steps).T, hours.reshape(width, steps).T)


def _steps(series: Series, slot: int) -> int:
    if slot < series.step or DAY % slot:
        raise ValueError(f"{slot} s is no step of a day for intervals of {series.step} s")
    return DAY // slot
