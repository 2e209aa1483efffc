"""What each record is called after a merge, the same whichever copy is merged into the other.

Where copies gave one id to different things, the one with the smaller mark keeps it and the other is called by its id
and the first digits of its mark. That follows from the entries alone, so it does not depend on who merges whom first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from core.ledger.merging_threads import Key, Place, Thing, Threads, Told

SHORT = 8
"""Digits of a mark behind an id; more only where that id is taken too."""


@dataclass(slots=True)
class Names:
    """Ids after the merge of two copies."""

    threads: Threads
    ours: Place
    theirs: Place
    """The last entries of both."""
    new: dict[Thing, str] = field(default_factory=dict)
    """Of what may be called otherwise than in one of the copies."""
    linked: set[Thing] = field(default_factory=set)
    """What records name."""

    def of(self, thing: Thing) -> str:
        """What a record is called afterwards."""
        if thing not in self.new:
            found = self.threads.name(self.ours, thing) or self.threads.name(self.theirs, thing)
            self.new[thing] = self._settled(thing) if found is None else found
        return self.new[thing]

    def at(self, place: Place, key: Key) -> str:
        """What the record is called afterwards that a copy, at an entry, calls so."""
        thing = self.threads.thing(place, key)
        if thing is None:
            return key[1]
        self.linked.add(thing)
        return self.of(thing)

    def settle(self, own: Iterable[Told]) -> None:
        """Name what both copies gave an id to, and what one of them calls otherwise since a merge of its own."""
        contested = set(self._contested())
        for told in own:
            if told.merges is not None:
                place = self.threads.at[told.hash]
                named = (self.threads.thing(place, (kind, new)) for _, kind, _, new in told.merges["renames"])
                contested.update(thing for thing in named if thing is not None)
        contested.update(t for t, mold in self.threads.molds.items() if not contested.isdisjoint(mold))
        for thing in sorted(contested, key=lambda one: (one in self.threads.molds, one)):  # what is named comes first
            self.new[thing] = self._settled(thing)

    def part_ways(self, things: Iterable[Thing]) -> None:
        """Give another id to what would still be called like something else: to the older of the two.

        One copy deleted it and gave its id to the next record. In the other copy it was changed, so it may come back,
        or a proof was linked to it, and the next record must not inherit that.
        """
        groups: dict[Key, list[Thing]] = {}
        for thing in things:
            groups.setdefault((thing[0], self.of(thing)), []).append(thing)
        taken = {key: group[0] for key, group in groups.items() if len(group) == 1}
        for (kind, name), group in sorted(groups.items()):
            if len(group) == 1:
                continue
            later = {one: sum(self._before(one, other) for other in group if other != one) for one in group}
            for thing in sorted(group, key=lambda one: (later[one], one)):
                new, digits = name, SHORT
                while taken.setdefault((kind, new), thing) != thing:
                    new = f"{self._first_id(thing)}-{thing[1][:digits]}"
                    digits += SHORT
                self.new[thing] = new

    def _before(self, one: Thing, other: Thing) -> bool:
        precedes, births = self.threads.precedes, self.threads.births
        return any(precedes(here, there) for here, _ in births.get(one, ()) for there, _ in births.get(other, ()))

    def _contested(self) -> Iterator[Thing]:
        """What was made under an id that both copies gave away without knowing of each other."""
        for things in self.threads.claims.values():
            if len(things) > 1:
                births = [(thing, place) for thing in things for place, _ in self.threads.births[thing]]
                here = {t for t, place in births if not self.threads.precedes(place, self.theirs)}
                there = {t for t, place in births if not self.threads.precedes(place, self.ours)}
                if here and there:
                    yield from things
        for thing, births_of in self.threads.births.items():
            if len(births_of) > 1 and len({name for _, name in births_of}) > 1:
                yield thing

    def _settled(self, thing: Thing) -> str:
        if (mold := self.threads.molds.get(thing)) is not None:
            return "".join(part if isinstance(part, str) else self.of(part) for part in mold)
        first = self._first_id(thing)
        rivals = (one for one in self.threads.claims.get((thing[0], first), ()) if one[1] < thing[1])
        beaten = any(self._first_id(one) == first and self._apart(one, thing) for one in rivals)
        return f"{first}-{thing[1][:SHORT]}" if beaten else first

    def _last_births(self, thing: Thing) -> list[tuple[Place, str]]:
        """Where it was made, without what was deleted and made again."""
        births, precedes = self.threads.births.get(thing, []), self.threads.precedes
        return [one for one in births if not any(one[0] != b[0] and precedes(one[0], b[0]) for b in births)]

    def _first_id(self, thing: Thing) -> str:
        return min((name for _, name in self._last_births(thing)), default=thing[1])

    def _apart(self, one: Thing, other: Thing) -> bool:
        """Whether two were made without knowing of each other."""
        precedes = self.threads.precedes
        return any(
            not precedes(here, there) and not precedes(there, here)
            for here, _ in self._last_births(one)
            for there, _ in self._last_births(other)
        )


def renames(names: Names, living: Collection[Thing]) -> Iterator[tuple[bool, str, str, str]]:
    """Whose record of which kind is called what since the merge.

    Also what keeps an id that meant two things, and what the other copy deleted though something names it still:
    whoever reads the entries later could not tell otherwise.
    """
    threads = names.threads
    for thing in sorted(names.new):
        after = names.of(thing)
        for ours, place in ((True, names.ours), (False, names.theirs)):
            name = threads.name(place, thing)
            if name is None:
                continue
            key = (thing[0], name)
            here, there = threads.thing(names.ours, key), threads.thing(names.theirs, key)
            doubt = here is not None and there is not None and here != there
            lost = not ours and thing in names.linked and thing not in living and here is None
            if after != name or doubt or lost:
                yield ours, thing[0], name, after
