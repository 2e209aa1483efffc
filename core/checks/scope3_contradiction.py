"""What is not relevant is not calculated, or it is relevant."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._types import Review, Rule, shown_tonnes
from core.i18n import T
from core.methods import Finding


def check(review: Review) -> Iterator[Finding]:
    """Categories of scope 3 declared not relevant although lines exist."""
    verdicts = {j.about: j for j in review.inventory.judgements}
    for number, tonnes in review.inventory.totals.categories.items():
        judged = verdicts.get(f"scope3:{number}")
        if judged is not None and judged.verdict == "not_relevant":
            yield Finding(
                RULE.key,
                RULE.severity,
                f"scope3:{number}",
                T(
                    "Scope 3 category {number} was declared not relevant, but {tonnes} t CO₂e are calculated.",
                    number=number,
                    tonnes=shown_tonnes(tonnes),
                ),
                T("Take the declaration back, or move the records to the category where they belong."),
            )


RULE = Rule(
    "scope3_contradiction",
    "warning",
    T("Category declared not relevant but calculated"),
    "GHG Protocol Scope 3 Standard (2011), ch. 6: relevance and completeness",
    check,
)
