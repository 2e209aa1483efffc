"""The same bill entered twice."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator

from core.checks._types import Review, Rule
from core.i18n import T
from core.ledger import Activity
from core.methods import Finding


def _grouped(records: Iterable[Activity], key: Callable[[Activity], Hashable]) -> Iterable[list[Activity]]:
    groups: dict[Hashable, list[Activity]] = {}
    for record in records:
        groups.setdefault(key(record), []).append(record)
    return groups.values()


def check(review: Review) -> Iterator[Finding]:
    """Records with the same source, item, days and quantity, in whatever unit."""
    bills = _grouped(review.activities, lambda a: (a.source, a.method, a.item, a.start, a.end))
    several = [bill for bill in bills if len(bill) > 1]
    for group in (g for bill in several for g in _grouped(bill, lambda a: review.base(a) or (a.unit, a.quantity))):
        if len(group) > 1:
            first, second = group[0], group[1]
            yield Finding(
                RULE.key,
                RULE.severity,
                second.id,
                T(
                    "{count} records of {source} say the same: {item}, {start} to {end}, {quantity} {unit}.",
                    count=len(group),
                    source=first.source,
                    item=review.name(first.item),
                    start=first.start,
                    end=first.end,
                    quantity=first.quantity,
                    unit=first.unit,
                ),
                T("Delete what was entered twice; if both are right, name the two meters as two sources."),
            )


RULE = Rule(
    "duplicates", "warning", T("Duplicate records"), "GHG Protocol Corporate Standard, ch. 7: data checks", check
)
