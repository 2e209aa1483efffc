"""The icons of program and files, from the drawings in ``resources/icons/app`` into what each system wants.

python -m installer.icons FOLDER
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from installer.project import BUILD, ROOT

if TYPE_CHECKING:
    from PIL.Image import Image

DRAWINGS = ROOT / "resources" / "icons" / "app"
PROGRAM = "program"
FILES = {"plant": "plant-file", "group": "group-file"}
"""Which drawing the files of an ending have."""
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""Edges of the pictures; Linux has a folder for each. [px]"""
WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
MAC_SIZES = (16, 32, 64, 128, 256, 512, 1024)
MAC_MARGIN = 0.1
"""On macOS icons do not fill their square."""
FORMATS = {"win32": ".ico", "darwin": ".icns"}
"""Linux takes pictures and the drawing itself."""


def folder() -> Path:
    """Where the icons lie while the program is built."""
    return BUILD / "icons"


def of_program(platform: str = sys.platform) -> Path:
    """The icon that goes into the program itself."""
    return folder() / f"{PROGRAM}{FORMATS[platform]}"


def draw_all(into: Path) -> list[Path]:
    """Everything for every system, the same bytes for the same version of Qt."""
    into.mkdir(parents=True, exist_ok=True)
    made = []
    for name in (PROGRAM, *FILES.values()):
        pictures = [picture(name, size) for size in SIZES]
        made += [_saved(one, into / f"{name}-{one.width}.png") for one in pictures]
        made.append(_collected((picture(name, size) for size in WINDOWS_SIZES), into / f"{name}.ico"))
        margin = MAC_MARGIN if name == PROGRAM else 0.0
        made.append(_collected((picture(name, size, margin) for size in MAC_SIZES), into / f"{name}.icns"))
    return made


def picture(name: str, size: int, margin: float = 0.0) -> Image:
    """A drawing as a picture.

    Parameters
    ----------
    size
        length of an edge. [px]
    margin
        share of the edge that stays empty on each side.
    """
    from PIL.Image import frombytes
    from PySide6.QtCore import QByteArray, QRectF
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray((DRAWINGS / f"{name}.svg").read_bytes()))
    if not renderer.isValid():
        raise ValueError(f"{name}.svg is no valid drawing")
    drawn = QImage(size, size, QImage.Format.Format_RGBA8888)
    drawn.fill(0)
    painter = QPainter(drawn)
    edge = size * (1 - 2 * margin)
    renderer.render(painter, QRectF(size * margin, size * margin, edge, edge))
    painter.end()
    return frombytes("RGBA", (size, size), bytes(drawn.constBits()))


def _saved(one: Image, path: Path) -> Path:
    one.save(path, optimize=True)
    return path


def _collected(pictures: Iterable[Image], path: Path) -> Path:
    """Several sizes in one file."""
    *smaller, largest = pictures
    largest.save(path, sizes=[(one.width, one.height) for one in (*smaller, largest)], append_images=smaller)
    return path


def main(arguments: list[str]) -> int:
    """Draw into a folder; Qt needs no display for it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for path in draw_all(Path(arguments[0]) if arguments else folder()):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
