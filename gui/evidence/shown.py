"""A kept file beside the register: PDF page by page, pictures, else words. Nothing is loaded whole.

The file is copied out and verified by a job, then only what is seen of it is drawn; what was seen once opens at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core.ledger import Evidence
from core.store import BlobReader
from gui.evidence.copies import copy_of
from gui.evidence.photo import Photo
from gui.language import _
from gui.latest import Latest
from gui.pdf.pages import page_sizes
from gui.pdf.preview import Preview, Sizes
from gui.session import Session
from gui.widgets import button, label, scrolled

PDF = frozenset((".pdf",))
PICTURES = frozenset((".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"))
AT_ONCE = 100_000_000
"""A larger file is copied out only when somebody asks to see it. [bytes]"""
LARGEST_PICTURE = QSize(2400, 2400)
"""Pictures are read no larger than this. [px]"""
SEEN = 12
"""Copies that are remembered."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a job found in a file."""

    file: Evidence
    path: Path
    sizes: Sizes | None = None
    """Of the pages of a PDF."""
    image: QImage | None = None


class ProofPreview(QWidget):
    """One file, or a sentence in its place."""

    def __init__(self, session: Session, open_it: Callable[[Evidence], object] | None = None) -> None:
        """``open_it`` hands a file that cannot be shown here to its own program; None: who shows it offers that."""
        super().__init__()
        self._session, self._open_it = session, open_it
        self._file: Evidence | None = None
        self._asked = ""
        """Hash of the one that is being copied, or was the last."""
        self._seen: dict[str, Looked] = {}
        self.latest = Latest(self)
        self.latest.answered.connect(self._answered)
        self.latest.broken.connect(self._broken)
        self.pages = Preview(_("Pages of the proof"))
        self.pages.strip.setVisible(False)
        self.photo = Photo()
        self.words = label("", "muted", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.show_large = button(_("Show it all the same"), self._ask)
        self.opening = button(_("Open a copy"), self._open)
        self._stack = QStackedWidget()
        instead = QWidget()
        column = QVBoxLayout(instead)
        column.addStretch(1)
        column.addWidget(self.words)
        for one in (self.show_large, self.opening):
            column.addWidget(one, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        for widget in (instead, self.pages, scrolled(self.photo)):
            self._stack.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack, 1)

    @property
    def showing(self) -> str:
        """``pdf``, ``picture`` or ``words``."""
        return ("words", "pdf", "picture")[self._stack.currentIndex()]

    def stops(self) -> list[QWidget]:
        """What the keyboard goes through, in the order of reading."""
        return [self.show_large, self.opening, *(one for one in self.pages.stops() if one is not self.pages.strip)]

    def say(self, sentence: str, *, opens: bool = False) -> None:
        """Words and no file; ``opens``: it is there, and another program can show it."""
        self.words.setText(sentence)
        self.show_large.hide()
        self.opening.setVisible(opens and self._open_it is not None)
        self._stack.setCurrentIndex(0)

    def _open(self) -> None:
        if self._file is not None and self._open_it is not None:
            self._open_it(self._file)

    def show_file(self, file: Evidence | None, instead: str = "") -> None:
        """Show a file from now on, or words where there is none."""
        if file is not None and self._file is not None and file.sha256 == self._file.sha256:
            self._file = file
            return
        self._file = file
        suffix = "" if file is None else PurePath(file.name).suffix.lower()
        if file is None:
            self.say(instead)
        elif suffix not in PDF | PICTURES:
            self.say(_("“{file}” is not shown here; open it with its own program.", file=file.name), opens=True)
        elif file.sha256 in self._seen:
            self._answered(self._seen[file.sha256])
        elif file.size > AT_ONCE:
            self.say(_("“{file}” is large.", file=file.name), opens=True)
            self.show_large.show()
        else:
            self._ask()

    def _ask(self) -> None:
        if self._file is not None:
            self.say(_("Opening “{file}” …", file=self._file.name))
            self._asked = self._file.sha256
            self.latest.ask(_looking(self._session.file.reader(), self._file))

    def _broken(self, sentence: str) -> None:
        if self._file is not None and self._file.sha256 == self._asked:  # else another one is looked at by now
            self.say(sentence)

    def _answered(self, looked: Looked) -> None:
        self._seen[looked.file.sha256] = looked
        while len(self._seen) > SEEN:
            del self._seen[next(iter(self._seen))]
        if self._file is None or looked.file.sha256 != self._file.sha256:
            return
        if looked.sizes:
            self.pages.show_pdf(looked.path, looked.sizes)
            self._stack.setCurrentIndex(1)
        elif looked.image is not None:
            self.photo.show_image(looked.image)
            self.photo.setAccessibleName(looked.file.name)
            self._stack.setCurrentIndex(2)
        else:
            self.say(_("“{file}” cannot be shown.", file=looked.file.name), opens=True)


def _looking(reader: BlobReader, file: Evidence) -> Callable[[], Looked]:
    """The work of a job: a verified copy, and what can be drawn of it."""

    def work() -> Looked:
        with reader:
            path = copy_of(file, reader.copy_blob)
        if path.suffix.lower() in PDF:
            return Looked(file, path, _sizes(path))
        return Looked(file, path, image=_image(path))

    return work


def _sizes(path: Path) -> Sizes | None:
    try:
        sizes = page_sizes(path)
    except (RuntimeError, ValueError):  # PDFium says so of what is no PDF, and of one that is locked
        return None
    return sizes if all(wide > 0 and high > 0 for wide, high in sizes) else None


def _image(path: Path) -> QImage | None:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if size.isValid() and (size.width() > LARGEST_PICTURE.width() or size.height() > LARGEST_PICTURE.height()):
        reader.setScaledSize(size.scaled(LARGEST_PICTURE, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image
