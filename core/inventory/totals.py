"""Sums of lines. A total is never anything else than the sum of its lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, localcontext

from core.library import EXACT, GASES
from core.methods import BIOGENIC, OTHER, SCOPES, Line, exact_sum

ZERO = Decimal(0)
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


def total(lines: Iterable[Line]) -> Totals:
    """Sum lines; exact, so the order does not matter."""
    with localcontext(EXACT):
        sums: dict[tuple[str, str], Decimal] = {}
        categories: dict[int, Decimal] = {}
        for line in lines:
            for amount in line.amounts:
                place = (line.scope, amount.gas)
                sums[place] = sums.get(place, ZERO) + amount.tco2e
            if line.scope == "scope3":
                categories[line.category] = categories.get(line.category, ZERO) + line.tco2e

        def add(scopes: Iterable[str], gases: Iterable[str]) -> Decimal:
            return sum((sums.get((scope, gas), ZERO) for scope in scopes for gas in gases), ZERO)

        return Totals(
            scopes={scope: add((scope,), GASES) for scope in SCOPES},
            gases={gas: add(LOCATION, (gas,)) for gas in GASES},
            gases_market={gas: add(MARKET, (gas,)) for gas in GASES},
            biogenic=add(LOCATION, (BIOGENIC,)),
            other=add(LOCATION, (OTHER,)),
            categories=dict(sorted(categories.items())),
        )
