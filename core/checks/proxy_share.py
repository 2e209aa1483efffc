"""Factors of elsewhere are better than none, up to a point."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.checks._types import Review, Rule, Series, Setting, percent
from core.i18n import T
from core.methods import Finding, exact_sum

LIMIT = Decimal(20)
"""[%]"""


def _borrowed(setting: Setting, series: Series) -> Decimal:
    """[t CO2e]"""
    lines = (line for line in series.lines if line.scope == "scope3")
    return exact_sum(line.tco2e for line in lines if line.factor.region not in setting.areas)


def check(review: Review) -> Iterator[Finding]:
    """More than a fifth of scope 3 rests on factors of other countries."""
    whole = review.inventory.totals.scopes["scope3"]
    borrowed = exact_sum(tonnes for _, tonnes in review.each(_borrowed))
    if whole > 0 and percent(borrowed, whole) > LIMIT:
        yield Finding(
            RULE.key,
            RULE.severity,
            "scope3",
            T("{share} % of scope 3 rests on factors of other countries.", share=percent(borrowed, whole)),
            T("Use factors of suppliers or of a national database for the largest of these sources."),
        )


RULE = Rule(
    "proxy_share",
    "info",
    T("High share of factors from other countries"),
    "GHG Protocol Scope 3 Standard (2011), ch. 7: geographical representativeness; limit of this program: 20 %",
    check,
)
