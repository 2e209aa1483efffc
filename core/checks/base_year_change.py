"""A base year that moved makes every comparison move."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.checks._closed import change, closing, total, year_of
from core.checks._types import Review, Rule, shown_apart
from core.i18n import T
from core.library import EXACT
from core.methods import Finding

LIMIT = Decimal("0.05")


def check(review: Review) -> Iterator[Finding]:
    """The year is the closed base year and its total differs by more than 5 % from what it was closed with."""
    year = year_of(review)
    closed = closing(review, year)
    base = review.inventory.base_year or (review.inventory.closings[0].id if review.inventory.closings else "")
    before = None if closed is None or base != str(year) else total(closed)
    if before is None or not before:
        return
    share = change(review.total, before)
    if abs(share) > LIMIT:
        was, now = shown_apart(before, review.total)
        yield Finding(
            RULE.key,
            RULE.severity,
            f"base_year:{year}",
            T(
                "The base year {year} changes by {percent} %, from {before} to {now} t CO₂e.",
                year=year,
                percent=EXACT.multiply(share, Decimal(100)).quantize(Decimal("0.1"), context=EXACT),
                before=was,
                now=now,
            ),
            T("Restate the base year with its reason, and compare every later year with the new one."),
        )


RULE = Rule(
    "base_year_change",
    "warning",
    T("Base year changed by more than 5 %"),
    "GHG Protocol Corporate Standard, ch. 5: significance threshold; SBTi: 5 %",
    check,
)
