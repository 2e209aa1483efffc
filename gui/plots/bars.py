"""Bar charts drawn by pyqtgraph. Import this late: it costs half a second.

Pages use :mod:`gui.chart`, which makes these once the page has been painted.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QApplication, QGraphicsSceneMouseEvent, QWidget

from gui.chart_data import BarData, short
from gui.fonts import figures, scaled
from gui.theme import tokens

GAP = 0.28
"""Share of a category that stays empty."""
ROOM = 1.07
"""Above the last tick, for half its number."""
LABELLED = 1.22
"""The same where words stand at the ends of the bars."""
MOST_TICKS = 5


def nice(most: float) -> float:
    """The end of an axis: a round number at or above the longest bar, so that a tick stands above it."""
    magnitude = 10.0 ** np.floor(np.log10(most))
    for step in (0.2, 0.5, 1.0, 2.0):
        if (steps := np.ceil(most / (step * magnitude) - 1e-9)) <= MOST_TICKS:
            break
    return float(steps * step * magnitude)


class Axis(pg.AxisItem):  # type: ignore[misc]
    """Numbers or names without a line of its own; grid lines come from the plot."""

    def __init__(self, side: str, font: QFont, names: tuple[str, ...] = ()) -> None:
        super().__init__(side)
        self._names = names
        self.setStyle(tickFont=font, tickLength=0, tickTextOffset=8, autoExpandTextSpace=True)
        self.setTextPen(QColor(tokens().muted))
        self.setPen(QPen(Qt.PenStyle.NoPen) if not names else QPen(QColor(tokens().edge)))
        self.enableAutoSIPrefix(False)

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N802
        if not self._names:
            levels: list[tuple[float, list[float]]] = super().tickValues(low, high, size)[:1]
            return levels
        first, last = max(0, int(np.ceil(low))), min(len(self._names) - 1, int(np.floor(high)))
        places = range(first, last + 1)
        widest = max((self._width(self._names[i]) for i in places), default=1.0)
        room = size / max(1.0, high - low) if self.orientation in ("bottom", "top") else 1e9
        step = max(1, int(np.ceil((widest + 6) / max(room, 1e-6))))
        return [(1.0, [float(i) for i in places if i % step == 0])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: N802
        if self._names:
            return [self._names[round(value)] for value in values]
        return [short(value) for value in values]

    def _width(self, text: str) -> float:
        return QFontMetricsF(self.style["tickFont"]).horizontalAdvance(text)


class Box(pg.ViewBox):  # type: ignore[misc]
    """Drag zooms into the span dragged over, double click shows everything again."""

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        self.setMouseMode(pg.ViewBox.RectMode)
        self.rbScaleBox.setPen(QPen(QColor(tokens().accent)))
        shade = QColor(tokens().accent)
        shade.setAlpha(40)
        self.rbScaleBox.setBrush(QBrush(shade))

    def mouseDoubleClickEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self.autoRange(padding=0)
        event.accept()

    def wheelEvent(self, event: Any, axis: Any = None) -> None:
        event.ignore()  # the page scrolls


class Bars(pg.PlotWidget):  # type: ignore[misc]
    """One chart of bars: stacked upright by category, or lying one below the other."""

    hovered = Signal(int)
    """Category under the mouse, -1 for none."""

    def __init__(self, data: BarData, parent: QWidget | None = None) -> None:
        small = figures(scaled(QApplication.font(), 0.9))
        names = data.categories if not data.lying else tuple(reversed(data.categories))
        sides = ("left", "bottom") if data.lying else ("bottom", "left")
        axes = {sides[0]: Axis(sides[0], small, names), sides[1]: Axis(sides[1], small)}
        self._box = Box()
        super().__init__(parent=parent, background=None, viewBox=self._box, axisItems=axes)
        self._data = data
        self.setFrameShape(self.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setStyleSheet("background: transparent")
        self.setCacheMode(self.CacheModeFlag.CacheNone)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.getPlotItem().hideButtons()
        self.getPlotItem().setContentsMargins(0, 0, 4, 0)
        self._titles(sides, small)
        self._draw()
        self._light = pg.BarGraphItem(x0=[0], y0=[0], width=0, height=0, pen=QPen(Qt.PenStyle.NoPen))
        self.addItem(self._light)
        self._light.setZValue(-10)
        self.scene().sigMouseMoved.connect(self._moved)
        self._at = -1

    def _titles(self, sides: tuple[str, str], font: QFont) -> None:
        css = {"color": tokens().muted, "font-size": f"{font.pointSizeF()}pt" if font.pointSizeF() > 0 else "11px"}
        self.getAxis(sides[1]).setLabel(f"{self._data.value_title} ({self._data.unit})", **css)
        if self._data.category_title:
            self.getAxis(sides[0]).setLabel(self._data.category_title, **css)
        grid = QColor(tokens().line)
        self.getAxis(sides[1]).setGrid(0)
        self._grid = QPen(grid)

    def _draw(self) -> None:
        data, count = self._data, len(self._data.categories)
        places = np.arange(count, dtype=float)
        if data.lying:
            places = places[::-1]
        begin = np.asarray(data.bases or (0,) * count, dtype=float)
        base_up, base_down = begin.copy(), begin.copy()
        wide = (1 - GAP) / max(1, len(data.series)) if data.beside else 1 - GAP
        for nth, series in enumerate(data.series):
            values = np.asarray(series.values, dtype=float)
            base, spots = np.where(values >= 0, base_up, base_down), places
            if data.beside:
                base, spots = begin, places + (nth - (len(data.series) - 1) / 2) * wide * (-1 if data.lying else 1)
                base_up, base_down = np.maximum(base_up, begin + values), np.minimum(base_down, begin + values)
            else:
                base_up += np.clip(values, 0, None)
                base_down += np.clip(values, None, 0)
            pen = QPen(QColor(tokens().raised))
            pen.setCosmetic(True)  # one pixel, not one tonne
            brush = QBrush(QColor(series.colour))
            if data.lying:
                item = pg.BarGraphItem(x0=base, y=spots, width=values, height=wide, pen=pen, brush=brush)
            else:
                item = pg.BarGraphItem(x=spots, y0=base, height=values, width=wide, pen=pen, brush=brush)
            self.addItem(item)
        top = max(float(base_up.max(initial=0)), 1e-9)
        bottom = min(float(base_down.min(initial=0)), 0.0)
        for number, (at, words) in enumerate(data.marks):
            self._mark(at, words, 0.94 - 0.08 * (number % 2))
        for place, end, words in zip(places, base_up, data.labels, strict=False):
            self._label(float(place), float(end), words)
        floor = float(data.floor)
        if floor:
            self._limits(count, floor, floor + (LABELLED if data.labels else ROOM) * nice(top - floor))
            return
        room = LABELLED if data.labels else ROOM
        self._limits(count, -ROOM * nice(-bottom) if bottom else 0.0, room * nice(top))

    def _label(self, place: float, end: float, words: str) -> None:
        """Words beyond the end of a bar."""
        made = pg.TextItem(words, color=QColor(tokens().text), anchor=(0, 0.5) if self._data.lying else (0.5, 1))
        made.setFont(figures(scaled(QApplication.font(), 0.9)))
        made.setPos(*((end, place) if self._data.lying else (place, end)))
        self.addItem(made, ignoreBounds=True)

    def _mark(self, at: float, words: str, height: float) -> None:
        """A broken line with its words near the top, on paper so that bars do not swallow them; neighbours stand on
        different heights."""
        pen = QPen(QColor(tokens().text), 1, Qt.PenStyle.DashLine)
        pen.setCosmetic(True)
        paper = QColor(tokens().raised)
        paper.setAlpha(215)
        look = {"position": height, "color": tokens().text, "fill": paper, "movable": False}
        self.addItem(pg.InfiniteLine(at, angle=90, pen=pen, label=words, labelOpts=look))

    def _limits(self, count: int, bottom: float, top: float) -> None:
        along, across = (-0.6, count - 0.4), (bottom, top)
        spans = {"xRange": across, "yRange": along} if self._data.lying else {"xRange": along, "yRange": across}
        self._whole = spans
        self.setRange(**spans, padding=0)
        box = self.getViewBox()
        box.setLimits(
            xMin=spans["xRange"][0], xMax=spans["xRange"][1], yMin=spans["yRange"][0], yMax=spans["yRange"][1]
        )
        box.disableAutoRange()
        box.autoRange = lambda **_kw: self.setRange(**self._whole, padding=0)

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:  # noqa: N802 - Qt's name
        """Hairlines behind the bars, at the numbers of the value axis."""
        super().drawBackground(painter, rect)
        box = self.getViewBox()
        area = box.sceneBoundingRect()
        axis = self.getAxis("bottom" if self._data.lying else "left")
        low, high = box.viewRange()[0 if self._data.lying else 1]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(self._grid)
        size = area.width() if self._data.lying else area.height()
        for _spacing, values in axis.tickValues(low, high, size):
            for value in values:
                at = box.mapViewToScene(QPointF(value, value))
                if self._data.lying:
                    painter.drawLine(QPointF(at.x(), area.top()), QPointF(at.x(), area.bottom()))
                else:
                    painter.drawLine(QPointF(area.left(), at.y()), QPointF(area.right(), at.y()))
        painter.restore()

    def sizeHint(self) -> QSize:
        """The page decides."""
        return QSize(200, 120)

    # ------------------------------------------------------------------ mouse

    def _moved(self, at: QPointF) -> None:
        box = self.getViewBox()
        place = -1
        if box.sceneBoundingRect().contains(at):
            seen = box.mapSceneToView(at)
            along = round(seen.y() if self._data.lying else seen.x())
            if 0 <= along < len(self._data.categories):
                place = len(self._data.categories) - 1 - along if self._data.lying else along
        self.show_hover(place)

    def show_hover(self, category: int) -> None:
        """Shade a category and tell which."""
        if category == self._at:
            return
        self._at = category
        shade = QColor(tokens().hover)
        along = len(self._data.categories) - 1 - category if self._data.lying else category
        (x0, x1), (y0, y1) = self._whole["xRange"], self._whole["yRange"]
        across = {"y0": [along - 0.5], "height": 1.0} if self._data.lying else {"x0": [along - 0.5], "width": 1.0}
        whole = {"x0": [x0], "width": x1 - x0} if self._data.lying else {"y0": [y0], "height": y1 - y0}
        self._light.setOpts(**across, **whole, brush=QBrush(shade))
        self._light.setVisible(category >= 0)
        self.hovered.emit(category)

    def leaveEvent(self, event: Any) -> None:
        self.show_hover(-1)
        super().leaveEvent(event)
