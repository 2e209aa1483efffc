"""The shipped Chinese font can print what a report says, with columns of figures that stand in line."""

from __future__ import annotations

import io
from importlib.resources import files

import pytest
from fontTools.ttLib import TTFont
from reportlab.pdfbase.ttfonts import TTFont as ReportFont

from installer.fonts import FACES, repertoire

SIGNS = "→←↑↓₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹·×≥≤±≈≠§°µ‰–—“”‘’…✓□■▲▼●○①℃㎡￥¥€ΔΩ，。：；（）《》、"


@pytest.fixture(scope="module", params=[face.target for face in FACES])
def data(request: pytest.FixtureRequest) -> bytes:
    return (files("resources") / "fonts" / str(request.param)).read_bytes()


def test_outlines_are_truetype_and_reportlab_takes_them(data: bytes) -> None:
    assert "glyf" in TTFont(io.BytesIO(data), lazy=True)
    assert ReportFont("Any", io.BytesIO(data)).face.charWidths[ord("碳")] == 1000


def test_signs_and_all_han_characters_of_gbk_are_there(data: bytes) -> None:
    letters = TTFont(io.BytesIO(data), lazy=True).getBestCmap()

    assert [sign for sign in SIGNS if ord(sign) not in letters] == []
    assert [chr(code) for code in repertoire() if 0x4E00 <= code <= 0x9FA5 and code not in letters] == []


def test_figures_are_tabular(data: bytes) -> None:
    font = TTFont(io.BytesIO(data), lazy=True)
    letters, widths = font.getBestCmap(), font["hmtx"]

    for figures in ("0123456789", "₀₁₂₃₄₅₆₇₈₉"):
        assert len({widths[letters[ord(figure)]][0] for figure in figures}) == 1


def test_the_font_may_be_embedded_and_carries_its_licence(data: bytes) -> None:
    font = TTFont(io.BytesIO(data), lazy=True)

    assert font["OS/2"].fsType == 0
    assert "SIL Open Font License" in font["name"].getDebugName(13)
    assert "Source" not in font["name"].getDebugName(1)
