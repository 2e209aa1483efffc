"""Run in a process of its own: open a window, and when it is painted for the first time say when, and of how many
widgets it is made. ``ours FOLDER FILE`` opens the program on a plant, ``bare N`` a window of Qt with N widgets.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
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

from main import rest_often

IN_A_ROW = 9
KINDS: tuple[type[QLabel | QPushButton | QLineEdit], ...] = (QLabel, QPushButton, QLineEdit)


class Watched(QApplication):
    """Sees the first painting of a main window and ends the process when it is over.

    It looks once events are waited for, as no window is painted before: what happens to widgets while they are made is
    thousands of events, and looking at each would be paid for by the window that is measured.
    """

    @staticmethod
    def exec() -> int:
        app = QApplication.instance()
        assert isinstance(app, Watched)
        app.installEventFilter(app)
        return QApplication.exec()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
            self.removeEventFilter(self)
            QTimer.singleShot(0, _report)
        return False


def _report() -> None:
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


def main() -> int:
    """Never comes back when a window is painted."""
    rest_often()  # as the program does before anything else; the bare window has as little to search
    app = Watched(["plant-carbon-audit"])
    if sys.argv[1] == "bare":
        window = bare(int(sys.argv[2]))
        window.show()
        return app.exec()
    from gui.app import run
    from gui.settings import Settings

    return run([sys.argv[3]], Settings(Path(sys.argv[2]) / "settings.ini"))


if __name__ == "__main__":
    sys.exit(main())
