"""What published lists say of a smelter: conformant, active, something else, or nothing at all.

Lists are downloaded by whoever uses them and compared; none is shipped. A newer list of the same name replaces the
older one, and a mineral that no list speaks of is not judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from core.i18n import T, Text
from core.ledger import SmelterList
from core.minerals.words import (
    ACTIVE,
    CONFORMANT,
    NOT_CONFORMANT,
    OTHER,
    mineral_of,
    plain,
    standing_word,
)

ABSENT, NO_LIST = "absent", "no_list"
STANDINGS = (CONFORMANT, ACTIVE, OTHER, NOT_CONFORMANT, ABSENT, NO_LIST)
"""Best first; then on none of the lists, and no list that speaks of the mineral."""
STANDING_NAMES: Mapping[str, Text] = {
    CONFORMANT: T("conformant"),
    ACTIVE: T("active"),
    OTHER: T("listed otherwise"),
    NOT_CONFORMANT: T("not conformant"),
    ABSENT: T("on no list"),
    NO_LIST: T("no list at hand"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What is published about one smelter."""

    key: str
    """One of :data:`STANDINGS`."""
    said: str = ""
    """In the words of the list."""
    source: str = ""
    """Id of the list."""
    day: date | None = None
    """Of the list; of a smelter that is on none, of the newest one that speaks of the mineral."""
    names: tuple[str, ...] = ()
    """What the lists call it."""
    minerals: tuple[str, ...] = ()
    """Other minerals under which the lists have its id."""


@dataclass(frozen=True, slots=True)
class _Entry:
    mineral: str
    name: str
    said: str
    source: str
    day: date

    @property
    def rank(self) -> tuple[int, int]:
        """Newest first, then best."""
        return -self.day.toordinal(), STANDINGS.index(standing_word(self.said) or OTHER)


@dataclass(frozen=True, slots=True)
class Standings:
    """Everything the lists at hand say, found by id."""

    entries: Mapping[str, tuple[_Entry, ...]] = field(default_factory=dict)
    covered: Mapping[str, date] = field(default_factory=dict)
    """Minerals of which a list speaks, and the day of the newest one."""

    @classmethod
    def of(cls, lists: Iterable[SmelterList]) -> Standings:
        """The lists that hold: of each name the newest."""
        newest: dict[str, SmelterList] = {}
        for one in sorted(lists, key=lambda each: (each.day, each.id)):
            newest[plain(one.name)] = one
        entries: dict[str, list[_Entry]] = {}
        covered: dict[str, date] = {}
        for one in newest.values():
            for key, written, name, _, said in one.smelters:
                mineral = mineral_of(written)
                entries.setdefault(key.upper(), []).append(_Entry(mineral, name, said, one.id, one.day))
                covered[mineral] = max(one.day, covered.get(mineral, one.day))
        return cls({key: tuple(sorted(own, key=lambda each: each.rank)) for key, own in entries.items()}, covered)

    def standing(self, mineral: str, key: str) -> Standing:
        """Of a smelter by its mineral and id."""
        own = self.entries.get(key.upper(), ()) if key else ()
        fitting = [one for one in own if one.mineral in (mineral, "")]
        others = tuple(dict.fromkeys(one.mineral for one in own if one.mineral not in (mineral, "")))
        if fitting:
            best = fitting[0]
            names = tuple(dict.fromkeys(one.name for one in fitting if one.name))
            word = standing_word(best.said) or OTHER
            return Standing(word, best.said, best.source, best.day, names, others)
        day = self.covered.get(mineral, self.covered.get(""))
        return Standing(NO_LIST if day is None else ABSENT, day=day, minerals=others)
