"""Month by month: bars side by side with their numbers in rows below, and dots joined by a line.

Both have the same margin at the left, so that their months stand below each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.report.axis import tick_text, ticks
from core.report.charts import bar, drawing_of, write
from core.report.drawing import area, disc, stroke
from core.report.flow import Flowable
from core.report.fonts import width
from core.report.lines import shorten, tidy, wrap
from core.report.style import CHART, HAIR, INK, MUTED, WHITE, Colour

_LABEL = CHART.size
MARGIN = 92.0
"""At the left, for the names of the rows."""
_ROW = 12.5
_KEY = 28.0


@dataclass(frozen=True, slots=True)
class Bars:
    """One value for each month; None: nothing is known, so nothing is drawn."""

    name: str
    values: tuple[Decimal | None, ...]
    colour: Colour
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class Numbers:
    """A row of numbers below the bars; a cell on a ground says in words or signs what the ground means, too."""

    name: str
    cells: tuple[str, ...]
    grounds: tuple[Colour | None, ...] = ()


def monthly(
    bars: Sequence[Bars], numbers: Sequence[Numbers], months: Sequence[str], wide: float, tall: float, axis: str
) -> Flowable:
    """Bars of each month side by side, and below them rows of numbers.

    Parameters
    ----------
    bars, numbers
        one value or cell for each month.
    months
        their short names.
    wide
        of the whole. [pt]
    tall
        of the part with the bars. [pt]
    axis
        what is measured and its unit.
    """
    below = _ROW * (len(numbers) + 1)
    drawing = drawing_of(wide, tall + below + _KEY)
    _key(drawing, bars, axis)
    step = (wide - MARGIN) / max(len(months), 1)
    known = [float(value) for one in bars for value in one.values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    per_unit = tall / ((high - low) or 1.0)
    zero = below - low * per_unit
    thick = step * 0.72 / max(len(bars), 1)
    for index, name in enumerate(months):
        x = MARGIN + step * index
        for place, one in enumerate(bars):
            value = one.values[index]
            length = 0.0 if value is None else float(value) * per_unit
            at = (x + step * 0.14 + thick * place, min(zero, zero + length), thick - 0.8, abs(length))
            bar(drawing, at, one.colour, one.hatched)
        _fitted(drawing, x + step / 2, below - _ROW + 3.5, name, MUTED, step)
    drawing.add(stroke(MARGIN, zero, wide, zero, INK, 0.6))
    for place, row in enumerate(numbers):
        _numbers(drawing, row, below - _ROW * (place + 2), step)
    return drawing


def _key(drawing: Any, bars: Sequence[Bars], axis: str) -> None:
    write(drawing, 0, drawing.height - 9, axis, MUTED)
    x, y = 0.0, drawing.height - 22
    room = drawing.width / max(len(bars), 1) - 30
    for one in bars:
        name = shorten(wrap(tidy(one.name), _LABEL, False, room), 1)[0]
        bar(drawing, (x, y - 1, 9, 7.5), one.colour, one.hatched)
        write(drawing, x + 13, y, name, INK)
        x += 13 + width(name, _LABEL) + 16


def _numbers(drawing: Any, row: Numbers, y: float, step: float) -> None:
    drawing.add(stroke(0, y + _ROW, drawing.width, y + _ROW, HAIR, 0.4))
    write(drawing, 0, y + 3.5, shorten(wrap(tidy(row.name), _LABEL, False, MARGIN - 6), 1)[0], INK)
    for index, text in enumerate(row.cells):
        x = MARGIN + step * index
        ground = row.grounds[index] if row.grounds else None
        if ground is not None:
            drawing.add(area(x + 0.6, y + 0.4, step - 1.2, _ROW - 0.8, ground))
        _fitted(drawing, x + step / 2, y + 3.5, text, INK, step)


def _fitted(drawing: Any, x: float, y: float, text: str, colour: Colour, room: float) -> None:
    """In the middle of its column; smaller when it is long, and cut when it is too long for that."""
    needed = width(tidy(text), _LABEL) or 1.0
    size = _LABEL * min(1.0, max((room - 2.0) / needed, 0.62))
    shown = shorten(wrap(tidy(text), size, False, room), 1)[0]
    write(drawing, x, y, shown, colour, "middle", size=size)


def dots(
    values: Sequence[Decimal | None], months: Sequence[str], wide: float, tall: float, axis: str, colour: Colour
) -> Flowable:
    """A dot for each month that is known, its value above; a line joins neighbours and stops at a gap.

    The axis begins where the values do and says so by its round numbers.
    """
    drawing = drawing_of(wide, tall)
    write(drawing, 0, tall - 9, axis, MUTED)
    known = [float(value) for value in values if value is not None]
    marks = ticks(min(known), max(known), 3) if known else [0.0, 1.0]
    step, base, top = (wide - MARGIN) / max(len(months), 1), 16.0, tall - 28.0
    per_unit = (top - base) / (marks[-1] - marks[0])
    for mark in marks:
        y = base + (mark - marks[0]) * per_unit
        drawing.add(stroke(MARGIN, y, wide, y, HAIR, 0.4))
        write(drawing, MARGIN - 6, y - _LABEL * 0.33, tick_text(mark), MUTED, "end")
    last: tuple[float, float] | None = None
    for index, (name, value) in enumerate(zip(months, values, strict=True)):
        x = MARGIN + step * (index + 0.5)
        _fitted(drawing, x, 3.5, name, MUTED, step)
        if value is None:
            last = None
            continue
        y = base + (float(value) - marks[0]) * per_unit
        if last is not None:
            drawing.add(stroke(*last, x, y, colour, 1.0))
        last = (x, y)
    for index, value in enumerate(values):
        if value is not None:
            x, y = MARGIN + step * (index + 0.5), base + (float(value) - marks[0]) * per_unit
            half = min(width(f"{value:.3f}", _LABEL), step) / 2
            drawing.add(area(x - half, y + 3.6, 2 * half, 8.6, WHITE))
            drawing.add(disc(x, y, 2.4, colour))
            _fitted(drawing, x, y + 5.2, f"{value:.3f}", INK, step)
    return drawing


__all__ = ["MARGIN", "Bars", "Numbers", "dots", "monthly"]
