"""The evidence beside the test sheet: kept files of a record, PDF and pictures drawn right here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from core.ledger import Evidence
from gui.language import _
from gui.preview import Preview
from gui.quality_parts import combo
from gui.widgets import button, label, scrolled

LARGEST = 40_000_000
"""Bytes of a file that is drawn here; a larger one is opened with its own program."""
PDF = frozenset((".pdf",))
PICTURES = frozenset((".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"))


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


class ProofView(QWidget):
    """One of the files of a record; ``read`` gives its bytes, ``open_it`` hands it to its own program."""

    def __init__(self, read: Callable[[Evidence], bytes | None], open_it: Callable[[Evidence], object]) -> None:
        super().__init__()
        self._read, self._open = read, open_it
        self._files: tuple[Evidence, ...] = ()
        self._shown = ""
        self.choice = combo(_("Evidence of the record"), [])
        self.choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.choice.activated.connect(lambda _row: self._show())
        self.opening = button(_("Open"), self._open_current)
        self.preview = Preview()
        self.preview.strip.setVisible(False)  # there is no room for it, and bills have few pages
        self.photo = Photo()
        self.words = label("", "muted", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        for widget in (self.words, self.preview, scrolled(self.photo)):
            self._stack.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choice, 1)
        row.addWidget(self.opening)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._stack, 1)

    @property
    def current(self) -> Evidence | None:
        """The file that is chosen."""
        place = self.choice.currentIndex()
        return self._files[place] if 0 <= place < len(self._files) else None

    @property
    def showing(self) -> str:
        """``pdf``, ``picture`` or ``words``."""
        return ("words", "pdf", "picture")[self._stack.currentIndex()]

    def show_files(self, files: Sequence[Evidence], instead: str) -> None:
        """Show the first of these files, or words where there is none; the same files stay as they are."""
        if tuple(files) == self._files and files:
            return
        self._files, self._shown = tuple(files), ""
        self.choice.clear()
        for one in files:
            self.choice.addItem(one.name, one.id)
        for widget in (self.choice, self.opening):
            widget.setVisible(bool(files))
        if files:
            self._show()
        else:
            self._say(instead)

    def stops(self) -> list[QWidget]:
        """What the keyboard goes through, in the order of reading."""
        return [self.choice, self.opening, *(one for one in self.preview.stops() if one is not self.preview.strip)]

    def _open_current(self) -> None:
        if self.current is not None:
            self._open(self.current)

    def _say(self, sentence: str) -> None:
        self.words.setText(sentence)
        self._stack.setCurrentIndex(0)

    def _show(self) -> None:
        file = self.current
        if file is None or file.id == self._shown:
            return
        self._shown = file.id
        suffix = PurePath(file.name).suffix.lower()
        if suffix not in PDF | PICTURES or file.size > LARGEST:
            self._say(_("“{file}” is not shown here; open it with its own program.", file=file.name))
            return
        data = self._read(file)
        if data is None or not (self._show_pdf(data) if suffix in PDF else self._show_picture(data)):
            self._say(_("“{file}” cannot be shown.", file=file.name))

    def _show_pdf(self, data: bytes) -> bool:
        try:
            self.preview.show_pdf(data)
        except (RuntimeError, ValueError):  # PDFium says so of what is no PDF
            return False
        self._stack.setCurrentIndex(1)
        return True

    def _show_picture(self, data: bytes) -> bool:
        held = QByteArray(data)
        buffer = QBuffer(held)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer)
        reader.setAutoTransform(True)
        image = reader.read()
        if image.isNull():
            return False
        self.photo.show_image(image)
        self.photo.setAccessibleName(self.choice.currentText())
        self._stack.setCurrentIndex(2)
        return True
