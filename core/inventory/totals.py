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
    scopes = dict.fromkeys(SCOPES, ZERO)
    location, market = dict.fromkeys(GASES, ZERO), dict.fromkeys(GASES, ZERO)
    apart = {BIOGENIC: ZERO, OTHER: ZERO}
    for line in lines:
        counted = ZERO
        for amount in line.amounts:
            if amount.gas not in apart:
                counted += amount.tco2e
                if line.scope not in ("scope2_market", "avoided"):
                    location[amount.gas] += amount.tco2e
                if line.scope not in ("scope2_location", "avoided"):
                    market[amount.gas] += amount.tco2e
            elif line.scope not in ("scope2_market", "avoided"):
                apart[amount.gas] += amount.tco2e
        scopes[line.scope] += counted
    return Totals(scopes, location, market, apart[BIOGENIC], apart[OTHER])
