"""How much is needed for how long: duration curve, base load, peak."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np

from core.i18n import T, Text
from core.series.clock import HOUR, Floats, clock, mean_power
from core.series.series import Series
from core.series.wording import figure

NIGHT = (0, 5)
"""From midnight to five o'clock nearly nobody works who does not work around the clock. [h on the clock]"""
ENOUGH = 0.75
"""Share of a night's values that must be there before its minimum counts; limit of this program. [1]"""


@dataclass(frozen=True, slots=True, eq=False)
class DurationCurve:
    """The values of a series in falling order."""

    power: Floats
    """[unit/h, or unit of the level]"""
    step: float
    """Time that each value stands for. [h]"""

    @property
    def hours(self) -> Floats:
        """For how long at least this power was needed. [h]"""
        return np.arange(1, len(self.power) + 1, dtype=np.float64) * self.step

    @property
    def load_factor(self) -> float | None:
        """Mean against largest power; None without values or where the largest is not above zero. [1]"""
        if not len(self.power) or self.power[0] <= 0:
            return None
        return float(self.power.mean() / self.power[0])

    def needed_for(self, share: float) -> float | None:
        """Power that was reached or exceeded for this share of the time; None without values.

        Parameters
        ----------
        share
            of the time with values; 0 gives the largest power. [1]
        """
        if not len(self.power):
            return None
        return float(self.power[min(max(int(np.ceil(share * len(self.power))) - 1, 0), len(self.power) - 1)])


@dataclass(frozen=True, slots=True)
class BaseLoad:
    """What is drawn even when nobody works."""

    power: float
    """[unit/h]"""
    nights: int
    """From how many nights."""
    left_out: int
    """Nights of which too much is missing."""
    share: float
    """Part of the whole amount that lies below the base load. [1]"""
    method: Text
    """How it was found."""


@dataclass(frozen=True, slots=True)
class Peak:
    """The interval of the largest mean power."""

    power: float
    """[unit/h, or unit of the level]"""
    start: int
    """[s since 1970-01-01 UTC]"""
    end: int
    """[s since 1970-01-01 UTC]"""


def duration_curve(series: Series, *, level: bool = False) -> DurationCurve:
    """The mean powers of all intervals with a value, the largest first.

    Parameters
    ----------
    series
        amounts [unit] or levels.
    level
        whether the values are levels.

    Examples
    --------
    >>> duration_curve(Series(0, 1800, np.array([1.0, np.nan, 3.0]))).power.tolist()
    [6.0, 2.0]
    """
    power = mean_power(series, level=level)
    known = power[~np.isnan(power)]
    known.sort()
    return DurationCurve(known[::-1], series.hours)


def base_load(series: Series, zone: ZoneInfo, *, night: tuple[int, int] = NIGHT) -> BaseLoad | None:
    """The median of the smallest mean power of each night.

    One night with a standstill, or a few with a late shift, do not move the median. A night counts when at least three
    quarters of its values are there.

    Parameters
    ----------
    series
        amounts. [unit]
    zone
        whose clock counts.
    night
        from which to which hour of the clock; both on the same day. [h]

    Returns
    -------
    BaseLoad or None
        None when no night has enough values.

    Notes
    -----
    base = median over nights of min(E / Δt); share = Σ min(E / Δt, base) / Σ E / Δt.
    """
    power = mean_power(series)
    days, seconds = clock(series, zone)
    inside = (seconds >= night[0] * HOUR) & (seconds < night[1] * HOUR)
    if not inside.any():
        return None
    power_then, days_then = power[inside], days[inside]
    first = np.flatnonzero(np.diff(days_then, prepend=days_then[0] - 1))
    lowest = np.fmin.reduceat(power_then, first)
    present = np.add.reduceat((~np.isnan(power_then)).astype(np.int64), first)
    whole = (night[1] - night[0]) / series.hours
    counted = (present > 0) & (present >= ENOUGH * whole)
    known = power[~np.isnan(power)]
    if not counted.any() or not known.sum() > 0:
        return None
    base = float(np.median(lowest[counted]))
    nights = int(counted.sum())
    share = float(np.minimum(known, base).sum() / known.sum())
    return BaseLoad(base, nights, len(first) - nights, share, _method(nights, night, series))


def _method(nights: int, night: tuple[int, int], series: Series) -> Text:
    return T(
        "Median of the smallest mean power of {nights} nights, {first}:00 to {last}:00, in intervals of {minutes} min.",
        nights=nights,
        first=night[0],
        last=night[1],
        minutes=figure(series.step / 60),
    )


def peak(series: Series, *, level: bool = False) -> Peak | None:
    """The first interval of the largest mean power; None without values.

    Parameters
    ----------
    series
        amounts [unit] or levels.
    level
        whether the values are levels.

    Examples
    --------
    >>> peak(Series(0, 900, np.array([1.0, 5.0, np.nan])))
    Peak(power=20.0, start=900, end=1800)
    """
    power = mean_power(series, level=level)
    if np.isnan(power).all():
        return None
    place = int(np.nanargmax(power))
    start = series.start + place * series.step
    return Peak(float(power[place]), start, start + series.step)
