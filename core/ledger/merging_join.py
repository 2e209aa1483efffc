"""One record as two copies have it: joined part by part, and what has to be decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias

from core.ledger.codec import to_plain
from core.ledger.ledger import Ledger
from core.ledger.merging_names import Names
from core.ledger.merging_parts import ALL, LEAD, RECORD, SETS, parts_of
from core.ledger.merging_threads import Place, Thing
from core.ledger.merging_touches import Spot, Touch, Touches, element_of
from core.ledger.records import Judgement, Record, kind_of
from core.ledger.references import REFERENCES, named, renamed

Plain: TypeAlias = "Mapping[str, Any]"
Joins: TypeAlias = "Mapping[str, Callable[[Plain | None, Plain, Plain], Plain | None]]"
"""By kind: what joins two forms of a record that is one statement, from what both were before; None: it cannot."""
OURS, THEIRS = "ours", "theirs"


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both copies changed, and not alike."""

    kind: str
    id: str
    """After the merge."""
    part: str
    """The fields that are decided together, by the first of them; empty: whether the record exists at all."""
    fields: tuple[str, ...]
    """Those that differ."""
    base: Plain | None
    """Plain fields before either changed them; None: the record did not exist."""
    ours: Plain | None
    """Plain form of our record; None: it was deleted."""
    theirs: Plain | None
    ours_by: tuple[str, datetime]
    """Who changed it last in our copy, and when."""
    theirs_by: tuple[str, datetime]
    proposed: str = ""
    """``ours`` or ``theirs`` where one follows from the other; empty: only people can say."""

    @property
    def key(self) -> tuple[str, str, str]:
        """Under which it is answered."""
        return self.kind, self.id, self.part


@dataclass(frozen=True, slots=True)
class Joined:
    """A record that one of the copies changed."""

    thing: Thing
    kind: str
    id: str
    """After the merge."""
    ours_id: str | None
    """What our copy calls it; None: it does not know it."""
    plain: Plain | None
    """Joined, with our values where something is to be decided; None: it is deleted."""
    theirs: Plain | None
    conflicts: tuple[Conflict, ...] = ()

    def decided(self, answers: Mapping[tuple[str, str, str], str]) -> Plain | None:
        """What becomes of it.

        Raises
        ------
        KeyError
            with the conflict that was not answered.
        """
        made = None if self.plain is None else dict(self.plain)
        for conflict in self.conflicts:
            taken = answers[conflict.key]
            if conflict.part == RECORD:
                return self.plain if taken == OURS else self.theirs
            if taken == THEIRS:
                assert made is not None and self.theirs is not None
                if conflict.part == LEAD:
                    made["team"] = _led(made["team"], self.theirs["team"][:1])
                else:
                    made |= {name: self.theirs[name] for name in _fields(self.kind, conflict.part)}
        return made


def joined(
    names: Names, ours: Ledger, theirs: Ledger, here: Touches, there: Touches, joins: Joins
) -> tuple[Joined, ...]:
    """Every record that may not be what our copy has.

    Parameters
    ----------
    names
        of records after the merge; what the copies call otherwise is settled.
    ours, theirs
        what both know.
    here, there
        what each changed since they were one.
    joins
        for kinds that are one statement and yet have parts, which only others can read.
    """
    joining = _Joining(names, ours, theirs, here, there, joins)
    things = sorted({*here, *there, *names.new, *joining.naming()})
    names.part_ways(things)
    return tuple(joining.one(thing) for thing in things)


