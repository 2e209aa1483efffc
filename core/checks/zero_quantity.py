"""A zero may mean nothing was used, or nothing was read."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._types import Rule, Series, Setting
from core.i18n import T
from core.methods import Finding


def check(setting: Setting, series: Series) -> Iterator[Finding]:
    """Records of 0 without a note, beside others of their series that are not 0."""
    zeros = [a for a in series.records if a.quantity == 0 and not a.note.strip()]
    if zeros and len(zeros) < len(series.records):
        yield Finding(
            RULE.key,
            RULE.severity,
            zeros[0].id,
            T(
                "{source}: {count} records of {item} state a quantity of 0 and no reason.",
                source=series.source,
                count=len(zeros),
                item=setting.name(series.item),
            ),
            T("Write into the note why nothing was used, or enter the reading that is missing."),
        )


RULE = Rule(
    "zero_quantity",
    "info",
    T("Quantities of zero"),
    "GHG Protocol Corporate Standard, ch. 7: completeness checks",
    check_series=check,
    field="quantity",
)
