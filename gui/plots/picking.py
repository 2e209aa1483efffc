"""A plot of which one thing can be chosen: with a click, or with Enter where it is read."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from gui.plots.canvas import Canvas
from gui.plots.moving import MovingPlot

_CHOOSES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class PickingCanvas(Canvas):
    """Shows which one is chosen, and says so when the person chooses another."""

    picked = Signal(str)
    """Key of what was clicked, or read when Enter was pressed."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.chosen = ""
        """Key of what is marked."""

    def choose(self, key: str) -> None:
        """Mark one; no key: none."""
        if key != self.chosen:
            self.chosen = key
            self.refresh()

    def pick(self, key: str) -> None:
        """The person chose it."""
        self.choose(key)
        self.picked.emit(self.chosen)

    def clicked(self, event: QMouseEvent) -> bool:
        """Whether the released button was a click and no drag; asked before the release is worked on."""
        return self._pressed is not None and self._moved is None and event.button() == Qt.MouseButton.LeftButton

    def chooses(self, event: QKeyEvent) -> bool:
        """Whether a key chooses what is read."""
        return event.key() in _CHOOSES and self.at is not None


P = TypeVar("P", bound=PickingCanvas)


class PickingPlot(MovingPlot[P]):
    """What the person zooms into and chooses from."""

    picked = Signal(str)
    """Key of what the person chose."""

    def __init__(self, name: str, canvas: P, choice: QWidget | None = None) -> None:
        super().__init__(name, canvas, choice)
        canvas.picked.connect(self.picked)

    def choose(self, key: str) -> None:
        """Mark one, for it was chosen elsewhere."""
        self.canvas.choose(key)
