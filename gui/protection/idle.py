"""How long nobody has touched keyboard or mouse."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QWindow

Clocks: TypeAlias = Callable[[], tuple[float, ...]]
"""Seconds of several clocks: that of them counts by which most time has passed."""
_HUMAN = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
    }
)


def clocks() -> tuple[float, ...]:
    """One stands still while the computer sleeps, the other may be set back."""
    return time.monotonic(), time.time()


class Idle(QObject):
    """Watches the windows that have the focus: their input comes here once, and not once for every widget."""

    def __init__(self, parent: QObject, told: Clocks = clocks) -> None:
        super().__init__(parent)
        self._clocks = told
        self._since = told()

    @property
    def seconds(self) -> float:
        """Since the last input."""
        return max(now - then for now, then in zip(self._clocks(), self._since, strict=True))

    def touched(self) -> None:
        """Somebody is there."""
        self._since = self._clocks()

    def start(self) -> None:
        """From now on."""
        self.touched()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)
            self._watch(app.focusWindow())

    def stop(self) -> None:
        """No longer; costs nothing then."""
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.disconnect(self._watch)
            for window in app.allWindows():
                window.removeEventFilter(self)

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _HUMAN:
            self.touched()
        return False
