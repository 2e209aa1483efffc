"""Own PV counts only with monthly readings of its meter."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._types import Review, Rule, days
from core.i18n import T
from core.ledger import Activity
from core.methods import Finding

SOLAR = "solar_generation"
MONTH = 31


def check(review: Review) -> Iterator[Finding]:
    """PV records without evidence or over more than a month, together for each source."""
    sources: dict[str, list[Activity]] = {}
    for a in review.activities:
        if a.method == SOLAR and (days(a) > MONTH or not review.documented(a)):
            sources.setdefault(a.source, []).append(a)
    for source, records in sorted(sources.items()):
        yield Finding(
            RULE.key,
            RULE.severity,
            records[0].id,
            T("{source}: {count} records are not backed by monthly meter readings.", source=source, count=len(records)),
            T("Enter each month's reading with the meter record as evidence; own PV counts as zero only with it."),
        )


RULE = Rule(
    "solar_readings",
    "warning",
    T("Own PV without monthly meter records"),
    "GB/T 32151.34-2024, annex D",
    check,
)
