"""The independent review: a checklist that somebody outside the team answers before an opinion is issued."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from core.errors import RefusedError, UserError
from core.i18n import Name, T, verbatim
from core.inventory.judging import LONGEST, Decision
from core.ledger import Ledger, ReviewAnswer, Step

YES, NO, NOT_APPLICABLE = "yes", "no", "not_applicable"
ANSWERS = {YES: T("Yes"), NO: T("No"), NOT_APPLICABLE: T("Not applicable")}


@dataclass(frozen=True, slots=True)
class Question:
    """What the reviewer is asked."""

    key: str
    text: Name
    source: str
    """Standard and clause."""


@cache
def settings() -> Mapping[str, Any]:
    """``resources/audit/review.toml`` as it is."""
    return tomllib.loads((files("resources") / "audit" / "review.toml").read_text("utf-8"))


@cache
def questions() -> tuple[Question, ...]:
    """The checklist, in its order.

    Examples
    --------
    >>> questions()[0].key
    'independence'
    """
    return tuple(Question(q["key"], Name(q["en"], q["zh"]), q["source"]) for q in settings()["question"])


def answers(ledger: Ledger, year: int) -> dict[str, ReviewAnswer]:
    """What the reviewer answered, by question."""
    return {one.question: one for one in ledger.held(ReviewAnswer) if one.year == year}


def unanswered(ledger: Ledger, year: int) -> tuple[Question, ...]:
    """Questions that still wait."""
    given = answers(ledger, year)
    return tuple(question for question in questions() if question.key not in given)


def refused(ledger: Ledger, year: int) -> tuple[Question, ...]:
    """Questions that were answered with no: the audit goes back to the team."""
    given = answers(ledger, year)
    return tuple(question for question in questions() if question.key in given and given[question.key].answer == NO)


def answering(ledger: Ledger, year: int, question: str, answer: str, remark: str, by: str) -> Decision:
    """The reviewer's answer, in the place of an earlier one.

    Parameters
    ----------
    ledger, year
        of the audit.
    question
        key of the checklist.
    answer
        of :data:`ANSWERS`.
    remark
        needed for everything but yes.
    by
        id of the person, who must be the reviewer of the engagement.

    Raises
    ------
    UserError
        for an unknown question or answer, without a remark where one is needed, when somebody else answers, and when
        nothing would change.
    """
    asked = next((one for one in questions() if one.key == question), None)
    if asked is None or answer not in ANSWERS:
        known = [one.key for one in questions()]
        raise UserError(
            T("The checklist has no question “{question}” with the answer “{answer}”.",
              question=verbatim(question), answer=verbatim(answer)),
            T("Questions: {known}. Answers: yes, no, not_applicable.", known=known),
        )  # fmt: skip
    engagement = ledger.engagement(year)
    if engagement is None or engagement.reviewer != by:
        raise RefusedError(
            T("Only the independent reviewer answers the checklist."), T("Name the reviewer in the engagement.")
        )
    said = remark.strip()[:LONGEST]
    if answer != YES and not said:
        raise UserError(T("The remark is missing."), T("Say why in a sentence; the team must know what to do."))
    key = f"{year}:{question}"
    before, after = ledger.get("review_answer", key), ReviewAnswer(key, year, question, answer, by, said)
    if before == after:
        raise UserError(T("Nothing changes: it was answered so already."), T("Give another answer or remark."))
    why = T("Review of {year}: {question} {answer}", year=str(year), question=asked.text, answer=ANSWERS[answer])
    return Decision(why, (Step("review_answer", key, before, after),))
