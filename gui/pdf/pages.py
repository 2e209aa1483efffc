"""Pages of a PDF as pictures. PDFium is not made for several threads at once, so each call holds one lock.

The only file that uses pypdfium2, and it imports it late.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from PySide6.QtGui import QImage

Source: TypeAlias = bytes | Path
"""A document in memory, or a file of which only what is drawn is read."""

_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as pixels, four bytes each: blue, green, red, unused."""

    page: int
    width: int
    height: int
    stride: int
    pixels: bytes

    def image(self) -> QImage:
        """A copy that Qt owns."""
        return QImage(self.pixels, self.width, self.height, self.stride, QImage.Format.Format_RGB32).copy()


def page_sizes(pdf: Source) -> tuple[tuple[float, float], ...]:
    """Width and height of each page. [pt]"""
    import pypdfium2

    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return tuple(document.get_page_size(number) for number in range(len(document)))
        finally:
            document.close()


def pictures(pdf: Source, pages: Iterable[int], width: int) -> tuple[Picture, ...]:
    """These pages, ``width`` pixels wide, signatures included."""
    import pypdfium2

    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            document.init_forms()  # the stamps of signatures are form fields
            return tuple(_picture(document, number, width) for number in pages)
        finally:
            document.close()


def _picture(document: object, number: int, width: int) -> Picture:
    page = document[number]  # type: ignore[index]
    try:
        bitmap = page.render(scale=width / page.get_width(), prefer_bgrx=True, rev_byteorder=False)
        try:
            return Picture(number, bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        finally:
            bitmap.close()
    finally:
        page.close()
