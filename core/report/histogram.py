"""What was drawn: how often each total came out, with the limits of the formula."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.report.charts import bar, drawing_of, readable, write
from core.report.drawing import stroke
from core.report.flow import Flowable
from core.report.fonts import width
from core.report.style import CHART, INK, MUTED, SCOPE2, SIGNAL

_LABEL = CHART.size


def histogram(
    edges: Sequence[Decimal],
    counts: Sequence[int],
    limits: Sequence[tuple[str, Decimal]],
    wide: float,
    tall: float,
    axis: str,
) -> Flowable:
    """Bars of equal width; each limit a line with its name and value."""
    drawing = drawing_of(wide, tall)
    write(drawing, 0, tall - 10, axis, MUTED)
    low = float(min(edges[0], *(value for _, value in limits)))
    high = float(max(edges[-1], *(value for _, value in limits)))
    per_unit = wide / ((high - low) or 1.0)
    bottom, top = 26.0, tall - 30.0
    highest = max(counts) or 1
    for left, right, count in zip(edges, edges[1:], counts, strict=False):
        x, thick = (float(left) - low) * per_unit, float(right - left) * per_unit
        bar(drawing, (x, bottom, max(thick - 0.6, 0.3), (top - bottom) * count / highest), SCOPE2, False)
    drawing.add(stroke(0, bottom, wide, bottom, INK, 0.6))
    used: list[tuple[float, float]] = []
    for name, value in sorted(limits, key=lambda one: one[1]):
        x = (float(value) - low) * per_unit
        drawing.add(stroke(x, bottom - 3, x, top + 6, SIGNAL, 0.8))
        _label(drawing, x, (name, readable(value)), wide, used)
    return drawing


def _label(drawing: object, x: float, lines: tuple[str, str], wide: float, used: list[tuple[float, float]]) -> None:
    """Below the axis, inside the chart, and never on another label."""
    room = max(width(text, _LABEL, bool(index)) for index, text in enumerate(lines))
    left = min(max(x - room / 2, 0.0), wide - room)
    if used and left < used[-1][1] + 8:
        left = used[-1][1] + 8
    used.append((left, left + room))
    for index, text in enumerate(lines):
        write(drawing, left + room / 2, 13 - index * 10, text, INK if index else MUTED, "middle", bold=bool(index))
