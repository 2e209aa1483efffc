"""Months for which nobody entered anything."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._metered import of_the_value_chain
from core.checks._rates import OCCASIONAL
from core.checks._types import Rule, Series, Setting, month_text
from core.i18n import T
from core.inventory import Period
from core.methods import Finding

REGULAR, HABIT = 2, 6
"""From so many months with data on, the others are expected to have some; in the value chain from half a year on."""


def _missing(series: Series, months: tuple[Period, ...]) -> list[Period]:
    """Months that no record touches; the records are in the order of their first days."""
    touched: set[int] = set()
    for start, end in {(a.start, a.end) for a in series.records}:
        first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
        touched.update(range(first, last + 1))
    empty = [m for m in months if m.start.year * 12 + m.start.month - 1 not in touched]
    least = HABIT if of_the_value_chain(series) else REGULAR
    return empty if len(months) - len(empty) >= least else []


def check(setting: Setting, series: Series) -> Iterator[Finding]:
    """Whole months of the period that no record of a source touches, while other months have records."""
    if setting.kind(series.item) in OCCASIONAL:
        return
    missing = _missing(series, setting.months)
    if missing:
        yield Finding(
            RULE.key,
            RULE.severity,
            series.records[0].id,
            T(
                "{source}: {item} has no data for {months}.",
                source=series.source,
                item=setting.name(series.item),
                months=[month_text(month.start) for month in missing],
            ),
            T("Enter the missing bills, a quantity of 0, or an estimate with its reason. Gaps are not filled in."),
        )


RULE = Rule(
    "gaps",
    "warning",
    T("Months without data"),
    "GHG Protocol Corporate Standard, ch. 7: completeness checks",
    check_series=check,
    field="start",
)
