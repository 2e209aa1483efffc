"""From power to energy, and energy into other steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.i18n import T
from core.series.series import Series

Label: TypeAlias = Literal["left", "right", "instantaneous"]
"""What a value of power at a time means: the mean of the interval that begins there, of the one that ends there, or the
power at that moment."""
Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Amounts of stretches of time of any length, in the order of time and without overlap."""

    start: Ints
    """[s since 1970-01-01 UTC], shape (n,)"""
    end: Ints
    """[s since 1970-01-01 UTC], shape (n,)"""
    amount: Floats
    """E.g. kWh, NaN where nothing is known, shape (n,)"""


def energy(power: Series, label: Label = "left") -> Series:
    """The energy of each interval of a series of power.

    Parameters
    ----------
    power
        in equal steps; ``right``: the value of an interval is the mean of the one before it [kW]
    label
        what a value means

    Returns
    -------
    Series
        energy of the interval that begins at each time [kWh]; of moments one fewer. Missing where a power is missing
        that it needs, never interpolated.

    Notes
    -----
    Means: E = P × h. Moments: E = (P + P of the next moment) / 2 × h (trapezoid rule).

    Examples
    --------
    >>> energy(Series(0, 900, np.array([4.0, 8.0]))).values.tolist()
    [1.0, 2.0]
    """
    if label == "instantaneous":
        values = (power.values[1:] + power.values[:-1]) / 2 * power.step / 3600.0
        marks = None if power.marks is None else np.maximum(power.marks[1:], power.marks[:-1])
        return Series(power.start, power.step, values, marks)
    start = power.start - power.step if label == "right" else power.start
    return Series(start, power.step, power.values * power.step / 3600.0, power.marks)


def spans_of_power(times: Ints, power: Floats, label: Label, longest: int | None = None) -> Spans:
    """The energy between moments at which power was noted, equally spaced or not.

    Parameters
    ----------
    times
        increasing [s since 1970-01-01 UTC], shape (n,)
    power
        at each time, NaN where missing [kW], shape (n,)
    label
        what a value means
    longest
        two moments further apart have a gap between them [s]; None: the median distance

    Returns
    -------
    Spans
        energy of each stretch between two neighbouring times [kWh], shape (n - 1,); NaN across a gap and where a power
        is missing that it needs, never interpolated.

    Raises
    ------
    UserError
        when times do not increase.

    Notes
    -----
    ``right``: E = P(end) × h; ``left``: E = P(start) × h; ``instantaneous``: E = (P(start) + P(end)) / 2 × h. The rule
    for gaps is that of RdTools, ``energy_from_power`` (``max_timedelta``).

    Examples
    --------
    >>> spans_of_power(np.array([0, 900, 1800]), np.array([4.0, 8.0, 2.0]), "right").amount.tolist()
    [2.0, 0.5]
    """
    lengths = np.diff(times)
    if (lengths <= 0).any():
        raise UserError(T("The times of a series of power do not increase."), T("Sort the file by time."))
    if not len(lengths):
        return Spans(times[:0], times[:0], power[:0])
    limit = float(np.median(lengths)) if longest is None else longest
    mean = {"left": power[:-1], "right": power[1:], "instantaneous": (power[:-1] + power[1:]) / 2}[label]
    return Spans(times[:-1], times[1:], np.where(lengths <= limit, mean * lengths / 3600.0, np.nan))


def spans_of(series: Series) -> Spans:
    """The intervals of a series of amounts."""
    starts = series.starts
    return Spans(starts, starts + series.step, series.values)


def resampled(spans: Spans, start: int, step: int, count: int) -> Series:
    """Amounts in equal steps, each stretch divided in proportion to time.

    Parameters
    ----------
    spans
        amounts; what is NaN is missing
    start
        beginning of the first slot [s since 1970-01-01 UTC]
    step
        length of a slot [s]
    count
        how many slots

    Returns
    -------
    Series
        a slot that is not covered wholly is missing.

    Examples
    --------
    >>> whole = Spans(np.array([0, 900]), np.array([900, 1800]), np.array([3.0, 6.0]))
    >>> resampled(whole, 0, 600, 3).values.tolist()
    [2.0, 3.0, 4.0]
    """
    known = ~np.isnan(spans.amount) & (spans.end > start) & (spans.start < start + step * count)
    first, last, amount = spans.start[known], spans.end[known], spans.amount[known]
    if not len(first) or not count:
        return Series(start, step, np.full(count, np.nan))
    grid = start + step * np.arange(count + 1, dtype=np.int64)
    edges = np.unique(np.concatenate([first, last, grid]))
    begin, length = edges[:-1], np.diff(edges)
    span = np.searchsorted(first, begin, side="right") - 1
    slot = (begin - start) // step
    inside = (span >= 0) & (begin < last[np.maximum(span, 0)]) & (slot >= 0) & (slot < count)
    span, slot, length = span[inside], slot[inside], length[inside]
    share = length / (last - first)[span]
    total = np.bincount(slot, amount[span] * share, count)
    covered = np.bincount(slot, length, count)
    return Series(start, step, np.where(covered == step, total, np.nan))
