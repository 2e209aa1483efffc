"""An estimate needs its reason and its method."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._types import Rule, Series, Setting
from core.i18n import T
from core.methods import Finding


def check(setting: Setting, series: Series) -> Iterator[Finding]:
    """Estimated records without a note, together for each source and item."""
    silent = [a for a in series.records if a.estimated and not a.note.strip()]
    if silent:
        yield Finding(
            RULE.key,
            RULE.severity,
            silent[0].id,
            T(
                "{source}: {count} estimated records of {item} give no reason.",
                source=series.source,
                count=len(silent),
                item=setting.name(series.item),
            ),
            T("Write into the note why the value is estimated and how."),
        )


RULE = Rule(
    "unexplained_estimates",
    "warning",
    T("Estimates without reason"),
    "GHG Protocol Corporate Standard, ch. 7: documentation of estimates",
    check_series=check,
    field="note",
)
