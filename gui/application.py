"""What the system knows of the running program: name, icon, place in the task bar; and files it is asked to open."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication

NAME = "plant-carbon-audit"
"""Of the program and of its desktop file, by which Wayland finds the icon."""
APP_ID = "PlantCarbonAudit"
"""By which the task bar of Windows keeps windows of the program together; the installer's links have it too."""
AGAIN_MS = 300


class Application(QApplication):
    """Qt's application, which macOS tells of files that somebody opens in the Finder instead of starting anew."""

    asked_for = Signal(str)
    """Path of a file to open."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__([NAME, *words])

    def event(self, event: QEvent) -> bool:
        """Every event of the application itself, of which there are few."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.asked_for.emit(event.file())
            return True
        return super().event(event)


def application(words: Sequence[str]) -> QApplication:
    """The one application, introduced to the system."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = Application(words)
    introduce(app)
    return app


def open_on_request(app: QApplication, opening: Callable[[Path], object]) -> None:
    """Let the system open files in the window; while a dialog waits for an answer, the file waits too."""

    def asked(name: str) -> None:
        if QApplication.activeModalWidget() is None:
            opening(Path(name))
        else:
            QTimer.singleShot(AGAIN_MS, app, lambda: asked(name))

    if isinstance(app, Application):
        app.asked_for.connect(asked)


def introduce(app: QApplication) -> None:
    """Name and icon."""
    app.setApplicationName("Plant Carbon Audit")
    app.setDesktopFileName(NAME)
    app.setWindowIcon(QIcon(str(files("resources") / "icons" / "app" / "program.svg")))
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(APP_ID)
