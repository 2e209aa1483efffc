"""What a person decides about single questions: whether a conditional one applies, and what stands beside an answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from core.disclosures.question import DisclosureMap, Question
from core.errors import UserError
from core.i18n import T, Text
from core.inventory.judging import Decision
from core.ledger import Register, Step
from core.ledger.disclosures import QuestionDecision
from core.ledger.filing import Records

YES, NO = "yes", "no"
LONGEST = 2000
"""Characters of a reason and of a comment."""
APPLIES: dict[str, Text] = {"": T("Nobody has decided"), YES: T("It applies"), NO: T("It does not apply")}
"""What can be said of a conditional question."""


def decision_id(year: int, map_key: str, question: str) -> str:
    """Under which name a decision is kept.

    >>> decision_id(2025, "cdp_2025", "3.5.2")
    '2025 cdp_2025 3.5.2'
    """
    return f"{year} {map_key} {question}"


def decide(
    records: Records, asked: DisclosureMap, question: str, year: int, applies: str, reason: str, by: str
) -> Decision:
    """The change by which a person says whether a conditional question applies.

    Parameters
    ----------
    records
        of a plant or of head office.
    asked
        the map that has the question.
    question
        its id.
    year
        of the answers.
    applies
        ``yes``, ``no``, or nothing to take an earlier decision back.
    reason
        in words; needed unless a decision is taken back.
    by
        who decides.

    Raises
    ------
    UserError
        for a question that is always asked, asked of others or does not exist, and without a reason.
    """
    found = asked_for(records, asked, question)
    if found.requirement != "cond":
        raise UserError(
            T("Question {question} of {map} is not conditional.", question=question, map=asked.title),
            T("It is asked of everybody; answer it, or write a comment."),
        )
    if applies not in APPLIES:
        raise UserError(
            T("“{text}” is not in the list.", text=applies[:40]),
            T("Choose one of: {choices}.", choices=[YES, NO]),
        )
    said = reason.strip()
    if applies and not said:
        raise UserError(
            T("The reason is missing."),
            T("Say in a sentence why question {question} applies or not.", question=question),
        )
    _short(said)
    before = _held(records, asked.key, question, year)
    after = replace(before, applies=applies, reason=said if applies else "", by=by.strip() if applies else "")
    if not applies:
        why = T("Decision taken back: question {question} of {map}", question=question, map=asked.title)
    elif applies == YES:
        why = T("Question {question} of {map} applies", question=question, map=asked.title)
    else:
        why = T("Question {question} of {map} does not apply", question=question, map=asked.title)
    return Decision(why, _steps(records, [after]))


def comment(records: Records, asked: DisclosureMap, question: str, year: int, words: str) -> Decision:
    """The change by which a comment stands beside a question in the exported workbook; no words take it off.

    Raises
    ------
    UserError
        for a question that does not exist, and a comment without end.
    """
    asked_for(records, asked, question)
    said = words.strip()
    _short(said)
    after = replace(_held(records, asked.key, question, year), comment=said)
    why = T("Comment on question {question} of {map}", question=question, map=asked.title)
    return Decision(why, _steps(records, [after]))


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was decided in an earlier year or edition. It holds only when a person says so again."""

    decision: QuestionDecision

    @property
    def year(self) -> int:
        """In which it was decided."""
        return self.decision.year


def proposed(decisions: Iterable[QuestionDecision], keys: Collection[str], question: str, year: int) -> Proposal | None:
    """The latest decision of an earlier year about the same question.

    Parameters
    ----------
    decisions
        of all years and maps.
    keys
        of the map and of other editions of its framework.
    question
        its id.
    year
        now asked about.
    """
    earlier = [
        one for one in decisions
        if one.question == question and one.map in keys and one.applies and one.year < year
    ]  # fmt: skip
    return Proposal(max(earlier, key=lambda one: (one.year, one.id))) if earlier else None


def decide_as_before(
    records: Records, asked: DisclosureMap, proposals: Sequence[tuple[str, Proposal]], year: int, by: str
) -> Decision:
    """The one change by which a person takes proposals of an earlier year over, after looking at them.

    Parameters
    ----------
    records, asked, year, by
        as for :func:`decide`.
    proposals
        id of a question with what was decided about it.

    Raises
    ------
    UserError
        as :func:`decide`.
    """
    steps: list[Step] = []
    for question, one in proposals:
        steps += decide(records, asked, question, year, one.decision.applies, one.decision.reason, by).steps
    why = T("Decisions of an earlier year taken over in {map}: {count}", map=asked.title, count=len(steps))
    return Decision(why, tuple(steps))


def asked_for(records: Records, asked: DisclosureMap, question: str) -> Question:
    """A question of a map that the plant or head office is asked.

    Raises
    ------
    UserError
        when the map has none of this id, or somebody else is asked.
    """
    found = asked.question(question)
    if found is None:
        raise UserError(
            T("{map} has no question “{question}”.", map=asked.title, question=question[:60]),
            T("Write its number as in the list of questions."),
        )
    if found.level == ("plant" if isinstance(records, Register) else "group"):
        who = T("the plants") if found.level == "plant" else T("head office")
        raise UserError(
            T("Question {question} of {map} is asked of {who}.", question=question, map=asked.title, who=who),
            T("It is decided there."),
        )
    return found


def _short(words: str) -> None:
    if len(words) > LONGEST:
        raise UserError(T("This is longer than {most} characters.", most=LONGEST), T("Shorten it."))


def _held(records: Records, map_key: str, question: str, year: int) -> QuestionDecision:
    key = decision_id(year, map_key, question)
    found = records.get("question_decision", key)
    return found if isinstance(found, QuestionDecision) else QuestionDecision(key, map_key, question, year)


def _steps(records: Records, after: Iterable[QuestionDecision]) -> tuple[Step, ...]:
    """What says nothing any more is not kept."""
    steps = []
    for one in after:
        before = records.get("question_decision", one.id)
        kept = one if one.applies or one.comment else None
        if before != kept:
            steps.append(Step("question_decision", one.id, before, kept))
    return tuple(steps)
