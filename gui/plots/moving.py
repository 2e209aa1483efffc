"""A plot of which one sees a part: the part is told, linked to other plots, and described when it rests."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from gui.language import _
from gui.plots.canvas import Canvas
from gui.plots.tools import Plot
from gui.widgets import tool

QUIET_MS = 400
"""After the last movement the table for screen readers is written."""
C = TypeVar("C", bound=Canvas)


class MovingPlot(Plot, Generic[C]):
    """Head and key of :class:`Plot`, a canvas below, and a button that shows everything again."""

    shown_range = Signal(float, float)
    """Another part of x is shown: its ends."""
    pointed = Signal(object)
    """The x that is read, or None."""

    def __init__(self, name: str, canvas: C, choice: QWidget | None = None) -> None:
        super().__init__(name, choice)
        self.canvas = canvas
        self._place.addWidget(canvas)
        self._all = tool("zoom-out", _("{chart}: show everything", chart=name), canvas.reset, keys="Home")
        self._all.setEnabled(False)
        self.head.insertWidget(self.head.count() - 1, self._all)
        QWidget.setTabOrder(self._all, self._more)
        QWidget.setTabOrder(self._more, canvas)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self.describe_now)
        canvas.ranged.connect(self._ranged)
        canvas.pointed.connect(self._pointed)

    @property
    def range(self) -> tuple[float, float]:
        """The part of x that is shown."""
        return self.canvas.range

    def show_range(self, first: float, last: float) -> None:
        """Show this part of x, as far as there is something."""
        self.canvas.show_range(first, last)

    def reset(self) -> None:
        """Show everything."""
        self.canvas.reset()

    def read(self, at: float | None) -> None:
        """Read the values at an x, as if the mouse were there."""
        self.canvas.read(at)

    def shown(self) -> None:
        """Other data are shown: say so everywhere."""
        self._ranged(*self.range)

    def _ranged(self, first: float, last: float) -> None:
        self._all.setEnabled(self.canvas.zoomed)
        self._tell()
        self._quiet.start()
        self.shown_range.emit(first, last)

    def _pointed(self, at: float | None) -> None:
        self._tell()
        self.pointed.emit(at)

    def _tell(self) -> None:
        """What is read, or else what is shown. Several values stand in the drawing, for a title leaves them no room."""
        at, shown = self.canvas.at, self.canvas.words_of_range()
        words = self.canvas.words_at(at) if at is not None else shown
        several = at is not None and len(self.canvas.readings(at)[1]) > 1
        self.tell(shown if several else words, words)

    def describe_now(self) -> None:
        """Write the description for screen readers."""
        self._quiet.stop()
        titles = self.canvas.titles
        axes = "; ".join(filter(None, (titles.left, titles.right, titles.bottom)))
        self.describe(". ".join(filter(None, (self._title.text(), axes, self.canvas.words_of_range()))) + ".")

    # ------------------------------------------------------------------ out

    def drawing(self) -> QWidget:
        return self.canvas

    def paint_drawing(self, painter: QPainter) -> None:
        self.canvas.draw(painter)
