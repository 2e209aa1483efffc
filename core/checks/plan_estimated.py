"""Planned to be measured, and guessed all the same."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._plan import SOURCE, planned
from core.checks._types import Review, Rule
from core.i18n import T
from core.methods import Finding

MEASURED = {
    "metered": T("metered"),
    "billed": T("billed"),
    "weighed": T("weighed"),
}


def check(review: Review) -> Iterator[Finding]:
    """Estimates of what the management plan says is metered, billed or weighed."""
    for item, series in planned(review):
        guessed = [one for one in series.records if one.estimated]
        if item.method in MEASURED and guessed:
            yield Finding(
                RULE.key,
                RULE.severity,
                guessed[0].id,
                T(
                    "{source}: {count} of {all} records of {item} are estimated, which the plan says is {method}.",
                    source=series.source,
                    count=len(guessed),
                    all=len(series.records),
                    item=review.setting.name(series.item),
                    method=MEASURED[item.method],
                ),
                T("Replace the estimates by readings or bills, or say why there are none and how it is avoided."),
            )


RULE = Rule(
    "plan_estimated", "warning", T("Estimates of what is planned to be measured"), SOURCE, check, field="quantity"
)
