from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetricsF, QRawFont
from PySide6.QtWidgets import QApplication

from gui import fonts


def test_the_window_can_write_chinese(qapp: QApplication) -> None:
    assert fonts.has_chinese()


def test_a_machine_without_chinese_gets_our_font(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    before = qapp.font()
    monkeypatch.setattr(fonts, "has_chinese", lambda: False)
    fonts.prepare(qapp)
    try:
        assert qapp.font().family() == fonts.FAMILY
        assert all(
            QRawFont.fromFont(qapp.font()).supportsCharacter(ord(c)) for c in "张家口市范围二基于市场排放总量吨₂×"
        )
    finally:
        qapp.setFont(before)


def test_a_machine_with_chinese_keeps_its_font(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    before = qapp.font()
    monkeypatch.setattr(fonts, "has_chinese", lambda: True)
    fonts.prepare(qapp)
    assert qapp.font() == before


def test_figures_are_of_one_width(qapp: QApplication) -> None:
    metrics = QFontMetricsF(fonts.figures(qapp.font()))
    assert len({round(metrics.horizontalAdvance(digit * 10), 3) for digit in "0123456789"}) == 1


def test_sizes_scale_points_and_pixels() -> None:
    points, pixels = QFont("Noto Sans SC", 10), QFont("Noto Sans SC")
    pixels.setPixelSize(10)
    assert fonts.scaled(points, 2.0).pointSizeF() == 20
    assert fonts.scaled(pixels, 1.5, strong=True).pixelSize() == 15
    assert fonts.scaled(pixels, 1.5, strong=True).weight() == QFont.Weight.DemiBold
