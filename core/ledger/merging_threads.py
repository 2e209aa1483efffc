"""The histories of copies of one file as one web of entries: what each id stood for, when, and who saw what.

An entry names the one before it by its hash, a merge also the last entry of the copy that joined. So the entries of
several copies that began as one file form one web, in which every copy is a walk along a line. Two entries of which
none came before the other were made without knowing of each other.

Ids alone do not say which record is meant: two copies give the same next id away. What a record *is* therefore follows
from what it was when it was made: its kind, its id and its content. Made alike on two copies it is one record.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from core.ledger.canonical import canonical
from core.ledger.codec import usual
from core.ledger.journal import GENESIS
from core.ledger.merging_parts import NATURAL
from core.ledger.references import FACTOR, REFERENCES

Key: TypeAlias = "tuple[str, str]"
"""Kind and id, as one copy calls a record at one time."""
Thing: TypeAlias = "tuple[str, str]"
"""Kind and mark: a record itself, whatever it is called."""
Place: TypeAlias = "tuple[int, int]"
"""Line, and position on it."""
_SEPARATORS = re.compile("([:@])")


@dataclass(frozen=True, slots=True)
class Told:
    """An entry of a journal, its change in plain form."""

    number: int
    previous: str
    hash: str
    change: Mapping[str, Any]
    merge: int = 0
    """Number of the entry that brought it from another copy; 0: it is of the journal itself."""

    @property
    def merges(self) -> Mapping[str, Any] | None:
        """What it merges; None: it was made where it stands."""
        found: Mapping[str, Any] | None = self.change.get("merges")
        return found


@dataclass(slots=True)
class _Line:
    """Entries one behind the other."""

    parent: Place | None
    """The entry it branched off from."""
    first: int
    """Number of its first entry."""
    length: int = 1
    names: dict[Key, list[tuple[int, Thing]]] = field(default_factory=dict)
    """What an id stands for, from a position on."""
    seen: list[tuple[int, dict[int, int]]] = field(default_factory=list)
    """From a position on: of other lines, up to where they came before it."""


@dataclass(slots=True)
class Threads:
    """The web. Entries are added after those that they name."""

    at: dict[str, Place] = field(default_factory=dict)
    """By hash of the entry."""
    touched: dict[Thing, list[str]] = field(default_factory=dict)
    """Hashes of the entries that made, changed or deleted a record, in the order in which they were added."""
    births: dict[Thing, list[tuple[Place, str]]] = field(default_factory=dict)
    """Where a record was made, under which id; more than once when copies made it alike."""
    claims: dict[Key, dict[Thing, None]] = field(default_factory=dict)
    """Everything that was ever made under an id."""
    molds: dict[Thing, tuple[str | Thing, ...]] = field(default_factory=dict)
    """Of an id that names other records: its parts."""
    _called: dict[Thing, list[tuple[Place, str]]] = field(default_factory=dict)
    _lines: list[_Line] = field(default_factory=list)

    def add(self, told: Told) -> None:
        """One more entry.

        Raises
        ------
        ValueError
            when it names an entry that was not added before it.
        """
        if told.hash in self.at:
            return
        place = self._place(told)
        self.at[told.hash] = place
        if told.merges is not None:
            self._join(place, told, told.merges)
        else:
            again = self._again(place, told)
            for step in told.change["steps"]:
                self._step(place, told.hash, step, again)

    # ------------------------------------------------------------------ questions

    def thing(self, place: Place, key: Key) -> Thing | None:
        """What an id stands for at an entry, also when the record was deleted meanwhile."""
        at: Place | None = place
        while at is not None:
            line = self._lines[at[0]]
            found = line.names.get(key)
            if found and (count := bisect_right(found, at[1], key=lambda one: one[0])):
                return found[count - 1][1]
            at = line.parent
        return None

    def name(self, place: Place, thing: Thing) -> str | None:
        """What a record is called at an entry; None when it is not known there, or its id stands for another one."""
        for when, key in reversed(self._called.get(thing, ())):
            if self.precedes(when, place):
                return key if self.thing(place, (thing[0], key)) == thing else None
        return None

    def precedes(self, one: Place, other: Place) -> bool:
        """Whether an entry came before another one, or is the same."""
        if one[0] == other[0]:
            return one[1] <= other[1]
        return self._clock(other).get(one[0], -1) >= one[1]

    def called_now(self, place: Place, head: Place, key: Key) -> str:
        """What the record that is named at an entry is called at a later one."""
        thing = self.thing(place, key)
        now = None if thing is None else self.name(head, thing)
        return key[1] if now is None else now

    # ------------------------------------------------------------------ one entry

    def _place(self, told: Told) -> Place:
        before = None if told.previous == GENESIS else self._known(told.previous)
        if before is not None and before[1] == self._lines[before[0]].length - 1:
            self._lines[before[0]].length += 1
            return before[0], before[1] + 1
        seen = {} if before is None else {**self._clock(before), before[0]: before[1]}
        self._lines.append(_Line(before, told.number, seen=[(0, seen)]))
        return len(self._lines) - 1, 0

    def _known(self, digest: str) -> Place:
        if digest not in self.at:
            raise ValueError(f"the entry {digest[:12]} is missing")
        return self.at[digest]

    def _clock(self, place: Place) -> dict[int, int]:
        seen = self._lines[place[0]].seen
        return seen[bisect_right(seen, place[1], key=lambda one: one[0]) - 1][1]

    def _again(self, place: Place, told: Told) -> Place | None:
        """The entry whose records an undo or redo brings back; None: what it makes is new."""
        undoes, redoes = int(told.change["undoes"]), int(told.change["redoes"])
        at: Place | None = place
        while at is not None and self._lines[at[0]].first > (undoes or redoes):
            at = self._lines[at[0]].parent
        if at is None or not (undoes or redoes):
            return None
        found = (at[0], (undoes or redoes) - self._lines[at[0]].first)
        return self._before(found) if undoes else found

    def _before(self, place: Place) -> Place | None:
        return (place[0], place[1] - 1) if place[1] else self._lines[place[0]].parent

    def _step(self, place: Place, digest: str, step: Mapping[str, Any], again: Place | None) -> None:
        key = (str(step["kind"]), str(step["id"]))
        thing = self.thing(place, key)
        if step["before"] is None and step["after"] is not None:
            held = None if again is None else self.thing(again, key)
            thing = self._born(place, key, step["after"]) if held is None else held
            self._call(place, key, thing)
        if thing is None:
            raise ValueError(f"{key[0]} {key[1]} was never made")
        self.touched.setdefault(thing, []).append(digest)

    def _call(self, place: Place, key: Key, thing: Thing) -> None:
        timeline = self._lines[place[0]].names.setdefault(key, [])
        if timeline and timeline[-1][0] == place[1]:
            timeline.pop()
        timeline.append((place[1], thing))
        self._called.setdefault(thing, []).append((place, key[1]))

    def _born(self, place: Place, key: Key, plain: Mapping[str, Any]) -> Thing:
        kind, name = key
        thing = (kind, self._mark(place, key, plain))
        self.births.setdefault(thing, []).append((place, name))
        self.claims.setdefault(key, {})[thing] = None
        return thing

    def _mark(self, place: Place, key: Key, plain: Mapping[str, Any]) -> str:
        kind, name = key
        if kind in NATURAL:
            mold = tuple(self._part(place, NATURAL[kind], part) for part in _SEPARATORS.split(name))
            if all(isinstance(part, str) for part in mold):
                return name
            mark = _digest([kind, *mold])
            self.molds[kind, mark] = mold
            return mark
        if kind == "person":  # people are known by their names; two ids for one of them would make two people of one
            return _digest([kind, plain["name"]])
        default = usual(kind)
        content = {n: v for n, v in plain.items() if n != "id" and v != default.get(n)}
        for reference, wanted in REFERENCES.get(kind, {}).items():
            if reference in content:
                held = content[reference]
                named = [held] if isinstance(held, str) else held
                content[reference] = [self._naming(place, wanted, one) for one in named]
        if kind == "activity" and "parameters" in content:
            content["parameters"] = [self._parameter(place, *pair) for pair in content["parameters"]]
        return _digest([kind, name, content])

    def _naming(self, place: Place, kind: str, held: str | Sequence[str]) -> object:
        """What an id names; of a pair that begins with one, with the rest of it."""
        if isinstance(held, str):
            return self.thing(place, (kind, held)) or held
        return [self.thing(place, (kind, held[0])) or held[0], *held[1:]]

    def _parameter(self, place: Place, name: str, value: str) -> list[object]:
        return [name, (self.thing(place, ("factor", value)) if name == FACTOR else None) or value]

    def _part(self, place: Place, kinds: Iterable[str], part: str) -> str | Thing:
        for kind in kinds:
            if (thing := self.thing(place, (kind, part))) is not None:
                return thing
        return part

    def _join(self, place: Place, told: Told, merges: Mapping[str, Any]) -> None:
        """A merge makes nothing: what it brings was made by the entries of the copy that joined."""
        other = self._known(merges["head"])
        before = self._known(told.previous)
        clock = dict(self._clock(place))
        for line, position in (*self._clock(other).items(), other):
            if line != place[0]:
                clock[line] = max(clock.get(line, -1), position)
        self._lines[place[0]].seen.append((place[1], clock))
        calls = dict(self._arrivals(told, before, other))
        for key, thing in calls.items():
            self._call(place, key, thing)
        for step in told.change["steps"]:
            key = (str(step["kind"]), str(step["id"]))
            if (found := self.thing(place, key)) is None:
                raise ValueError(f"{key[0]} {key[1]} was never made")
            self.touched.setdefault(found, []).append(told.hash)

    def _arrivals(self, told: Told, before: Place, other: Place) -> Iterator[tuple[Key, Thing]]:
        """What ids stand for since a merge."""
        for step in told.change["steps"]:
            key = (str(step["kind"]), str(step["id"]))
            if step["before"] is None and (thing := self.thing(other, key)) is not None:
                yield key, thing
        assert told.merges is not None
        for ours, kind, old, new in told.merges["renames"]:
            thing = self.thing(before if ours else other, (kind, old))
            if thing is None:
                raise ValueError(f"{kind} {old} was never made")
            yield (kind, new), thing


def _digest(value: object) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()
