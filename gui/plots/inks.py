"""How tracks are painted: lines and steps, dense columns from least to largest, what is estimated, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QPixmap, QPolygonF

from core.series.runs import equal_runs
from gui.plots.axes import Ruler
from gui.plots.paper import PAPER
from gui.plots.tracks import Floats, Kind, Seen, Spans
from gui.theme import colour, tokens

AREA, HATCH = 46, 150
"""How opaque the colour of a track is below its line, and in the hatching of what is estimated. [of 255]"""
BEHIND = 150
"""How opaque dense columns are that would hide those of other tracks. [of 255]"""
THICK, THIN = 1.6, 1.0
"""Of a line with few points, and with many. [px]"""
FEW = 0.6
"""Points for each pixel up to which lines are thick and smooth; denser ones would only become grey."""
DASH = [3.0, 2.5]
DOT = 2.5
"""Radius. [px]"""
SWATCH = (16, 11)
"""Of a picture in the key. [px]"""
MISSING, MEASURED, GUESSED = 0.0, 1.0, 2.0


class Pen:
    """Draws one track into an area."""

    def __init__(
        self,
        painter: QPainter,
        area: QRectF,
        ruler: Ruler,
        x_of: Callable[[Floats], Floats],
        ink: QColor,
        *,
        alone: bool = True,
    ) -> None:
        """``alone``: no other track lies behind."""
        self._painter, self._area, self._ruler, self._x_of, self._ink = painter, area, ruler, x_of, ink
        self._alone = alone

    def draw(self, seen: Seen, kind: Kind) -> None:
        """What is seen of a track. What is estimated is hatched: below a line, across dense columns."""
        if not len(seen.low):
            return
        x, low, high, guessed = self._x_of(seen.edges), self._y_of(seen.low), self._y_of(seen.high), seen.guessed
        if not seen.exact:
            x, low, high, guessed = self._by_pixel(x, low, high, guessed)
        inside = np.clip(x, self._area.left(), self._area.right())  # SVG cannot clip
        zero = self._zero()
        foot, top = np.maximum(low, zero), np.minimum(high, zero)
        if kind == "area":
            self._fill(self._shapes(inside, foot, top), QBrush(faded(self._ink, AREA)))
        if seen.exact:
            self._hatch(self._shapes(inside, np.where(guessed, foot, np.nan), top), faded(self._ink, HATCH))
            self._exact(x if kind == "line" else inside, low, kind, states(seen))
        else:
            self._dense(inside, low, high)
            self._hatch(self._shapes(inside, np.where(guessed, low, np.nan), high), colour("raised"))

    def _by_pixel(
        self, x: Floats, low: Floats, high: Floats, guessed: NDArray[np.bool_]
    ) -> tuple[Floats, Floats, Floats, NDArray[np.bool_]]:
        """Columns of exactly one pixel, for wider ones would leave white lines between them. In pixels low is above."""
        size = 1.0 / self._painter.device().devicePixelRatioF()
        left, right = max(x[0], self._area.left()), min(x[-1], self._area.right())
        edges = left + size * np.arange(max(1, round((right - left) / size)) + 1)
        first = np.clip(np.searchsorted(x, edges[:-1], side="right") - 1, 0, len(low) - 1)
        last = np.clip(np.searchsorted(x, edges[1:], side="left"), first + 1, len(low))
        pairs = np.stack((first, last), axis=1).reshape(-1)
        return (
            edges,
            np.fmax.reduceat(np.append(low, np.nan), pairs)[::2],
            np.fmin.reduceat(np.append(high, np.nan), pairs)[::2],
            np.logical_or.reduceat(np.append(guessed, False), pairs)[::2],
        )

    def dot(self, at: float, value: float) -> None:
        """Where the track is read."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(QPen(colour("raised"), 1))
        self._painter.setBrush(self._ink)
        self._painter.drawEllipse(QPointF(at, float(self._y_of(np.array([value]))[0])), DOT + 1, DOT + 1)

    def _y_of(self, values: Floats) -> Floats:
        area, ruler = self._area, self._ruler
        return area.bottom() - (values - ruler.low) * (area.height() / (ruler.high - ruler.low))

    def _zero(self) -> float:
        """The foot of areas: zero, or the end of the axis that is nearer to it."""
        return float(self._y_of(np.array([min(max(0.0, self._ruler.low), self._ruler.high)]))[0])

    def _shapes(self, x: Floats, low: Floats, high: Floats) -> list[QPolygonF]:
        """What lies between two ends of each column."""
        made = []
        for a, b in known(low):
            along = np.repeat(x[a : b + 1], 2)[1:-1]
            up = np.concatenate((np.repeat(high[a:b], 2), np.repeat(low[a:b], 2)[::-1]))
            made.append(polygon(np.concatenate((along, along[::-1])), up))
        return made

    def _fill(self, shapes: list[QPolygonF], brush: QBrush) -> None:
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(brush)
        for shape in shapes:
            self._painter.drawPolygon(shape)

    def _hatch(self, shapes: list[QPolygonF], ink: QColor) -> None:
        self._fill(shapes, QBrush(ink, Qt.BrushStyle.BDiagPattern))

    def _dense(self, x: Floats, low: Floats, high: Floats) -> None:
        """From least to largest and on to the next column, so that no value is lost between two pixels."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._painter.setPen(QPen(self._ink if self._alone else faded(self._ink, BEHIND), THIN))
        ends = np.stack((low, high), axis=1)
        ends[1::2] = ends[1::2, ::-1]
        for a, b in known(low):
            self._painter.drawPolyline(polygon(np.repeat((x[a:b] + x[a + 1 : b + 1]) / 2, 2), ends[a:b].reshape(-1)))

    def _exact(self, x: Floats, y: Floats, kind: Kind, state: Floats) -> None:
        thick = len(y) <= FEW * self._area.width()
        make = self._lined if kind == "line" else stepped
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, thick and kind == "line")
        for a, b in equal_runs(state).tolist():
            if state[a] == MISSING:
                continue
            pen = QPen(self._ink, THICK if thick else THIN)
            if state[a] == GUESSED:
                pen.setDashPattern(DASH)
            self._painter.setPen(pen)
            points = polygon(*make(x, y, a, b, a > 0 and state[a - 1] != MISSING))
            if points.size() > 1:
                self._painter.drawPolyline(points)
            elif b == len(y) or state[b] == MISSING:  # neither a neighbour before nor one after
                self._painter.setBrush(self._ink)
                self._painter.drawEllipse(points.first(), DOT / 2, DOT / 2)

    def _lined(self, x: Floats, y: Floats, a: int, b: int, joined: bool) -> tuple[Floats, Floats]:
        """Straight from the middle of an interval to that of the next, as far as the area reaches."""
        begin = a - 1 if joined else a
        along, up = (x[begin:b] + x[begin + 1 : b + 1]) / 2, y[begin:b]
        inside = np.clip(along, self._area.left(), self._area.right())
        return inside, np.interp(inside, along, up)


def stepped(x: Floats, y: Floats, a: int, b: int, joined: bool) -> tuple[Floats, Floats]:
    """Level over each interval; ``joined`` begins at the level before."""
    along, up = np.repeat(x[a : b + 1], 2)[1:-1], np.repeat(y[a:b], 2)
    return (np.append(x[a], along), np.append(y[a - 1], up)) if joined else (along, up)


def polygon(x: Floats, y: Floats) -> QPolygonF:
    """Points for Qt."""
    return QPolygonF([QPointF(*point) for point in zip(x.tolist(), y.tolist(), strict=True)])


def known(values: Floats) -> Iterator[tuple[int, int]]:
    """Stretches without missing values."""
    state = np.where(np.isnan(values), MISSING, MEASURED)
    for a, b in equal_runs(state).tolist():
        if state[a] == MEASURED:
            yield a, b


def states(seen: Seen) -> Floats:
    """Of each value whether it is missing, measured or estimated."""
    return np.where(np.isnan(seen.low), MISSING, np.where(seen.guessed, GUESSED, MEASURED))


def faded(ink: QColor, opaque: int) -> QColor:
    """A colour that lets the paper through."""
    made = QColor(ink)
    made.setAlpha(opaque)
    return made


def shade_gaps(painter: QPainter, area: QRectF, spans: Spans) -> None:
    """Bands over the whole height where values are missing, at least a pixel wide."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for span in spans:
        painter.fillRect(_column(area, span), gap_colour())


