from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.report import fonts
from core.report.lines import may_break, shorten, tidy, wrap

ALPHABET = "ab 1,.，。（）锅炉房的排放-/“”"


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("tCO2e and kgCH4", "tCO₂e and kgCH₄"),
        ("t CO2", "t CO₂"),
        ("N2O, SF6; NF3", "N₂O, SF₆; NF₃"),
        ("ACO2X CO2000", "ACO2X CO2000"),
        ("a\u200bb\tc\r\nd\x07", "ab c\nd"),
        ("plain, 12.5", "plain, 12.5"),
        ("two  spaces", "two spaces"),
        ("二氧化碳CO2排放", "二氧化碳CO₂排放"),
    ],
)
def test_tidy(written: str, printed: str) -> None:
    assert tidy(written) == printed


@given(st.text(ALPHABET, max_size=80), st.floats(30, 200))
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text: str, available: float) -> None:
    lines = wrap(text, 9, False, available)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(fonts.width(line, 9) <= available + 0.01 for line in lines)


def test_no_line_starts_with_a_closing_sign_or_ends_with_an_opening_one() -> None:
    lines = wrap("张家口工厂（河北省）的排放，按照所在地法计算。" * 3, 9, False, 61)
    assert len(lines) > 5
    assert not any(line[0] in "，。）" or line[-1] == "（" for line in lines)


def test_words_stay_whole_and_only_endless_ones_are_cut() -> None:
    assert wrap("boiler house west", 9, False, 60) == ("boiler house", "west")
    assert len(wrap("x" * 200, 9, False, 60)) > 10


def test_numbers_and_dates_are_not_torn_apart() -> None:
    assert not any(may_break(a, b) for a, b in ("1,", ",2", "4-", "-0", ".5", "5%"))
    assert may_break("-", "b")
    assert may_break(" ", "b")
    assert may_break("房", "b")


@pytest.mark.parametrize(
    "text", ["reached 99,359 t CO₂e here", "合计为 99,359 t CO₂e，基于位置", "saves 2,650 MWh", "holds 5 % of"]
)
def test_a_number_stays_with_its_unit(text: str) -> None:
    units = re.findall(r"\d (?:t CO₂e|MWh|%)", text)
    for wide in range(80, 150):
        assert all(unit in "|".join(wrap(text, 9, False, wide)) for unit in units), wide


def test_a_quotation_mark_that_is_wider_in_its_line_takes_no_room_from_the_margin() -> None:
    text = "aaaa “锅炉房锅炉房锅炉房锅炉房锅炉房 b锅炉” and so on"
    for wide in range(30, 140):
        assert all(fonts.width(line, 9) <= wide + 0.01 for line in wrap(text, 9, False, wide))


def test_line_feeds_stay() -> None:
    assert wrap("a\n\nb", 9, False, 60) == ("a", "", "b")


def test_shorten_marks_the_cut() -> None:
    assert shorten(("aaa", "bbb", "ccc"), 2) == ("aaa", "bb…")
    assert shorten(("aaa",), 2) == ("aaa",)
