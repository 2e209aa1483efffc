"""A chart of bars on a page: the bars come after the page has been painted once, for the library behind them takes its
time to load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from gui.chart_data import BarData
from gui.plots.tools import Plot, entry
from gui.widgets import clear

if TYPE_CHECKING:
    from gui.plots import Bars
    from gui.plots.saving import Numbers


class Chart(Plot):
    """Shows one BarData; give it new ones with ``show_data``."""

    def __init__(self, name: str, choice: QWidget | None = None) -> None:
        """``choice`` is a widget by which the person says what is shown; it stands before the button at the right."""
        super().__init__(name, choice)
        self._data: BarData | None = None
        self._bars: Bars | None = None
        self._drawn: BarData | None = None
        """What the bars show; behind what they should while nobody sees them."""
        self._draw = QTimer(self)
        self._draw.setSingleShot(True)
        self._draw.timeout.connect(self._make_bars)

    @property
    def data(self) -> BarData | None:
        """What is shown."""
        return self._data

    def show_data(self, data: BarData) -> None:
        """Show this from now on."""
        if data == self._data:
            return
        self._data = data
        self.setAccessibleDescription(data.described())
        self.set_title(data.title)
        self.set_key(entry(one.colour, one.name) for one in data.series if len(data.series) > 1)
        self.tell("")
        if self.isVisible():
            if self._bars is None:
                self.update()
            else:
                self._draw.start(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Painted once without bars: only now may the library behind them take its time."""
        super().paintEvent(event)
        if self._bars is None and self._data is not None and not self._draw.isActive():
            self._draw.start(0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._bars is not None and self._drawn is not self._data:
            self._draw.start(0)

    def draw_now(self) -> None:
        """Do not wait for the next turn of the event loop."""
        self._draw.stop()
        self._make_bars()

    # ------------------------------------------------------------------ parts

    def _make_bars(self) -> None:
        if self._data is None:
            return
        from gui.plots import Bars

        clear(self._place)
        self._bars, self._drawn = Bars(self._data), self._data
        self._bars.setMinimumHeight(self.fontMetrics().height() * 9)
        self._bars.setAccessibleName(self._name)
        self._bars.hovered.connect(self._tell)
        self._place.addWidget(self._bars)

    def _tell(self, category: int) -> None:
        self.tell(self._data.spoken(category) if self._data is not None and category >= 0 else "")

    # ------------------------------------------------------------------ out

    def drawing(self) -> QWidget | None:
        if self._drawn is not self._data:
            self.draw_now()
        return self._bars

    def paint_drawing(self, painter: QPainter) -> None:
        if self._bars is not None:
            self._bars.render(painter, QRectF(0, 0, self._bars.width(), self._bars.height()))

    def numbers(self) -> Numbers | None:
        from gui.plots.saving import numbers_of

        return numbers_of(self._data.rows()) if self._data is not None else None

    def as_table(self) -> list[list[str]]:
        return self._data.rows() if self._data is not None else []
