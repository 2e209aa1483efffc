"""Two views of the same kilowatt-hours that need an explanation."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.checks._types import Review, Rule
from core.i18n import T
from core.library import EXACT
from core.methods import Finding

KILOGRAMS = Decimal("0.001")
"""Tonnes as a sentence shows them."""


def check(review: Review) -> Iterator[Finding]:
    """Scope 2 market-based above location-based."""
    scopes = review.inventory.totals.scopes
    location, market = scopes["scope2_location"], scopes["scope2_market"]
    if market > location:
        yield Finding(
            RULE.key,
            RULE.severity,
            "scope2",
            T(
                "Market-based scope 2 is {difference} t CO₂e above location-based.",
                difference=EXACT.subtract(market, location).quantize(KILOGRAMS, context=EXACT),
            ),
            T("Explain it in the report: usually the residual mix is above the grid average."),
        )


RULE = Rule(
    "market_above_location",
    "info",
    T("Market-based above location-based"),
    "GHG Protocol Scope 2 Guidance (2015), ch. 7: disclosure of both totals",
    check,
)
