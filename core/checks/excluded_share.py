"""An inventory of exceptions is none."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.checks._types import Review, Rule, percent
from core.i18n import T
from core.methods import Finding

LIMIT = Decimal(5)
"""[%]"""


def check(review: Review) -> Iterator[Finding]:
    """More than 5 % of the records emit an unknown amount because no factor covers them."""
    count, all_ = len(review.inventory.excluded), len(review.activities)
    if count and percent(Decimal(count), Decimal(all_)) > LIMIT:
        yield Finding(
            RULE.key,
            RULE.severity,
            "inventory",
            T("{count} of {all} records are in no total, for want of a factor.", count=count, all=all_),
            T("Correct their items and units, or add factors with their source on the page “Library”."),
        )


RULE = Rule(
    "excluded_share",
    "warning",
    T("Many records excluded"),
    "ISO 14064-1:2018, 5.2.3: exclusions are justified; limit of this program: 5 % of the records",
    check,
)
