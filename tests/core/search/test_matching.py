from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.search.matching import BEGINNING, ELSEWHERE, EXACT, LOOSE, TITLE, WORD, fit, folded, loose_fit, typed

WORDS = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8)


def test_the_title_counts_for_more_than_the_rest_and_its_beginning_for_most() -> None:
    haystack = folded("Boiler house") + "\ninvoice 77"
    ends = len("Boiler house")
    asked = ("boiler house", "boil", "house", "ouse", "77")
    assert [fit((word,), haystack, ends) for word in asked] == [EXACT, BEGINNING, WORD, TITLE, ELSEWHERE]


def test_the_worst_word_says_how_well_all_fit_and_a_missing_one_that_they_do_not() -> None:
    assert fit(("boiler", "77"), "boiler house\n77", 12) == ELSEWHERE
    assert fit(("boiler", "78"), "boiler house\n77", 12) is None


def test_chinese_has_no_gaps_between_words() -> None:
    assert fit(typed("天然气"), folded("外购天然气"), 5) == WORD


def test_full_width_letters_and_accents_do_not_matter() -> None:
    assert folded("Ｋｒｏｓｎｏ É") == folded("krosno e")


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_whatever_is_contained_is_found(words: list[str]) -> None:
    haystack = folded("\n".join(words))
    assert fit(typed(" ".join(words)), haystack, len(haystack)) is not None


def test_a_command_is_found_by_first_letters_and_by_letters_in_order_but_never_by_others() -> None:
    names = ["Go to Renewables", "转到可再生电力"]
    assert loose_fit("gtr", names) == TITLE + 1
    assert loose_fit("gorenew", names) == TITLE + 1
    assert loose_fit("rnwbl", names) == LOOSE
    assert loose_fit("可再生", names) == WORD
    assert loose_fit("zq", names) is None
    assert loose_fit("eo", names) is None, "two letters in any order fit nearly every title"
