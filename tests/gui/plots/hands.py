"""What a person does to a plot with mouse and wheel, and what then is seen of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.plots.canvas import Canvas


def place(canvas: Canvas, share: float, height: float = 0.5) -> QPoint:
    """A pixel by shares of the area, from the left and from the top."""
    area = canvas.area()
    return QPointF(area.left() + share * area.width(), area.top() + height * area.height()).toPoint()


def move(canvas: Canvas, point: QPoint, button: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    """The mouse comes to a pixel; the canvas is told, whatever else lies on the screen and wherever the cursor was."""
    none = Qt.KeyboardModifier.NoModifier
    where, on_screen = QPointF(point), QPointF(canvas.mapToGlobal(point))
    event = QMouseEvent(QEvent.Type.MouseMove, where, on_screen, Qt.MouseButton.NoButton, button, none)
    QApplication.sendEvent(canvas, event)


def drag(
    canvas: Canvas,
    begin: float,
    end: float,
    *,
    shift: bool = False,
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
) -> None:
    """Press at a share of the width, move in a few steps, let go."""
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QTest.mousePress(canvas, button, held, place(canvas, begin))
    for step in range(1, 5):
        move(canvas, place(canvas, begin + (end - begin) * step / 4), button)
    QTest.mouseRelease(canvas, button, held, place(canvas, end))


def turn(canvas: Canvas, share: float, notches: float, *, control: bool = False, sideways: bool = False) -> bool:
    """Turn the wheel; whether the plot took it."""
    at = QPointF(place(canvas, share))
    amount = round(notches * 120)
    held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        at,
        QPointF(canvas.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(amount, 0) if sideways else QPoint(0, amount),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    event.ignore()
    QApplication.sendEvent(canvas, event)
    return event.isAccepted()


def pixels(image: QImage) -> NDArray[np.uint32]:
    """``0xRRGGBB`` of each pixel, row by row."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(plain.constBits(), np.uint32).reshape(plain.height(), -1)[:, : plain.width()]
    return rows & np.uint32(0xFFFFFF)


def colours(image: QImage) -> dict[str, int]:
    """How often each colour is there, as ``#rrggbb``."""
    found, counts = np.unique(pixels(image), return_counts=True)
    return {f"#{colour:06x}": count for colour, count in zip(found.tolist(), counts.tolist(), strict=True)}


def different(one: QImage, other: QImage) -> int:
    """Pixels that are not the same in two pictures of one size."""
    return int((pixels(one) != pixels(other)).sum())
