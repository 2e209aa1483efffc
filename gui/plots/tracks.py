"""What a plot of interval data shows: tracks of values over time, and what of them is seen between two moments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.series import ESTIMATED, Series
from core.series.pyramid import Pyramid
from core.series.runs import runs

Floats = NDArray[np.float64]
Kind = Literal["line", "step", "area"]
BLOCK = 1024
"""Values of which one sum tells whether one is missing."""
Spans = list[tuple[float, float]]


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """Values in equal steps of time under one name; what is missing is NaN."""

    name: str
    start: int
    """Beginning of the first interval. [s since 1970-01-01 UTC]"""
    step: int
    """Length of an interval. [s]"""
    values: Floats
    """One for each interval. [unit]"""
    unit: str
    """As people read it: ``kW``, ``W/m²``."""
    colour: str = ""
    """``#rrggbb``; empty: the next of the theme."""
    estimated: NDArray[np.bool_] | None = None
    """Which values are no measurements; None: all are measured."""
    kind: Kind = "step"
    """A line through the middles of the intervals, steps, or steps filled down to zero."""
    right: bool = False
    """Whether it is read at the axis at the right."""
    adds: bool = False
    """Whether the values are amounts, of which people want the sum and not the mean."""

    @property
    def end(self) -> int:
        """End of the last interval. [s since 1970-01-01 UTC]"""
        return self.start + self.step * len(self.values)

    @staticmethod
    def of(
        series: Series, name: str, unit: str, *, kind: Kind = "step", right: bool = False, adds: bool = False
    ) -> Track:
        """The same of a series with its marks."""
        guessed = series.marks == ESTIMATED if series.marks is not None else None
        return Track(name, series.start, series.step, series.values, unit, "", guessed, kind, right, adds)


@dataclass(frozen=True, slots=True)
class Limit:
    """A line across the plot that values should not pass."""

    value: float
    words: str
    right: bool = False
    """Whether it is read at the axis at the right."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What of a track lies in a part of its time, reduced to what pixels can show."""

    edges: Floats
    """Beginning of each column and end of the last. [s]"""
    low: Floats
    """Least value of each column; NaN where all are missing."""
    high: Floats
    exact: bool
    """Whether each column is one interval."""
    guessed: NDArray[np.bool_]
    """Whether some value of the column is estimated."""


class Drawn:
    """A track made ready to be drawn at any scale."""

    def __init__(self, track: Track, colour: str) -> None:
        self.track, self.colour = track, track.colour or colour

    @cached_property
    def pyramid(self) -> Pyramid:
        """Least and largest values at every scale."""
        return Pyramid(self.track.values)

    @cached_property
    def gaps(self) -> NDArray[np.int64]:
        """Stretches of missing intervals; shape (k, 2)."""
        return missing(self.track.values)

    @cached_property
    def guessed(self) -> NDArray[np.int64]:
        """Stretches of estimated intervals; shape (k, 2)."""
        mask = self.track.estimated
        return runs(mask) if mask is not None and mask.any() else np.empty((0, 2), np.int64)

    def between(self, first: float, last: float) -> tuple[int, int]:
        """The intervals that a part of time touches, from the first number to before the second."""
        track, count = self.track, len(self.track.values)
        begin = min(max(0, floor((first - track.start) / track.step)), count)
        return begin, max(begin, min(count, ceil((last - track.start) / track.step)))

    def seen(self, first: float, last: float, pixels: int) -> Seen:
        """What there is to draw."""
        track = self.track
        begin, end = self.between(first, last)
        if track.kind == "line":  # which begins and ends in the middle of an interval
            begin, end = max(0, begin - 1), min(len(track.values), end + 1)
        if end - begin <= pixels:
            edges = track.start + track.step * np.arange(begin, end + 1, dtype=np.float64)
            part = track.values[begin:end]
            none = np.zeros(len(part), np.bool_)
            return Seen(edges, part, part, True, none if track.estimated is None else track.estimated[begin:end])
        index, low, high = self.pyramid.span(begin, end, pixels)
        index = np.append(index, end)
        return Seen(track.start + track.step * index.astype(np.float64), low, high, False, self._any_guessed(index))

    def _any_guessed(self, index: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Of each column whether it touches an estimated stretch."""
        begun = np.searchsorted(self.guessed[:, 0], index[1:], side="left")
        over = np.searchsorted(self.guessed[:, 1], index[:-1], side="right")
        return begun > over

    def number_at(self, moment: float) -> int | None:
        """The interval that holds a moment."""
        number = floor((moment - self.track.start) / self.track.step)
        return number if 0 <= number < len(self.track.values) else None

    def spans(self, stretches: NDArray[np.int64], first: float, last: float) -> Floats:
        """Stretches of intervals within a part of time, as moments; shape (k, 2). [s]"""
        begin, end = self.between(first, last)
        low = np.searchsorted(stretches[:, 1], begin, side="right")
        high = np.searchsorted(stretches[:, 0], end, side="left")
        return self.track.start + self.track.step * stretches[low:high].astype(np.float64)


def merged(spans: Floats, apart: float) -> Spans:
    """Spans in their order, of which those closer than ``apart`` have become one."""
    if not len(spans):
        return []
    ordered = spans[np.argsort(spans[:, 0], kind="stable")]
    reach = np.maximum.accumulate(ordered[:, 1])
    begins = np.flatnonzero(np.append(True, ordered[1:, 0] - reach[:-1] > apart))
    ends = reach[np.append(begins[1:] - 1, len(reach) - 1)]
    return list(zip(ordered[begins, 0].tolist(), ends.tolist(), strict=True))


def extent(seen: Iterator[Seen]) -> tuple[float, float]:
    """Least and largest of what is seen; NaN where there is nothing."""
    low, high = np.nan, np.nan
    for one in seen:
        if len(one.low):
            low, high = float(np.fmin(low, np.fmin.reduce(one.low))), float(np.fmax(high, np.fmax.reduce(one.high)))
    return low, high


def missing(values: Floats) -> NDArray[np.int64]:
    """Stretches of NaN; shape (k, 2). Looks closely only at blocks whose sum is NaN, for most have none.

    Examples
    --------
    >>> missing(np.array([1.0, np.nan, np.nan, 2.0])).tolist()
    [[1, 3]]
    """
    whole = len(values) // BLOCK * BLOCK
    with np.errstate(invalid="ignore"):
        doubtful = np.flatnonzero(np.isnan(np.add.reduce(values[:whole].reshape(-1, BLOCK), axis=1)))
    places = [(doubtful[:, None] * BLOCK + np.arange(BLOCK)).reshape(-1), np.arange(whole, len(values))]
    place = np.concatenate(places)
    gone = place[np.isnan(values[place])]
    if not len(gone):
        return np.empty((0, 2), np.int64)
    ends = np.flatnonzero(np.diff(gone) > 1)
    return np.stack((gone[np.append(0, ends + 1)], gone[np.append(ends, -1)] + 1), axis=1)
