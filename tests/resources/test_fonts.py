"""The shipped Chinese font can print what a report says and every European name, with figures that stand in line."""

from __future__ import annotations

import io
import unicodedata
from importlib.resources import files

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from reportlab.pdfbase.ttfonts import TTFont as ReportFont

from installer.fonts import EUROPEAN, FACES, repertoire

SIGNS = "→←↑↓₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹·×≥≤±≈≠§°µ‰–—“”‘’…✓□■▲▼●○①℃㎡￥¥€ΔΩ，。：；（）《》、"
NAMES = (
    "Zażółć gęślą jaźń ĄĆĘŁŃÓŚŹŻ",
    "Příliš žluťoučký kůň úpěl ďábelské ódy ŘŠČŽŮĎŤŇ",
    "Árvíztűrő tükörfúrógép ŐŰ",
    "Đặng Thị Hương Nguyễn Văn Phước ẽ ỹ",
    "Ștefan Țiriac şçğİı ĳ đ ķļņ ėįųū ŵŷ ẁẃẅ",
    "Ελένη Παπαδοπούλου άέήίόύώΐΰ",
    "Їжакевич Ґалаґан Єва Ђорђевић Љубљана Џ Ќ Ў",
)


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
    assert "Adobe" in font["name"].getDebugName(0)
    assert "Noto Project Authors" in font["name"].getDebugName(0)


def test_the_names_of_europe_and_vietnam_can_be_written(data: bytes) -> None:
    letters = TTFont(io.BytesIO(data), lazy=True).getBestCmap()

    assert [sign for name in NAMES for sign in name if ord(sign) not in letters] == []
    assert [sign for name in NAMES for sign in unicodedata.normalize("NFD", name) if ord(sign) not in letters] == []


def test_of_the_european_blocks_only_coptic_is_missing(data: bytes) -> None:
    letters = TTFont(io.BytesIO(data), lazy=True).getBestCmap()
    missing = {
        code
        for first, last in EUROPEAN
        for code in range(first, last + 1)
        if code not in letters and unicodedata.category(chr(code)) != "Cn"
    }

    assert missing == set(range(0x03E2, 0x03F0))


@pytest.mark.parametrize(("own", "added"), ["HĦ", "EĘ", "TŢ", "IĮ", "xų", "oę", "oą"])
def test_added_letters_stand_as_high_as_those_beside_them(own: str, added: str, data: bytes) -> None:
    font = TTFont(io.BytesIO(data), lazy=True)

    assert height(font, added) == pytest.approx(height(font, own), abs=6)


def test_added_letters_are_plain_outlines(data: bytes) -> None:
    font = TTFont(io.BytesIO(data), lazy=True)
    letters, outlines = font.getBestCmap(), font["glyf"]

    assert not [sign for sign in "łśčřőżẽįΆЇ" if outlines[letters[ord(sign)]].isComposite()]


def test_the_font_declares_central_european_greek_and_vietnamese(data: bytes) -> None:
    os2 = TTFont(io.BytesIO(data), lazy=True)["OS/2"]

    assert {0, 1, 2, 3, 7, 9, 29, 59} <= os2.getUnicodeRanges()
    assert {1, 2, 3, 4, 7, 8, 18} <= os2.getCodePageRanges()


def height(font: TTFont, letter: str) -> float:
    shapes = font.getGlyphSet()
    pen = BoundsPen(shapes)
    shapes[font.getBestCmap()[ord(letter)]].draw(pen)
    return float(pen.bounds[3])
