"""Sums of lines. A total is never anything else than the sum of its lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import TypeVar

from core.inventory.differing import differing
from core.library import EXACT, GASES
from core.methods import BIOGENIC, OTHER, SCOPES, Line, exact_sum

Key = TypeVar("Key")
ZERO = Decimal(0)
EXACT_BELOW = Decimal(10) ** 24
"""Larger sums would lose digits, and then the way to them would matter. [t]"""
LOCATION = ("scope1", "scope2_location", "scope3")
"""Scopes that make up the location-based total."""
MARKET = ("scope1", "scope2_market", "scope3")
"""Scopes that make up the market-based total."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Tonnes CO2e of an inventory."""

    scopes: dict[str, Decimal]
    """``scope1``, ``scope2_location``, ``scope2_market``, ``scope3`` and the memos ``exported`` and ``avoided``."""
    gases: dict[str, Decimal]
    """Each of the seven over scopes 1, 2 (location-based) and 3."""
    gases_market: dict[str, Decimal]
    """The same with scope 2 market-based."""
    biogenic: Decimal
    """CO2 of biomass, apart. [t]"""
    other: Decimal
    """Gases outside the basket, apart. [t CO2e]"""
    categories: dict[int, Decimal] = field(default_factory=dict)
    """Each category of scope 3 that has a line; their sum is scope 3."""

    @property
    def location(self) -> Decimal:
        """Scopes 1, 2 (location-based) and 3."""
        return exact_sum(self.scopes[scope] for scope in LOCATION)

    @property
    def market(self) -> Decimal:
        """Scopes 1, 2 (market-based) and 3."""
        return exact_sum(self.scopes[scope] for scope in MARKET)

    @property
    def avoided(self) -> Decimal:
        """Memo: what own generation avoided elsewhere. Never part of a total."""
        return self.scopes["avoided"]


@dataclass(slots=True)
class Sums:
    """What some lines add up to, so that after an edit only what differs is added and taken away.

    Sums of numbers with nine decimals are exact, thus the same by whatever way they were reached.
    """

    lines: tuple[Line, ...] = ()
    places: dict[tuple[str, str], tuple[int, Decimal]] = field(default_factory=dict)
    """Number of amounts and tonnes of each scope and gas."""
    categories: dict[int, tuple[int, Decimal]] = field(default_factory=dict)

    def turn(self, lines: tuple[Line, ...]) -> None:
        """Become the sums of these lines."""
        if any(abs(tonnes) >= EXACT_BELOW for _, tonnes in self.places.values()):
            self.lines, self.places, self.categories = (), {}, {}
        gone, new = differing(self.lines, lines)
        self._count(new, 1)
        self._count(gone, -1)
        self.lines = lines

    def _count(self, lines: Iterable[Line], sign: int) -> None:
        places: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
        categories: dict[int, list[Decimal]] = defaultdict(list)
        for line in lines:
            for amount in line.amounts:
                places[line.scope, amount.gas].append(amount.tco2e)
            if line.scope == "scope3":
                categories[line.category].append(line.tco2e)
        _add(self.places, places, sign)
        _add(self.categories, categories, sign)


def _add(sums: dict[Key, tuple[int, Decimal]], more: Mapping[Key, list[Decimal]], sign: int) -> None:
    for key, tonnes in more.items():
        count, known = sums.get(key, (0, ZERO))
        count += sign * len(tonnes)
        if count:
            sums[key] = (count, known + sign * sum(tonnes, ZERO))
        else:
            del sums[key]


def total(lines: Iterable[Line], sums: Sums | None = None) -> Totals:
    """Sum lines; exact, so the order does not matter.

    Parameters
    ----------
    lines
        all lines of an inventory.
    sums
        optional memory of the lines of an earlier one.
    """
    kept = Sums() if sums is None else sums
    with localcontext(EXACT):
        kept.turn(tuple(lines))

        def add(scopes: Iterable[str], gases: Iterable[str]) -> Decimal:
            return sum((kept.places.get((scope, gas), (0, ZERO))[1] for scope in scopes for gas in gases), ZERO)

        return Totals(
            scopes={scope: add((scope,), GASES) for scope in SCOPES},
            gases={gas: add(LOCATION, (gas,)) for gas in GASES},
            gases_market={gas: add(MARKET, (gas,)) for gas in GASES},
            biogenic=add(LOCATION, (BIOGENIC,)),
            other=add(LOCATION, (OTHER,)),
            categories={key: tonnes for key, (_, tonnes) in sorted(kept.categories.items())},
        )
