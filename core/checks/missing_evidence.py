"""What cannot be looked up cannot be audited."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.checks._types import Review, Rule, Series, Setting
from core.i18n import T
from core.library import EXACT
from core.methods import Finding

SOLAR = "solar_generation"
"""Own PV has stricter needs and a rule of its own."""
MATERIAL = Decimal("0.05")
"""A source above this share of the total makes it a warning."""


def _silent(setting: Setting, series: Series) -> tuple[str, ...]:
    """Ids of measured records that nothing proves."""
    if series.method == SOLAR:
        return ()
    return tuple(a.id for a in series.undocumented() if not a.estimated)


def check(review: Review) -> Iterator[Finding]:
    """Measured records without bill number or file, together for each source."""
    sources: dict[str, list[str]] = {}
    for series, ids in review.each(_silent):
        sources.setdefault(series.source, []).extend(ids)
    for source, found in sources.items():
        material = review.tonnes(source) > EXACT.multiply(review.total, MATERIAL)
        yield Finding(
            RULE.key,
            "warning" if material else "info",
            min(found),
            T("{source}: {count} records name no evidence.", source=source, count=len(found)),
            T("Enter the number of the bill or attach the file."),
        )


RULE = Rule(
    "missing_evidence",
    "warning",
    T("Records without evidence"),
    "ISO 14064-3:2019: evidence for the data trail; materiality 5 %",
    check,
    field="evidence",
)
