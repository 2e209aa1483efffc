"""A picture beside a text or a form."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy


class Photo(QLabel):
    """A picture as wide as its space, never larger than it is."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_image(self, image: QImage) -> None:
        """Show this from now on."""
        self._image = image
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._image.isNull() or not self.width():
            return
        ratio = self.devicePixelRatioF()
        wide = min(round(self.width() * ratio), self._image.width())
        made = QPixmap.fromImage(self._image.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation))
        made.setDevicePixelRatio(ratio)
        if made.size() != self.pixmap().size():
            self.setPixmap(made)
            self.setMinimumHeight(round(made.height() / ratio))

    def sizeHint(self) -> QSize:
        return QSize(120, 120)
