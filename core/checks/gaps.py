"""Months for which nobody entered anything."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._types import Review, Rule, Series, month_text
from core.i18n import T
from core.inventory import Period, months_of
from core.methods import Finding

OCCASIONAL = frozenset({"refrigerant"})
"""Topped up when needed, so a month without is no gap."""
REGULAR = 2
"""From so many months with data on, the others are expected to have some."""


def _missing(series: Series, months: tuple[Period, ...]) -> list[Period]:
    spans = {(a.start, a.end) for a in series.records}
    empty = [m for m in months if not any(start <= m.end and m.start <= end for start, end in spans)]
    return empty if len(months) - len(empty) >= REGULAR else []


def check(review: Review) -> Iterator[Finding]:
    """Whole months of the period that no record of a source touches, while other months have records."""
    months = months_of(review.inventory.choices.period)
    for series in review.series:
        if review.kind(series.item) in OCCASIONAL:
            continue
        missing = _missing(series, months)
        if missing:
            yield Finding(
                RULE.key,
                RULE.severity,
                series.records[0].id,
                T(
                    "{source}: {item} has no data for {months}.",
                    source=series.source,
                    item=review.name(series.item),
                    months=", ".join(month_text(month.start) for month in missing),
                ),
                T("Enter the missing bills, a quantity of 0, or an estimate with its reason. Gaps are not filled in."),
            )


RULE = Rule(
    "gaps", "warning", T("Months without data"), "GHG Protocol Corporate Standard, ch. 7: completeness checks", check
)
