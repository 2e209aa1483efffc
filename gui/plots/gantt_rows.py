"""Rows of work over time, and how a bar and a step are drawn: told apart by shape and filling, not by colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QPolygonF

from gui.plots.clock import DAY
from gui.plots.inks import AREA, HATCH, faded
from gui.theme import colour, tokens

State = Literal["done", "late", "due"]
Look = Literal["open", "decided", "done", "stopped"]
MARK = 5.5
"""Half the size of a step. [px]"""
COLOURS: Mapping[State, str] = {"done": "good", "late": "bad", "due": "text"}


@dataclass(frozen=True, slots=True)
class GanttMark:
    """A step on its day."""

    name: str
    day: date
    state: State
    words: str
    """The state, as it is called."""


@dataclass(frozen=True, slots=True)
class GanttRow:
    """One piece of work."""

    key: str
    name: str
    group: str
    """Rows of one group stand together below its name."""
    begin: date
    """Of the work."""
    start: date
    """Of the effect."""
    full: date
    """From which all of the effect is there."""
    end: date
    """Last day of the effect."""
    look: Look
    words: str
    """How far it is, as it is called."""
    marks: tuple[GanttMark, ...] = ()


@dataclass(frozen=True, slots=True)
class GanttData:
    """A whole plot."""

    title: str
    today: date
    rows: tuple[GanttRow, ...]
    """Those of one group one after the other."""

    @property
    def lines(self) -> tuple[str | GanttRow, ...]:
        """What stands from top to bottom: names of groups, and rows."""
        found: list[str | GanttRow] = []
        for before, row in zip((None, *self.rows), self.rows, strict=False):
            if before is None or before.group != row.group:
                found.append(row.group)
            found.append(row)
        return tuple(found)


def seconds(day: date) -> float:
    """Midnight at which a day begins, on the axis."""
    return float((day - date(1970, 1, 1)).days * DAY)


def draw_mark(painter: QPainter, at: QPointF, state: State, size: float = MARK) -> None:
    """A step: a disc when it is reached, an upright triangle when it is late, an empty diamond while it is to come."""
    ink = colour(COLOURS[state])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink if state == "due" else colour("raised"), 1.5 if state == "due" else 1))
    painter.setBrush(colour("raised") if state == "due" else ink)
    if state == "done":
        painter.drawEllipse(at, size, size)
        return
    x, y = at.x(), at.y()
    diamond = [(x, y - size), (x + size, y), (x, y + size), (x - size, y)]
    triangle = [(x, y - size), (x + size, y + size), (x - size, y + size)]
    painter.drawPolygon(QPolygonF([QPointF(*one) for one in (diamond if state == "due" else triangle)]))


def brush_of(ink: QColor, look: Look) -> QBrush:
    if look == "stopped":
        return QBrush(Qt.BrushStyle.NoBrush)
    return QBrush(ink if look == "decided" else faded(ink, AREA))


def mark_swatch(state: State) -> QPixmap:
    """A step for the key."""
    made, painter = _sheet()
    draw_mark(painter, QPointF(8, 6), state, 4.5)
    painter.end()
    return made


def bar_swatch(look: Look) -> QPixmap:
    """A bar for the key."""
    made, painter = _sheet()
    ink = QColor(tokens().series[0]) if look != "stopped" else colour("edge")
    box = QRectF(1, 2, 14, 8)
    painter.setPen(QPen(ink, 1, Qt.PenStyle.DashLine if look in ("open", "stopped") else Qt.PenStyle.SolidLine))
    painter.setBrush(brush_of(ink, look))
    painter.drawRect(box)
    if look == "done":
        painter.fillRect(box, QBrush(faded(ink, HATCH), Qt.BrushStyle.BDiagPattern))
    painter.end()
    return made


def _sheet() -> tuple[QPixmap, QPainter]:
    made = QPixmap(32, 24)
    made.setDevicePixelRatio(2)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return made, painter
