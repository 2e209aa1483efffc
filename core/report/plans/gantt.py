"""Actions over the years: a bar from the first day of the effect to the last, dots for milestones, a line for today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.report.charts import bar, drawing_of, write
from core.report.drawing import area, disc, stroke
from core.report.flow import Flowable
from core.report.lines import shorten, tidy, wrap
from core.report.style import CHART, HAIR, INK, MUTED, SCOPE2, SIGNAL, WASH, WHITE, Colour

_LABEL = CHART.size
_ROW = 15.0
_NAMES = 178.0
ON_A_CHART = 34
"""Rows; more of them go on in the next chart."""
AHEAD = 12
"""Years shown at most after today, and at least as many as there are. [a]"""


@dataclass(frozen=True, slots=True)
class Span:
    """One action; without days a heading."""

    name: str
    begin: date | None = None
    """Of the work."""
    start: date | None = None
    """Of the effect."""
    end: date | None = None
    planned: bool = False
    """Not decided yet: hatched."""
    marks: tuple[tuple[date, str], ...] = ()
    """Milestones: the day, and ``done``, ``late`` or ``due``."""


def gantt(rows: Sequence[Span], years: tuple[int, int], today: date, wide: float) -> list[Flowable]:
    """As many charts as the rows need, all over the same years; what lies outside of these is cut.

    Parameters
    ----------
    rows
        in their order.
    years
        first and last that are shown.
    today
        the line.
    wide
        [pt]
    """
    parts = [rows[start : start + ON_A_CHART] for start in range(0, len(rows), ON_A_CHART)]
    return [_chart(part, years, today, wide) for part in parts]


def _chart(rows: Sequence[Span], years: tuple[int, int], today: date, wide: float) -> Flowable:
    tall = _ROW * len(rows) + 18
    drawing = drawing_of(wide, tall)
    first, last = years
    per_year = (wide - _NAMES) / (last - first + 1)

    def place(day: date) -> float:
        days = (date(day.year, 12, 31) - date(day.year, 1, 1)).days + 1
        at = day.year - first + ((day - date(day.year, 1, 1)).days / days)
        return _NAMES + min(max(at, 0.0), last - first + 1.0) * per_year

    every = max(1, -(-(last - first + 1) // 14))
    for index, year in enumerate(range(first, last + 1)):
        x = _NAMES + per_year * index
        drawing.add(stroke(x, 0, x, tall - 13, HAIR, 0.4))
        if index % every == 0:
            write(drawing, x + 2, tall - 10, str(year), MUTED)
    for index, row in enumerate(rows):
        _row(drawing, row, tall - 16 - _ROW * (index + 1), place)
    if first <= today.year <= last:
        drawing.add(stroke(place(today), 0, place(today), tall - 13, SIGNAL, 0.9))
    return drawing


def _row(drawing: Any, row: Span, y: float, place: Any) -> None:
    heading = row.start is None
    if heading:
        drawing.add(area(0, y, drawing.width, _ROW - 1, WASH))
    room = drawing.width if heading else _NAMES - 8
    write(drawing, 2, y + 4.2, shorten(wrap(tidy(row.name), _LABEL, heading, room - 4), 1)[0], INK, bold=heading)
    if row.begin is None or row.start is None or row.end is None:
        return
    begin, start, end = place(row.begin), place(row.start), place(row.end)
    if start > begin:
        drawing.add(stroke(begin, y + _ROW / 2, start, y + _ROW / 2, SCOPE2, 1.2))
    bar(drawing, (start, y + 3, max(end - start, 0.0), _ROW - 7), SCOPE2, row.planned)
    for day, state in row.marks:
        fill, edge = _mark(state)
        drawing.add(disc(place(day), y + _ROW / 2, 2.6, fill, edge, 0.9))


def _mark(state: str) -> tuple[Colour, Colour]:
    """Reached: full; to come: a ring; late: full in the colour of what is wrong, and named in the table."""
    return {"done": (INK, WHITE), "late": (SIGNAL, WHITE)}.get(state, (WHITE, INK))


__all__ = ["AHEAD", "ON_A_CHART", "Span", "gantt"]
