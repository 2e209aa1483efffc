"""Screening is for what does not matter."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.checks._types import Review, Rule, Series, Setting, percent
from core.i18n import T
from core.inventory.totals import LOCATION
from core.methods import Finding, Line, exact_sum

LIMIT = Decimal(5)
"""[%]"""
SCREENING = "refrigerant_screening"
RATE = ".leak_rate"
"""Use of factors that stand for a log book."""


def _is_screened(line: Line) -> bool:
    return line.activity.method == SCREENING or _is_default(line.factor.parts)


def _is_default(parts: tuple[str, ...]) -> bool:
    return any(RATE in part for part in parts)


def _screened(setting: Setting, series: Series) -> tuple[Line, ...]:
    if series.method != SCREENING and not any(_is_default(parts) for parts in {li.factor.parts for li in series.lines}):
        return ()
    return tuple(line for line in series.lines if line.scope in LOCATION and _is_screened(line))


def check(review: Review) -> Iterator[Finding]:
    """Sources above 5 % of the total that rest on default leak rates."""
    sources: dict[str, list[Line]] = {}
    for series, lines in review.each(_screened):
        sources.setdefault(series.source, []).extend(lines)
    for source, found in sources.items():
        tonnes = exact_sum(line.tco2e for line in found)
        if review.total > 0 and percent(tonnes, review.total) > LIMIT:
            yield Finding(
                RULE.key,
                RULE.severity,
                min(line.activity.id for line in found),
                T(
                    "{source}: {share} % of the tonnes come from a default leak rate.",
                    source=source,
                    share=percent(tonnes, review.total),
                ),
                T("Take the mass that was topped up from the log book of each system."),
            )


RULE = Rule(
    "screening_material",
    "warning",
    T("Screening method for a material source"),
    "US EPA: Direct Fugitive Emissions (2014): screening only below 5 % of scopes 1 and 2",
    check,
    field="quantity",
)
