"""A bill of a month that nobody else has reached yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from core.checks._types import Review, Rule, Series, Setting
from core.i18n import T
from core.ledger import Activity
from core.methods import Finding

AHEAD = timedelta(days=62)
OTHERS = 3
"""Sources that must agree on how far the year has come."""


def _last(setting: Setting, series: Series) -> tuple[Activity, ...]:
    """The record that ends last."""
    return (max(series.records, key=lambda a: (a.end, a.id)),) if series.records else ()


def check(review: Review) -> Iterator[Finding]:
    """A record that begins more than two months after every record of all other sources has ended.

    A rule may not look at a clock, for head office looks years later and must find the same; the other sources say how
    far the year has come.
    """
    latest: dict[str, Activity] = {}
    for series, (record,) in review.each(_last):
        held = latest.get(series.source)
        if held is None or (record.end, record.id) > (held.end, held.id):
            latest[series.source] = record
    if len(latest) <= OTHERS:
        return
    second, first = sorted(latest.values(), key=lambda a: (a.end, a.id))[-2:]
    if first.start - second.end > AHEAD:
        yield Finding(
            RULE.key,
            RULE.severity,
            first.id,
            T(
                "{source}: a record begins on {start}, but the data of all other sources end by {end}.",
                source=first.source,
                start=first.start,
                end=second.end,
            ),
            T("Check month and year of the record: it may lie in the future."),
        )


RULE = Rule(
    "future_dates",
    "warning",
    T("Dates ahead of all others"),
    "GHG Protocol Corporate Standard, ch. 7: data checks; limit of this program: 62 days",
    check,
    field="start",
)
