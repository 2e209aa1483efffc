from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QRawFont
from PySide6.QtWidgets import QApplication

from gui import fonts
from gui.language import set_language


def test_the_window_can_write_chinese(qapp: QApplication) -> None:
    assert fonts.has_chinese()


@pytest.fixture
def undressed(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[QApplication]:
    """As if nobody had looked for fonts yet."""
    before = qapp.font()
    monkeypatch.setattr(fonts._Ours, "loaded", None)
    yield qapp
    qapp.setFont(before)


@pytest.mark.parametrize(("lang", "family"), [("zh", "Noto Sans SC"), ("en", "Source Sans 3")])
def test_a_machine_without_chinese_gets_our_fonts(
    undressed: QApplication, monkeypatch: pytest.MonkeyPatch, lang: str, family: str
) -> None:
    monkeypatch.setattr(fonts, "has_chinese", lambda: False)
    set_language(lang)
    fonts.prepare(undressed)
    assert undressed.font().families()[0] == family
    chinese = QRawFont.fromFont(undressed.font(), QFontDatabase.WritingSystem.SimplifiedChinese)
    assert chinese.familyName() == "Noto Sans SC"
    assert all(chinese.supportsCharacter(ord(c)) for c in "张家口市范围二基于市场排放总量吨₂×")


def test_a_machine_with_chinese_keeps_its_font(undressed: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    before = undressed.font()
    monkeypatch.setattr(fonts, "has_chinese", lambda: True)
    fonts.prepare(undressed)
    assert undressed.font() == before


def test_figures_are_of_one_width(qapp: QApplication) -> None:
    metrics = QFontMetricsF(fonts.figures(qapp.font()))
    assert len({round(metrics.horizontalAdvance(digit * 10), 3) for digit in "0123456789"}) == 1


def test_sizes_scale_points_and_pixels() -> None:
    points, pixels = QFont("Noto Sans SC", 10), QFont("Noto Sans SC")
    pixels.setPixelSize(10)
    assert fonts.scaled(points, 2.0).pointSizeF() == 20
    assert fonts.scaled(pixels, 1.5, strong=True).pixelSize() == 15
    assert fonts.scaled(pixels, 1.5, strong=True).weight() == QFont.Weight.DemiBold
