"""The end of a window that a test has shown."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import Shiboken

from gui.garbage import let_go
from gui.jobs import Job


def end(window: QWidget) -> None:
    """Destroy it and let go of what it shows, which a search for garbage would find among all that there is."""
    if not Shiboken.isValid(window):
        return
    if Job.any_running():  # and may still tell its parts something
        window.deleteLater()
        return
    parts = [window, *window.findChildren(QObject)]
    Shiboken.delete(window)
    let_go(parts)
