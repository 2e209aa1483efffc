"""Answers in words to head office: one judgement a question, which stays through editions and closed years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.errors import UserError
from core.handover.answering import about, answered, answering, travels_in
from core.handover.noticed import items_of
from core.handover.notices import Notice
from core.ledger import Closing, Judgement, Ledger, Plant
from core.library import load_library

WORDS = {"what": "words", "subject": "", "unit": "", "years": "2023 2024", "words": "Who owns the roof?"}
FIGURE = {"what": "figure", "subject": "production", "unit": "piece", "years": "2024", "words": ""}
NOTICE = Notice("request", "Data 2024", "Wood Group", (FIGURE, WORDS))
EMPTY = Ledger.of([Plant("Birch", "GB", "")])


def answer(ledger: Ledger, text: str) -> Ledger:
    return ledger.apply(answering(NOTICE, WORDS, ledger, text).steps)


def test_an_answer_closes_the_item_and_another_takes_its_place() -> None:
    first = answer(EMPTY, " The landlord. ")
    (held,) = first.held(Judgement)
    assert (held.year, held.verdict, held.reason) == (2024, "answered", "The landlord.")
    figure, words = items_of(NOTICE, first, load_library())
    assert (figure.done, words.done, words.answer) == (False, True, "The landlord.")
    second = answer(first, "We do.")
    assert [one.reason for one in second.held(Judgement)] == ["We do."]
    with pytest.raises(UserError, match="answered so already"):
        answer(second, "We do. ")


def test_it_is_known_again_in_another_edition_of_the_same_question_only() -> None:
    held = answer(EMPTY, "We do.").held(Judgement)
    later = replace(NOTICE, title=" data  2024", edition=2, rows=(WORDS,))
    assert answered(later, WORDS, held) is not None
    for other in ({**WORDS, "words": "Who owns the car park?"}, {**WORDS, "years": "2024"}):
        assert answered(later, other, held) is None
    assert about(replace(NOTICE, group="Other"), WORDS) != about(NOTICE, WORDS)


def test_what_is_closed_stays_and_the_answer_goes_with_the_next_year() -> None:
    closed = Ledger.of([Plant("Birch", "GB", ""), Closing("2024", "0" * 64, 1, 1, date(2025, 2, 1), "done")])
    assert (travels_in(WORDS, EMPTY), travels_in(WORDS, closed)) == (2024, 2025)
    (held,) = answer(closed, "We do.").held(Judgement)
    assert held.year == 2025
    assert items_of(NOTICE, answer(closed, "We do."), load_library())[1].done


@pytest.mark.parametrize(("text", "why"), [(" ", "empty"), ("x" * 2001, "longer than")])
def test_what_says_nothing_or_too_much_is_refused(text: str, why: str) -> None:
    with pytest.raises(UserError, match=why):
        answer(EMPTY, text)


def test_data_are_not_answered_in_words() -> None:
    with pytest.raises(UserError, match="not answered in words"):
        answering(NOTICE, FIGURE, EMPTY, "Many")
