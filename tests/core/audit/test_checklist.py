"""The checklist of the independent review: every question is answered by the reviewer alone, a no with a remark."""

from __future__ import annotations

import pytest

from core.audit.checklist import answering, questions, refused, unanswered
from core.errors import UserError
from core.ledger import Engagement, Ledger
from tests.core.samples import PLANT

LEDGER = Ledger.of([PLANT, Engagement("2023", "Client", "Site", "Verify", "All", reviewer="pe2")])


def answered(ledger: Ledger, question: str, answer: str, remark: str = "") -> Ledger:
    return ledger.apply(answering(ledger, 2023, question, answer, remark, "pe2").steps)


def test_questions_have_a_source_and_both_languages() -> None:
    keys = [one.key for one in questions()]
    assert len(keys) == len(set(keys)) >= 10
    for one in questions():
        assert one.source
        assert one.text.en.endswith("?")
        assert one.text.zh.endswith("？")


def test_a_question_waits_until_it_is_answered_and_a_no_sends_back() -> None:
    assert unanswered(LEDGER, 2023) == questions()
    ledger = LEDGER
    for one in questions():
        ledger = answered(ledger, one.key, "yes")
    assert unanswered(ledger, 2023) == ()
    assert refused(ledger, 2023) == ()
    no = answered(ledger, "risk", "no", "The boiler was forgotten.")
    assert [one.key for one in refused(no, 2023)] == ["risk"]
    assert refused(answered(no, "risk", "yes", "Mended."), 2023) == ()


@pytest.mark.parametrize("answer", ["no", "not_applicable"])
def test_what_is_not_yes_needs_a_remark(answer: str) -> None:
    with pytest.raises(UserError, match="remark is missing"):
        answered(LEDGER, "risk", answer, "  ")


def test_only_the_reviewer_answers() -> None:
    with pytest.raises(UserError, match="Only the independent reviewer"):
        answering(LEDGER, 2023, "risk", "yes", "", "pe1")


def test_unknown_questions_and_answers_name_the_known_ones() -> None:
    for question, answer in (("weather", "yes"), ("risk", "perhaps")):
        with pytest.raises(UserError, match="checklist has no question") as refusal:
            answering(LEDGER, 2023, question, answer, "", "pe2")
        assert "independence" in str(refusal.value.remedy)


def test_the_same_answer_twice_changes_nothing() -> None:
    with pytest.raises(UserError, match="Nothing changes"):
        answered(answered(LEDGER, "risk", "yes"), "risk", "yes")


def test_the_chinese_guideline_is_named_with_a_clause_that_was_read() -> None:
    """What was read of it stands in the page about the method; a review inside the verification body is not in it."""
    named = [one.source for one in questions() if "130号" in one.source]
    assert named == ["ISO 14064-3:2019, 6.2 and 6.3; 环办气候函〔2021〕130号, 2.5 (不符合项)"]
