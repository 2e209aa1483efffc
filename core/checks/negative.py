"""Nobody buys less than nothing."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._types import Rule, Series, Setting
from core.i18n import T
from core.methods import Finding


def check(setting: Setting, series: Series) -> Iterator[Finding]:
    """Records with a negative quantity."""
    for activity in series.records:
        if activity.quantity < 0:
            yield Finding(
                RULE.key,
                RULE.severity,
                activity.id,
                T(
                    "{source}: the quantity of {item} is negative: {quantity} {unit}.",
                    source=activity.source,
                    item=setting.name(activity.item),
                    quantity=activity.quantity,
                    unit=activity.unit,
                ),
                T("Enter what was used; correct the bill that a credit note refers to instead of entering the note."),
            )


RULE = Rule(
    "negative",
    "error",
    T("Negative quantities"),
    "GHG Protocol Corporate Standard, ch. 7: data checks",
    check_series=check,
    dismissible=False,
    field="quantity",
)
