"""Who compares with a year must not be able to move it."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._closed import closing, year_of
from core.checks._types import Review, Rule
from core.i18n import T
from core.methods import Finding


def check(review: Review) -> Iterator[Finding]:
    """The audit names another year as base year, and that year was never closed."""
    base = review.inventory.base_year
    if base and base != str(year_of(review)) and closing(review, base) is None:
        yield Finding(
            RULE.key,
            RULE.severity,
            f"base_year:{base}",
            T("The base year {year} is not closed: its numbers can still change.", year=base),
            T("Close the base year, so that its factors and numbers stay what they are."),
        )


RULE = Rule(
    "base_year_open",
    "info",
    T("Base year not closed"),
    "GHG Protocol Corporate Standard, ch. 5; ISO 14064-1:2018, 6.4: base-year inventory",
    check,
)
