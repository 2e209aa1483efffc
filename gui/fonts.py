"""Type: the system's own font where it can write Chinese, ours where it cannot; tabular figures for numbers."""

from __future__ import annotations

from importlib.resources import as_file, files

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from gui.language import language

SHIPPED = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "SourceSans3-Regular.ttf", "SourceSans3-SemiBold.ttf")
FAMILIES = {"zh": ("Noto Sans SC",), "en": ("Source Sans 3", "Noto Sans SC")}
"""Chinese quotation marks are as wide as a character, which tears English words apart, so English has its own first."""
POINTS = {"zh": 10.0, "en": 10.5}


def has_chinese() -> bool:
    """Whether some installed font can write simplified Chinese."""
    return bool(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))


class _Ours:
    """Whether our fonts had to be loaded; asked once, for afterwards there always is a Chinese one."""

    loaded: bool | None = None


def prepare(app: QApplication) -> None:
    """Give the application a font that can write both languages: the system's, or ours where it cannot.

    Call it again after the language has changed.
    """
    if _Ours.loaded is None:
        _Ours.loaded = not has_chinese()
        for name in SHIPPED if _Ours.loaded else ():
            with as_file(files("resources") / "fonts" / name) as path:
                QFontDatabase.addApplicationFont(str(path))
    if _Ours.loaded:
        font = QFont(list(FAMILIES[language()]))
        font.setPointSizeF(POINTS[language()])
        if app.font() != font:  # every widget hears of it
            app.setFont(font)


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
