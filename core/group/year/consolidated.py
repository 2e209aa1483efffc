"""A year of the group: what its plants reported, as far as the group answers for it, without what counts twice.

Every tonne is a whole number of billionths in a cell, each cell is rounded once, and every total is the exact sum of
cells: whatever is asked for, the answers add up to each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.group.packed import KINDS, Packed, tonnes
from core.group.runs import Ints
from core.group.year.cells import Cells, merged, sums
from core.group.year.fine import Fine, Which
from core.group.year.months import month_key
from core.i18n import T, Text
from core.inventory.totals import LOCATION, MARKET
from core.ledger import Site, Transfer
from core.library import GASES
from core.methods import BIOGENIC, OTHER, SCOPES, exact_sum
from core.store import Filed

VIEWS: Mapping[str, tuple[str, ...]] = {"location": LOCATION, "market": MARKET}
"""Scopes of a total, by how scope 2 is counted."""
DIMENSIONS = ("scope", "gas", "category", "country", "company", "business", "month", "plant", "source")
"""What tonnes can be laid out by. ``category`` is that of scope 3; ``source`` is one of one plant."""
OUTSIDE = "outside_basket"
"""Gases outside the basket of seven, a memo."""
TOTALS = (*SCOPES, BIOGENIC, OUTSIDE)
BETWEEN = ": "
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Member:
    """A plant in a year, whether the register knows it or not."""

    key: str
    """Id of the plant in the register; ``country/name`` of one that is not there."""
    name: str
    country: str
    business: str
    """Segment; empty: none was said."""
    company: str
    """Id of the company that holds it, ``group``, or the name of the legal entity as the report says."""
    site: Site | None
    """None: the register does not know it, and it counts wholly."""
    reports: tuple[Filed, ...]
    shares: Mapping[str, Decimal]
    """Part that counts in each month of its reports, e.g. ``{"2024-01": Decimal("0.5")}``. [-]"""

    @property
    def counts(self) -> bool:
        """Whether anything of it is the group's in the year."""
        return any(self.shares.values())


@dataclass(frozen=True, slots=True)
class Eliminated:
    """What was taken away because another plant of the group reports it too."""

    transfer: Transfer
    seller: str
    """Name of the plant that made it."""
    buyer: str
    """Name of the plant whose lines were made smaller."""
    scope: str
    tonnes: Decimal
    """Negative. [t CO2e]"""


