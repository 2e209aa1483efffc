"""Own PV counts only with monthly readings of its meter."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._types import Review, Rule, Series, Setting, days
from core.i18n import T
from core.methods import Finding

SOLAR = "solar_generation"
MONTH = 31


def _weak(setting: Setting, series: Series) -> tuple[str, ...]:
    """Ids of PV records without evidence or over more than a month."""
    if series.method != SOLAR:
        return ()
    silent = {a.id for a in series.undocumented()}
    return tuple(a.id for a in series.records if days(a) > MONTH or a.id in silent)


def check(review: Review) -> Iterator[Finding]:
    """PV records without evidence or over more than a month, together for each source."""
    sources: dict[str, list[str]] = {}
    for series, ids in review.each(_weak):
        sources.setdefault(series.source, []).extend(ids)
    for source, found in sources.items():
        yield Finding(
            RULE.key,
            RULE.severity,
            min(found),
            T("{source}: {count} records are not backed by monthly meter readings.", source=source, count=len(found)),
            T("Enter each month's reading with the meter record as evidence; own PV counts as zero only with it."),
        )


RULE = Rule(
    "solar_readings",
    "warning",
    T("Own PV without monthly meter records"),
    "GB/T 32151.34-2024, annex D",
    check,
    field="quantity",
)
