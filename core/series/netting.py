"""What of one's own generation was used on site: netted in a named interval, for the interval decides the answer.

The longer the interval, the more of the night's load is covered by the day's sun on paper. So every figure carries its
interval, and figures of different intervals are never compared.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.i18n import T, Text
from core.series.series import Series
from core.series.wording import moment
from core.series.zones import DAY, day_bounds, local_date, month_edges, month_number, offsets

Interval: TypeAlias = "int | Literal['day', 'month']"
"""Seconds, or a local day or month."""
INTERVALS: tuple[Interval, ...] = (900, 3600, "day", "month")
"""From the finest to the coarsest."""
Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Netted:
    """Generation and load of each interval, and what of them met."""

    interval: Interval
    edges: NDArray[np.int64]
    """Beginning of each interval, and the end of the last [s since 1970-01-01 UTC], shape (n + 1,)"""
    generation: Floats
    """Shape (n,), as all that follow; NaN where anything is missing."""
    load: Floats
    self_use: Floats
    """Generated and used in the same interval."""
    feed_in: Floats
    """Generated and not used."""
    purchase: Floats
    """Used and not generated."""

    @property
    def missing(self) -> int:
        """Intervals of which a value is missing, and which are in no sum."""
        return int(np.count_nonzero(np.isnan(self.self_use)))

    @property
    def generated(self) -> float:
        """Sum over all intervals of which everything is known; as the ones below."""
        return _sum(self.generation)

    @property
    def used(self) -> float:
        return _sum(self.load)

    @property
    def self_used(self) -> float:
        return _sum(self.self_use)

    @property
    def fed_in(self) -> float:
        return _sum(self.feed_in)

    @property
    def purchased(self) -> float:
        return _sum(self.purchase)

    @property
    def self_consumption(self) -> float:
        """Share of the generation that was used on site; NaN without generation. [1]"""
        return self.self_used / self.generated if self.generated else math.nan

    @property
    def self_sufficiency(self) -> float:
        """Share of the load that came from one's own generation; NaN without load. [1]"""
        return self.self_used / self.used if self.used else math.nan


def _sum(values: Floats) -> float:
    return math.fsum(values[~np.isnan(values)].tolist())


def interval_name(interval: Interval) -> Text:
    """The interval for people."""
    if interval == "day":
        return T("local day")
    if interval == "month":
        return T("local month")
    return T("{minutes} min", minutes=interval // 60) if interval % 60 == 0 else T("{seconds} s", seconds=interval)


def netted(generation: Series, load: Series, interval: Interval, zone: ZoneInfo) -> Netted:
    """Net generation against load, interval by interval.

    Parameters
    ----------
    generation
        energy generated in each slot [kWh]; a negative one is what the inverter takes at night, and counts as load
    load
        energy used by the plant in each slot, wherever it came from [kWh]
    interval
        in which they are netted
    zone
        of the plant, by whose clock intervals begin

    Returns
    -------
    Netted
        of the time for which both are given. An interval of which a slot of either is missing is missing in all.

    Raises
    ------
    UserError
        when a series is coarser than the interval or does not fit it, or a load is negative.

    Notes
    -----
    self-use = min(generation, load); feed-in = generation - self-use; purchase = load - self-use, each after both were
    summed over the interval.

    Examples
    --------
    >>> sun, hall = Series(0, 900, np.array([0.0, 8.0])), Series(0, 900, np.array([3.0, 3.0]))
    >>> [netted(sun, hall, i, ZoneInfo("UTC")).self_used for i in (900, 1800)]
    [3.0, 6.0]
    """
    for series in (generation, load):
        _check(series, interval)
    begin, end = max(generation.start, load.start), min(generation.end, load.end)
    edges = interval_edges(begin, end, interval, zone)
    made, used = sums(generation, edges), sums(load, edges)
    negative = np.flatnonzero(used < 0)
    if len(negative):
        raise UserError(
            T("The load is negative at {moment}: {value}.", moment=moment(int(edges[negative[0]]), zone),
              value=f"{used[negative[0]]:g}"),
            T("Check direction and sign of the meters."),
        )  # fmt: skip
    known = ~np.isnan(made) & ~np.isnan(used)
    made, used = np.where(known, made, np.nan), np.where(known, used, np.nan)
    made, used = np.maximum(made, 0.0), used - np.minimum(made, 0.0)
    own = np.minimum(made, used)
    return Netted(interval, edges, made, used, own, made - own, used - own)


def fits(series: Series, interval: Interval) -> bool:
    """Whether whole steps of a series fill an interval.

    Raises
    ------
    ValueError
        for an interval that does not divide a day.
    """
    length = interval if isinstance(interval, int) else DAY
    if length < 1 or DAY % length:
        raise ValueError(f"an interval of {length} s does not divide a day")
    return length % series.step == 0


def _check(series: Series, interval: Interval) -> None:
    if not fits(series, interval):
        raise UserError(
            T("Values in steps of {step} s cannot be netted in intervals of {interval}.", step=series.step,
              interval=interval_name(interval)),
            T("Choose a longer interval."),
        )  # fmt: skip


def interval_edges(begin: int, end: int, interval: Interval, zone: ZoneInfo) -> NDArray[np.int64]:
    """Where intervals begin that reach over a stretch of time, and where the last ends.

    Parameters
    ----------
    begin, end
        [s since 1970-01-01 UTC]
    interval
        in seconds from the local midnight of the first day, or local days or months
    zone
        of the plant

    Returns
    -------
    NDArray
        [s since 1970-01-01 UTC], shape (n + 1,), or empty.
    """
    if end <= begin:
        return np.zeros(0, np.int64)
    first, last = local_date(begin, zone), local_date(end - 1, zone)
    if interval == "day":
        return day_bounds(first, last, zone)
    if interval == "month":
        return month_edges(month_number(first), month_number(last), zone)[1]
    ahead = int(offsets(np.array([begin]), zone)[0])
    start = (begin + ahead) // interval * interval - ahead
    return np.arange(start, end + interval, interval, dtype=np.int64)[: -(-(end - start) // interval) + 1]


def sums(series: Series, edges: NDArray[np.int64]) -> Floats:
    """The sum of the slots that begin in each interval.

    Parameters
    ----------
    series
        amounts
    edges
        increasing [s since 1970-01-01 UTC], shape (n + 1,)

    Returns
    -------
    NDArray
        shape (n,); NaN where a slot that begins in the interval is missing, and where none does.
    """
    count = max(len(edges) - 1, 0)
    if not count:
        return np.zeros(0)
    phase = series.start % series.step
    expected = np.diff((edges - 1 - phase) // series.step)
    there = ~np.isnan(series.values)
    place = np.searchsorted(edges, series.starts[there], side="right") - 1
    inside = (place >= 0) & (place < count)
    total = np.bincount(place[inside], series.values[there][inside], count)
    present = np.bincount(place[inside], minlength=count)
    return np.where((present == expected) & (expected > 0), total, np.nan)
