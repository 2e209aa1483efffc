"""The drawing of curves: lines, steps, points and bands with two axes."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot, isfinite

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui.language import _
from gui.plots.axes import reading, ruler
from gui.plots.canvas import Canvas, Reading
from gui.plots.clock import Tick
from gui.plots.inks import AREA, DASH, DOT, THICK, THIN, draw_limit, faded, known, polygon
from gui.plots.lines import CurveData, Floats, Reduced
from gui.plots.paper import APART, Titles
from gui.theme import colour

LEAST = 1 / 500
"""Share of x that can be shown alone."""
NEAR = 14.0
"""A point is read within so many pixels."""
CROWD = 400
"""Points from which on they let each other through."""
THROUGH = 120
"""How opaque they are then. [of 255]"""
RUGGED = 3.0
"""A line that goes up and down by more than so many widths of the plot is drawn thin."""


class CurveCanvas(Canvas):
    """The drawing of a Curve."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.data: CurveData | None = None
        self.reduced: tuple[Reduced, ...] = ()
        self._seen: list[tuple[Floats, Floats, Floats]] = []
        self._near: tuple[int, int] | None = None
        """The point under the mouse: which line, which value."""

    def show_data(self, data: CurveData, reduced: Sequence[Reduced]) -> None:
        """Show this from now on, all of x."""
        self.data, self.reduced = data, tuple(reduced)
        self.titles = Titles(data.y.titled, data.x.titled)
        self._near = None
        first, last = data.ends
        least = {"names": 2.0, "year": 2.0, "clock": 1.0, "season": 7.0}.get(data.x.kind, (last - first) * LEAST)
        self.set_whole(first, last, min(least, last - first))
        self.refresh()

    @property
    def empty(self) -> bool:
        return not any(len(one.line.x) for one in self.reduced)

    # ------------------------------------------------------------------ drawing

    def prepare(self, pixels: int) -> None:
        self._seen = [one.seen(*self.range, pixels) for one in self.reduced]
        limits = [limit.value for limit in self.data.limits] if self.data else []
        kept = [self.left.low, self.left.high] if self.panning and self.left is not None else []
        low = np.concatenate([low for _x, low, _high in self._seen] + [np.array([np.nan, *limits, *kept])])
        high = np.concatenate([high for _x, _low, high in self._seen] + [np.array([np.nan, *limits, *kept])])
        zero = self.data is not None and self.data.zero
        self.left = ruler(float(np.fmin.reduce(low)), float(np.fmax.reduce(high)), zero=zero)

    def ticks(self, width: float) -> Sequence[Tick]:
        if self.data is None:
            return ()
        first, last = self.range
        few = self.data.x.ticks(first, last, 2)
        widest = max((self.metrics.horizontalAdvance(tick.words) for tick in few), default=1.0)
        if self.data.x.kind == "names":
            widest = max(self.metrics.horizontalAdvance(name) for name in self.data.x.names)
        return self.data.x.ticks(first, last, max(2, int(width / (widest + 2 * APART))))

    def ink(self, painter: QPainter, area: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw = {"band": self._draw_band, "points": self._draw_points, "line": self._draw_line, "step": self._draw_line}
        bands_first = sorted(range(len(self.reduced)), key=lambda i: self.reduced[i].line.kind != "band")
        for number in bands_first:
            draw[self.reduced[number].line.kind](painter, area, number)
        for limit in self.data.limits if self.data else ():
            draw_limit(painter, area, float(self._y_of(np.array([limit.value]), area)[0]), limit.words)

    def _draw_band(self, painter: QPainter, area: QRectF, number: int) -> None:
        x, low, high = self._places(number, area)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faded(QColor(self.reduced[number].colour), AREA))
        for a, b in known(low + high):
            painter.drawPolygon(
                polygon(np.concatenate((x[a:b], x[a:b][::-1])), np.concatenate((high[a:b], low[a:b][::-1])))
            )

    def _draw_line(self, painter: QPainter, area: QRectF, number: int) -> None:
        one = self.reduced[number]
        x, low, high = self._places(number, area)
        if one.line.kind == "step":
            x, low, high = np.repeat(x, 2)[1:], np.repeat(low, 2)[:-1], np.repeat(high, 2)[:-1]
        travel = float(np.nansum(np.abs(np.diff(low)))) if len(low) > 1 else 0.0
        pen = QPen(QColor(one.colour), THICK if travel <= RUGGED * area.width() else THIN)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if one.line.dashed:
            pen.setDashPattern(DASH)
        painter.setPen(pen)
        ends = np.stack((low, high), axis=1)
        ends[1::2] = ends[1::2, ::-1]
        for a, b in known(low):
            if np.array_equal(low[a:b], high[a:b]):
                painter.drawPolyline(polygon(x[a:b], low[a:b]))
            else:
                painter.drawPolyline(polygon(np.repeat(x[a:b], 2), ends[a:b].reshape(-1)))

    def _draw_points(self, painter: QPainter, area: QRectF, number: int) -> None:
        one = self.reduced[number]
        x, y, _high = self._places(number, area)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faded(QColor(one.colour), THROUGH if len(x) > CROWD else 255))
        before = sum(other.line.kind == "points" for other in self.reduced[:number])
        for at in map(QPointF, x[np.isfinite(y)].tolist(), y[np.isfinite(y)].tolist()):
            if before % 2:  # the second kind of points is told by its shape too
                painter.drawRect(QRectF(at.x() - DOT, at.y() - DOT, 2 * DOT, 2 * DOT))
            else:
                painter.drawEllipse(at, DOT, DOT)

    def overlay(self, painter: QPainter, area: QRectF) -> None:
        if self.at is not None and self.left is not None:
            if self._near is None:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
                painter.setPen(QPen(colour("edge"), 1))
                x = round(self.x_of(self._snapped(self.at), area))
                painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for number, place in self._read_places(self.at):
                self._draw_dot(painter, area, number, place)
        super().overlay(painter, area)

    def _snapped(self, at: float) -> float:
        """The x of the value that is read; steps hold over all x."""
        places = self._read_places(at)
        if not places or self.reduced[places[0][0]].line.kind == "step":
            return at
        number, place = places[0]
        return float(self.reduced[number].line.x[place])

    def _draw_dot(self, painter: QPainter, area: QRectF, number: int, place: int) -> None:
        line = self.reduced[number].line
        if line.kind == "band" or not isfinite(line.y[place]):
            return
        painter.setPen(QPen(colour("text"), 1))
        painter.setBrush(QColor(self.reduced[number].colour))
        x = self.at if line.kind == "step" and self.at is not None else float(line.x[place])
        y = float(self._y_of(line.y[place : place + 1], area)[0])
        painter.drawEllipse(QPointF(self.x_of(x, area), y), DOT + 1, DOT + 1)

    def _places(self, number: int, area: QRectF) -> tuple[Floats, Floats, Floats]:
        """Pixels of what is seen of a line."""
        x, low, high = self._seen[number]
        first, last = self.range
        return (
            area.left() + (x - first) * (area.width() / (last - first)),
            self._y_of(low, area),
            self._y_of(high, area),
        )

    def _y_of(self, values: Floats, area: QRectF) -> Floats:
        assert self.left is not None
        return area.bottom() - (values - self.left.low) * (area.height() / (self.left.high - self.left.low))

    # ------------------------------------------------------------------ reading

    def point(self, at: QPointF | None, area: QRectF) -> None:
        near = self._nearest_point(at, area) if at is not None else None
        if near != self._near:
            self._near, self.at = near, None
        super().point(at, area)

    def neighbour(self, at: float, towards: int) -> float:
        for one in self.reduced:
            place = one.nearest(at)
            if place is not None and one.line.kind != "points":
                return float(one.line.x[min(max(0, place + towards), len(one.line.x) - 1)])
        return super().neighbour(at, towards)

    def readings(self, at: float) -> tuple[str, list[Reading]]:
        places = self._read_places(at)
        if self.data is None or not places:
            return "", []
        number, place = places[0]
        when = self.data.x.words(float(self.reduced[number].line.x[place]))
        return when, [self._value(number, place) for number, place in places]

    def words_of_range(self) -> str:
        return ""

    def _value(self, number: int, place: int) -> Reading:
        assert self.data is not None
        one, unit = self.reduced[number], self.data.y.unit
        low, high = float(one.line.y[place]), float(one.line.top[place])
        said = reading(low) if one.line.upper is None else _("{low} to {high}", low=reading(low), high=reading(high))
        return Reading(one.colour, one.line.name, f"{said} {unit}".rstrip() if isfinite(low) else _("no data"))

    def _read_places(self, at: float) -> list[tuple[int, int]]:
        """Which values are read: that of the point under the mouse, else those of all lines."""
        if self._near is not None:
            return [self._near]
        found = []
        for number, one in enumerate(self.reduced):
            place = one.nearest(at)
            if place is not None and (one.line.kind != "points" or len(self.reduced) == 1):
                found.append((number, place))
        return found

    def _nearest_point(self, at: QPointF, area: QRectF) -> tuple[int, int] | None:
        best, found = NEAR, None
        for number, one in enumerate(self.reduced):
            if one.line.kind != "points" or not len(one.line.x) or self.left is None:
                continue
            first, last = self.range
            across = area.left() + (one.line.x - first) * (area.width() / (last - first)) - at.x()
            up = self._y_of(one.line.y, area) - at.y()
            away = np.where(np.isfinite(up), np.hypot(across, up), np.inf)
            place = int(away.argmin())
            if hypot(across[place], up[place]) < best:
                best, found = float(away[place]), (number, place)
        return found
