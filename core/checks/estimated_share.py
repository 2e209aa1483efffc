"""How much of the result is a guess."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.checks._types import Review, Rule, Series, Setting, percent
from core.i18n import T
from core.inventory.totals import LOCATION
from core.library import EXACT
from core.methods import Finding, exact_sum

LIMIT = Decimal("0.2")


def _estimated(setting: Setting, series: Series) -> Decimal:
    """[t CO2e]"""
    return exact_sum(line.tco2e for line in series.lines if line.activity.estimated and line.scope in LOCATION)


def check(review: Review) -> Iterator[Finding]:
    """Estimated records carry more than a fifth of the tonnes (location-based)."""
    estimated = exact_sum(tonnes for _, tonnes in review.each(_estimated))
    if review.total > 0 and estimated > EXACT.multiply(review.total, LIMIT):
        yield Finding(
            RULE.key,
            RULE.severity,
            "inventory",
            T("{share} % of the tonnes rest on estimates.", share=percent(estimated, review.total)),
            T("Replace the largest estimates by bills or readings before the report is signed."),
        )


RULE = Rule(
    "estimated_share",
    "warning",
    T("High share of estimates"),
    "GHG Protocol Corporate Standard, ch. 7: data quality; limit of this program: 20 %",
    check,
)
