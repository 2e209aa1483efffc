"""Run in a process of its own: open a window, and when it is painted for the first time say when, and of how many
widgets it is made. ``ours FOLDER FILE`` opens the program on a plant, ``page FOLDER FILE`` the same and waits until its
first page is painted as well, ``bare N`` opens a window of Qt with N widgets.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

IN_A_ROW = 9
KINDS: tuple[type[QLabel | QPushButton | QLineEdit], ...] = (QLabel, QPushButton, QLineEdit)


class Watched(QApplication):
    """Tells when a main window was painted for the first time, and then when a page in it was.

    It looks once events are waited for, as no window is painted before, and not while the page is made: what happens to
    widgets then is thousands of events, and looking at each would be paid for by what is measured.
    """

    def __init__(self, words: Sequence[str], seen: Sequence[Callable[[], object]]) -> None:
        """``seen`` is what to do when the window was painted, and when the page was."""
        super().__init__(words)
        self._seen = list(seen)
        self._awaited: QWidget | None = None
        """None: whatever main window comes."""
        self._paints = False

    @staticmethod
    def exec() -> int:
        app = QApplication.instance()
        assert isinstance(app, Watched)
        app.installEventFilter(app)
        return QApplication.exec()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Paint:
            if self._paints:  # paints of one pass follow each other: the first other event is after them
                self._paints = False
                self.removeEventFilter(self)
                self._seen.pop(0)()
        elif self._awaited is watched or (self._awaited is None and isinstance(watched, QMainWindow)):
            self._paints = True
            if self._awaited is None and len(self._seen) > 1:
                self._go_on(watched)
        return False

    def _go_on(self, window: Any) -> None:
        """When the program has made the page of its window, look again."""

        def made() -> None:
            self._awaited = window.page(window.place)
            self.installEventFilter(self)

        window.painted.connect(made)


def report() -> None:
    """The clock is that of the whole machine, so whoever started us can subtract."""
    print(time.monotonic(), len(QApplication.allWidgets()), flush=True)
    os._exit(0)


def bare(count: int) -> QMainWindow:
    """A window with so many widgets, in rows."""
    window = QMainWindow()
    middle = QWidget()
    column = QVBoxLayout(middle)
    made = 2
    while made < count:
        row = QWidget()
        line = QHBoxLayout(row)
        made += 1
        for place in range(min(IN_A_ROW, count - made)):
            line.addWidget(KINDS[place % len(KINDS)]())
            made += 1
        column.addWidget(row)
    window.setCentralWidget(middle)
    window.resize(1280, 800)
    return window


def program(app: Watched, folder: Path, plant: str) -> int:
    """The program on a plant, with settings of its own."""
    from gui.app import run
    from gui.settings import Settings

    assert QApplication.instance() is app
    return run([plant], Settings(folder / "settings.ini"))


def main() -> int:
    """Never comes back when what is waited for is painted."""
    kind, *words = sys.argv[1:]
    if kind != "bare":
        import gui  # noqa: F401 - puts Python's own import back, before which the program imports next to nothing
    from main import rest_often

    rest_often()  # as the program does before anything else; the bare window has as little to search
    app = Watched(["plant-carbon-audit"], [report] if kind != "page" else [int, report])
    if kind == "bare":
        window = bare(int(words[0]))
        window.show()
        return app.exec()
    return program(app, Path(words[0]), words[1])


if __name__ == "__main__":
    sys.exit(main())
