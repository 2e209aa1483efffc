"""A week of a tariff as a picture: each hour in the colour of its price, for the first band that fits holds."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.i18n import show_number
from core.solar.tariffs import Band
from gui.fonts import figures, scaled
from gui.language import _
from gui.plots.colours import shade
from gui.solar.days import days_words
from gui.theme import colour, tokens
from gui.wording import listed, named

DAYS, MINUTES = 7, 1440
HOURS = (0, 6, 12, 18, 24)
NOTHING = -1
"""No band fits."""
LEAST, MOST = 0.22, 0.9
"""Of the colour scale, so that words can be read on it."""


class WeekPicture(QWidget):
    """Seven rows of a day each; the prices stand in the key below."""

    def __init__(self) -> None:
        super().__init__()
        self._bands: tuple[Band, ...] = ()
        self._week: NDArray[np.int64] = np.full(DAYS * MINUTES, NOTHING, dtype=np.int64)
        self.setFont(figures(scaled(self.font(), 0.9)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Prices over the week"))

    def show_week(self, bands: Sequence[Band], week: NDArray[np.int64]) -> None:
        """Show these: ``week`` says for each minute from Monday 00:00 on which band holds."""
        self._bands, self._week = tuple(bands), week
        said = "\n".join(self.described())
        self.setAccessibleDescription(said)
        self.setToolTip(said)
        self.update()

    def described(self) -> list[str]:
        """The week in words: days that are alike together."""
        lines = []
        days = [self._day(day) for day in range(DAYS)]
        for parts, alike in groupby(range(DAYS), key=lambda day: days[day]):
            same = list(alike)
            span = f"{same[0] + 1}-{same[-1] + 1}" if len(same) > 1 else str(same[0] + 1)
            said = listed(f"{_clock(a)}-{_clock(b)} {self._price(band)}" for a, b, band in parts)
            lines.append(named(days_words(span), said))
        return lines

    def _price(self, band: int) -> str:
        return _("no price") if band == NOTHING else show_number(self._bands[band].price)

    def _day(self, day: int) -> tuple[tuple[int, int, int], ...]:
        """From, to and band of each stretch of a day."""
        minutes = self._week[day * MINUTES : (day + 1) * MINUTES]
        edges = [0, *(np.flatnonzero(np.diff(minutes)) + 1).tolist(), MINUTES]
        return tuple((a, b, int(minutes[a])) for a, b in pairwise(edges))

    @property
    def gaps(self) -> int:
        """Minutes of the week for which there is no price."""
        return int((self._week == NOTHING).sum())

    def sizeHint(self) -> QSize:
        """Seven rows, hours below, prices below that."""
        return QSize(360, round(self.fontMetrics().height() * 10.4))

    def minimumSizeHint(self) -> QSize:
        """Narrow is still readable."""
        return QSize(240, self.sizeHint().height())

    # ------------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rows, hours, key."""
        painter = QPainter(self)
        metrics = QFontMetricsF(self.font())
        line = metrics.height()
        names = [days_words(str(day + 1)) for day in range(DAYS)]
        left = max(metrics.horizontalAdvance(name) for name in names) + 8
        area = QRectF(left, 2, self.width() - left - 6, line * DAYS)
        for day, name in enumerate(names):
            top = area.top() + day * line
            painter.setPen(colour("muted"))
            painter.drawText(QPointF(0, top + metrics.ascent()), name)
            for a, b, band in self._day(day):
                wide = area.width() / MINUTES
                self._fill(painter, QRectF(area.left() + a * wide, top, (b - a) * wide, line - 2), band)
        self._draw_hours(painter, area, metrics)
        self._draw_key(painter, area.bottom() + line * 1.9, metrics)
        painter.end()

    def _fill(self, painter: QPainter, box: QRectF, band: int) -> None:
        if band == NOTHING:
            painter.fillRect(box, QBrush(colour("bad"), Qt.BrushStyle.BDiagPattern))
        else:
            painter.fillRect(box, self._colour(self._bands[band].price))

    def _colour(self, price: Decimal) -> QColor:
        """By rank, so that prices close to each other are told apart too."""
        prices = sorted({band.price for band in self._bands})
        share = prices.index(price) / (len(prices) - 1) if len(prices) > 1 else 0.4
        return shade(LEAST + share * (MOST - LEAST), tokens().dark)

    def _draw_hours(self, painter: QPainter, area: QRectF, metrics: QFontMetricsF) -> None:
        painter.setPen(colour("muted"))
        for hour in HOURS:
            words = f"{hour:02d}:00"
            x = area.left() + hour / 24 * area.width() - metrics.horizontalAdvance(words) / 2
            x = min(x, self.width() - metrics.horizontalAdvance(words))
            painter.drawText(QPointF(max(0.0, x), area.bottom() + metrics.ascent()), words)

    def _draw_key(self, painter: QPainter, top: float, metrics: QFontMetricsF) -> None:
        x = 0.0
        for price in sorted({band.price for band in self._bands}):
            words = show_number(price)
            box = QRectF(x, top, 14, metrics.height() - 5)
            painter.fillRect(box, self._colour(price))
            painter.setPen(QPen(colour("text")))
            painter.drawText(QPointF(x + 19, top + metrics.ascent() - 2), words)
            x += 19 + metrics.horizontalAdvance(words) + 16
        if self.gaps:
            painter.fillRect(
                QRectF(x, top, 14, metrics.height() - 5), QBrush(colour("bad"), Qt.BrushStyle.BDiagPattern)
            )
            painter.setPen(QPen(colour("text")))
            painter.drawText(QPointF(x + 19, top + metrics.ascent() - 2), _("no price"))


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
