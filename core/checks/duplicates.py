"""The same bill entered twice."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator

from core.checks._types import Rule, Series, Setting
from core.i18n import T
from core.ledger import Activity
from core.methods import Finding


def _several(records: Iterable[Activity], key: Callable[[Activity], Hashable]) -> list[list[Activity]]:
    groups: dict[Hashable, list[Activity]] = {}
    for record in records:
        groups.setdefault(key(record), []).append(record)
    return [group for group in groups.values() if len(group) > 1]


def check(setting: Setting, series: Series) -> Iterator[Finding]:
    """Records with the same source, item, days and quantity, in whatever unit."""
    if len({(a.start, a.end) for a in series.records}) == len(series.records):
        return
    for days in _several(series.records, lambda a: (a.start, a.end)):
        for group in _several(days, lambda a: setting.base(a) or (a.unit, a.quantity)):
            first, second = group[0], group[1]
            yield Finding(
                RULE.key,
                RULE.severity,
                second.id,
                T(
                    "{count} records of {source} say the same: {item}, {start} to {end}, {quantity} {unit}.",
                    count=len(group),
                    source=first.source,
                    item=setting.name(first.item),
                    start=first.start,
                    end=first.end,
                    quantity=first.quantity,
                    unit=first.unit,
                ),
                T("Delete what was entered twice; if both are right, name the two meters as two sources."),
            )


RULE = Rule(
    "duplicates",
    "warning",
    T("Duplicate records"),
    "GHG Protocol Corporate Standard, ch. 7: data checks",
    check_series=check,
    field="start",
)
