"""What is seen in place of the windows while a file is locked: they stay as they are, underneath."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from gui.icons import pixmap
from gui.language import _


class Cover(QWidget):
    """Over everything of one window, its title included."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._title = window, window.windowTitle()
        self.setObjectName("cover")
        self.setAutoFillBackground(True)
        self.setAccessibleName(_("Locked"))
        sign = QLabel()
        sign.setPixmap(pixmap("lock", "muted", 48))
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(self).addWidget(sign)
        window.setWindowTitle(f"{_('Locked')} – Plant Carbon Audit")
        window.installEventFilter(self)
        self._fill()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.ChildAdded):
            self._fill()
        return False

    def _fill(self) -> None:
        self.setGeometry(self._window.rect())
        self.raise_()

    def take_away(self) -> None:
        """Show the window again."""
        self._window.removeEventFilter(self)
        self._window.setWindowTitle(self._title)
        self.hide()
        self.setParent(None)
        self.deleteLater()


class Covers(QObject):
    """One over each window that is open, and over those that open meanwhile."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._covers: dict[QWidget, Cover] = {}

    def put(self, but: QWidget | None) -> None:
        """Cover what is seen and is not covered, all but the question for the passphrase."""
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        passing = (Qt.WindowType.ToolTip, Qt.WindowType.Popup)
        for window in QApplication.topLevelWidgets():
            shown = window.isVisible() and window.windowType() not in passing
            if shown and window is not but and window not in self._covers:
                self._covers[window] = Cover(window)
                window.destroyed.connect(lambda _gone=None, window=window: self._covers.pop(window, None))

    def take_away(self) -> None:
        """Show everything again."""
        for cover in self._covers.values():
            cover.take_away()
        self._covers.clear()
