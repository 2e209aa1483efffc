"""Numbers that were read in a transcription only."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.checks._types import Review, Rule, Series, Setting, percent
from core.i18n import T
from core.inventory.totals import LOCATION
from core.methods import Finding, exact_sum

LIMIT = Decimal(50)
"""[%]"""
FIRM = frozenset({"VERIFIED", "DERIVED", "USER"})


def _weak(setting: Setting, series: Series) -> Decimal:
    """[t CO2e]"""
    lines = (line for line in series.lines if line.factor.status not in FIRM)
    return exact_sum(line.tco2e for line in lines if line.scope in LOCATION)


def check(review: Review) -> Iterator[Finding]:
    """More than half of the tonnes rest on factors that nobody compared with the publication itself."""
    weak = exact_sum(tonnes for _, tonnes in review.each(_weak))
    if review.total > 0 and percent(weak, review.total) > LIMIT:
        yield Finding(
            RULE.key,
            RULE.severity,
            "inventory",
            T(
                "{share} % of the tonnes rest on factors known from a cited transcription only.",
                share=percent(weak, review.total),
            ),
            T("Compare the factors with the publications that the report names, or bring in the publisher's workbook."),
        )


RULE = Rule(
    "weak_factors",
    "info",
    T("Factors from transcriptions"),
    "ISO 14064-1:2018, 6.2.3: origin of factors; limit of this program: 50 %",
    check,
)
