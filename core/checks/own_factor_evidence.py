"""An own factor is worth as much as the paper behind it."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._own import used
from core.checks._types import Review, Rule
from core.i18n import T
from core.methods import Finding


def check(review: Review) -> Iterator[Finding]:
    """Own factors in use whose report is not kept as a file."""
    kept = {one.id for one in review.inventory.evidence}
    for own, lines in used(review):
        if own.evidence not in kept:
            yield Finding(
                RULE.key,
                RULE.severity,
                lines[0].activity.id,
                T(
                    "The own factor {name} of {publisher} counts in {count} lines, and no file proves it.",
                    name=own.name,
                    publisher=own.publisher,
                    count=len(lines),
                ),
                T("Attach the report of the supplier or laboratory to the factor on the page “Library”."),
            )


RULE = Rule(
    "own_factor_evidence",
    "warning",
    T("Own factor without proof"),
    "ISO 14064-1:2018, 6.2.3: origin of factors; GHG Protocol Scope 3 Standard, ch. 7: primary data",
    check,
)
