"""Readings are seldom round."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._metered import is_metered
from core.checks._types import Rule, Series, Setting
from core.i18n import T
from core.methods import Finding

ROUND = 1000
ENOUGH = 6


def check(setting: Setting, series: Series) -> Iterator[Finding]:
    """Six or more measured records of a meter, and every one of them whole thousands."""
    if not is_metered(setting, series):
        return
    measured = [a for a in series.records if a.quantity > 0 and not a.estimated]
    if len(measured) >= ENOUGH and not any(a.quantity % ROUND for a in measured):
        yield Finding(
            RULE.key,
            RULE.severity,
            measured[0].id,
            T(
                "{source}: all {count} measured quantities of {item} are whole thousands.",
                source=series.source,
                count=len(measured),
                item=setting.name(series.item),
            ),
            T("Enter what the bill says to the last digit, or mark the records as estimates."),
        )


RULE = Rule(
    "round_numbers",
    "info",
    T("Only round quantities"),
    "ISO 14064-3:2019, 6.1: analytical procedures; limit of this program: 6 records of whole thousands",
    check_series=check,
    field="quantity",
)
