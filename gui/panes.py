"""Where the keyboard is in the window, and which files are dropped on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


def cycle(panes: Sequence[tuple[QWidget, Callable[[], None]]], at: QWidget | None) -> None:
    """Put the keyboard into the pane after the one that holds ``at``."""
    here = next((i for i, (pane, _enter) in enumerate(panes) if at is not None and pane.isAncestorOf(at)), -1)
    panes[(here + 1) % len(panes)][1]()


def enter(pane: QWidget) -> None:
    """The keyboard to the widget of the pane that had it last, else to its first."""
    child = pane.focusWidget()
    if child is None:
        tab = Qt.FocusPolicy.TabFocus
        child = next((w for w in pane.findChildren(QWidget) if w.isVisible() and w.focusPolicy() & tab), None)
    if child is not None:
        child.setFocus(Qt.FocusReason.ShortcutFocusReason)


def dropped(event: QDropEvent) -> list[Path]:
    """The local files of a drag."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
