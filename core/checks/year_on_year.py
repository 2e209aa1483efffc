"""Half as much again as last year needs a reason."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.checks._closed import change, closing, total, year_of
from core.checks._types import Review, Rule, shown_tonnes
from core.i18n import T
from core.library import EXACT
from core.methods import Finding

MORE, LESS = Decimal("0.5"), Decimal(-1) / Decimal(3)
"""Half as much again, and the way back."""


def check(review: Review) -> Iterator[Finding]:
    """The total is half as much again as the closed year before, or two thirds of it."""
    year = year_of(review)
    closed = closing(review, year - 1)
    before = None if closed is None else total(closed)
    if before is None or not before or not review.activities:  # a year of which nothing is recorded yet
        return
    share = change(review.total, before)
    if share > MORE or share < LESS:
        yield Finding(
            RULE.key,
            RULE.severity,
            f"year:{year - 1}",
            T(
                "The total differs by {percent} % from {year}: {before} t CO₂e then, {now} t now.",
                percent=EXACT.multiply(share, Decimal(100)).quantize(Decimal("0.1"), context=EXACT),
                year=year - 1,
                before=shown_tonnes(before),
                now=shown_tonnes(review.total),
            ),
            T("Compare the two years source by source, and say in the report what changed."),
        )


RULE = Rule(
    "year_on_year",
    "info",
    T("Large change from last year"),
    "ISO 14064-3:2019, 6.1: analytical procedures; limit of this program: half as much again, or a third less",
    check,
)
