"""Lines over years, each named where it ends, for what goes on for decades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.report.axis import tick_text, ticks
from core.report.charts import drawing_of, readable, write
from core.report.drawing import disc, joined, stroke
from core.report.flow import Flowable
from core.report.fonts import width
from core.report.lines import shorten, tidy, wrap
from core.report.style import CHART, HAIR, INK, MUTED, Colour

_LABEL, _LINE = CHART.size, CHART.leading
_RIGHT = 104.0
"""Room for the names of the lines at most."""
_NAMED = 6
"""Years written below the axis at most, besides the last."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One value for each year; None: not known."""

    name: str
    values: tuple[Decimal | None, ...]
    colour: Colour
    dashed: bool = False
    marked: bool = False
    """A dot for each value: what was measured and not drawn."""


def curves(lines: Sequence[Curve], years: Sequence[str], wide: float, tall: float, axis: str) -> Flowable:
    """Lines from zero on; the last value of each stands beside its name.

    Parameters
    ----------
    lines
        with one value for each year.
    years
        as they are written below.
    wide, tall
        [pt]
    axis
        what is measured and its unit.
    """
    drawing = drawing_of(wide, tall)
    write(drawing, 0, tall - 9, axis, MUTED)
    known = [float(value) for one in lines for value in one.values if value is not None]
    marks = ticks(min([0.0, *known]), max([0.0, *known]) or 1.0)
    base, top = 18.0, tall - 22.0
    per_unit = (top - base) / (marks[-1] - marks[0])
    left, right = max(width(tick_text(mark), _LABEL) for mark in marks) + 14, wide - _room(lines)
    across = (right - left) / max(len(years) - 1, 1)
    for mark in marks:
        y = base + (mark - marks[0]) * per_unit
        drawing.add(stroke(left, y, right, y, HAIR, 0.4))
        write(drawing, left - 6, y - _LABEL * 0.33, tick_text(mark), MUTED, "end")
    _years(drawing, years, left, across)
    ends: list[tuple[float, Curve, Decimal]] = []
    for one in lines:
        points = [
            (left + across * index, base + (float(value) - marks[0]) * per_unit)
            for index, value in enumerate(one.values)
            if value is not None
        ]
        last = next((value for value in reversed(one.values) if value is not None), None)
        if last is None:
            continue
        _line(drawing, points, one)
        ends.append((points[-1][1], one, last))
    _names(drawing, ends, right + 6)
    return drawing


def _room(lines: Sequence[Curve]) -> float:
    """At the right, for names and last values."""
    ends = [next((value for value in reversed(one.values) if value is not None), Decimal(0)) for one in lines]
    numbers = [width(readable(value), _LABEL, True) for value in ends]
    return 14 + max([min(width(tidy(one.name), _LABEL), _RIGHT) for one in lines] + numbers, default=0.0)


def _line(drawing: Any, points: Sequence[tuple[float, float]], one: Curve) -> None:
    dash = (4, 2.4) if one.dashed else ()
    flat = [number for point in points for number in point]
    if len(points) > 1:
        drawing.add(joined(flat, one.colour, 1.3, dash))
    for x, y in points if one.marked else ():
        drawing.add(disc(x, y, 2.2, one.colour))


def _years(drawing: Any, years: Sequence[str], left: float, across: float) -> None:
    every = max(1, -(-len(years) // _NAMED))
    for index, name in enumerate(years):
        last = index == len(years) - 1
        if last or (index % every == 0 and len(years) - 1 - index >= every / 2):
            write(drawing, left + across * index, 5, name, MUTED, "middle")


def _names(drawing: Any, ends: Sequence[tuple[float, Curve, Decimal]], x: float) -> None:
    """The lowest first, each above the one before, so that none lies on another."""
    floor = 2.0
    for y, one, value in sorted(ends, key=lambda end: (end[0], end[1].name)):
        lines = [*shorten(wrap(tidy(one.name), _LABEL, False, _RIGHT), 2), readable(value)]
        bottom = max(y - len(lines) * _LINE / 2, floor)
        drawing.add(stroke(x - 5, y, x - 2, y, one.colour, 1.3))
        for index, text in enumerate(lines):
            at = bottom + (len(lines) - 1 - index) * _LINE
            write(drawing, x, at, text, INK, bold=index == len(lines) - 1)
        floor = bottom + len(lines) * _LINE + 2


__all__ = ["Curve", "curves"]
