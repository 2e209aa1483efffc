"""The drawing of hours against days: a colour for each pixel, the scale of colours, the value of a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import isfinite, nan
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QImage, QKeyEvent, QPainter, QPen

from core.series.zones import day_of
from gui.language import _
from gui.plots.axes import Ruler, reading, ruler, tight
from gui.plots.canvas import Canvas, Reading
from gui.plots.clock import DAY, HOUR, Tick, interval, pace, sample, ticks
from gui.plots.colours import SHADES, shades
from gui.plots.paper import APART, GAP, Titles
from gui.plots.tools import SHARPNESS
from gui.theme import colour, tokens

Floats = NDArray[np.float64]
FEWEST = 7
"""Days that are shown at least."""
BAR = 12.0
"""Width of the scale of colours. [px]"""
LEAST_CELL = 5.0
"""Of the frame around what is read. [px]"""


@dataclass(frozen=True, slots=True, eq=False)
class HeatData:
    """A value for each step of the clock on each local day."""

    title: str
    first: date
    """Day of the first column."""
    values: Floats
    """Rows are equal steps of the clock from midnight on, columns are days; NaN where nothing is known. [unit]"""
    unit: str
    value_title: str
    zone: ZoneInfo | None = None
    """Whose clock it is: hours that it skips are then told apart from missing ones."""

    @property
    def slot(self) -> int:
        """Length of a step of the clock. [s]"""
        return DAY // len(self.values)

    @property
    def days(self) -> int:
        """How many there are."""
        return int(self.values.shape[1])

    def day(self, column: int) -> date:
        """The day of a column."""
        return self.first + timedelta(days=column)

    def clock(self, row: int) -> str:
        """When a step begins: ``14:15``."""
        return clock(row * self.slot / HOUR)

    def skipped(self) -> NDArray[np.bool_]:
        """Which steps the clock of a day never showed, because it was set forward; the shape of the values."""
        found = np.zeros(self.values.shape, np.bool_)
        if self.zone is None:
            return found
        for column in range(self.days):
            midnight = datetime.combine(self.day(column), datetime.min.time(), tzinfo=self.zone)
            if midnight.utcoffset() == (midnight + timedelta(days=1)).utcoffset():
                continue
            for row in range(len(self.values)):
                local = midnight + timedelta(seconds=row * self.slot)
                found[row, column] = local.astimezone(UTC).astimezone(self.zone).replace(tzinfo=None) != local.replace(
                    tzinfo=None
                )
        return found


class HeatCanvas(Canvas):
    """The drawing of a HeatMap. Along x are seconds since 1970-01-01 as the clock of the plant shows them."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.data: HeatData | None = None
        self.row = 0
        """The step of the clock that is read."""
        self.skipped: NDArray[np.bool_] = np.zeros((1, 1), np.bool_)
        """Steps that the clock never showed; the shape of the values."""
        self.apart = 2 * GAP + BAR

    def show_data(self, data: HeatData) -> None:
        """Show this from now on, all days."""
        self.data, self.skipped = data, data.skipped()
        known = data.values[np.isfinite(data.values)]
        self.left = Ruler(0.0, 24.0, 6.0, clock)
        self.right = tight(float(known.min()), float(known.max())) if len(known) else ruler(nan, nan)
        self.titles = Titles(_("Time of day"), _("Date"), f"{data.value_title} ({data.unit})")
        begin = (data.first - day_of(0)).days * DAY
        self.set_whole(begin, begin + max(1, data.days) * DAY, min(FEWEST, max(1, data.days)) * DAY)
        self.refresh()

    @property
    def empty(self) -> bool:
        return self.data is None or not self.data.values.size

    # ------------------------------------------------------------------ drawing

    def ticks(self, width: float) -> Sequence[Tick]:
        per_pixel = (self.range[1] - self.range[0]) / max(1.0, width)
        chosen = pace(lambda unit: (self.metrics.horizontalAdvance(sample(unit)) + APART) * per_pixel, least=DAY)
        return ticks(*self.range, ZoneInfo("UTC"), chosen)

    def ink(self, painter: QPainter, area: QRectF) -> None:
        if self.right is None:
            return
        painter.fillRect(area, colour("hover"))
        painter.fillRect(area, QBrush(colour("edge"), Qt.BrushStyle.BDiagPattern))
        painter.drawImage(area, self._cells(area, self.right))
        painter.setClipping(False)
        bar = QRectF(area.right() + 2 * GAP, area.top(), BAR, area.height())
        painter.drawImage(bar, _image(shades(tokens().dark)[::-1, None]))

    def overlay(self, painter: QPainter, area: QRectF) -> None:
        if self.at is not None and self.data is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("text"), 1))
            painter.drawRect(self._cell(area))
            value = self.value(self._column(self.at), self.row)
            if isfinite(value) and self.right is not None:
                painter.setClipping(False)
                y = round(area.bottom() - self.right.share(value) * area.height())
                left = area.right() + 2 * GAP
                painter.drawLine(QPointF(left - 3, y), QPointF(left + BAR + 2, y))
                painter.setClipRect(area.adjusted(-1, -1, 1, 1))
        super().overlay(painter, area)

    def _cells(self, area: QRectF, scale: Ruler) -> QImage:
        """A colour for each pixel; nothing where values are missing."""
        assert self.data is not None
        data, first = self.data, self.whole[0]
        wide, high = max(1, round(area.width() * SHARPNESS)), max(1, round(area.height() * SHARPNESS))
        edges = (np.linspace(*self.range, wide + 1) - first) / DAY
        columns = np.clip(np.floor(edges[:-1] + 1e-9), 0, data.days - 1).astype(np.int64)
        rows = ((np.arange(high)[::-1] + 0.5) / high * len(data.values)).astype(np.int64)
        values = self._means(columns) if columns[-1] - columns[0] > wide else data.values[:, columns]
        share = (values - scale.low) / (scale.high - scale.low)
        known = np.isfinite(share)
        number = np.where(known, np.clip(share, 0, 1) * (SHADES - 1), 0).astype(np.int64)
        pixels = np.where(known, shades(tokens().dark)[number], np.uint32(0))
        pixels[self.skipped[:, columns] & ~known] = np.uint32(colour("raised").rgb())
        return _image(pixels[rows])

    def _means(self, columns: NDArray[np.int64]) -> Floats:
        """Mean of the days that share a pixel."""
        assert self.data is not None
        values = self.data.values
        begins, place = np.unique(columns, return_inverse=True)
        known = np.isfinite(values)
        sums = np.add.reduceat(np.where(known, values, 0.0), begins, axis=1)
        count = np.add.reduceat(known.astype(np.float64), begins, axis=1)
        means: Floats = sums / np.where(count > 0, count, np.nan)
        return means[:, place]

    def _cell(self, area: QRectF) -> QRectF:
        """The frame around what is read."""
        assert self.data is not None and self.at is not None
        begin = self.whole[0] + self._column(self.at) * DAY
        left, right = self.x_of(begin, area), self.x_of(begin + DAY, area)
        tall = area.height() / len(self.data.values)
        box = QRectF(left, area.bottom() - (self.row + 1) * tall, right - left, tall)
        grow_x, grow_y = max(0.0, LEAST_CELL - box.width()) / 2, max(0.0, LEAST_CELL - box.height()) / 2
        return box.adjusted(-grow_x, -grow_y, grow_x, grow_y)

    # ------------------------------------------------------------------ reading

    def point(self, at: QPointF | None, area: QRectF) -> None:
        if at is not None and self.data is not None:
            share = (area.bottom() - at.y()) / max(1.0, area.height())
            row = min(max(0, int(share * len(self.data.values))), len(self.data.values) - 1)
            if row != self.row:
                self.row, self.at = row, None
        super().point(at, area)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        up = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if up and self.data is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.row = min(max(0, self.row + up), len(self.data.values) - 1)
            at, self.at = sum(self.range) / 2 if self.at is None else self.at, None
            self.read(at)
            return
        super().keyPressEvent(event)

    def neighbour(self, at: float, towards: int) -> float:
        return self.whole[0] + (self._column(at) + towards + 0.5) * DAY

    def value(self, column: int, row: int) -> float:
        """What a cell holds; NaN where nothing is known."""
        if self.data is None or not 0 <= column < self.data.days:
            return nan
        return float(self.data.values[row, column])

    def readings(self, at: float) -> tuple[str, list[Reading]]:
        """Day, hour and value."""
        data, column, row = self.data, self._column(at), self.row
        if data is None or not 0 <= column < data.days:
            return "", []
        begin = datetime.combine(data.day(column), datetime.min.time(), tzinfo=UTC).timestamp() + row * data.slot
        when = interval(begin, begin + data.slot, ZoneInfo("UTC"))
        value = self.value(column, row)
        if isfinite(value):
            return when, [Reading("", data.value_title, f"{reading(value)} {data.unit}")]
        lacking = _("the clock skips this hour") if self.skipped[row, column] else _("no data")
        return when, [Reading("", data.value_title, lacking)]

    def words_of_range(self) -> str:
        first, last = (self.whole[0] + column * DAY for column in self.columns())
        return interval(first, last, ZoneInfo("UTC")) if last > first else ""

    def columns(self) -> tuple[int, int]:
        """The days that are shown, from the first number to before the second."""
        if self.data is None:
            return 0, 0
        return self._column(self.range[0]), min(self.data.days, -int((self.whole[0] - self.range[1]) // DAY))

    def _column(self, at: float) -> int:
        return int((at - self.whole[0]) // DAY)


def clock(hours: float) -> str:
    """``6.25`` -> ``06:15``."""
    minutes = round(hours * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _image(pixels: NDArray[np.uint32]) -> QImage:
    """Rows of pixels as Qt's own copy of them."""
    made = np.ascontiguousarray(pixels)
    high, wide = made.shape
    return QImage(made.tobytes(), wide, high, wide * 4, QImage.Format.Format_ARGB32).copy()
