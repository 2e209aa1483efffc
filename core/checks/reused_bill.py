"""One bill is for one span of days."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._types import Rule, Series, Setting
from core.i18n import T
from core.ledger import Activity
from core.methods import Finding


def check(setting: Setting, series: Series) -> Iterator[Finding]:
    """The same bill number on records of different days of one series."""
    if len(series.records) < 2:
        return
    named: dict[str, Activity] = {}
    reused: dict[str, str] = {}
    for record in series.records:
        first = named.setdefault(record.evidence.strip(), record)
        if first is not record and (first.start, first.end) != (record.start, record.end):
            reused.setdefault(record.evidence.strip(), record.id)
    reused.pop("", None)
    if reused:
        yield Finding(
            RULE.key,
            RULE.severity,
            min(reused.values()),
            T(
                "{source}: the same evidence stands for several spans of {item}: {numbers}.",
                source=series.source,
                item=setting.name(series.item),
                numbers=sorted(reused)[:MOST],
            ),
            T("Enter the number of each bill; one list or contract for all may stay, with a word in the note."),
        )


MOST = 3
"""Numbers named in the sentence."""
RULE = Rule(
    "reused_bill",
    "info",
    T("Bill number used again"),
    "ISO 14064-3:2019: evidence for the data trail",
    check_series=check,
    field="evidence",
)
