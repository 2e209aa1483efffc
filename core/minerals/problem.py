"""What stands against a declaration: where, why, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.i18n import Localised, Name, T, Text, Value

REJECTED, INCOMPLETE, REVIEW, COMPLETE = "rejected", "incomplete", "review", "complete"
LEVELS = (REJECTED, INCOMPLETE, REVIEW)
"""It contradicts itself or cannot count; something is missing; a person has to look. Worst first."""
STATUSES = (*LEVELS, COMPLETE)
STATUS_NAMES: dict[str, Localised] = {
    REJECTED: Name("rejected", "不予接受"),
    INCOMPLETE: T("incomplete"),
    REVIEW: T("to be reviewed"),
    COMPLETE: T("complete"),
}
MOST_NAMED = 8
"""Things that a sentence names; of more their number follows."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, missing or to be looked at."""

    level: str
    """One of :data:`LEVELS`."""
    rule: str
    """Key of what found it."""
    place: Text
    """Where in the workbook: a field, a question, the list of smelters."""
    message: Text
    remedy: Text
    mineral: str = ""
    rows: tuple[int, ...] = ()
    """Of the list of smelters or products, counted from 1."""


def status_of(problems: Iterable[Problem]) -> str:
    """The worst of them; ``complete`` where there is none.

    Examples
    --------
    >>> status_of(())
    'complete'
    """
    found = {one.level for one in problems}
    return next((level for level in LEVELS if level in found), COMPLETE)


def some(names: Iterable[Value]) -> list[Value]:
    """The first of many for a sentence, and how many more there are."""
    every = list(names)
    if len(every) <= MOST_NAMED:
        return every
    return [*every[:MOST_NAMED], T("{count} more", count=len(every) - MOST_NAMED)]
