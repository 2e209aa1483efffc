"""Money says little about tonnes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.checks._types import Review, Rule, Series, Setting, percent
from core.i18n import T
from core.methods import MONEY, Finding, exact_sum

LIMIT = Decimal(50)
"""[%]"""


def _by_spend(setting: Setting, series: Series) -> Decimal:
    """[t CO2e]"""
    units = setting.library.units
    lines = (line for line in series.lines if line.scope == "scope3")
    return exact_sum(
        line.tco2e for line in lines if (unit := units.find(line.activity.unit)) is not None and unit.dimension in MONEY
    )


def check(review: Review) -> Iterator[Finding]:
    """More than half of scope 3 is calculated from money spent."""
    whole = review.inventory.totals.scopes["scope3"]
    spent = exact_sum(tonnes for _, tonnes in review.each(_by_spend))
    if whole > 0 and percent(spent, whole) > LIMIT:
        yield Finding(
            RULE.key,
            RULE.severity,
            "scope3",
            T("{share} % of scope 3 is calculated from money spent.", share=percent(spent, whole)),
            T("Ask the largest suppliers for masses or product footprints; money is for what remains."),
        )


RULE = Rule(
    "spend_share",
    "info",
    T("High share of spend-based data"),
    "GHG Protocol Scope 3 Standard (2011), ch. 7: data quality; limit of this program: 50 % of scope 3",
    check,
)
