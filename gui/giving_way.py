"""Layouts that give way where a window is narrow: a row that becomes a column, a pane as wide as what it scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget

from gui.widgets import as_scrolled

ACROSS, DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class Turning(QWidget):
    """Widgets side by side; one below the other where that is too wide."""

    def __init__(self, *widgets: QWidget, spacing: int = 8) -> None:
        super().__init__()
        self._row = QBoxLayout(ACROSS, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(spacing)
        self._parts = widgets
        for one in widgets:
            self._row.addWidget(one)
        self._row.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest of them."""
        widths = [one.minimumSizeHint().width() for one in self._parts]
        return QSize(max(widths, default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = sum(one.sizeHint().width() + self._row.spacing() for one in self._parts) - self._row.spacing()
        turned = ACROSS if wanted <= self.width() else DOWN
        if turned != self._row.direction():
            self._row.setDirection(turned)


class Pane(QScrollArea):
    """Content that may be taller than its place and is never cut at its right: it asks for the width it needs."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        as_scrolled(self, content)

    def minimumSizeHint(self) -> QSize:
        """As wide as the content, and the bar beside it."""
        content, least = self.widget(), super().minimumSizeHint()
        if content is None:
            return least
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(content.minimumSizeHint().width() + bar + 2 * self.frameWidth(), least.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What the content needs becomes known to the splitter around it."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