def gap_colour() -> QColor:
    """A light shade, which on dark paper must be a little stronger to be seen."""
    return colour("line" if tokens().dark else "hover")


def draw_limit(painter: QPainter, area: QRectF, y: float, words: str) -> None:
    """A broken line from side to side, with its words on paper so that data do not swallow them."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(colour("text"), 1, Qt.PenStyle.DashLine))
    painter.drawLine(QLineF(area.left(), round(y), area.right(), round(y)))
    metrics = QFontMetricsF(painter.font())
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width() / 2)
    wide, high = metrics.horizontalAdvance(shown), metrics.height()
    top = y - high - 1 if y - high - 1 >= area.top() else y + 1
    paper = colour("raised")
    paper.setAlpha(PAPER)
    painter.fillRect(QRectF(area.right() - wide - 8, top, wide + 8, high), paper)
    painter.setPen(colour("text"))
    painter.drawText(QPointF(area.right() - wide - 4, top + metrics.ascent()), shown)


def swatch(ink: str, kind: str) -> QPixmap:
    """A picture for the key: ``line``, ``dashed``, ``hatched``, ``gap``, ``dot``, ``band``."""
    wide, high = SWATCH
    made = QPixmap(wide * 2, high * 2)
    made.setDevicePixelRatio(2)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(1, 1, wide - 2, high - 2)
    if kind == "gap":
        painter.setPen(QPen(colour("line"), 1))
        painter.setBrush(gap_colour())
        painter.drawRect(box)
    elif kind == "void":
        painter.fillRect(box, colour("hover"))
        _stripe(painter, QColor(ink), box)
    elif kind == "hatched":
        _stripe(painter, faded(QColor(ink), HATCH), box)
        painter.setPen(_pen(ink, dashed=True))
        painter.drawLine(box.topLeft(), box.topRight())
    elif kind == "band":
        painter.fillRect(box, faded(QColor(ink), AREA * 2))
    elif kind == "dot":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ink))
        painter.drawEllipse(box.center(), DOT + 1, DOT + 1)
    elif kind == "square":
        painter.fillRect(
            QRectF(box.center() - QPointF(DOT + 1, DOT + 1), box.center() + QPointF(DOT + 1, DOT + 1)), QColor(ink)
        )
    else:
        painter.setPen(_pen(ink, dashed=kind == "dashed"))
        painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()))
    painter.end()
    return made


def _column(area: QRectF, span: tuple[float, float]) -> QRectF:
    """From top to bottom, at least a pixel wide."""
    left, right = max(span[0], area.left()), min(span[1], area.right())
    return QRectF(left, area.top(), max(1.0, right - left), area.height())


def _stripe(painter: QPainter, ink: QColor, box: QRectF) -> None:
    """As the pattern of a brush, which would be too fine to be seen in the key."""
    painter.setPen(QPen(ink, 1))
    painter.setClipRect(box)
    for left in range(-SWATCH[1], SWATCH[0], 4):
        painter.drawLine(QPointF(left, box.bottom()), QPointF(left + box.height(), box.top()))
    painter.setClipping(False)


def _pen(ink: str, *, dashed: bool) -> QPen:
    pen = QPen(QColor(ink), 2)
    if dashed:
        pen.setDashPattern([2.5, 1.5])
    return pen
