from __future__ import annotations

import pytest

from core.report import fonts


def test_polish_czech_spanish_and_chinese_names_can_be_printed() -> None:
    for text in (
        "Łódź, Jasło, Krosno",
        "Plzeň, Cheb, Řež, Žďár",
        "Querétaro, Ñuñoa",
        "张家口镕鎏喆堃",
        "CO₂ N₂O m³ 10⁴ µ Ω ≥ −",
    ):
        assert "".join(part for _, part in fonts.runs(text)) == text


def test_a_sign_without_glyph_is_named_with_its_text() -> None:
    with pytest.raises(fonts.MissingGlyph) as caught:
        fonts.runs("boiler 🔥 house")
    assert "U+1F525" in caught.value.text("en")
    assert "boiler 🔥 house" in caught.value.text("en")


def test_the_font_itself_refuses_what_it_lacks() -> None:
    with pytest.raises(fonts.MissingGlyph):
        fonts.loaded(fonts.LATIN).splitString("温", object())


def test_figures_are_tabular_and_the_minus_is_as_wide() -> None:
    for bold in (False, True):
        assert len({round(fonts.width(sign, 10, bold), 6) for sign in "0123456789−"}) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("排放“总量”", [(fonts.HAN, "排放“总量”")]),
        ("he said “yes”", [(fonts.LATIN, "he said “yes”")]),
        ("of “屋顶” too", [(fonts.LATIN, "of “"), (fonts.HAN, "屋顶"), (fonts.LATIN, "” too")]),
        ("“屋顶 1” runs", [(fonts.LATIN, "“"), (fonts.HAN, "屋顶"), (fonts.LATIN, " 1” runs")]),
        ("“Roof 1”：好", [(fonts.HAN, "“"), (fonts.LATIN, "Roof 1"), (fonts.HAN, "”：好")]),
        ("“屋顶”", [(fonts.HAN, "“屋顶”")]),
        ("锅炉 A", [(fonts.HAN, "锅炉"), (fonts.LATIN, " A")]),
        ("25℃", [(fonts.LATIN, "25"), (fonts.HAN, "℃")]),
        ("", []),
    ],
)
def test_each_letter_goes_to_the_font_that_suits_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert list(fonts.runs(text)) == expected


def test_widths_add_up() -> None:
    text = "张家口 Zhangjiakou “3.2” t"
    assert sum(fonts.letters(text, 9)) == pytest.approx(fonts.width(text, 9))
