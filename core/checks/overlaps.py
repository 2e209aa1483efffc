"""Bills that count the same days twice."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._types import Rule, Series, Setting, days
from core.i18n import T
from core.ledger import Activity
from core.methods import Finding


def _alike(a: Activity, b: Activity) -> bool:
    """A duplicate is the business of another rule; two deliveries on one day are two deliveries."""
    same_days = (a.start, a.end) == (b.start, b.end)
    return same_days and (days(a) == 1 or (a.quantity, a.unit) == (b.quantity, b.unit))


def _overlapping(series: Series) -> list[tuple[Activity, Activity]]:
    """Each record that begins before an earlier one has ended, with that one."""
    found: list[tuple[Activity, Activity]] = []
    longest = series.records[0]
    for record in series.records[1:]:
        if record.start <= longest.end and not _alike(longest, record):
            found.append((longest, record))
        if record.end > longest.end:
            longest = record
    return found


def check(setting: Setting, series: Series) -> Iterator[Finding]:
    """Records of the same source and item that share days."""
    found = _overlapping(series)
    if found:
        first, second = found[0]
        yield Finding(
            RULE.key,
            RULE.severity,
            second.id,
            T(
                "{source}: {count} records of {item} cover days that another one covers too; "
                "first {start} to {end} and {start2} to {end2}.",
                source=series.source,
                count=len(found),
                item=setting.name(series.item),
                start=first.start,
                end=first.end,
                start2=second.start,
                end2=second.end,
            ),
            T("Correct the dates; if there are two meters, give each a source of its own."),
        )


RULE = Rule(
    "overlaps",
    "warning",
    T("Overlapping bills"),
    "GHG Protocol Corporate Standard, ch. 7: double counting",
    check_series=check,
    field="start",
)
