"""A change: one confirmed act of a person, complete enough to be shown, undone and audited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.i18n import T, Text
from core.ledger.records import Record


@dataclass(frozen=True, slots=True)
class Step:
    """One record before and after; ``None`` where it did not exist or ceases to."""

    kind: str
    id: str
    before: Record | None
    after: Record | None


@dataclass(frozen=True, slots=True)
class Change:
    """Who did what, when and why. All steps hold or none."""

    who: str
    when: datetime
    """In UTC."""
    why: Text
    steps: tuple[Step, ...]
    undoes: int = 0
    """Number of the journal entry that this change takes back; 0: it is an edit of its own."""
    redoes: int = 0
    """Number of the journal entry that this change brings back."""
    because: str = ""
    """Id of the audit finding that this change corrects; empty: made for its own sake."""


def inverse(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps that take ``steps`` back, in reverse order."""
    return tuple(Step(s.kind, s.id, s.after, s.before) for s in reversed(steps))


def undo_of(number: int, change: Change, who: str, when: datetime) -> Change:
    """The change that takes entry ``number`` back."""
    why = T("Undo: {what}", what=change.why)
    return Change(who, when, why, inverse(change.steps), undoes=number, because=change.because)


def redo_of(number: int, change: Change, who: str, when: datetime) -> Change:
    """The change that brings entry ``number`` back after it was undone."""
    why = T("Redo: {what}", what=change.why)
    return Change(who, when, why, change.steps, redoes=number, because=change.because)
