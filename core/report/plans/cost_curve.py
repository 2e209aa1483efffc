"""The abatement cost curve: a bar for each action, as wide as its tonnes and as high as the cost of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.report.axis import tick_text, ticks
from core.report.charts import bar, drawing_of, readable, write
from core.report.drawing import stroke
from core.report.flow import Flowable
from core.report.fonts import width
from core.report.style import CHART, HAIR, INK, MUTED, SCOPE1, SCOPE2

_LABEL = CHART.size


@dataclass(frozen=True, slots=True)
class Block:
    """One action on the curve."""

    sign: str
    """By which the table below names it."""
    tonnes: Decimal
    """Its width, above zero. [t/a]"""
    cost: Decimal
    """Its height; below zero: it earns. [currency/t]"""


def cost_curve(blocks: Sequence[Block], wide: float, tall: float, axes: tuple[str, str]) -> Flowable:
    """Bars side by side without a gap; those that earn hang below the line and are hatched.

    Parameters
    ----------
    blocks
        from left to right.
    wide, tall
        [pt]
    axes
        what the height and what the width measures, with their units.
    """
    drawing = drawing_of(wide, tall)
    write(drawing, 0, tall - 9, axes[0], MUTED)
    write(drawing, wide, 3, axes[1], MUTED, "end")
    costs = [float(one.cost) for one in blocks]
    marks = ticks(min([0.0, *costs]), max([0.0, *costs]) or 1.0)
    base, top = 26.0, tall - 34.0
    per_unit = (top - base) / (marks[-1] - marks[0])
    left = max(width(tick_text(mark), _LABEL) for mark in marks) + 10
    for mark in marks:
        y = base + (mark - marks[0]) * per_unit
        drawing.add(stroke(left, y, wide, y, HAIR, 0.4))
        write(drawing, left - 6, y - _LABEL * 0.33, tick_text(mark), MUTED, "end")
    zero = base - marks[0] * per_unit
    _bars(drawing, blocks, left, zero, per_unit)
    drawing.add(stroke(left, zero, wide, zero, INK, 0.6))
    total = sum((one.tonnes for one in blocks), Decimal(0))
    write(drawing, left, base - 11, "0", MUTED)
    write(drawing, wide, base - 11, readable(total), MUTED, "end")
    return drawing


def _bars(drawing: Any, blocks: Sequence[Block], left: float, zero: float, per_unit: float) -> None:
    """Each with its sign above the highest of them; a hair leads from the sign to a bar that is narrower."""
    total = float(sum((one.tonnes for one in blocks), Decimal(0))) or 1.0
    per_tonne, x, taken = (drawing.width - left) / total, left, left
    row = drawing.height - 27.0
    ends = [width(one.sign, _LABEL, True) + 3 for one in blocks]
    for index, one in enumerate(blocks):
        wide, height = float(one.tonnes) * per_tonne, float(one.cost) * per_unit
        earns = one.cost < 0
        at = (x, min(zero, zero + height), max(wide - 0.5, 0.3), abs(height))
        bar(drawing, at, SCOPE2 if earns else SCOPE1, earns)
        middle, half = x + wide / 2, ends[index] / 2
        last = drawing.width - sum(ends[index + 1 :]) - half
        place = min(max(middle, taken + half), max(last, taken + half))
        if place + half <= drawing.width + 1:  # hundreds of actions leave no room; the table has them all
            drawing.add(stroke(middle, max(zero, zero + height), place, row - 2, HAIR, 0.4))
            write(drawing, place, row, one.sign, INK, "middle", bold=True)
            taken = place + half
        x += wide


__all__ = ["Block", "cost_curve"]
