"""Materiality in tonnes: from what misstatement on the intended users of a statement would decide otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal

from core.i18n import T, Text
from core.inventory import Inventory
from core.inventory.totals import LOCATION, MARKET
from core.ledger import Engagement
from core.library import EXACT
from core.methods import exact_sum

LOCATION_BASED, MARKET_BASED = "location", "market"
TOTALS = {LOCATION_BASED: LOCATION, MARKET_BASED: MARKET}
"""The two totals of an inventory and the scopes that make them up."""
TITLES: dict[str, Text] = {
    LOCATION_BASED: T("Total, location-based"),
    MARKET_BASED: T("Total, market-based"),
}
HUNDRED, GRAM = Decimal(100), Decimal("1e-9")


@dataclass(frozen=True, slots=True)
class Materiality:
    """Of one audit. [t CO2e]"""

    percent: Decimal
    """Of the total. [%]"""
    location: Decimal
    """Of the total with location-based electricity."""
    market: Decimal
    """Of the total with market-based electricity."""
    scopes: dict[str, Decimal] = field(default_factory=dict)
    """Of the scopes that have a percentage of their own."""

    @property
    def governs(self) -> str:
        """The total whose materiality is stricter; ``location`` where both are the same."""
        return MARKET_BASED if self.market < self.location else LOCATION_BASED

    @property
    def total(self) -> Decimal:
        """The stricter of both."""
        return min(self.location, self.market)


def threshold(engagement: Engagement, inventory: Inventory) -> Materiality:
    """Materiality of an engagement in tonnes.

    Parameters
    ----------
    engagement
        with the percentages that were agreed.
    inventory
        of the audited year as it stands.

    Returns
    -------
    Materiality
        of both totals and of each scope with a percentage of its own.

    Notes
    -----
    ``m = p / 100 × |E|``, rounded down to grams, with the percentage p and the reported emissions E. ISO 14064-3:2019
    leaves the figure to the programme or the intended user; 5 % is the default here.
    """

    def part(tonnes: Decimal, percent: Decimal) -> Decimal:
        return EXACT.divide(EXACT.multiply(abs(tonnes), percent), HUNDRED).quantize(GRAM, ROUND_DOWN, EXACT)

    totals = inventory.totals
    own = {
        scope: part(totals.scopes[scope], Decimal(percent))
        for scope, percent in engagement.scope_materiality
        if scope in totals.scopes
    }
    sums = {key: exact_sum(totals.scopes[scope] for scope in scopes) for key, scopes in TOTALS.items()}
    return Materiality(
        engagement.materiality,
        part(sums[LOCATION_BASED], engagement.materiality),
        part(sums[MARKET_BASED], engagement.materiality),
        own,
    )
