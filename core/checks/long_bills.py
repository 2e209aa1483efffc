"""A bill of half a year hides which month it was."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._metered import is_metered
from core.checks._types import Rule, Series, Setting, days
from core.i18n import T
from core.methods import Finding

LONGEST = 62
"""[d]"""


def check(setting: Setting, series: Series) -> Iterator[Finding]:
    """Metered records that cover more than two months."""
    if not is_metered(setting, series):
        return
    long = [a for a in series.records if days(a) > LONGEST]
    if long:
        yield Finding(
            RULE.key,
            RULE.severity,
            long[0].id,
            T(
                "{source}: {count} records of {item} cover more than {days} days.",
                source=series.source,
                count=len(long),
                item=setting.name(series.item),
                days=LONGEST,
            ),
            T("Enter the monthly bills or readings; a long bill is spread evenly over its days."),
        )


RULE = Rule(
    "long_bills",
    "info",
    T("Records over more than two months"),
    "GB/T 32150-2025: monthly activity data; limit of this program: 62 days",
    check_series=check,
    field="end",
)