@dataclass(frozen=True, slots=True)
class Consolidated:
    """A year of the group, or that part of it which :meth:`only` asked for."""

    year: int
    approach: str
    members: tuple[Member, ...]
    reports: tuple[Filed, ...]
    """In the order in which ``cells`` count them."""
    member_of: tuple[int, ...]
    """For each report, the place of its plant in ``members``."""
    packs: tuple[Packed, ...]
    """For each report, its lines, of which no more is read than what is asked for."""
    transfers: tuple[Transfer, ...]
    """In the order in which ``cells`` count them, from 1."""
    fine: Fine
    """Cells by source."""
    coarse: Cells
    """The same with sources added up: what most questions need."""
    rough: Cells
    """The same with months added up too."""
    notices: tuple[Text, ...]
    """What a reader has to know: plants that nobody entered, reports that overlap, what could not be eliminated."""
    titles: Mapping[str, str]
    """Names of companies and plants by id."""

    # ------------------------------------------------------------------ sums

    @property
    def cells(self) -> Cells:
        """By report, scope, category, gas, month, source and transfer."""
        return self.fine.cells

    @property
    def sources(self) -> tuple[tuple[str, ...], ...]:
        """For each report, the names of its sources in the order in which ``cells`` count them."""
        return tuple(pack.sources for pack in self.packs)

    @property
    def totals(self) -> dict[str, Decimal]:
        """Tonnes CO2e by scope, with ``avoided`` and ``exported``, ``biogenic`` and ``outside_basket`` as memos."""
        found = self.by("scope")
        return {
            **{scope: found.get(scope, ZERO) for scope in SCOPES},
            BIOGENIC: self._memo(BIOGENIC),
            OUTSIDE: self._memo(OTHER),
        }

    @property
    def location(self) -> Decimal:
        """Scopes 1, 2 (location-based) and 3. [t CO2e]"""
        return self.total("location")

    @property
    def market(self) -> Decimal:
        """Scopes 1, 2 (market-based) and 3. [t CO2e]"""
        return self.total("market")

    def total(self, view: str) -> Decimal:
        """Tonnes CO2e of all scopes of a view."""
        return exact_sum(self.by("gas", view).values())

    def by(self, dimension: str, view: str = "location") -> dict[str, Decimal]:
        """Tonnes CO2e of the seven gases by one dimension; what has no cell is not there.

        Parameters
        ----------
        dimension
            one of ``DIMENSIONS``. By ``scope`` every scope is given, memos included; else those of the view are
            added up.
        view
            ``location`` or ``market``: how scope 2 is counted.

        Returns
        -------
        dict of str to Decimal
            in the order of keys. Plants go by their key; sources by ``key: name``.

        Raises
        ------
        UserError
            when there is no such dimension.
        """
        cells, mask = self._laid_out((dimension,), view)
        places, names = self._keys(dimension, cells)
        return _named(sums(places[mask], cells.amounts[mask]), names)

    def cross(self, first: str, second: str, view: str = "location") -> dict[tuple[str, str], Decimal]:
        """The same by two dimensions, e.g. ``cross("plant", "scope")``; what has no cell is not there."""
        cells, mask = self._laid_out((first, second), view)
        ours, names = self._keys(first, cells)
        theirs, others = self._keys(second, cells)
        found = sums((ours * len(others) + theirs)[mask], cells.amounts[mask])
        pairs = {(names[at // len(others)], others[at % len(others)]): value for at, value in found.items()}
        return {pair: tonnes(value) for pair, value in sorted(pairs.items())}

    def counted(self, view: str) -> Cells:
        """The cells of a total: the seven gases in the scopes of a view; all there are for ``memo``."""
        return self.cells if view == "memo" else self.cells.where(_of_view(self.cells, view))

    def only(self, **where: str) -> Consolidated:
        """The part of it with these keys, e.g. ``only(country="CN", scope="scope1")``.

        Raises
        ------
        UserError
            when there is no such dimension.
        """
        found = self
        for dimension, key in where.items():
            found = found._where(lambda cells, dimension=dimension, key=key: self._named(cells, dimension, key),  # type: ignore[misc]
                                 exact=dimension == "source")  # fmt: skip
        return found

    def reported(self) -> Consolidated:
        """The same without eliminations."""
        return self._where(lambda cells: np.asarray(cells.columns["transfer"] == 0))

    def _where(self, which: Which, *, exact: bool = False) -> Consolidated:
        """Some of the cells; ``exact``: sources have to be known to tell which."""
        if exact:
            cells = self.cells.where(which(self.cells))
            coarse = merged(cells, "source")
            return replace(self, fine=Fine(lambda _reports: cells), coarse=coarse, rough=merged(coarse, "month"))
        coarse = self.coarse.where(which(self.coarse))
        reports = frozenset(np.flatnonzero(np.bincount(coarse.columns["report"])).tolist())
        return replace(self, fine=self.fine.only(reports, which), coarse=coarse, rough=merged(coarse, "month"))

    def _named(self, cells: Cells, dimension: str, key: str) -> NDArray[np.bool_]:
        places, names = self._keys(dimension, cells)
        return np.isin(places, [place for place, name in enumerate(names) if name == key])

    @property
    def eliminated(self) -> tuple[Eliminated, ...]:
        """Each transfer that took something away, by scope."""
        cells, mask = self._laid_out(("scope",), "")
        cells = cells.where(mask & (_wide(cells, "transfer") > 0))
        keys = _wide(cells, "transfer") * len(SCOPES) + _wide(cells, "scope")
        return tuple(
            Eliminated(one := self.transfers[at // len(SCOPES) - 1], self.title(one.seller), self.title(one.buyer),
                       SCOPES[at % len(SCOPES)], tonnes(value))
            for at, value in sums(keys, cells.amounts).items()
        )  # fmt: skip

    # ------------------------------------------------------------------ names

    def title(self, key: str) -> str:
        """What a plant, a company or a source is called; other keys are names already."""
        if key in self.titles:
            return self.titles[key]
        at = key.find(BETWEEN)
        while at >= 0:  # a source: the key of its plant, then its name, and either may hold a colon
            if key[:at] in self.titles:
                return source_key(self.titles[key[:at]], key[at + len(BETWEEN) :])
            at = key.find(BETWEEN, at + 1)
        return key

    def member(self, key: str) -> Member:
        """One of the plants by its key.

        Raises
        ------
        UserError
            when there is none.
        """
        for member in self.members:
            if member.key == key:
                return member
        raise UserError(
            T("No plant of this year is called “{name}”.", name=key), T("Take a name from the list of plants.")
        )

    # ------------------------------------------------------------------ how

    def _memo(self, kind: str) -> Decimal:
        cells = self.rough
        mask = (cells.columns["gas"] == KINDS.index(kind)) & _within(cells, LOCATION)
        return tonnes(sum(sums(np.zeros(int(mask.sum()), np.int64), cells.amounts[mask]).values()))

    def _laid_out(self, dimensions: tuple[str, ...], view: str) -> tuple[Cells, NDArray[np.bool_]]:
        """The fewest cells that tell these dimensions apart, and which of them are asked for."""
        cells = self.rough
        if {"month", "source"} & set(dimensions):
            cells = self.cells if "source" in dimensions else self.coarse
        if "scope" in dimensions:
            return cells, _basket(cells)
        mask = _of_view(cells, view)
        return cells, mask & _within(cells, ("scope3",)) if "category" in dimensions else mask

    def _keys(self, dimension: str, cells: Cells) -> tuple[Ints, tuple[str, ...]]:
        """For each cell the place of its key, and the keys."""
        if dimension in ("scope", "gas"):
            return _wide(cells, dimension), SCOPES if dimension == "scope" else KINDS
        if dimension == "category":
            return _wide(cells, "category"), tuple(map(str, range(256)))
        if dimension == "month":
            return _months(_wide(cells, "month"))
        reports = _wide(cells, "report")
        if dimension == "source":
            return self._source_keys(reports, _wide(cells, "source"))
        if dimension not in DIMENSIONS:
            raise UserError(
                T("“{name}” is nothing to lay out by.", name=dimension),
                T("Choose one of: {choices}.", choices=", ".join(DIMENSIONS)),
            )
        attribute = "key" if dimension == "plant" else dimension
        return _renumbered(reports, [str(getattr(self.members[at], attribute)) for at in self.member_of])

    def _source_keys(self, reports: Ints, sources: Ints) -> tuple[Ints, tuple[str, ...]]:
        asked = frozenset(np.flatnonzero(np.bincount(reports)).tolist())
        own = [pack.sources if at in asked else () for at, pack in enumerate(self.packs)]
        starts = np.cumsum([0, *map(len, own)])
        names = [
            source_key(self.members[at].key, name)
            for at, some in zip(self.member_of, own, strict=True)
            for name in some
        ]
        return _renumbered(starts[reports] + sources, names)


def source_key(plant: str, source: str) -> str:
    """Key of an emission source of a plant."""
    return f"{plant}{BETWEEN}{source}"


def _named(found: Mapping[int, int], names: tuple[str, ...]) -> dict[str, Decimal]:
    return {names[place]: tonnes(value) for place, value in sorted(found.items())}


def _wide(cells: Cells, name: str) -> Ints:
    return cells.columns[name].astype(np.int64)


def _basket(cells: Cells) -> NDArray[np.bool_]:
    return np.asarray(cells.columns["gas"].view(np.uint8) < np.uint8(len(GASES)))


def _of_view(cells: Cells, view: str) -> NDArray[np.bool_]:
    return _basket(cells) & _within(cells, VIEWS[view])


def _within(cells: Cells, scopes: Iterable[str]) -> NDArray[np.bool_]:
    wanted = np.zeros(256, np.bool_)
    wanted[[SCOPES.index(scope) for scope in scopes]] = True
    return wanted[cells.columns["scope"].view(np.uint8)]


def _months(months: Ints) -> tuple[Ints, tuple[str, ...]]:
    if not len(months):
        return months, ("",)
    first = int(months.min())
    return months - first, tuple(month_key(number) for number in range(first, int(months.max()) + 1))


def _renumbered(places: Ints, names: list[str]) -> tuple[Ints, tuple[str, ...]]:
    """Places of names that may repeat become places of ordered names that do not."""
    ordered = tuple(sorted(set(names))) or ("",)
    number = {name: at for at, name in enumerate(ordered)}
    return np.array([number[name] for name in names], dtype=np.int64)[places], ordered
