"""What is planned monthly must come monthly."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._plan import SOURCE, planned
from core.checks._types import Review, Rule, Series, days
from core.i18n import T
from core.inventory.planned import LONGEST, uncovered
from core.ledger import PlanItem
from core.methods import Finding

WORDS = {"daily": T("daily"), "monthly": T("monthly"), "quarterly": T("quarterly"), "yearly": T("yearly")}


def check(review: Review) -> Iterator[Finding]:
    """Records that are longer than the planned frequency, and longer stretches without any."""
    for item, series in planned(review):
        if item.frequency in LONGEST:
            yield from _long(review, item, series)
            yield from _absent(review, item, series)


def _long(review: Review, item: PlanItem, series: Series) -> Iterator[Finding]:
    long = [one for one in series.records if days(one) > LONGEST[item.frequency]]
    if long:
        yield Finding(
            RULE.key,
            RULE.severity,
            long[0].id,
            T(
                "{source}: {item} is planned {frequency}, and {count} records are longer.",
                source=series.source,
                item=review.setting.name(series.item),
                frequency=WORDS[item.frequency],
                count=len(long),
            ),
            T("Enter the readings as planned, or plan what is done and say why it is enough."),
        )


def _absent(review: Review, item: PlanItem, series: Series) -> Iterator[Finding]:
    period = review.inventory.choices.period
    absent = [one for one in uncovered(series.records, period) if one.days > LONGEST[item.frequency]]
    if absent:
        yield Finding(
            RULE.key,
            RULE.severity,
            series.records[0].id,
            T(
                "{source}: {item} is planned {frequency}, and nothing is recorded from {start} to {end}.",
                source=series.source,
                item=review.setting.name(series.item),
                frequency=WORDS[item.frequency],
                start=absent[0].start,
                end=absent[0].end,
            ),
            T("Enter the missing data, or an estimate by the rule of the plan."),
        )


RULE = Rule(
    "plan_frequency",
    "warning",
    T("Planned frequency not kept"),
    f"{SOURCE}; limits of this program: 35, 100 and 370 days",
    check,
    field="end",
)
