"""A line on which published numbers stand as marks, with the claim among them: seen before it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.fonts import figures, scaled
from gui.theme import colour

MARGIN = 0.06
"""Of the span of the numbers, free at both ends."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One published number."""

    value: float
    strong: bool = True
    """Faint marks are those that count less."""


class Strip(QWidget):
    """Marks above an axis, a band, and the claim as a line with its number."""

    def __init__(
        self,
        name: str,
        marks: Sequence[Mark],
        claim: tuple[float, str],
        band: tuple[float, float] | None,
        ends: str = "",
    ) -> None:
        """``claim`` is a value and how it is written; ``band`` is drawn behind; ``ends`` is said below it."""
        super().__init__()
        self._marks, self._claim, self._band, self._ends = tuple(marks), claim, band, ends
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(figures(scaled(self.font(), 0.92)))

    def sizeHint(self) -> QSize:
        """Three lines high."""
        return QSize(320, round(self.fontMetrics().height() * 3.4))

    def minimumSizeHint(self) -> QSize:
        """Narrow windows show less of it, not none."""
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Band, axis, marks, claim."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self.fontMetrics().height()
        axis = QRectF(0, line * 1.15, self.width(), line)
        self._paint_band(painter, axis)
        painter.setPen(QPen(colour("line"), 1))
        painter.drawLine(axis.bottomLeft(), axis.bottomRight())
        for mark in self._marks:
            shade = QColor(colour("accent" if mark.strong else "edge"))
            painter.setPen(QPen(shade, 2 if mark.strong else 1.2))
            x = self._x(mark.value)
            painter.drawLine(QPointF(x, axis.top() + line * 0.25), QPointF(x, axis.bottom()))
        self._paint_claim(painter, axis)
        painter.end()

    def _paint_band(self, painter: QPainter, axis: QRectF) -> None:
        if self._band is None:
            return
        low, high = (self._x(value) for value in self._band)
        painter.fillRect(QRectF(low, axis.top(), max(2.0, high - low), axis.height()), colour("selection"))
        if self._ends:
            painter.setPen(colour("muted"))
            painter.drawText(self._beside((low + high) / 2, self._ends, axis.bottom() + 3), self._ends)

    def _paint_claim(self, painter: QPainter, axis: QRectF) -> None:
        value, words = self._claim
        x = self._x(value)
        painter.setPen(QPen(colour("bad"), 2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, axis.top() - 2), QPointF(x, axis.bottom() + 2))
        painter.setPen(colour("text"))
        painter.drawText(self._beside(x, words, 0), words)

    def _beside(self, x: float, words: str, top: float) -> QPointF:
        """Where words begin that are centred on a place, all of them inside."""
        measure = QFontMetricsF(self.font())
        wide = measure.horizontalAdvance(words)
        left = min(max(0.0, x - wide / 2), max(0.0, self.width() - wide))
        return QPointF(left, top + measure.ascent())

    def _x(self, value: float) -> float:
        known = [mark.value for mark in self._marks] + [self._claim[0], *(self._band or ())]
        low, high = min(known), max(known)
        span = (high - low) or abs(high) or 1.0
        low, high = low - MARGIN * span, high + MARGIN * span
        return float((value - low) / (high - low) * self.width())
