"""Moving along x with the mouse, the wheel and the keys, the same on every plot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QScrollArea

from gui.language import _
from gui.plots.paper import PAPER, Paper
from gui.theme import colour

CLICK = 4.0
"""A shorter drag is a click. [px]"""
STEP = 0.2
"""Share of the shown part by which an arrow key moves."""
CLOSER = 0.5
"""Share of the shown part that + leaves."""
NOTCH = 120.0
"""Of a wheel, in Qt's units."""
PER_NOTCH = 0.8
"""Share of the shown part that a notch leaves."""
SHADE = 40
"""How opaque the span dragged over is. [of 255]"""
LEADING = 1.2
"""Lines of the panel of values, in heights of its letters."""
PAD, SIGN, COLUMN, ROUND = 8.0, 14.0, 16.0, 4.0
"""In the panel of values: around, for the colour, between name and value, of the corners. [px]"""
KEYS = {Qt.Key.Key_Left: -STEP, Qt.Key.Key_Right: STEP, Qt.Key.Key_PageUp: -1.0, Qt.Key.Key_PageDown: 1.0}
ZOOMS = {Qt.Key.Key_Plus: CLOSER, Qt.Key.Key_Equal: CLOSER, Qt.Key.Key_Minus: 1 / CLOSER}


@dataclass(frozen=True, slots=True)
class Reading:
    """A value under the mouse."""

    colour: str
    name: str
    value: str
    """With its unit."""


class Canvas(Paper):
    """Drag zooms, drag with Shift or the middle button moves, the wheel zooms, double click shows everything."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setAccessibleDescription(
            _("Arrow keys move, + and - zoom, Home shows everything, Ctrl and arrow keys read value by value.")
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._pressed: QPointF | None = None
        self._moved: QPointF | None = None
        self._ringed = False

    def overlay(self, painter: QPainter, area: QRectF) -> None:
        if self.at is not None:
            when, values = self.readings(self.at)
            if when and len(values) > 1:
                self._draw_panel(painter, area, when, values)
        if self._pressed is not None and self._moved is not None and not self.panning:
            shade = colour("accent")
            painter.setPen(QPen(shade, 1))
            shade.setAlpha(SHADE)
            painter.setBrush(shade)
            left, right = sorted((self._pressed.x(), self._moved.x()))
            painter.drawRect(QRectF(left, area.top() - 1, right - left, area.height() + 2))
        if self._ringed:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(QPen(colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.toAlignedRect().adjusted(0, 0, -1, -1))

    def _draw_panel(self, painter: QPainter, area: QRectF, when: str, values: Sequence[Reading]) -> None:
        """Several values stand beside the place where they are read."""
        metrics, high = self.metrics, self.metrics.height() * LEADING
        wide = metrics.horizontalAdvance
        names, numbers = max(wide(one.name) for one in values), max(wide(one.value) for one in values)
        inner = max(SIGN + names + COLUMN + numbers, wide(when))
        box = QRectF(0, area.top() + PAD, inner + 2 * PAD, high * (len(values) + 1) + PAD)
        x = self.x_of(self.at or 0.0, area)
        box.moveLeft(x + PAD if x + PAD + box.width() <= area.right() else x - PAD - box.width())
        paper = colour("raised")
        paper.setAlpha(PAPER)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipping(False)
        painter.setPen(QPen(colour("line"), 1))
        painter.setBrush(paper)
        painter.drawRoundedRect(box, ROUND, ROUND)
        left, right, y = box.left() + PAD, box.right() - PAD, box.top() + PAD / 2 + metrics.ascent()
        painter.setPen(colour("muted"))
        painter.drawText(QPointF(left, y), when)
        for one in values:
            y += high
            painter.fillRect(QRectF(left, y - metrics.ascent() / 2 - 2, 8, 5), QColor(one.colour))
            painter.setPen(colour("text"))
            painter.drawText(QPointF(left + SIGN, y), one.name)
            painter.drawText(QPointF(right - wide(one.value), y), one.value)

    def readings(self, at: float) -> tuple[str, list[Reading]]:
        """Which x it is, in words, and what is read there; no words where nothing is."""
        raise NotImplementedError

    def words_at(self, at: float) -> str:
        """The same in one sentence."""
        when, values = self.readings(at)
        said = [f"{one.name} {one.value}" if len(values) > 1 else one.value for one in values]
        return _("{when}: {values}", when=when, values=said) if when else ""

    def words_of_range(self) -> str:
        """Which part is shown, in words."""
        raise NotImplementedError

    def point(self, at: QPointF | None, area: QRectF) -> None:
        """Read what is under the mouse."""
        self.read(self.at_of(at.x(), area) if at is not None else None)

    # ------------------------------------------------------------------ mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        button, shift = event.button(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if button not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            super().mousePressEvent(event)
            return
        self._pressed, self._moved = event.position(), None
        self.panning = shift or button == Qt.MouseButton.MiddleButton
        if self.panning:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at, area = event.position(), self.area()
        if self._pressed is None:
            self.point(at if area.contains(at) else None, area)
            return
        if self.panning:
            before = self._moved or self._pressed
            self._moved = at
            self.pan((before.x() - at.x()) / max(1.0, area.width()))
            return
        if self._moved is not None or abs(at.x() - self._pressed.x()) > CLICK:
            self._moved = at
            self.read(None)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, moved, panned = self._pressed, self._moved, self.panning
        self._drop()
        if pressed is not None and moved is not None and not panned:
            area = self.area()
            left, right = sorted(self.at_of(one.x(), area) for one in (pressed, moved))
            self.show_range(max(left, self.range[0]), min(right, self.range[1]))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._drop()
        self.reset()

    def leaveEvent(self, event: QEvent) -> None:
        self.read(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned, area = event.angleDelta(), self.area()
        outwards = turned.y() < 0
        if abs(turned.x()) > abs(turned.y()) and self.zoomed:
            self.pan(-turned.x() / NOTCH * STEP / 2)
        elif turned.y() and not (outwards and not self.zoomed) and self._may_zoom(event):
            self.zoom(PER_NOTCH ** (turned.y() / NOTCH), self.at_of(event.position().x(), area))
        else:
            event.ignore()
            return
        event.accept()

    def _may_zoom(self, event: QWheelEvent) -> bool:
        """On a page that scrolls the wheel is the page's until the plot was clicked, or Ctrl is held."""
        if self.hasFocus() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return True
        above = self.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea) and above.verticalScrollBar().maximum() > 0:
                return False
            above = above.parentWidget()
        return True

    def _drop(self) -> None:
        """The hand lets go."""
        was, self.panning = self.panning, False
        self._pressed = self._moved = None
        self.unsetCursor()
        if was:
            self.refresh()
        self.update()

    # ------------------------------------------------------------------ keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._read_next(1 if key == Qt.Key.Key_Right else -1)
        elif key in KEYS:
            self.pan(KEYS[key])
        elif key in ZOOMS:
            self.zoom(ZOOMS[key], self.at)
        elif key == Qt.Key.Key_Home:
            self.reset()
        elif key == Qt.Key.Key_Escape and (self._pressed is not None or self.at is not None):
            self._drop()
            self.read(None)
        else:
            super().keyPressEvent(event)

    def _read_next(self, towards: int) -> None:
        first, last = self.range
        at = self.neighbour((first + last) / 2 if self.at is None else self.at, towards)
        at = min(max(at, self.whole[0]), self.whole[1])
        if not first <= at <= last:
            self.show_range(at - (last - first) / 2, at + (last - first) / 2)
        self.read(at)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        self.update()
        super().focusOutEvent(event)
