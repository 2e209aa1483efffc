from __future__ import annotations

import itertools
import math
import re
from dataclasses import fields

import pytest
from PySide6.QtCore import QEvent, QFile
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from gui import theme
from gui.theme import DARK, LIGHT, PAPERS, TEXT_TOKENS, Tokens, contrast

BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda t: t.name)
# Machado, Oliveira, Fernandes 2009: what protanopes, deuteranopes and tritanopes see (linear RGB, severity 1).
VISION = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@BOTH
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("token", TEXT_TOKENS)
def test_text_can_be_read_on_every_paper(tokens: Tokens, token: str, paper: str) -> None:
    assert contrast(getattr(tokens, token), getattr(tokens, paper)) >= 4.5


@BOTH
def test_what_can_be_operated_has_a_visible_edge(tokens: Tokens) -> None:
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.edge, tokens.raised) >= 3
    assert contrast(tokens.edge, tokens.surface) >= 3


@BOTH
def test_series_stand_out_from_paper(tokens: Tokens) -> None:
    assert all(contrast(colour, tokens.raised) >= 3 for colour in tokens.series)


@BOTH
@pytest.mark.parametrize("vision", VISION)
def test_series_are_told_apart_by_everyone(tokens: Tokens, vision: str) -> None:
    seen = [_lab(colour, VISION[vision]) for colour in tokens.series]
    assert min(math.dist(a, b) for a, b in itertools.combinations(seen, 2)) > 14


def test_the_choice_dresses_the_application_and_its_windows(qtbot: QtBot, qapp: QApplication) -> None:
    worn = QWidget()
    theme.apply(qapp, "light")
    theme.dress(worn)
    qtbot.addWidget(worn)
    theme.apply(qapp, "dark")
    assert theme.tokens() is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.surface
    assert DARK.line in worn.styleSheet()
    theme.apply(qapp, "light")
    assert theme.tokens() is LIGHT
    assert LIGHT.line in worn.styleSheet() and not qapp.styleSheet()


@BOTH
def test_the_stylesheet_knows_every_token_it_names(tokens: Tokens) -> None:
    assert "@" not in theme.stylesheet(tokens).replace("@names", "")
    assert {f.name for f in fields(tokens)} > set(TEXT_TOKENS) | set(PAPERS)


def _lab(hex_colour: str, matrix: tuple[tuple[float, float, float], ...]) -> tuple[float, float, float]:
    raw = [int(hex_colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in raw]
    r, g, b = (min(1.0, max(0.0, sum(m * c for m, c in zip(row, linear, strict=True)))) for row in matrix)
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


class _Dressed(QWidget):
    times = 0

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.times += 1
        super().changeEvent(event)


@BOTH
def test_every_picture_the_stylesheet_names_is_there(dressed: QApplication, tokens: Tokens) -> None:
    named = re.findall(r"url\((theme:[^)]*)\)", theme.stylesheet(tokens))
    assert len(named) >= 4 and all(QFile.exists(one) for one in named)


@pytest.mark.parametrize("kind", [QLineEdit, QComboBox, QSpinBox])
def test_what_is_typed_into_has_the_edge_of_a_field(dressed: QApplication, qtbot: QtBot, kind: type[QWidget]) -> None:
    field = kind()
    qtbot.addWidget(field)
    theme.dress(field)
    field.resize(120, field.sizeHint().height())
    seen = field.grab().toImage()
    assert seen.pixelColor(0, seen.height() // 2).name() == theme.tokens().edge


def test_who_is_dressed_already_is_left_alone(dressed: QApplication, qtbot: QtBot) -> None:
    worn = _Dressed()
    qtbot.addWidget(worn)
    worn.show()
    theme.apply(dressed, "light")
    before = worn.times
    theme.apply(dressed, "light")
    assert worn.times == before
    try:
        theme.apply(dressed, "dark")
        assert worn.times > before
        assert worn.palette().color(QPalette.ColorRole.Window).name() == DARK.surface
    finally:
        theme.apply(dressed, "light")
    assert worn.palette().color(QPalette.ColorRole.Window).name() == LIGHT.surface
