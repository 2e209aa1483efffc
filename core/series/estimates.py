"""Filling a gap: a deliberate act that leaves a mark on each value and says by which method it was filled.

Nothing is filled unless a person asks for it, and no measured value changes. Estimates are rounded to the decimals of
the measured values, but not below three, so that a month of both is kept as exactly as one of measured values alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.i18n import T, Text
from core.series.clock import Floats, clock
from core.series.codec import decimals_of
from core.series.runs import runs
from core.series.series import ESTIMATED, MEASURED, Series
from core.series.wording import figure, moment
from core.series.working import Calendar

SHORT = 2.0
"""A straight line says nothing of what happens in longer gaps; limit of this program. [h]"""
WEEKS = 4
"""Weeks before and after that are looked at."""
LEAST = 2
"""Measured values of the same time at least, before their mean is an estimate."""
COARSEST, FINEST = 3, 6
"""Decimals of an estimate at least; and those where the measured values have no end of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """A series with gaps filled, and how."""

    series: Series
    """The whole series: measured values as they were, estimates marked ``ESTIMATED``."""
    start: int
    """Beginning of the first value that was filled in. [s since 1970-01-01 UTC]"""
    end: int
    """End of the last one. [s since 1970-01-01 UTC]"""
    count: int
    """Values that were filled in."""
    amount: float
    """Their sum. [unit]"""
    method: Text
    """Names the method and its numbers; belongs into the reason of the change."""


def linear(series: Series, start: int, end: int, zone: ZoneInfo, *, longest: float = SHORT) -> Estimate:
    """Straight lines between the values around each gap.

    Parameters
    ----------
    series
        amounts [unit] or levels.
    start, end
        what lies between them is filled. [s since 1970-01-01 UTC]
    zone
        for what is said.
    longest
        the longest gap that may be filled like this. [h]

    Raises
    ------
    UserError
        when nothing is missing there, a gap is longer, or reaches the first or the last value of the series.

    Notes
    -----
    x_i = x_a + (x_b - x_a) (i - a) / (b - a)

    Examples
    --------
    >>> found = linear(Series(0, 900, np.array([1.0, np.nan, 2.0])), 0, 2700, ZoneInfo("UTC"))
    >>> found.series.values.tolist(), found.series.marks.tolist()
    ([1.0, 1.5, 2.0], [0, 1, 0])
    """
    wanted = missing(series, start, end)
    there = np.flatnonzero(~np.isnan(series.values))
    for first, last in runs(np.isnan(series.values)).tolist():
        if wanted[first:last].any():
            _check_short(series, first, last, zone, longest)
    places = np.flatnonzero(wanted)
    filled = np.interp(places, there, series.values[there])
    method = T("Straight line between the neighbours of gaps of up to {hours} h.", hours=figure(longest))
    return filled_in(series, places, np.round(filled, fineness(series)), method)


def _check_short(series: Series, first: int, last: int, zone: ZoneInfo, longest: float) -> None:
    begin = moment(series.start + first * series.step, zone)
    if first == 0 or last == len(series):
        raise UserError(
            T("The gap at {start} has no value on one side.", start=begin),
            T("Use the same time of other weeks, or spread a known total."),
        )
    hours = (last - first) * series.hours
    if hours > longest:
        raise UserError(
            T("The gap from {start} is {hours} h long.", start=begin, hours=figure(hours)),
            T(
                "A straight line is for gaps of up to {hours} h; use the same time of other weeks.",
                hours=figure(longest),
            ),
        )


def same_time(
    series: Series, start: int, end: int, zone: ZoneInfo, *, weeks: int = WEEKS, calendar: Calendar | None = None
) -> Estimate:
    """The mean of the measured values at the same time of the clock, on the same day of the week, in the weeks around.

    Parameters
    ----------
    series
        amounts [unit] or levels, with the weeks around.
    start, end
        what lies between them is filled. [s since 1970-01-01 UTC]
    zone
        whose clock and calendar count.
    weeks
        how many before and after.
    calendar
        a day off is estimated from days off alone, a working day from working days; from Monday to Friday when not
        given.

    Raises
    ------
    UserError
        when nothing is missing there, or a value has fewer than two measured ones to go by.

    Notes
    -----
    x(d, t) = mean of x(d + 7 k, t) for k = -n ... -1, 1 ... n, over those that were measured.
    """
    places = np.flatnonzero(missing(series, start, end))
    days, seconds = clock(series, zone)
    number, slot = days - days[0], seconds // series.step
    width = int(slot.max()) + 1
    measured = _measured(series)
    key = (number * width + slot)[measured]
    shape = (int(number[-1]) + 1, width)
    count = np.bincount(key, minlength=shape[0] * width).reshape(shape)
    sums = np.bincount(key, series.values[measured], shape[0] * width).reshape(shape)
    worked = (calendar or Calendar()).working(np.arange(days[0], days[-1] + 1, dtype=np.int64))
    total, found = np.zeros(len(places)), np.zeros(len(places), np.int64)
    for week in (k for k in range(-weeks, weeks + 1) if k):
        day = number[places] + 7 * week
        inside = (day >= 0) & (day < shape[0])
        day = np.where(inside, day, 0)
        inside &= worked[day] == worked[number[places]]
        total += np.where(inside, sums[day, slot[places]], 0.0)
        found += np.where(inside, count[day, slot[places]], 0)
    if (found < LEAST).any():
        raise _too_few(series, places[found < LEAST], zone, weeks)
    method = T(
        "Mean of the measured values of the same time and day of the week in {weeks} weeks before and after.",
        weeks=weeks,
    )
    return filled_in(series, places, np.round(total / found, fineness(series)), method)


def _too_few(series: Series, places: NDArray[np.int64], zone: ZoneInfo, weeks: int) -> UserError:
    return UserError(
        T(
            "{count} values, the first at {start}, have fewer than {least} measured ones in {weeks} weeks around them.",
            count=len(places),
            start=moment(series.start + int(places[0]) * series.step, zone),
            least=LEAST,
            weeks=weeks,
        ),
        T("Look at more weeks, or spread a known total."),
    )


def missing(series: Series, start: int, end: int) -> NDArray[np.bool_]:
    """Which values between two moments are to be filled.

    Raises
    ------
    UserError
        when there is none.
    """
    starts = series.starts
    wanted = np.isnan(series.values) & (starts >= start) & (starts < end)
    if not wanted.any():
        raise UserError(T("No value is missing there."), T("Choose a span with a gap."))
    return wanted


def _measured(series: Series) -> NDArray[np.bool_]:
    known = ~np.isnan(series.values)
    return known if series.marks is None else known & (series.marks == MEASURED)


def fineness(series: Series) -> int:
    """Decimals of an estimate: those of the measured values, so that their months are kept as exactly as before."""
    own = decimals_of(series.values[_measured(series)], 2**53)
    return FINEST if own is None else max(own, COARSEST)


def filled_in(series: Series, places: NDArray[np.int64], filled: Floats, method: Text) -> Estimate:
    """The series with values put into places, each with its mark."""
    values = series.values.copy()
    values[places] = filled
    marks = np.full(len(values), MEASURED, np.uint8) if series.marks is None else series.marks.copy()
    marks[places] = ESTIMATED
    begin = series.start + int(places[0]) * series.step
    end = series.start + (int(places[-1]) + 1) * series.step
    return Estimate(replace(series, values=values, marks=marks), begin, end, len(places), float(filled.sum()), method)
