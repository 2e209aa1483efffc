"""Paper with axes, of which a part of x is shown. What is drawn on it is for those who inherit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMarginsF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from gui.fonts import figures, scaled
from gui.language import _
from gui.plots.axes import Ruler
from gui.plots.clock import Tick
from gui.theme import colour

GAP = 7.0
"""Between axis, numbers and title. [px]"""
APART = 14.0
"""At least between two labels. [px]"""
PAPER = 228
"""How opaque paper is behind words on data. [of 255]"""
TURNED = -90.0


@dataclass(frozen=True, slots=True)
class Titles:
    """What the axes count, each with its unit."""

    left: str = ""
    bottom: str = ""
    right: str = ""


class Paper(QWidget):
    """Knows the whole x range and the part that is shown."""

    ranged = Signal(float, float)
    """Another part of x is shown: its ends."""
    pointed = Signal(object)
    """The x that is read, or None."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(self.fontMetrics().height() * 9)
        self.small: QFont = figures(scaled(QApplication.font(), 0.9))
        self.metrics = QFontMetricsF(self.small)
        self.titles = Titles()
        self.left: Ruler | None = None
        self.right: Ruler | None = None
        self.apart = 0.0
        """Room between the area and the axis at the right. [px]"""
        self.whole = self.range = (0.0, 1.0)
        self.least = 1e-3
        """The shortest part of x that can be shown."""
        self.at: float | None = None
        """The x that is read."""
        self.panning = False
        """Whether a hand moves it just now."""
        self._picture: QPixmap | None = None

    # ------------------------------------------------------------------ of each kind

    def prepare(self, pixels: int) -> None:
        """Find out what the shown part holds, and set ``left`` and ``right``."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return False

    def ticks(self, width: float) -> Sequence[Tick]:
        """Places along x."""
        return ()

    def ink(self, painter: QPainter, area: QRectF) -> None:
        """Draw the data."""

    def overlay(self, painter: QPainter, area: QRectF) -> None:
        """Draw what is under the mouse."""

    def neighbour(self, at: float, towards: int) -> float:
        """The next x that can be read, to the left (-1) or to the right (1)."""
        return at + towards * (self.range[1] - self.range[0]) / max(1.0, self.area().width())

    # ------------------------------------------------------------------ the shown part

    def set_whole(self, first: float, last: float, least: float) -> None:
        """Everything there is. All of it is shown, unless it is as long as before: then the part stays."""
        whole = (first, max(last, first + least))
        same, self.whole, self.least, self.at = whole == self.whole, whole, least, None
        self.show_range(*(self.range if same else whole))
        self.refresh()

    def show_range(self, first: float, last: float) -> None:
        """Show this part, as far as there is something."""
        low, high = self.whole
        wide = min(max(last - first, self.least), high - low)
        first = min(max(first, low), high - wide)
        if (first, first + wide) != self.range:
            self.range = (first, first + wide)
            self.refresh()
            self.ranged.emit(*self.range)

    @property
    def zoomed(self) -> bool:
        """Whether less than everything is shown."""
        return self.range[1] - self.range[0] < (self.whole[1] - self.whole[0]) * (1 - 1e-9)

    def reset(self) -> None:
        """Show everything."""
        self.show_range(*self.whole)

    def zoom(self, factor: float, around: float | None = None) -> None:
        """Show a part ``factor`` times as long; ``around`` stays where it is."""
        first, last = self.range
        middle = (first + last) / 2 if around is None else around
        wide = min(max((last - first) * factor, self.least), self.whole[1] - self.whole[0])
        share = (middle - first) / (last - first)
        self.show_range(middle - share * wide, middle - share * wide + wide)

    def pan(self, share: float) -> None:
        """Move by a share of what is shown."""
        first, last = self.range
        by = share * (last - first)
        self.show_range(first + by, last + by)

    def read(self, at: float | None) -> None:
        """Read the values at this x; None: none."""
        if at != self.at:
            self.at = at
            self.pointed.emit(at)
            self.update()

    # ------------------------------------------------------------------ places

    def area(self) -> QRectF:
        """Where the data are drawn."""
        return QRectF(self.rect()).marginsRemoved(self._margins())

    def x_of(self, at: float, area: QRectF) -> float:
        """Pixel of an x."""
        first, last = self.range
        return area.left() + (at - first) / (last - first) * area.width()

    def at_of(self, pixel: float, area: QRectF) -> float:
        """X of a pixel."""
        first, last = self.range
        return first + (pixel - area.left()) / max(1.0, area.width()) * (last - first)

    def _margins(self) -> QMarginsF:
        high = self.metrics.height()
        left = self._beside_axis(self.left, self.titles.left)
        right = self.apart + self._beside_axis(self.right, self.titles.right) if self.right else GAP
        bottom = GAP / 2 + high + (GAP / 2 + high if self.titles.bottom else 0)
        return QMarginsF(left, high / 2 + 1, right, bottom + 1)

    def _beside_axis(self, ruler: Ruler | None, title: str) -> float:
        widest = max((self.metrics.horizontalAdvance(word) for word in ruler.words), default=0.0) if ruler else 0.0
        return GAP + widest + (GAP + self.metrics.height() if title else 0)

    # ------------------------------------------------------------------ painting

    def refresh(self) -> None:
        """Draw everything anew."""
        self._picture = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        if self._picture is None:
            self._picture = QPixmap(self.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            inside = QPainter(self._picture)
            self.draw(inside)
            inside.end()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.setFont(self.small)
        area = self.area()
        painter.setClipRect(area.adjusted(-1, -1, 1, 1))
        self.overlay(painter, area)

    def draw(self, painter: QPainter) -> None:
        """Axes and data, on screen and in pictures."""
        if self.empty:
            painter.setFont(self.small)
            painter.setPen(colour("muted"))
            painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, _("no data"))
            return
        ratio = painter.device().devicePixelRatioF()
        self.prepare(max(1, round(self.width() * ratio)))
        area = self.area()
        painter.setFont(self.small)
        if area.width() < 1 or area.height() < 1:
            return
        self._draw_grid(painter, area)
        painter.save()
        painter.setClipRect(area)
        self.ink(painter, area)
        painter.restore()
        self._draw_bottom(painter, area)
        if self.left is not None:
            self._draw_side(painter, area, self.left, self.titles.left, at_left=True)
        if self.right is not None:
            self._draw_side(painter, area, self.right, self.titles.right, at_left=False)

    def _draw_grid(self, painter: QPainter, area: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(colour("line"), 1))
        ruler = self.left or self.right
        for tick in ruler.ticks if ruler else ():
            y = round(area.bottom() - ruler.share(tick) * area.height()) if ruler else 0
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))

    def _draw_bottom(self, painter: QPainter, area: QRectF) -> None:
        metrics, edge = self.metrics, area.bottom()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(colour("edge"), 1))
        painter.drawLine(QPointF(area.left(), round(edge)), QPointF(area.right(), round(edge)))
        taken = -1e9
        for tick in self.ticks(area.width()):
            x, wide = self.x_of(tick.at, area), metrics.horizontalAdvance(tick.words)
            left = min(max(x - wide / 2, 0.0), self.width() - wide)
            if left < taken + APART / 2:
                continue
            taken = left + wide
            painter.setPen(QPen(colour("edge"), 1))
            painter.drawLine(QPointF(round(x), round(edge)), QPointF(round(x), round(edge) + 3))
            painter.setPen(colour("muted"))
            painter.drawText(QPointF(left, edge + GAP / 2 + 1 + metrics.ascent()), tick.words)
        if self.titles.bottom:
            painter.setPen(colour("muted"))
            words = metrics.elidedText(self.titles.bottom, Qt.TextElideMode.ElideRight, area.width())
            x = area.center().x() - metrics.horizontalAdvance(words) / 2
            painter.drawText(QPointF(x, edge + GAP + 1 + metrics.height() + metrics.ascent()), words)

    def _draw_side(self, painter: QPainter, area: QRectF, ruler: Ruler, title: str, *, at_left: bool) -> None:
        metrics, right = self.metrics, area.right() + self.apart
        painter.setPen(colour("muted"))
        for tick, word in zip(ruler.ticks, ruler.words, strict=True):
            wide = metrics.horizontalAdvance(word)
            x = area.left() - GAP - wide if at_left else right + GAP
            y = area.bottom() - ruler.share(tick) * area.height()
            painter.drawText(QPointF(x, y + (metrics.ascent() - metrics.descent()) / 2), word)
        if title:
            words = metrics.elidedText(title, Qt.TextElideMode.ElideRight, area.height())
            edge = metrics.ascent() if at_left else right + self._beside_axis(ruler, title) - metrics.descent()
            painter.save()
            painter.translate(edge, area.center().y() + metrics.horizontalAdvance(words) / 2)
            painter.rotate(TURNED)
            painter.drawText(QPointF(0, 0), words)
            painter.restore()

    def sizeHint(self) -> QSize:
        """The page decides."""
        return QSize(200, 120)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.refresh()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.small = figures(scaled(QApplication.font(), 0.9))
            self.metrics = QFontMetricsF(self.small)
            self.refresh()
        super().changeEvent(event)
