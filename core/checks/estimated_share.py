"""How much of the result is a guess."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.checks._types import Review, Rule
from core.i18n import T
from core.inventory.views import LOCATION
from core.library import EXACT
from core.methods import Finding, exact_sum

LIMIT = Decimal("0.2")


def check(review: Review) -> Iterator[Finding]:
    """Estimated records carry more than a fifth of the tonnes (location-based)."""
    total = review.inventory.totals.location
    lines = (line for line in review.inventory.lines if line.scope in LOCATION and line.activity.estimated)
    estimated = exact_sum(line.tco2e for line in lines)
    if total > 0 and estimated > EXACT.multiply(total, LIMIT):
        share = EXACT.divide(EXACT.multiply(estimated, Decimal(100)), total)
        yield Finding(
            RULE.key,
            RULE.severity,
            "inventory",
            T("{share} % of the tonnes rest on estimates.", share=share.quantize(Decimal("0.1"), context=EXACT)),
            T("Replace the largest estimates by bills or readings before the report is signed."),
        )


RULE = Rule(
    "estimated_share",
    "warning",
    T("High share of estimates"),
    "GHG Protocol Corporate Standard, ch. 7: data quality; limit of this program: 20 %",
    check,
)
