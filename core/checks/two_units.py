"""One meter, one unit."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._types import Rule, Series, Setting
from core.i18n import T
from core.methods import Finding

APART = 1000


def check(setting: Setting, series: Series) -> Iterator[Finding]:
    """Records of one series in units of several dimensions, or in such as differ by a thousand and more."""
    used = {a.unit: a.id for a in reversed(series.records)}
    if len(used) < 2:
        return
    units = {key: found for key in used if (found := setting.library.units.find(key)) is not None}
    dimensions = {unit.dimension for unit in units.values()}
    scales = [unit.to_base for unit in units.values()]
    if len(dimensions) > 1 or (len(scales) > 1 and max(scales) >= APART * min(scales)):
        yield Finding(
            RULE.key,
            "warning" if len(dimensions) > 1 else "info",
            series.records[0].id,
            T(
                "{source}: {item} is entered in several units: {units}.",
                source=series.source,
                item=setting.name(series.item),
                units=sorted(used),
            ),
            T("Compare each with its bill; name two meters as two sources."),
        )


RULE = Rule(
    "two_units",
    "warning",
    T("Several units for one source"),
    "GHG Protocol Corporate Standard, ch. 7: data checks; limit of this program: a factor of 1,000",
    check_series=check,
    field="unit",
)
