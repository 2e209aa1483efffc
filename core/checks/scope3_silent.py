"""Leaving out a category is a decision, and decisions are written down."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._types import Review, Rule
from core.i18n import T
from core.methods import CATEGORIES, Finding

ABOUT = "scope3:"


def check(review: Review) -> Iterator[Finding]:
    """Once scope 3 was begun: categories without a line that nobody declared not relevant."""
    calculated = set(review.inventory.totals.categories)
    judged = {j.about.removeprefix(ABOUT): j.verdict for j in review.inventory.judgements if j.about.startswith(ABOUT)}
    if not calculated and not judged:
        return
    left = {number for number in CATEGORIES if judged.get(str(number)) == "not_relevant"}
    silent = [number for number in CATEGORIES if number not in calculated and number not in left]
    if silent:
        yield Finding(
            RULE.key,
            RULE.severity,
            "scope3",
            T("Scope 3 categories neither calculated nor declared: {categories}.", categories=silent),
            T("Calculate them, or declare them not relevant with a reason on the page “Sources”."),
        )


RULE = Rule(
    "scope3_silent",
    "warning",
    T("Scope 3 categories left open"),
    "GHG Protocol Scope 3 Standard (2011), ch. 6: exclusions are disclosed and justified",
    check,
)
