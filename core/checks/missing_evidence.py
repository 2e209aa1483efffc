"""What cannot be looked up cannot be audited."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.checks._types import Review, Rule
from core.i18n import T
from core.inventory import by_source
from core.library import EXACT
from core.methods import Finding

SOLAR = "solar_generation"
"""Own PV has stricter needs and a rule of its own."""
MATERIAL = Decimal("0.05")
"""A source above this share of the total makes it a warning."""


def check(review: Review) -> Iterator[Finding]:
    """Measured records without bill number or file, together for each source."""
    sources: dict[str, list[str]] = {}
    for a in review.activities:
        if not (a.estimated or a.method == SOLAR or review.documented(a)):
            sources.setdefault(a.source, []).append(a.id)
    if not sources:
        return
    tonnes, total = by_source(review.inventory.lines), review.inventory.totals.location
    for source, ids in sorted(sources.items()):
        material = tonnes.get(source, Decimal(0)) > EXACT.multiply(total, MATERIAL)
        yield Finding(
            RULE.key,
            "warning" if material else "info",
            ids[0],
            T("{source}: {count} records name no evidence.", source=source, count=len(ids)),
            T("Enter the number of the bill or attach the file."),
        )


RULE = Rule(
    "missing_evidence",
    "warning",
    T("Records without evidence"),
    "ISO 14064-3:2019: evidence for the data trail; materiality 5 %",
    check,
)
