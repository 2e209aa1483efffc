"""Copies of a plant file as plain values: what a file does with a merge, without a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from core.i18n import T
from core.ledger import Change, Entry, Ledger, Record, Step, kind_of, next_entry, undo_target
from core.ledger.changes import undo_of
from core.ledger.journal import GENESIS, change_to_plain
from core.ledger.merging import Comparison, Side, compare
from core.ledger.merging_join import Conflict
from core.ledger.merging_threads import Told
from tests.core.samples import PLANT

NOW = datetime(2025, 3, 1, tzinfo=UTC)
Decide = Callable[[Conflict], str]


def nobody(conflict: Conflict) -> str:
    """For merges that must not ask."""
    raise AssertionError(f"asked about {conflict.key}")


def ours(_conflict: Conflict) -> str:
    return "ours"


def theirs(_conflict: Conflict) -> str:
    return "theirs"


def larger(conflict: Conflict) -> str:
    """Decides by what is decided alone, never by whose it is."""
    values = [
        None if side is None else [repr(side[name]) for name in conflict.fields]
        for side in (conflict.ours, conflict.theirs)
    ]
    if values[0] is None or values[1] is None:
        return "theirs" if values[0] is None else "ours"
    return "ours" if values[0] >= values[1] else "theirs"


@dataclass(frozen=True)
class Copy:
    """A copy of the file: never changed, every act gives another one."""

    ledger: Ledger = Ledger()  # noqa: RUF009
    line: tuple[Entry, ...] = ()
    beside: tuple[Told, ...] = ()
    """Entries of other copies."""
    who: str = "Li Na"

    @staticmethod
    def new(*records: Record) -> Copy:
        return Copy().put(PLANT, *records)

    def by(self, who: str) -> Copy:
        """The same copy in somebody else's hands."""
        return replace(self, who=who)

    def put(self, *records: Record, because: str = "") -> Copy:
        """Make or change records."""
        return self.act(
            *(Step(kind_of(r), r.id, self.ledger.get(kind_of(r), r.id), r) for r in records), because=because
        )

    def drop(self, *records: Record) -> Copy:
        return self.act(*(Step(kind_of(r), r.id, self.ledger.get(kind_of(r), r.id), None) for r in records))

    def act(self, *steps: Step, because: str = "") -> Copy:
        return self.take(Change(self.who, self.now(), T("Edit"), steps, because=because))

    def now(self) -> datetime:
        """Later than everything before."""
        return NOW + timedelta(minutes=len(self.line))

    def undo(self) -> Copy:
        number = undo_target(self.line)
        if number <= 1:
            return self
        return self.take(undo_of(number, self.line[number - 1].change, self.who, self.now()))

    def take(self, change: Change) -> Copy:
        entry = next_entry(change, self.line[-1] if self.line else None)
        return replace(self, ledger=self.ledger.apply(change.steps), line=(*self.line, entry))

    def told(self) -> tuple[Told, ...]:
        """All entries, each after those that it names."""
        found: list[Told] = []
        for entry in self.line:
            found += [told for told in self.beside if told.merge == entry.number]
            found.append(Told(entry.number, entry.previous, entry.hash, change_to_plain(entry.change)))
        return tuple(found)

    def side(self) -> Side:
        told = self.told()
        return Side(self.ledger, tuple(e.hash for e in self.line), frozenset(t.hash for t in told), told)

    def compared(self, other: Copy) -> Comparison:
        return compare(self.side(), other.side())

    def merge(self, other: Copy, decide: Decide = nobody) -> Copy:
        """The other copy joins; nothing where it has nothing new."""
        found = self.compared(other)
        if found.nothing:
            return self
        answers = {one.key: decide(one) for one in found.conflicts}
        made = self.take(found.change(answers, self.who, self.now()))
        return replace(made, beside=(*self.beside, *found.entries))

    def verified(self) -> bool:
        """Whether every entry follows from those it names, up to the first."""
        known = {GENESIS: 0}
        for told in self.told():
            if told.previous not in known or told.number != known[told.previous] + 1:
                return False
            if told.merges is not None and told.merges["head"] not in known:
                return False
            known[told.hash] = told.number
        return True
