"""Pictures as files: few colours, and pages of paper side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

ALIKE = 0xF8F8F8
"""Colours with the same leading bits look alike."""
PAPER_WIDTH, PAPER_PAGES = 1280, (0, 2)
"""Of a picture of two pages side by side: cover and summary."""


def side_by_side(pages: Sequence[QImage]) -> QImage:
    """Pages on a grey table."""
    gap = 16
    wide = (PAPER_WIDTH - gap * (len(pages) + 1)) // len(pages)
    small = [page.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation) for page in pages]
    table = QImage(PAPER_WIDTH, max(page.height() for page in small) + 2 * gap, QImage.Format.Format_RGB32)
    table.fill(0xFFD0D5D7)
    painter = QPainter(table)
    for number, page in enumerate(small):
        painter.drawImage(gap + number * (wide + gap), gap, page)
    painter.end()
    return table


def save(image: QImage, path: Path) -> None:
    """As a PNG of 256 colours, a third as large; what is not among them takes its neighbour."""
    path.parent.mkdir(parents=True, exist_ok=True)
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    few = plain.convertToFormat(QImage.Format.Format_Indexed8, palette(plain), Qt.ImageConversionFlag.ThresholdDither)
    if not few.save(str(path), quality=0):
        raise OSError(f"{path} cannot be written")
    print(f"{path.name}  {path.stat().st_size // 1024} kB", flush=True)


def palette(image: QImage) -> list[int]:
    """The 256 colours that matter: of all that look alike, only the most frequent one."""
    colours, counts = np.unique(np.frombuffer(image.constBits(), np.uint32), return_counts=True)
    order = np.argsort(-counts, kind="stable")
    frequent = colours[order]
    _alike, first, kind = np.unique(frequent & ALIKE, return_index=True, return_inverse=True)
    weight = np.bincount(kind, counts[order])
    return [int(one) for one in frequent[first[np.argsort(-weight, kind="stable")[:256]]]]
