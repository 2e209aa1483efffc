"""The list of changes, one line an entry, and what taking changes back would alter. Pure; the store does the asking.

Nothing is ever taken out of the journal. Going back is a change like any other: it stands in the list, passes the gate
of the audit as a whole, and undo takes it back in one step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.i18n import Text
from core.ledger.changes import Step, inverse
from core.ledger.filing import Records
from core.ledger.journal import Entry, Marked
from core.ledger.records import Record
from core.ledger.references import REFERENCES, named

Key = tuple[str, str]
"""Kind and id of a record."""


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the journal without its records: what a list of ten thousand shows."""

    number: int
    who: str
    when: datetime
    why: Text
    touched: tuple[tuple[str, int], ...]
    """Kinds of records and how many of each."""
    undoes: int = 0
    redoes: int = 0
    because: str = ""
    """Id of the audit finding that it corrects."""
    final: bool = False
    """Something was signed, closed, merged or handed on: nobody goes back behind it."""
    taken_back: bool = False
    """Undone, and not brought back since."""
    merge: int = 0
    """Of an entry of another copy: number of the entry that merged it."""
    hash: str = ""
    """Of an entry of another copy, by which it is found."""

    @property
    def records(self) -> int:
        """How many records it touched."""
        return sum(count for _kind, count in self.touched)


def undone(entries: Iterable[Marked]) -> frozenset[int]:
    """Numbers of the entries that undo took back and redo did not bring again."""
    found: set[int] = set()
    for entry in entries:
        if entry.undoes:
            found.add(entry.undoes)
        elif entry.redoes:
            found.discard(entry.redoes)
    return frozenset(found)


def steps_back(later: Sequence[Entry], records: Records) -> tuple[Step, ...]:
    """What makes the records again what they were before these entries.

    Parameters
    ----------
    later
        the last entries of the journal without a gap, oldest first.
    records
        as they are now.
    """
    before: dict[Key, Record | None] = {}
    for entry in later:
        for step in entry.change.steps:
            before.setdefault((step.kind, step.id), step.before)
    steps = (Step(kind, key, records.get(kind, key), record) for (kind, key), record in before.items())
    return tuple(step for step in steps if step.before != step.after)


def steps_without(entry: Entry) -> tuple[Step, ...]:
    """What takes one entry back, whatever was done since to other records."""
    return inverse(entry.change.steps)


def altered_since(entry: Entry, records: Records) -> tuple[Key, ...]:
    """The records of an entry that are not any more what it made of them."""
    steps = {(step.kind, step.id): step.after for step in entry.change.steps}  # the last step of a record counts
    return tuple(key for key, after in steps.items() if records.get(*key) != after)


def resting_on(entry: Entry, records: Records) -> tuple[Key, ...]:
    """Records that name what the entry brought, and those that what it took away named and that are gone since.

    Without the entry the former would name nothing, and so would what comes again of the latter.
    """
    gone = {(s.kind, s.id) for s in entry.change.steps if s.before is None}
    again = {(s.kind, s.id): s.before for s in entry.change.steps if s.before is not None}
    naming = [
        (kind, key)
        for kind, held in records.records.items()
        for key, record in held.items()
        if (kind, key) not in gone and _names_any(again.get((kind, key), record), gone)
    ]
    named_by_them = {one for record in again.values() for one in _named(record)}
    missing = [one for one in named_by_them if one not in again and _is_missing(one, records)]
    return tuple(naming + sorted(missing))


def _names_any(record: Record | None, keys: set[Key]) -> bool:
    return record is not None and any(one in keys for one in _named(record))


def _named(record: Record | None) -> Iterable[Key]:
    if record is None:
        return
    for kind in _KINDS_NAMED:
        for key in named(record, kind):
            yield kind, key


def _is_missing(one: Key, records: Records) -> bool:
    return one[0] in records.records and records.get(*one) is None


_KINDS_NAMED = sorted({kind for fields in REFERENCES.values() for kind in fields.values()} | {"factor"})
