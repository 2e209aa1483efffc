"""Merging a colleague's copy of a plant file: what each copy changed since they were one joins, field by field.

What one copy changed alone is taken. What both changed alike is no question; what both changed differently is asked.
The result follows from the entries of both copies and from what is decided, so it is the same whichever copy is merged
into the other, and three copies may be merged in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from core.errors import UserError
from core.i18n import T, Text
from core.ledger.changes import Change, Decided, Merged, Rename, Step
from core.ledger.codec import from_plain
from core.ledger.ledger import Ledger
from core.ledger.merging_join import Conflict, Joined, Joins, joined
from core.ledger.merging_names import Names, renames
from core.ledger.merging_past import Past
from core.ledger.merging_threads import Key, Thing, Told
from core.ledger.merging_touches import touches
from core.ledger.records import KINDS, Record

Answers: TypeAlias = "Mapping[tuple[str, str, str], str]"
"""``ours`` or ``theirs`` by kind, id and part of each conflict."""
OURS, THEIRS = "ours", "theirs"
_ORDER = {kind: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Side:
    """A copy: what it knows, and how it came to that."""

    ledger: Ledger
    line: Sequence[str]
    """Hashes of the entries of its journal, the oldest first."""
    hashes: frozenset[str]
    """Of these and of all entries that merges brought into it."""
    entries: Iterable[Told]
    """The same entries, each after those that it names; of the other copy those that ours has may be left out."""

    @property
    def head(self) -> str:
        """Hash of the last entry of its journal."""
        return self.line[-1]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of our records become others by a merge."""

    added: int = 0
    changed: int = 0
    deleted: int = 0
    renamed: int = 0
    """Got another id because the other copy had given theirs away too."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a merge comes to, before anything is decided."""

    past: Past
    """Of both copies, as ours will tell it."""
    ours: Ledger
    joined: tuple[Joined, ...]
    renames: tuple[Rename, ...]
    entries: tuple[Told, ...]
    """What the other copy has and ours has not."""
    head: str
    base: str

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What a person has to decide, in the order of kinds and ids."""
        found = (conflict for one in self.joined for conflict in one.conflicts)
        return tuple(sorted(found, key=lambda one: (_ORDER[one.kind], one.id)))

    @property
    def nothing(self) -> bool:
        """Whether the other copy holds nothing that ours does not."""
        return all(one.merges is not None and not one.merges["decisions"] for one in self.entries)

    @property
    def people(self) -> dict[str, int]:
        """Who made the entries that join, and how many."""
        found: dict[str, int] = {}
        for one in self.entries:
            if one.merges is None:
                found[str(one.change["who"])] = found.get(str(one.change["who"]), 0) + 1
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    def steps(self, answers: Answers) -> tuple[Step, ...]:
        """From our ledger to the merged one.

        Raises
        ------
        UserError
            when something is not decided, or a record of the other copy is none of ours.
        """
        if open_ := [one for one in self.conflicts if one.key not in answers]:
            raise UserError(
                T("Both copies changed the same, and nobody decided: {count}.", count=len(open_)),
                T("Decide for each of them which copy holds."),
            )
        held: dict[Key, Thing] = {}
        made: dict[Key, tuple[Thing, Record]] = {}
        for one in self.joined:
            if one.ours_id is not None and self.ours.get(one.kind, one.ours_id) is not None:
                held[one.kind, one.ours_id] = one.thing
            if (plain := one.decided(answers)) is not None:
                made[one.kind, one.id] = (one.thing, from_plain(one.kind, plain))
        found: list[Step] = []
        for kind, key in sorted({*held, *made}, key=lambda target: (_ORDER[target[0]], target[1])):
            before, (thing, after) = self.ours.get(kind, key), made.get((kind, key), (None, None))
            if before is not None and after is not None and held.get((kind, key)) != thing:
                # another record takes the id: it was not changed into that
                found += [Step(kind, key, before, None), Step(kind, key, None, after)]
            elif before != after:
                found.append(Step(kind, key, before, after))
        return tuple(found)

    def counted(self) -> dict[str, Counts]:
        """What joins by itself, by kind of record."""
        found: dict[str, Counts] = {}
        for one in self.joined:
            before = None if one.ours_id is None else self.ours.get(one.kind, one.ours_id)
            after = None if one.plain is None else from_plain(one.kind, one.plain)
            if one.conflicts or before == after:
                continue
            held = found.get(one.kind, Counts())
            if before is None or after is None:
                held = replace(held, added=held.added + (before is None), deleted=held.deleted + (after is None))
            elif replace(before, id=after.id) != after:
                held = replace(held, changed=held.changed + 1)
            else:
                held = replace(held, renamed=held.renamed + 1)
            found[one.kind] = held
        return dict(sorted(found.items(), key=lambda pair: _ORDER[pair[0]]))

    def change(self, answers: Answers, who: str, when: datetime) -> Change:
        """The merge as one change of our file."""
        decisions = tuple(Decided(c.kind, c.id, c.part, answers[c.key]) for c in self.conflicts if c.key in answers)
        merged = Merged(self.head, self.base, len(self.entries), self.renames, decisions)
        return Change(who, when, self.why, self.steps(answers), merges=merged)

    @property
    def why(self) -> Text:
        """As the journal says it."""
        count = sum(self.people.values())
        return T("A copy was merged: {count} changes by {people}", count=count, people=list(self.people) or ["–"])


def compare(ours: Side, theirs: Side, joins: Joins | None = None) -> Comparison:
    """Hold two copies of one file against each other.

    Parameters
    ----------
    ours, theirs
        the copies.
    joins
        of kinds of records that only others can join.

    Raises
    ------
    UserError
        when they did not begin as one file.
    ValueError
        when an entry names another one that is not there.
    """
    if not ours.hashes & theirs.hashes:
        raise UserError(
            T("These are not two copies of one plant: their journals have no entry in common."),
            T("Choose a copy that was once made of this file."),
        )
    past, own, new = Past(), list[Told](), list[Told]()
    for told in ours.entries:
        past.add(told)
        if told.hash not in theirs.hashes:
            own.append(told)
    for told in theirs.entries:
        if told.hash not in ours.hashes:
            new.append(replace(told, merge=len(ours.line) + 1))
            past.add(new[-1])
    web = past.web
    names = Names(web, web.at[ours.head], web.at[theirs.head])
    names.settle([*own, *new])
    found = joined(names, ours.ledger, theirs.ledger, touches(web, own), touches(web, new), joins or {})
    base = next(digest for digest in reversed(ours.line) if digest in theirs.hashes)
    living = {one.thing for one in found if one.plain is not None}
    called = tuple(Rename(*one) for one in renames(names, living))
    return Comparison(past, ours.ledger, found, called, tuple(new), theirs.head, base)
