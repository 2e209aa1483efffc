"""Tabs of which only the one in front asks for room, so that a tall one behind does not make the page scroll."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QTabWidget


class FrontTabs(QTabWidget):
    """A tab widget as high as its front page needs."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _place: self.updateGeometry())

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Qt would ask every page, also those behind, for the height it would like best."""
        return False

    def minimumSizeHint(self) -> QSize:
        """That of the front page below the names of the tabs."""
        bar, page = self.tabBar().minimumSizeHint(), self.currentWidget()
        if page is None:
            return bar
        inside = page.minimumSizeHint().expandedTo(page.minimumSize())
        return QSize(max(bar.width(), inside.width()), bar.height() + inside.height() + 4)

    def sizeHint(self) -> QSize:
        """As little as possible: a page that scrolls takes what is wished for what is needed."""
        return self.minimumSizeHint()