@dataclass(slots=True)
class _Joining:
    names: Names
    ours: Ledger
    theirs: Ledger
    here: Touches
    there: Touches
    joins: Joins

    def held(self, place: Place, ledger: Ledger, thing: Thing) -> Record | None:
        name = self.names.threads.name(place, thing)
        return None if name is None else ledger.get(thing[0], name)

    def both(self, thing: Thing) -> tuple[Record | None, Record | None]:
        names = self.names
        return self.held(names.ours, self.ours, thing), self.held(names.theirs, self.theirs, thing)

    def naming(self) -> Iterator[Thing]:
        """Our records that name one whose id is another afterwards, whoever changed them."""
        threads, place = self.names.threads, self.names.ours
        old = {(thing[0], threads.name(place, thing)) for thing in self.names.new}
        kinds = {kind for kind, _ in old}
        for kind, fields in {**REFERENCES, "activity": {"parameters": "factor"}}.items():
            for wanted in kinds.intersection(fields.values()):
                for record in self.ours.records[kind].values():
                    if any((wanted, one) in old for one in named(record, wanted)):
                        thing = threads.thing(place, (kind, record.id))
                        if thing is not None:
                            yield thing

    def one(self, thing: Thing) -> Joined:
        kind, name = thing[0], self.names.of(thing)
        mine, other = self.both(thing)
        ours = None if mine is None else self.translated(self.names.ours, mine, name)
        theirs = None if other is None else self.translated(self.names.theirs, other, name)
        ours_id = self.names.threads.name(self.names.ours, thing)
        if thing not in self.there:
            return Joined(thing, kind, name, ours_id, ours, theirs)
        if thing not in self.here:
            return Joined(thing, kind, name, ours_id, theirs, theirs)
        if ours is None or theirs is None:
            asked = () if ours is theirs else (self._whole(thing, name, ours, theirs),)
            return Joined(thing, kind, name, ours_id, ours, theirs, asked)
        made, conflicts = dict(ours), []
        for part in parts_of(kind):
            if (conflict := self._part(thing, name, part, made, theirs)) is not None:
                conflicts.append(conflict)
        assert mine is not None and other is not None
        for field in SETS.get(kind, ()):
            made[field] = self._set(thing, field, (mine, other), (ours[field], theirs[field]))
        if kind == "engagement" and (conflict := self._lead(thing, name, made, (ours, theirs))) is not None:
            conflicts.append(conflict)
        return Joined(thing, kind, name, ours_id, made, theirs, tuple(conflicts))

    def translated(self, place: Place, record: Record, name: str) -> Plain:
        """Plain form with the ids of afterwards."""
        wanted = set(REFERENCES.get(kind_of(record), {}).values()) | {"factor"}
        keys = [(kind, key) for kind in wanted for key in named(record, kind)]
        after = renamed(record, {key: self.names.at(place, key) for key in keys})
        if isinstance(after, Judgement) and after.id != name:
            after = replace(after, about=name.rpartition("@")[0])
        return to_plain(replace(after, id=name))

    # ------------------------------------------------------------------ parts

    def _part(self, thing: Thing, name: str, part: str, made: dict[str, Any], theirs: Plain) -> Conflict | None:
        """Take their part where only they changed it; ask where both did."""
        fields = _fields(thing[0], part)
        differ = tuple(one for one in fields if made[one] != theirs[one])
        mine, other = self.here[thing].get((part, "")), self.there[thing].get((part, ""))
        if not differ or other is None:
            return None
        if mine is None:
            made.update({one: theirs[one] for one in fields})
            return None
        if thing[0] in self.joins:
            base = mine.before if mine.before == other.before else None
            if (both := self.joins[thing[0]](base, made, theirs)) is not None:
                made.update(both)
                return None
        return _conflict(thing, name, part, differ, (mine, other), (dict(made), theirs))

    def _whole(self, thing: Thing, name: str, ours: Plain | None, theirs: Plain | None) -> Conflict:
        mine, other = _latest(self.here[thing].values()), _latest(self.there[thing].values())
        changed = self.there[thing] if ours is None else self.here[thing]
        fields = tuple(one for part in parts_of(thing[0]) if (part, "") in changed for one in _fields(thing[0], part))
        return _conflict(thing, name, RECORD, fields, (mine, other), (ours, theirs))

    def _set(
        self, thing: Thing, field: str, records: tuple[Record, Record], lists: tuple[list[str], list[str]]
    ) -> list[str]:
        """What both hold, what one added, without what one took off; what one added and one took off stays."""
        if lists[0] == lists[1]:
            return lists[0]
        threads, places = self.names.threads, (self.names.ours, self.names.theirs)
        held: list[dict[str | Thing, str]] = [
            {
                element_of(threads, places[side], thing[0], field, raw): after
                for raw, after in zip(getattr(records[side], field), lists[side], strict=True)
            }
            for side in (0, 1)
        ]
        changed = [_of_set(touched[thing], field) for touched in (self.here, self.there)]
        kept = {
            name
            for one, name in (held[0] | held[1]).items()
            if (one in held[0] and one in held[1])
            or (one in held[0] and one in changed[0])
            or (one in held[1] and one in changed[1])
        }
        for side in (0, 1):
            if changed[side] and not changed[1 - side] and kept == set(lists[side]):
                return lists[side]
        return sorted(kept)

    def _lead(self, thing: Thing, name: str, made: dict[str, Any], sides: tuple[Plain, Plain]) -> Conflict | None:
        """Who leads the team is one person: the first of it."""
        ours, theirs = sides
        spot: Spot = (LEAD, "")
        mine, other = self.here[thing].get(spot), self.there[thing].get(spot)
        if made["team"] not in (ours["team"], theirs["team"]) or ours["team"][:1] != theirs["team"][:1]:
            lead = theirs["team"][:1] if other is not None and mine is None else ours["team"][:1]
            made["team"] = _led(made["team"], lead)
        if mine is None or other is None or ours["team"][:1] == theirs["team"][:1]:
            return None
        return _conflict(thing, name, LEAD, ("team",), (mine, other), (ours, theirs))


def _fields(kind: str, part: str) -> tuple[str, ...]:
    return parts_of(kind)[part]


def _led(team: list[str], lead: list[str]) -> list[str]:
    return [*lead, *sorted(set(team) - set(lead))]


def _of_set(touched: Mapping[Spot, Touch], field: str) -> set[str | Thing]:
    return {element for part, element in touched if part == field and element}


def _latest(touched: Any) -> Touch:
    found = list(touched)
    last = max(found, key=lambda one: one.when)
    return Touch(found[0].before, last.who, last.when)


def _conflict(
    thing: Thing,
    name: str,
    part: str,
    fields: tuple[str, ...],
    touched: tuple[Touch, Touch],
    sides: tuple[Plain | None, Plain | None],
) -> Conflict:
    (mine, other), (ours, theirs) = touched, sides
    base = mine.before if mine.before is not None else other.before
    made = Conflict(thing[0], name, part, fields, base, ours, theirs, (mine.who, mine.when), (other.who, other.when))
    return replace(made, proposed=_proposed(made))


def _proposed(conflict: Conflict) -> str:
    """Of two signed reports, closed years or re-opened audits the later one, which its number tells."""
    counted = {("closing", ALL): "revision", ("audit", "revision"): "revision", ("engagement", "state"): "number"}
    name = counted.get((conflict.kind, conflict.part))
    if name is None or conflict.ours is None or conflict.theirs is None:
        return ""
    ours, theirs = int(conflict.ours[name]), int(conflict.theirs[name])
    return "" if ours == theirs else OURS if ours > theirs else THEIRS
