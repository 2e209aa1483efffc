"""The panes of the window: how they stand, where the keyboard is, which files are dropped on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtGui import QDropEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QScrollArea, QSplitter, QStackedWidget, QWidget

from gui.widgets import as_divided, as_scrolled, letters

Pane: TypeAlias = tuple[QWidget, Callable[[], None]]
"""A part of the window and how the keyboard enters it."""
ABREAST = 148
"""Digits across, from which on a page has its room beside another pane: about a window of 1280 points."""
LOW = 30
"""Digits across, as high as a pane below a page at least."""


class Stack(QStackedWidget):
    """Pages one behind the other, of which only the one in front asks for room."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _place: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        """That of the page in front: another one must not make the window wider."""
        page = self.currentWidget()
        return page.minimumSizeHint().expandedTo(page.minimumSize()) if page is not None else QSize(0, 0)

    def heightForWidth(self, width: int) -> int:
        """That of the page in front: Qt would take the least height of all of them."""
        page = self.currentWidget()
        return page.heightForWidth(width) if page is not None else -1


class Sheet(QScrollArea):
    """A page that scrolls; when it gets less room, what one works on stays in sight: the field, or the row."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        as_scrolled(self, page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        at: QWidget | None = self.focusWidget()
        if at is not None and at.isVisible() and event.size().height() < event.oldSize().height():
            if isinstance(at, QAbstractItemView):
                at.scrollTo(at.currentIndex())
            self.ensureWidgetVisible(at)


class Beside(QSplitter):
    """A page with other panes at its right; below it where the window is too narrow for both."""

    def __init__(self, page: QWidget, *panes: QWidget) -> None:
        super().__init__()
        as_divided(self, Sheet(page), *panes)
        self.setStretchFactor(0, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        below = self.width() < letters(self, ABREAST)
        turned = Qt.Orientation.Vertical if below else Qt.Orientation.Horizontal
        if self.orientation() != turned:
            self.setOrientation(turned)
            self.setSizes(
                [max(self.width(), self.height()), *[0] * (self.count() - 1)]
            )  # panes as small as they may be


def frame(left: QWidget, top: QWidget, middle: QWidget, bottom: QWidget) -> QWidget:
    """Left over the whole height, top and middle beside it, bottom over the whole width."""
    whole = QWidget()
    grid = QGridLayout(whole)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(0)
    grid.addWidget(left, 0, 0, 2, 1)
    grid.addWidget(top, 0, 1)
    grid.addWidget(middle, 1, 1)
    grid.addWidget(bottom, 2, 0, 1, 2)
    grid.setRowStretch(1, 1)
    grid.setColumnStretch(1, 1)
    return whole


def cycle(order: Sequence[Pane], at: QWidget | None) -> None:
    """Put the keyboard into the visible pane after the one that holds ``at``."""
    panes = [(pane, enter) for pane, enter in order if pane.isVisible()]
    here = next((i for i, (pane, _enter) in enumerate(panes) if at is not None and pane.isAncestorOf(at)), -1)
    panes[(here + 1) % len(panes)][1]()


def enter(pane: QWidget, last: QWidget | None = None, main: QWidget | None = None) -> None:
    """The keyboard to the widget of the pane that had it last, else to its main one, else to its first."""
    child = next((w for w in (last, main) if w is not None and w.isVisible() and w.isEnabled()), None)
    if child is None:
        tab = Qt.FocusPolicy.TabFocus
        child = next((w for w in pane.findChildren(QWidget) if w.isVisible() and w.focusPolicy() & tab), None)
    if child is not None:
        child.setFocus(Qt.FocusReason.ShortcutFocusReason)


def dropped(event: QDropEvent) -> list[Path]:
    """The local files of a drag."""
    return local_files(event.mimeData())


def local_files(data: QMimeData) -> list[Path]:
    """The local files of a drag or of the clipboard."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
