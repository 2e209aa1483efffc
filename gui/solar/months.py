"""Expected against measured by month: bars of what was counted, a line where the average year lies, a point for what
the model gives in the light that was measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from gui.language import _
from gui.plots.axes import reading, ruler
from gui.plots.canvas import Canvas, Reading
from gui.plots.clock import Tick
from gui.plots.lines import Floats, Scale
from gui.plots.moving import MovingPlot
from gui.plots.paper import Titles
from gui.plots.saving import Numbers, digits, numbers_of
from gui.plots.tools import entry
from gui.theme import colour, tokens

WIDE, REACH = 0.62, 0.86
"""Share of a month that a bar and a line take."""
THICK, POINT = 2.4, 4.0
"""Of a line, and radius of a point. [px]"""
SWATCH = (16, 11)


@dataclass(frozen=True, slots=True, eq=False)
class Months:
    """What there is of each month; NaN where nothing is known."""

    title: str
    names: tuple[str, ...]
    unit: str
    value_title: str
    measured: Floats
    typical: Floats
    modelled: Floats

    def rows(self) -> list[tuple[str, str, Floats]]:
        """Name, colour and values of each kind, those of which nothing is known left out."""
        every = [
            (_("Measured"), tokens().series[0], self.measured),
            (_("Average year"), tokens().text, self.typical),
            (_("Model in the measured light"), tokens().series[1], self.modelled),
        ]
        return [one for one in every if np.isfinite(one[2]).any()]


class MonthCanvas(Canvas):
    """The drawing."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.data: Months | None = None

    def show_months(self, data: Months) -> None:
        """Show these from now on."""
        self.data = data
        self.titles = Titles(f"{data.value_title} ({data.unit})")
        self.set_whole(-0.5, len(data.names) - 0.5, 2.0)
        self.refresh()

    @property
    def empty(self) -> bool:
        return self.data is None or not self.data.rows()

    def prepare(self, pixels: int) -> None:
        if self.data is not None:
            most = max(float(np.nanmax(values)) for _name, _colour, values in self.data.rows())
            self.left = ruler(0.0, most, zero=True)

    def ticks(self, width: float) -> Sequence[Tick]:
        if self.data is None:
            return ()
        widest = max(self.metrics.horizontalAdvance(name) for name in self.data.names) + 14
        return Scale("", kind="names", names=self.data.names).ticks(*self.range, max(2, int(width / widest)))

    def ink(self, painter: QPainter, area: QRectF) -> None:
        if self.data is None:
            return
        step = area.width() / (self.range[1] - self.range[0])
        for place in range(len(self.data.names)):
            x = self.x_of(place, area)
            self._draw_bar(painter, area, x, step * WIDE, float(self.data.measured[place]))
            self._draw_line(painter, area, x, step * REACH, float(self.data.typical[place]))
            self._draw_point(painter, area, x, float(self.data.modelled[place]))

    def _draw_bar(self, painter: QPainter, area: QRectF, x: float, wide: float, value: float) -> None:
        if isfinite(value):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            top = self._y_of(value, area)
            painter.fillRect(QRectF(x - wide / 2, top, wide, area.bottom() - top), QColor(tokens().series[0]))

    def _draw_line(self, painter: QPainter, area: QRectF, x: float, wide: float, value: float) -> None:
        """Dark, on an edge of paper, so that it is seen on the bar and above it."""
        if not isfinite(value):
            return
        y = round(self._y_of(value, area))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for ink, thick in ((colour("raised"), THICK + 2), (colour("text"), THICK)):
            painter.setPen(QPen(ink, thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawLine(QPointF(x - wide / 2, y), QPointF(x + wide / 2, y))

    def _draw_point(self, painter: QPainter, area: QRectF, x: float, value: float) -> None:
        if isfinite(value):
            diamond(painter, QPointF(x, self._y_of(value, area)), POINT, tokens().series[1])

    def _y_of(self, value: float, area: QRectF) -> float:
        assert self.left is not None
        return area.bottom() - self.left.share(value) * area.height()

    # ------------------------------------------------------------------ reading

    def neighbour(self, at: float, towards: int) -> float:
        count = 0 if self.data is None else len(self.data.names)
        return float(min(max(0, round(at) + towards), max(0, count - 1)))

    def readings(self, at: float) -> tuple[str, list[Reading]]:
        if self.data is None:
            return "", []
        place = min(max(0, round(at)), len(self.data.names) - 1)
        values = [
            Reading(ink, name, f"{reading(float(values[place]))} {self.data.unit}")
            for name, ink, values in self.data.rows()
        ]
        return self.data.names[place], values

    def words_of_range(self) -> str:
        return ""


class MonthPlot(MovingPlot[MonthCanvas]):
    """Shows the months of one system."""

    def __init__(self, name: str) -> None:
        super().__init__(name, MonthCanvas(name))

    @property
    def data(self) -> Months | None:
        """What is shown."""
        return self.canvas.data

    def show_months(self, data: Months) -> None:
        """Show these from now on."""
        self.set_title(data.title)
        self.canvas.show_months(data)
        pictures = {_("Average year"): _dash(), _("Model in the measured light"): _diamond()}
        self.set_key(entry(ink, name, pictures.get(name)) for name, ink, _values in data.rows())
        self.shown()

    def numbers(self) -> Numbers | None:
        return numbers_of(self.as_table()) if self.data is not None else None

    def as_table(self) -> list[list[str]]:
        data = self.data
        if data is None:
            return []
        columns = [digits(values.tolist()) for _name, _ink, values in data.rows()]
        head = [_("Month"), *(f"{name} ({data.unit})" for name, _ink, _values in data.rows())]
        return [head, *([name, *cells] for name, *cells in zip(data.names, *columns, strict=True))]


def diamond(painter: QPainter, at: QPointF, size: float, ink: str) -> None:
    """A point that is told from others by its shape, on an edge of paper."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour("raised"), 1.4))
    painter.setBrush(QColor(ink))
    x, y, s = at.x(), at.y(), size + 0.6
    painter.drawPolygon([QPointF(x, y - s), QPointF(x + s, y), QPointF(x, y + s), QPointF(x - s, y)])


def _swatch() -> QPixmap:
    made = QPixmap(SWATCH[0] * 2, SWATCH[1] * 2)
    made.setDevicePixelRatio(2)
    made.fill(Qt.GlobalColor.transparent)
    return made


def _dash() -> QPixmap:
    made = _swatch()
    painter = QPainter(made)
    painter.fillRect(QRectF(0, SWATCH[1] / 2 - THICK / 2, SWATCH[0], THICK), colour("text"))
    painter.end()
    return made


def _diamond() -> QPixmap:
    made = _swatch()
    painter = QPainter(made)
    diamond(painter, QPointF(SWATCH[0] / 2, SWATCH[1] / 2), POINT, tokens().series[1])
    painter.end()
    return made
