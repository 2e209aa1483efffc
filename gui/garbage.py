"""Python's search for garbage, by the window's thread alone and from the outermost widget inwards.

Left to itself, Python searches in whichever thread makes one object too many, and takes what it finds apart in any
order. Widgets bear neither: they may end only on their own thread; and a part of a window that is taken apart before
the window is freed by itself, then, if the last reference to the window hangs somewhere below, again by the window.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken

EVERY_MS = 1_000
"""Between two looks at how much was made; a look alone costs nothing."""
ALL = 2
"""The oldest generation, as Python counts them, and all younger ones."""


class Collector(QObject):
    """From now on nobody else searches, and this one only between events."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._clock = QTimer(self)
        self._clock.setInterval(EVERY_MS)
        self._clock.timeout.connect(self.look)
        self._clock.start()

    def look(self) -> None:
        """Search if as much was made since the last time as Python's own thresholds say."""
        pairs = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (count, threshold) in enumerate(pairs) if count > threshold > 0]
        if 0 not in due:
            return
        if due[-1] == ALL:
            sweep()
            return
        windows = QApplication.topLevelWidgets()  # held meanwhile, and with them all that is in them
        gc.collect(due[-1])
        del windows


def sweep() -> None:
    """Find whatever nobody can reach, windows too, and let it go; on the window's thread."""
    before = gc.get_debug()
    gc.set_debug(gc.DEBUG_SAVEALL)  # what is found is held until the windows among it are gone
    try:
        gc.collect()
    finally:
        gc.set_debug(before)
    _end(gc.garbage)
    gc.garbage.clear()
    gc.collect()


def _end(found: list[Any]) -> None:
    """Let Qt destroy what has no parent, and with it all that it holds: then only Python's own halves are left."""
    ours = [one for one in found if issubclass(type(one), QObject)]  # a proxy would answer for what is gone
    for one in ours:
        if Shiboken.isValid(one) and Shiboken.ownedByPython(one):
            Shiboken.delete(one)
    let_go(ours)


def let_go(parts: Iterable[QObject]) -> None:
    """Empty Python's halves of what Qt has destroyed: what they hold ends at once and need not be searched for."""
    for one in parts:
        if not Shiboken.isValid(one):
            vars(one).clear()
