"""The library as one value: look things up, recognise names, choose factors."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.ledger import Plant
from core.library.factors import SHIPPED, Factor, FactorSet
from core.library.gwp import Gwp
from core.library.items import Item
from core.library.policies import Policy
from core.library.shelves import Shelves
from core.library.units import Units, normal

WORLD = "World"
OWN = "plant"
"""Area of the plant's own factors: smaller than any that is published."""


@dataclass(frozen=True, slots=True)
class Want:
    """What a method asks the library for."""

    item: str
    uses: tuple[str, ...]
    """Accepted uses, best first."""
    year: int
    regions: tuple[str, ...]
    """Accepted areas, smallest first."""
    per: str = ""
    """Dimension below the line that fits the quantity; empty: any."""
    gases: tuple[str, ...] = ()
    """Gases of which at least one must be given; empty: any."""
    named: str = ""
    """Key of the one own factor that the record names; empty: every factor that is for all records."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The factor chosen and how well it fits."""

    factor: Factor
    other_year: bool
    """It describes another year than the activity's, for want of a better one."""


@dataclass(frozen=True)
class Library:
    """Everything ``resources/`` carries. Immutable; two libraries with the same rows give the same inventories."""

    units: Units
    gwp: Mapping[str, Gwp]
    items: Mapping[str, Item]
    factors: Sequence[Factor]
    own: tuple[Factor, ...] = ()
    """Of the plant itself, in the area ``plant``."""
    _shelves: Shelves = field(init=False, repr=False, compare=False)
    _by_name: dict[str, list[Item]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        factors = self.factors
        shelves = factors if isinstance(factors, Shelves) else Shelves((), tuple(factors))
        object.__setattr__(self, "_shelves", shelves)
        object.__setattr__(self, "_by_name", {})

    @property
    def sets(self) -> Mapping[str, FactorSet]:
        """Every publication by key."""
        return self._shelves.sets

    @property
    def subjects(self) -> frozenset[str]:
        """Keys of everything that some published factor is about; no row is read for it."""
        return self._shelves.items

    def about(self, item: str, use: str = "") -> tuple[Factor, ...]:
        """All published factors of one item, of one use or of any."""
        return self._shelves.about(item, use) if use else tuple(self._shelves.of_item(item))

    def with_own(self, own: tuple[Factor, ...]) -> Library:
        """The same library with the factors of one plant."""
        if own == self.own:
            return self
        other = copy.copy(self)  # shares the indexes of what is published
        object.__setattr__(other, "own", own)
        return other

    def with_sets(self, factors: Iterable[Factor], items: Iterable[Item] = ()) -> Library:
        """The same library with the factors of more publications; what it knows already is not replaced."""
        known = self.sets
        more = tuple(f for f in factors if f.set.key not in known)
        named = {item.key: item for item in items} | dict(self.items)
        if not more and len(named) == len(self.items):
            return self
        return Library(self.units, self.gwp, named, self._shelves.plus(more), self.own)

    def recognise(self, text: str, kinds: Iterable[str] = ()) -> Item | None:
        """The item people mean by ``text``: its key, English or Chinese name or an alias; None when unknown."""
        wanted = tuple(kinds)
        found = [i for i in self._names().get(normal(text), ()) if not wanted or i.kind in wanted]
        return found[0] if len(found) == 1 or (found and wanted) else None

    def _names(self) -> dict[str, list[Item]]:
        """All spellings; collected when the first name is looked up, for opening a plant looks up none."""
        if not self._by_name:
            names: dict[str, list[Item]] = {}
            for item in self.items.values():
                for spelling in {normal(s) for s in (item.key, item.name.en, item.name.zh, *item.aliases)}:
                    names.setdefault(spelling, []).append(item)
            self._by_name.update(names)
        return self._by_name

    def factor(self, key: str) -> Factor | None:
        """The factor of this key."""
        return next((f for f in self.own if f.key == key), None) or self._shelves.of_key(key)

    def choose(self, want: Want, policy: Policy) -> Choice | None:
        """The best factor for ``want`` under ``policy``, or None when no published one fits.

        The order is total, so removing factors that were not chosen never changes a choice: head office gets the same
        answer from the factors inside a signed report. Areas come before years before ranks.
        """
        regions = (OWN, *(want.regions if policy.area == "smallest" else want.regions[-2:]), *policy.places)
        best: tuple[tuple[object, ...], Factor] | None = None
        for position, use in enumerate(want.uses):
            for factor in (*self._own(want, use), *self._shelves.about(want.item, use)):
                if factor.region not in regions or not self._fits(factor, want) or policy.refuses(factor.set.key):
                    continue
                order = (regions.index(factor.region), position, *_order(factor, want.year, policy), factor.key)
                if best is None or order < best[0]:
                    best = (order, factor)
        if best is None:
            return None
        chosen = best[1]
        return Choice(chosen, other_year=chosen.data_year not in (0, want.year))

    def _own(self, want: Want, use: str) -> tuple[Factor, ...]:
        """Factors of the plant that a record may use: the one it names, or those for all records, in their years."""
        return tuple(
            f
            for f in self.own
            if f.item == want.item
            and f.use == use
            and f.data_year in (0, want.year)
            and (f.set.key == want.named if want.named else f.general)
        )

    def publishes_parts_of(self, country: str, item: str, use: str) -> bool:
        """Whether areas smaller than the country have factors of their own, e.g. Chinese provinces."""
        return any(f.region.startswith(f"{country}-") for f in self._shelves.about(item, use))

    def _fits(self, factor: Factor, want: Want) -> bool:
        if factor.status not in SHIPPED:
            return False
        if want.gases and not any(gas in factor.amounts for gas in want.gases):
            return False
        return not want.per or self.units.dimension(factor.per) == want.per


def _order(factor: Factor, year: int, policy: Policy) -> tuple[object, ...]:
    """Sort key of how well a factor fits a year and a policy: smaller is better."""
    preference = policy.preference(factor.set.key)
    if policy.year == "latest":
        return (0, preference, -factor.data_year, _descending(factor.set.published), factor.set.rank)
    if factor.data_year in (0, year):
        return (0, preference, 0, factor.set.rank, _descending(factor.set.published))
    earlier = factor.data_year < year
    age = abs(year - factor.data_year)
    return (1 if earlier else 2, preference, age, factor.set.rank, _descending(factor.set.published))


def _descending(text: str) -> tuple[int, ...]:
    return tuple(-ord(c) for c in text)


def regions_of(plant: Plant) -> tuple[str, ...]:
    """The areas a plant belongs to, smallest first; the last two are always the country and the world."""
    return (*dict.fromkeys(area for area in (plant.grid, plant.region) if area), plant.country, WORLD)
