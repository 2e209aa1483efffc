"""Our own line icons: SVG files that draw in ``currentColor``, painted in a colour of the theme."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gui.theme import tokens

SIZE = 18
LEVELS = {"info": "info", "good": "check", "warning": "warning", "bad": "error", "proof": "evidence"}
"""The icon that says a level without colour."""


def icon(name: str, token: str = "text") -> QIcon:
    """``icon("report")`` in the colours in force; chosen places are drawn in the accent."""
    made = QIcon()
    made.addPixmap(pixmap(name, token), QIcon.Mode.Normal, QIcon.State.Off)
    made.addPixmap(pixmap(name, "accent" if token == "text" else token), QIcon.Mode.Normal, QIcon.State.On)
    made.addPixmap(pixmap(name, "muted"), QIcon.Mode.Disabled, QIcon.State.Off)
    return made


def pixmap(name: str, token: str = "text", size: int = SIZE) -> QPixmap:
    """One icon at ``size``, drawn at twice the resolution so that it stays sharp on dense screens."""
    return _painted(name, getattr(tokens(), token), size)


def blank(size: int = SIZE) -> QPixmap:
    """Room for an icon where there is none, so that words stand in one line."""
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


def names() -> list[str]:
    """All icons there are."""
    found = (entry.name for entry in (files("resources") / "icons").iterdir())
    return sorted(name.removesuffix(".svg") for name in found if name.endswith(".svg"))


@lru_cache(maxsize=256)
def _drawing(name: str) -> str:
    return (files("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=256)
def _painted(name: str, hex_colour: str, size: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", hex_colour).encode()))
    if not renderer.isValid():
        raise ValueError(f"icon {name} is no valid SVG")
    picture = QPixmap(size * 2, size * 2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, size * 2, size * 2))
    painter.end()
    picture.setDevicePixelRatio(2)
    return picture
