"""An estimate is for a month, not for a year."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._metered import of_the_value_chain
from core.checks._types import Rule, Series, Setting
from core.i18n import T
from core.methods import Finding

ENOUGH = 3


def check(setting: Setting, series: Series) -> Iterator[Finding]:
    """Sources of scopes 1 and 2 with three records or more, and every one of them estimated."""
    if len(series.records) < ENOUGH or of_the_value_chain(series):
        return
    if all(a.estimated for a in series.records):
        yield Finding(
            RULE.key,
            RULE.severity,
            series.records[0].id,
            T(
                "{source}: all {count} records of {item} are estimated.",
                source=series.source,
                count=len(series.records),
                item=setting.name(series.item),
            ),
            T("Read the meter at least once in the year, or install one; then correct the estimates by it."),
        )


RULE = Rule(
    "always_estimated",
    "warning",
    T("Source that is only estimated"),
    "ISO 14064-1:2018, 6.2: choice of data; limit of this program: 3 records",
    check_series=check,
    field="quantity",
)
