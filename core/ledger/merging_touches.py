"""Which parts of which records the entries of one copy changed that the other copy does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from core.ledger.merging_parts import NATURAL, RECORD, SETS, differing, parts_of
from core.ledger.merging_threads import Place, Thing, Threads, Told
from core.ledger.references import REFERENCES

Spot: TypeAlias = "tuple[str, str | Thing]"
"""A part and nothing, or a set and one of its elements."""
Touches: TypeAlias = "dict[Thing, dict[Spot, Touch]]"


@dataclass(frozen=True, slots=True)
class Touch:
    """A part that was changed."""

    before: Mapping[str, Any] | None
    """Plain fields before the first change; None: the record did not exist."""
    who: str
    """Who changed it last."""
    when: datetime


def touches(threads: Threads, own: Sequence[Told]) -> Touches:
    """What these entries changed.

    A merge changes only what was decided in it. What was undone again counts as never done: whoever looked at a change
    and took it back has no quarrel with somebody else's.
    """
    found: Touches = {}
    gone = _taken_back(own)
    for told in own:
        if told.hash in gone:
            continue
        who, when = str(told.change["who"]), datetime.fromisoformat(str(told.change["when"]))
        for thing, spot, before in _spots(threads, told):
            spots = found.setdefault(thing, {})
            first = spots.get(spot)
            spots[spot] = Touch(before if first is None else first.before, who, when)
    return found


def _spots(threads: Threads, told: Told) -> Iterator[tuple[Thing, Spot, Mapping[str, Any] | None]]:
    place = threads.at[told.hash]
    if told.merges is not None:
        for kind, name, part, _ in told.merges["decisions"]:
            if (thing := threads.thing(place, (kind, name))) is not None:
                yield thing, (part, ""), _before(told, kind, name)
        return
    for step in told.change["steps"]:
        thing = threads.thing(place, (step["kind"], step["id"]))
        assert thing is not None  # the web was made of these entries
        before, after = step["before"], step["after"]
        if before is None or after is None:
            yield thing, (RECORD, ""), before
            if after is not None and thing[0] in NATURAL and _made(threads, place, thing):
                yield from ((thing, spot, None) for spot in _all(threads, place, thing[0], after))
        else:
            yield from _changed(threads, place, thing, before, after)


def _before(told: Told, kind: str, name: str) -> Mapping[str, Any] | None:
    found: Iterator[Mapping[str, Any]] = (
        s["before"] for s in told.change["steps"] if (s["kind"], s["id"]) == (kind, name)
    )
    return next(found, None)


def _made(threads: Threads, place: Place, thing: Thing) -> bool:
    return any(place == where for where, _ in threads.births.get(thing, ()))


def _all(threads: Threads, place: Place, kind: str, after: Mapping[str, Any]) -> Iterator[Spot]:
    """Everything of a record: made on two copies, each of its parts was chosen on both."""
    yield from ((part, "") for part in parts_of(kind))
    yield from (_spot(threads, place, kind, name, one) for name in SETS.get(kind, ()) for one in after.get(name) or ())


def _changed(
    threads: Threads, place: Place, thing: Thing, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[tuple[Thing, Spot, Mapping[str, Any] | None]]:
    for part, element in differing(thing[0], before, after):
        yield thing, _spot(threads, place, thing[0], part, element) if element else (part, ""), before


def _spot(threads: Threads, place: Place, kind: str, name: str, element: str) -> Spot:
    return name, element_of(threads, place, kind, name, element)


def element_of(threads: Threads, place: Place, kind: str, name: str, element: str) -> str | Thing:
    """What an element of a set is, whatever it is called: a record where it names one."""
    wanted = REFERENCES.get(kind, {}).get(name)
    return (threads.thing(place, (wanted, element)) if wanted is not None else None) or element


def _taken_back(own: Sequence[Told]) -> frozenset[str]:
    """Hashes of entries that were undone among themselves, with those that undid them."""
    by_hash, gone = {told.hash: told for told in own}, set[str]()
    for told in own:
        number = int(told.change["undoes"] or told.change["redoes"])
        target = by_hash.get(told.previous) if number else None
        while target is not None and target.number > number:
            target = by_hash.get(target.previous)
        if target is None or target.number != number:
            continue
        if told.change["undoes"]:
            gone |= {told.hash, target.hash}
        elif target.hash in gone:
            gone = (gone - {target.hash}) | {told.hash}
    return frozenset(gone)
