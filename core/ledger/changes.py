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
class Rename:
    """What a record of one of two merged copies is called since, because the other copy had given the id away too."""

    ours: bool
    """True: of the copy that the journal belongs to; False: of the one that joined."""
    kind: str
    before: str
    after: str
    """The same as ``before`` where it keeps an id that both copies had given."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decided where two copies had changed the same."""

    kind: str
    id: str
    part: str
    """The fields that belong together, by the first of them; empty: the record as a whole."""
    taken: str
    """``ours`` or ``theirs``."""


@dataclass(frozen=True, slots=True)
class Merged:
    """That a change joins another copy of the file: its entries stay beside the journal, word by word."""

    head: str
    """Hash of the other copy's last entry."""
    base: str
    """Hash of the last entry of our own journal that the other copy has too."""
    entries: int
    """How many entries of the other copy were new here."""
    renames: tuple[Rename, ...] = ()
    decisions: tuple[Decided, ...] = ()


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
    merges: Merged | None = None
    """The copy whose changes join by this one; None: made here."""


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
