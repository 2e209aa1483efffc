"""Answers beside those of another year, or beside what was handed in: what moved, by how much, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.disclosures.question import Question
from core.disclosures.readiness import QuestionState, Readiness, as_asked
from core.disclosures.submitting import rounded, submitted, written
from core.disclosures.value import PointValue
from core.i18n import T, Text
from core.ledger.disclosures import Submission
from core.library import EXACT

CHANGES: dict[str, Text] = {
    "same": T("unchanged"),
    "changed": T("changed"),
    "new": T("new"),
    "gone": T("no longer answered"),
    "none": T("never answered"),
}
"""What became of an answer."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One data point of one question, then and now."""

    question: Question
    point: str
    old: PointValue | None
    """None: it was not answered."""
    new: PointValue | None
    change: str
    """One of :data:`CHANGES`."""
    difference: Decimal | None = None
    """New less old, of numbers in one unit."""
    percent: Decimal | None = None
    """Of the old number; None where that was 0. [%]"""
    reason: str = ""
    """What whoever answers says beside the question."""


def compare(readiness: Readiness, old: Mapping[str, PointValue] | Submission) -> tuple[Compared, ...]:
    """Each data point of each question, beside what it was.

    Parameters
    ----------
    readiness
        of this year; questions that do not apply now are compared too, for they may have been answered before.
    old
        what was known of another year, by data point; or what was handed in.

    Returns
    -------
    tuple of Compared
        in the order of the map.
    """
    handed_in = submitted(old) if isinstance(old, Submission) else {}
    known = {} if isinstance(old, Submission) else old
    return tuple(
        _compared(state, handed_in.get((state.question.id, value.point), known.get(value.point)), value)
        for state in readiness.questions
        for value in state.values
    )


def _compared(state: QuestionState, former: PointValue | None, value: PointValue) -> Compared:
    old = as_asked(state.question, former) if former is not None and former.missing is None else None
    new = value if value.missing is None and state.state != "not_applicable" else None
    change = _change(old, new)
    difference, percent = None, None
    if old is not None and new is not None:
        difference, percent = differing(old, new)
    return Compared(state.question, value.point, old, new, change, difference, percent, state.comment or state.reason)


def _change(old: PointValue | None, new: PointValue | None) -> str:
    if old is None:
        return "none" if new is None else "new"
    if new is None:
        return "gone"
    return "same" if alike(old, new) else "changed"


def alike(old: PointValue, new: PointValue) -> bool:
    """Whether two say the same: a number with more zeros behind it is the same number."""
    return (written(old), old.unit, old.rows) == (written(new), new.unit, new.rows)


def differing(old: PointValue, new: PointValue) -> tuple[Decimal | None, Decimal | None]:
    """By how much a number moved, and by how many per cent of what it was; None where that says nothing.

    >>> differing(PointValue("ghg.s1", Decimal(80)), PointValue("ghg.s1", Decimal(60)))
    (Decimal('-20'), Decimal('-25'))
    """
    if not isinstance(old.value, Decimal) or not isinstance(new.value, Decimal) or old.unit != new.unit:
        return None, None
    before = rounded(old.value)
    difference = EXACT.subtract(rounded(new.value), before)
    if not before:
        return difference, None
    return difference, EXACT.divide(EXACT.multiply(difference, Decimal(100)), abs(before))
