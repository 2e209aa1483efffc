"""What a plot of curves shows: lines, steps, points and bands over any x, and the axes they are read at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import ceil, floor
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.series.pyramid import Pyramid
from gui.language import language
from gui.plots.axes import reading, round_up, ruler
from gui.plots.cells import clock
from gui.plots.clock import MONTHS, Tick, day_word
from gui.plots.tracks import Limit

Floats = NDArray[np.float64]
Kind = Literal["line", "step", "points", "band"]
ScaleKind = Literal["number", "clock", "season", "year", "names"]
A_YEAR = date(2025, 1, 1)
"""A year without 29 February, for days of any year."""
CLOCK_STEPS = (1.0, 2.0, 3.0, 6.0, 12.0)
MARGIN = 0.02
"""Of x, so that points do not stand on the axis."""


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis: what it counts and how its numbers are written."""

    title: str
    unit: str = ""
    kind: ScaleKind = "number"
    """``clock``: hours from 0 to 24; ``season``: days of a year from 0 on; ``year``: calendar years; ``names``: places
    of ``names``, counted from 0."""
    names: tuple[str, ...] = ()

    @property
    def titled(self) -> str:
        """The title with its unit."""
        return f"{self.title} ({self.unit})" if self.unit else self.title

    def words(self, value: float) -> str:
        """A number of this axis in a sentence."""
        if self.kind == "number":
            return f"{self.title} {reading(value)} {self.unit}".rstrip()
        return self._short(value)

    def cell(self, value: float) -> str:
        """The same in a table whose heading says what it is."""
        return reading(value) if self.kind == "number" else self._short(value)

    def ticks(self, first: float, last: float, most: int) -> list[Tick]:
        """At most so many places between two numbers."""
        step = self._step((last - first) / max(1, most))
        if self.kind == "season":
            return _months(first, last, round(step))
        if self.kind == "number":
            made = ruler(first, last, parts=max(1, most))
            pairs = zip(made.ticks, made.words, strict=True)
            return [Tick(at, word) for at, word in pairs if first <= at <= last]
        numbers = range(ceil(first / step - 1e-9), floor(last / step + 1e-9) + 1)
        places = [n * step for n in numbers]
        if self.kind == "names":
            places = [at for at in places if 0 <= at < len(self.names)]
        return [Tick(at, self._short(at)) for at in places]

    def _step(self, least: float) -> float:
        if self.kind == "clock":
            return next((step for step in CLOCK_STEPS if step >= least), CLOCK_STEPS[-1])
        if self.kind == "season":
            return next((months for months in (1.0, 2.0, 3.0, 6.0) if months * 28 >= least), 12.0)
        return float(max(1.0, round_up(max(least, 1.0)) if self.kind == "year" else ceil(least)))

    def _short(self, value: float) -> str:
        if self.kind == "clock":
            return clock(value)
        if self.kind == "season":
            return day_word(A_YEAR + timedelta(days=floor(value)))
        if self.kind == "names":
            return self.names[min(max(0, round(value)), len(self.names) - 1)]
        return str(round(value))


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One curve, band or cloud of points; its x rises, except that of points."""

    name: str
    x: Floats
    y: Floats
    """NaN where there is nothing; of a band its lower edge."""
    kind: Kind = "line"
    """``step``: each y holds until the next x."""
    upper: Floats | None = None
    """Upper edge of a band."""
    colour: str = ""
    """``#rrggbb``; empty: the next of the theme."""
    dashed: bool = False
    """For what is expected, estimated or a limit."""

    @property
    def top(self) -> Floats:
        """Upper edge of a band, else the same as ``y``."""
        return self.y if self.upper is None else self.upper


@dataclass(frozen=True, slots=True, eq=False)
class CurveData:
    """A whole plot."""

    title: str
    x: Scale
    y: Scale
    lines: tuple[Line, ...]
    """Drawn in this order, bands first."""
    limits: tuple[Limit, ...] = ()
    """Lines across the plot."""
    zero: bool = False
    """Whether y begins at zero in any case."""

    @property
    def ends(self) -> tuple[float, float]:
        """The whole x axis."""
        if self.x.kind == "names":
            return -0.5, max(1, len(self.x.names)) - 0.5
        known = [line.x for line in self.lines if len(line.x)]
        if not known:
            return 0.0, 1.0
        first, last = min(float(x.min()) for x in known), max(float(x.max()) for x in known)
        room = (last - first) * MARGIN if any(line.kind == "points" for line in self.lines) else 0.0
        return first - room, max(last, first + 1e-9) + room

    @property
    def one_x(self) -> bool:
        """Whether all lines have the same x, so that they make one table."""
        return len({line.x.tobytes() for line in self.lines}) == 1


class Reduced:
    """A line ready to be drawn with as many points as pixels can show."""

    def __init__(self, line: Line, colour: str) -> None:
        self.line, self.colour = line, line.colour or colour

    @cached_property
    def _low(self) -> Pyramid:
        return Pyramid(self.line.y)

    @cached_property
    def _high(self) -> Pyramid:
        return Pyramid(self.line.top)

    def between(self, first: float, last: float) -> tuple[int, int]:
        """The values within a part of x, and one more at each side, to which lines go on."""
        begin, end = np.searchsorted(self.line.x, [first, last], side="left").tolist()
        return max(0, begin - 1), min(len(self.line.x), end + 1)

    def seen(self, first: float, last: float, pixels: int) -> tuple[Floats, Floats, Floats]:
        """Places, least and largest values of what is to be drawn."""
        if self.line.kind == "points":
            inside = (self.line.x >= first) & (self.line.x <= last)
            return self.line.x[inside], self.line.y[inside], self.line.top[inside]
        begin, end = self.between(first, last)
        place, low, high = self._low.span(begin, end, pixels)
        if self.line.upper is not None:
            high = self._high.span(begin, end, pixels)[2]
        return self.line.x[place], low, high

    def nearest(self, x: float) -> int | None:
        """The value next to an x."""
        if not len(self.line.x):
            return None
        if self.line.kind == "points":
            return int(np.abs(self.line.x - x).argmin())
        after = int(np.searchsorted(self.line.x, x, side="right" if self.line.kind == "step" else "left"))
        before = max(0, after - 1)
        if self.line.kind == "step" or after == len(self.line.x):
            return before
        return after if self.line.x[after] - x < x - self.line.x[before] else before


def _months(first: float, last: float, step: int) -> list[Tick]:
    """The beginnings of months, in days of the year."""
    days = [((date(A_YEAR.year, month, 1) - A_YEAR).days, month) for month in range(1, 13, step)]
    name = {month: f"{month}月" if language() == "zh" else MONTHS[month - 1] for _day, month in days}
    return [Tick(day, name[month]) for day, month in days if first <= day <= last]
