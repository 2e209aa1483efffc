"""Type: the system's own font where it can write Chinese, ours where it cannot; tabular figures for numbers."""

from __future__ import annotations

from importlib.resources import as_file, files

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

SHIPPED = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
FAMILY = "Noto Sans SC"
POINTS_OF_SHIPPED = 10


def has_chinese() -> bool:
    """Whether some installed font can write simplified Chinese."""
    return bool(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))


def prepare(app: QApplication) -> None:
    """Give the application a font that can write both languages; once, before the first window."""
    if has_chinese():
        return
    for name in SHIPPED:
        with as_file(files("resources") / "fonts" / name) as path:
            QFontDatabase.addApplicationFont(str(path))
    app.setFont(QFont(FAMILY, POINTS_OF_SHIPPED))


def figures(font: QFont) -> QFont:
    """The same font with digits of equal width, so that columns of numbers align."""
    made = QFont(font)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def scaled(font: QFont, factor: float, *, strong: bool = False) -> QFont:
    """A size of the same family: 1.0 reading, 1.25 heading, 2.0 the number a page is about."""
    made = QFont(font)
    if made.pointSizeF() > 0:
        made.setPointSizeF(font.pointSizeF() * factor)
    else:
        made.setPixelSize(round(font.pixelSize() * factor))
    if strong:
        made.setWeight(QFont.Weight.DemiBold)
    return made
