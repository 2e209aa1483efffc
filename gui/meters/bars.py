"""Twelve months of a meter as bars, those of the year before beside them, and in each bar what always runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite, nan

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from gui.language import _
from gui.plots.axes import reading, ruler
from gui.plots.canvas import Canvas, Reading
from gui.plots.clock import Tick
from gui.plots.inks import DASH, faded, swatch
from gui.plots.moving import MovingPlot
from gui.plots.paper import Titles
from gui.plots.saving import Numbers, digits, numbers_of
from gui.plots.tools import entry
from gui.theme import colour, tokens

GAP = 0.24
"""Share of a month that stays empty."""
BEFORE = 150
"""How opaque the bars of the year before are. [of 255]"""
HATCH = 170
"""And the hatching of a month of which something is missing. [of 255]"""


@dataclass(frozen=True, slots=True)
class MonthData:
    """What the bars show. NaN where nothing is known."""

    title: str
    value_title: str
    unit: str
    names: tuple[str, ...]
    """Of the months."""
    year: int
    now: tuple[float, ...]
    before: tuple[float, ...]
    base: tuple[float, ...]
    """What always ran in each month of the year."""
    partial: tuple[bool, ...]
    """Whether a value of the month of the year is missing."""

    @property
    def compared(self) -> bool:
        """Whether anything is known of the year before."""
        return any(isfinite(value) for value in self.before)

    def columns(self) -> list[tuple[str, str, Sequence[float]]]:
        """What there is to read of a month: colour, name, values."""
        t = tokens()
        found: list[tuple[str, str, Sequence[float]]] = []
        if self.compared:
            found.append((faded_hex(t.series[2]), str(self.year - 1), self.before))
        found.append((t.series[0], str(self.year), self.now))
        if any(isfinite(value) for value in self.base):
            found.append((t.text, _("Base load"), self.base))
        return found


class MonthCanvas(Canvas):
    """The drawing of MonthBars. Along x are the months, counted from 0."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.data: MonthData | None = None

    @property
    def empty(self) -> bool:
        return self.data is None or not any(isfinite(v) for v in (*self.data.now, *self.data.before))

    def show_data(self, data: MonthData) -> None:
        """Show this from now on."""
        self.data = data
        self.titles = Titles(f"{data.value_title} ({data.unit})" if data.unit else data.value_title)
        values = np.array([0.0, *data.now, *data.before])
        self.left = ruler(float(np.nanmin(values)), float(np.nanmax(values)), zero=True)
        self.set_whole(-0.5, len(data.names) - 0.5, 2.0)
        self.refresh()

    def ticks(self, width: float) -> Sequence[Tick]:
        if self.data is None:
            return ()
        first, last = self.range
        return [Tick(float(at), name) for at, name in enumerate(self.data.names) if first <= at <= last]

    def ink(self, painter: QPainter, area: QRectF) -> None:
        if self.data is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        data, colours = self.data, tokens().series
        for month in range(len(data.names)):
            sides = ((-1, data.before[month]), (1, data.now[month])) if data.compared else ((0, data.now[month]),)
            for side, value in sides:
                if not isfinite(value):
                    continue
                box = self._bar(area, month, side, value)
                ink = faded(QColor(colours[2]), BEFORE) if side < 0 else QColor(colours[0])
                painter.fillRect(box, ink)
                if side >= 0 and data.partial[month]:
                    painter.fillRect(box, QBrush(faded(colour("raised"), HATCH), Qt.BrushStyle.BDiagPattern))
            self._draw_base(painter, area, month)

    def _draw_base(self, painter: QPainter, area: QRectF, month: int) -> None:
        """A broken line across the bar: what is below it runs always."""
        assert self.data is not None
        value = self.data.base[month]
        if not isfinite(value):
            return
        box = self._bar(area, month, 1 if self.data.compared else 0, value)
        pen = QPen(colour("text"), 1.4)
        pen.setDashPattern(DASH)
        painter.setPen(pen)
        painter.drawLine(QLineF(box.left(), round(box.top()), box.right(), round(box.top())))

    def _bar(self, area: QRectF, month: int, side: int, value: float) -> QRectF:
        assert self.left is not None
        wide = 1 - GAP if side == 0 else (1 - GAP) / 2
        begin = month - (1 - GAP) / 2 + (wide if side > 0 else 0.0)
        left, right = round(self.x_of(begin, area)), round(self.x_of(begin + wide, area))
        foot, top = (area.bottom() - self.left.share(at) * area.height() for at in (0.0, value))
        return QRectF(left, round(min(foot, top)), right - left, abs(round(foot) - round(top)))

    def overlay(self, painter: QPainter, area: QRectF) -> None:
        if self.at is not None:
            month = round(self.at)
            left, right = self.x_of(month - 0.5, area), self.x_of(month + 0.5, area)
            painter.fillRect(QRectF(left, area.top(), right - left, area.height()), faded(colour("edge"), 40))
        super().overlay(painter, area)

    # ------------------------------------------------------------------ reading

    def neighbour(self, at: float, towards: int) -> float:
        return float(round(at) + towards)

    def readings(self, at: float) -> tuple[str, list[Reading]]:
        month = round(at)
        if self.data is None or not 0 <= month < len(self.data.names):
            return "", []
        unit = self.data.unit
        return self.data.names[month], [
            Reading(ink, name, f"{reading(values[month])} {unit}".rstrip() if isfinite(values[month]) else _("no data"))
            for ink, name, values in self.data.columns()
        ]

    def words_of_range(self) -> str:
        return ""


class MonthBars(MovingPlot[MonthCanvas]):
    """Shows one MonthData; give it new ones with ``show_data``."""

    def __init__(self, name: str) -> None:
        super().__init__(name, MonthCanvas(name))

    @property
    def data(self) -> MonthData | None:
        """What is shown."""
        return self.canvas.data

    def show_data(self, data: MonthData) -> None:
        """Show this from now on."""
        self.set_title(data.title)
        self.canvas.show_data(data)
        self.set_key(_entries(data))
        self.shown()

    # ------------------------------------------------------------------ out

    def numbers(self) -> Numbers | None:
        return None if self.data is None else numbers_of(rows_of_data(self.data, exact=True))

    def as_table(self) -> list[list[str]]:
        return [] if self.data is None else rows_of_data(self.data, exact=False)


def _entries(data: MonthData) -> Iterator[str]:
    for ink, name, _values in data.columns():
        yield entry(ink, name, swatch(ink, "dashed") if ink == tokens().text else None)
    if any(data.partial):
        yield entry("", _("incomplete"), swatch(tokens().muted, "hatched"))


def rows_of_data(data: MonthData, *, exact: bool) -> list[list[str]]:
    """Headings and a row for each month."""
    columns = data.columns()
    write = digits if exact else lambda values: [reading(one) for one in values]
    cells = zip(*(write(list(values)) for _ink, _name, values in columns), strict=True)
    head = [_("Month"), *(f"{name} ({data.unit})" if data.unit else name for _ink, name, _values in columns)]
    return [head, *([name, *row] for name, row in zip(data.names, cells, strict=True))]


def faded_hex(ink: str) -> str:
    """A colour on paper at the opacity of the year before, for the key."""
    paper, over, share = QColor(tokens().raised), QColor(ink), BEFORE / 255

    def mixed(one: int, other: int) -> int:
        return round(one * share + other * (1 - share))

    return QColor(
        mixed(over.red(), paper.red()), mixed(over.green(), paper.green()), mixed(over.blue(), paper.blue())
    ).name()


NOTHING = (nan,) * 12
"""Twelve months of which nothing is known."""
