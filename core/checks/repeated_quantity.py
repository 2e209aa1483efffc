"""Meters do not repeat themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from core.checks._metered import is_metered
from core.checks._types import Rule, Series, Setting
from core.i18n import T
from core.methods import Finding

OFTEN = 4


def check(setting: Setting, series: Series) -> Iterator[Finding]:
    """The same measured quantity on four or more records of a meter."""
    if not is_metered(setting, series) or len(series.records) < OFTEN:
        return
    counted = Counter((a.quantity, a.unit) for a in series.records if a.quantity > 0 and not a.estimated)
    for (quantity, unit), count in counted.most_common(1):
        if count >= OFTEN:
            first = next(a for a in series.records if (a.quantity, a.unit) == (quantity, unit) and not a.estimated)
            yield Finding(
                RULE.key,
                RULE.severity,
                first.id,
                T(
                    "{source}: {count} records of {item} all say {quantity} {unit}.",
                    source=series.source,
                    count=count,
                    item=setting.name(series.item),
                    quantity=quantity,
                    unit=unit,
                ),
                T("Compare them with the bills; mark advance payments and averages as estimates."),
            )


RULE = Rule(
    "repeated_quantity",
    "info",
    T("Identical quantities"),
    "ISO 14064-3:2019, 6.1: analytical procedures; limit of this program: 4 records",
    check_series=check,
    field="quantity",
)
