"""Where a number stands among others: ticks on a line, the range that rounding allows, and the number itself."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from core.report.axis import tick_text, ticks
from core.report.charts import drawing_of, write
from core.report.drawing import area, disc, stroke
from core.report.flow import Flowable
from core.report.fonts import width
from core.report.style import CHART, HAIR, INK, MUTED, SCOPE2, SIGNAL, WASH, WHITE, Colour

_LABEL = CHART.size
_PAD = 14.0
_DOT = 2.6


def strip(
    others: Sequence[tuple[Decimal, bool]],
    one: tuple[str, Decimal],
    allowed: tuple[Decimal, Decimal] | None,
    wide: float,
    axis: str,
) -> Flowable:
    """Dots for what there is, one above another where they would touch, and a line for the number looked at.

    Parameters
    ----------
    others
        values, and whether each is drawn full; else it is a ring.
    one
        the name and value of the number looked at.
    allowed
        the range that its rounding allows; None: it is exact.
    wide
        [pt]
    axis
        what is measured, its unit, and what full dots and rings are.
    """
    values = [float(value) for value, _ in others]
    edges = [float(edge) for edge in allowed or ()]
    marks = _marks([*values, *edges, float(one[1])], wide)
    pad = max(_PAD, *(width(tick_text(mark), _LABEL) / 2 for mark in marks))
    per_unit = (wide - 2 * pad) / (marks[-1] - marks[0])
    places = _stacked([pad + (value - marks[0]) * per_unit for value in values])
    highest = max((level for _, level in places), default=0)
    tall = 58.0 + highest * 2.1 * _DOT
    drawing = drawing_of(wide, tall)
    base, top = 18.0, tall - 26.0
    write(drawing, 0, tall - 9, axis, MUTED)
    if allowed is not None:
        left, right = (pad + (edge - marks[0]) * per_unit for edge in edges)
        drawing.add(area(left, base, right - left, top - base, WASH))
    for mark in marks:
        x = pad + (mark - marks[0]) * per_unit
        drawing.add(stroke(x, base, x, base - 3, HAIR, 0.6))
        write(drawing, x, 5, tick_text(mark), MUTED, "middle")
    drawing.add(stroke(0, base, wide, base, INK, 0.6))
    for (x, level), (_, full) in zip(places, others, strict=True):
        _dot(drawing, x, base + 5 + level * 2.1 * _DOT, full, SCOPE2)
    x = pad + (float(one[1]) - marks[0]) * per_unit
    drawing.add(stroke(x, base, x, top + 2, SIGNAL, 1.2))
    half = width(one[0], _LABEL, True) / 2
    write(drawing, min(max(x, half), wide - half), top + 5, one[0], INK, "middle", bold=True)
    return drawing


def _marks(values: Sequence[float], wide: float) -> list[float]:
    """As many as their numbers have room for."""
    found: list[float] = []
    for most in (8, 4, 2, 1):
        found = ticks(min(values), max(values), most)
        if sum(width(tick_text(mark), _LABEL) + 8 for mark in found) <= wide:
            break
    return found


def _dot(drawing: Any, x: float, y: float, full: bool, colour: Colour) -> None:
    drawing.add(disc(x, y, _DOT, colour if full else WHITE, colour, 0.8))


def _stacked(places: Sequence[float]) -> list[tuple[float, int]]:
    """Each place with how high it stands, so that no dot covers another."""
    taken: dict[int, float] = {}
    found = [(0.0, 0)] * len(places)
    for index in sorted(range(len(places)), key=lambda one: places[one]):
        level = next((n for n in range(len(taken)) if places[index] - taken[n] >= 2.1 * _DOT), len(taken))
        taken[level] = places[index]
        found[index] = (places[index], level)
    return found


__all__ = ["strip"]
