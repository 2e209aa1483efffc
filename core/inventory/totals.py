"""Sums of lines. A total is never anything else than the sum of its lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext

from core.library import EXACT, GASES
from core.methods import BIOGENIC, OTHER, SCOPES, Line, exact_sum

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Totals:
    """Tonnes CO2e of an inventory."""

    scopes: dict[str, Decimal]
    """``scope1``, ``scope2_location``, ``scope2_market``, ``scope3`` and the memo ``avoided``."""
    gases: dict[str, Decimal]
    """Each of the seven over scopes 1, 2 (location-based) and 3."""
    gases_market: dict[str, Decimal]
    """The same with scope 2 market-based."""
    biogenic: Decimal
    """CO2 of biomass, apart. [t]"""
    other: Decimal
    """Gases outside the basket, apart. [t CO2e]"""

    @property
    def location(self) -> Decimal:
        """Scopes 1, 2 (location-based) and 3."""
        return exact_sum(self.scopes[scope] for scope in ("scope1", "scope2_location", "scope3"))

    @property
    def market(self) -> Decimal:
        """Scopes 1, 2 (market-based) and 3."""
        return exact_sum(self.scopes[scope] for scope in ("scope1", "scope2_market", "scope3"))

    @property
    def avoided(self) -> Decimal:
        """Memo: what own generation avoided elsewhere. Never part of a total."""
        return self.scopes["avoided"]


def total(lines: Iterable[Line]) -> Totals:
    """Sum lines; exact, so the order does not matter."""
    with localcontext(EXACT):
        return _total(lines)


def _total(lines: Iterable[Line]) -> Totals:
    sums: dict[tuple[str, str], Decimal] = {}
    for line in lines:
        scope = line.scope
        for amount in line.amounts:
            key = (scope, amount.gas)
            sums[key] = sums.get(key, ZERO) + amount.tco2e

    def over(left_out: tuple[str, str], gas: str) -> Decimal:
        return sum((value for (scope, own), value in sums.items() if own == gas and scope not in left_out), ZERO)

    def counted(scope: str) -> Decimal:
        return sum((value for (own, gas), value in sums.items() if own == scope and gas in GASES), ZERO)

    no_market, no_location = ("scope2_market", "avoided"), ("scope2_location", "avoided")
    return Totals(
        {scope: counted(scope) for scope in SCOPES},
        {gas: over(no_market, gas) for gas in GASES},
        {gas: over(no_location, gas) for gas in GASES},
        over(no_market, BIOGENIC),
        over(no_market, OTHER),
    )
