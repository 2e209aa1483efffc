"""What is known of closed years."""

from __future__ import annotations

from decimal import Decimal

from core.checks._types import Review
from core.ledger import Closing
from core.ledger.codec import read_decimal
from core.library import EXACT
from core.methods import exact_sum

SCOPES = ("scope1", "scope2_location", "scope2_market", "scope3")
TOTAL = ("scope1", "scope2_location", "scope3")


def year_of(review: Review) -> int:
    """Under which the inventory would be closed."""
    return review.inventory.choices.period.end.year


def closing(review: Review, year: int | str) -> Closing | None:
    """The closing of a year; None while it is open."""
    return next((one for one in review.inventory.closings if one.id == str(year)), None)


def figures(closed: Closing) -> dict[str, Decimal]:
    """Tonnes of each scope that the closing states."""
    found: dict[str, Decimal] = {}
    for key, said in closed.figures:
        try:
            if key in SCOPES:
                found[key] = read_decimal(said)
        except ValueError:
            continue
    return found


def total(closed: Closing) -> Decimal | None:
    """Location-based; None when the closing does not say."""
    stated = figures(closed)
    return exact_sum(stated[scope] for scope in TOTAL) if stated.keys() >= set(TOTAL) else None


def change(now: Decimal, before: Decimal) -> Decimal:
    """How much more or less, as a share of what was. [1]"""
    return EXACT.divide(EXACT.subtract(now, before), before)
