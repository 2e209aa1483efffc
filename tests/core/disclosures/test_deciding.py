"""What a person decides about questions: only conditional ones, with a reason, and back again."""

from __future__ import annotations

import pytest

from core.disclosures.deciding import comment, decide, decide_as_before, proposed
from core.errors import UserError
from core.ledger import Ledger, Register
from core.ledger.disclosures import QuestionDecision
from core.ledger.filing import Records
from tests.core.disclosures.made import MAP


@pytest.mark.parametrize("records", [Ledger(), Register()], ids=["plant", "group"])
def test_deciding_and_taking_back(records: Records) -> None:
    decided = decide(records, MAP, "3.1", 2025, "no", " No board ", "Li Na")
    assert str(decided.why) == "Question 3.1 of Own questions 2025 does not apply"
    after = records.apply(decided.steps)
    held = after.get("question_decision", "2025 own_2025 3.1")
    assert held == QuestionDecision(
        "2025 own_2025 3.1", "own_2025", "3.1", 2025, "no", "No board", by="Li Na"
    )  # fmt: skip
    assert decide(after, MAP, "3.1", 2025, "no", "No board", "Li Na").steps == ()
    back = after.apply(decide(after, MAP, "3.1", 2025, "", "", "Li Na").steps)
    assert back.get("question_decision", "2025 own_2025 3.1") is None


def test_a_comment_stays_when_the_decision_changes() -> None:
    ledger = Ledger().apply(comment(Ledger(), MAP, "3.1", 2025, "See the annual report").steps)
    ledger = ledger.apply(decide(ledger, MAP, "3.1", 2025, "yes", "There is a board", "Li Na").steps)
    ledger = ledger.apply(decide(ledger, MAP, "3.1", 2025, "", "", "Li Na").steps)
    held = ledger.get("question_decision", "2025 own_2025 3.1")
    assert isinstance(held, QuestionDecision)
    assert (held.applies, held.comment, held.by) == ("", "See the annual report", "")
    assert comment(ledger, MAP, "1", 2025, "").steps == ()


@pytest.mark.parametrize(
    ("question", "applies", "reason", "words"),
    [
        ("1", "no", "Too much work", "not conditional"),
        ("5", "no", "Optional", "not conditional"),
        ("3.1", "no", "  ", "reason is missing"),
        ("3.1", "yes", "", "reason is missing"),
        ("3.1", "maybe", "Why not", "not in the list"),
        ("99", "no", "No such", "no question"),
        ("6", "no", "Not ours", "is asked of head office"),
        ("3.1", "no", "x" * 2001, "longer than"),
    ],
)
def test_what_cannot_be_decided(question: str, applies: str, reason: str, words: str) -> None:
    with pytest.raises(UserError, match=words) as refused:
        decide(Ledger(), MAP, question, 2025, applies, reason, "Li Na")
    assert refused.value.remedy is not None


def test_what_cannot_be_commented() -> None:
    with pytest.raises(UserError, match="no question"):
        comment(Ledger(), MAP, "99", 2025, "Words")
    with pytest.raises(UserError, match="longer than"):
        comment(Ledger(), MAP, "1", 2025, "x" * 2001)


def test_proposals_are_taken_over_by_a_person() -> None:
    ledger = Ledger().apply(decide(Ledger(), MAP, "3.1", 2024, "no", "No board", "Wang Wei").steps)
    held = ledger.held(QuestionDecision)
    proposal = proposed(held, {"own_2025"}, "3.1", 2025)
    assert proposal is not None
    decided = decide_as_before(ledger, MAP, [("3.1", proposal)], 2025, "Li Na")
    after = ledger.apply(decided.steps).get("question_decision", "2025 own_2025 3.1")
    assert isinstance(after, QuestionDecision)
    assert (after.applies, after.reason, after.by, after.year) == ("no", "No board", "Li Na", 2025)
    assert ledger.get("question_decision", "2024 own_2025 3.1") is not None
    assert proposed(held, {"own_2025"}, "3.1", 2024) is None
    assert proposed(held, {"other"}, "3.1", 2025) is None


def test_head_office_does_not_decide_for_plants() -> None:
    with pytest.raises(UserError, match="is asked of the plants"):
        comment(Register(), MAP, "7", 2025, "Words")
