"""Two families of factors for one fuel cannot both be the right one."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._types import Review, Rule, Series, Setting
from core.i18n import T
from core.methods import Finding, Line


def _families(setting: Setting, series: Series) -> tuple[Line, ...]:
    """The first line of each publication and year for what is burned."""
    if setting.kind(series.item) != "fuel":
        return ()
    first: dict[tuple[str, str, int], Line] = {}
    for line in series.lines:
        if line.scope == "scope1":
            first.setdefault((line.factor.publisher, line.factor.edition, line.portion.start.year), line)
    return tuple(first.values())


def check(review: Review) -> Iterator[Finding]:
    """Fuels whose records of one method and year rest on factors of several publications."""
    filed: dict[tuple[str, str, int], dict[tuple[str, str], Line]] = {}
    for line in review.lines(_families):
        used = filed.setdefault((line.activity.item, line.activity.method, line.portion.start.year), {})
        used.setdefault((line.factor.publisher, line.factor.edition), line)
    for (item, _, year), families in sorted(filed.items()):
        if len(families) > 1:
            yield Finding(
                RULE.key,
                RULE.severity,
                min(line.activity.id for line in families.values()),
                T(
                    "{item} of {year} is calculated with factors of several publications: {families}.",
                    item=review.setting.name(item),
                    year=year,
                    families=[T("{publisher} ({edition})", publisher=p, edition=e) for p, e in sorted(families)],
                ),
                T("Use one family for all records of a fuel, or give measured values for those that differ."),
            )


RULE = Rule(
    "mixed_families",
    "warning",
    T("Mixed factor families"),
    "GB/T 32150-2025, 7.5: one source of factors; GHG Protocol Corporate Standard, ch. 1: consistency",
    check,
)
