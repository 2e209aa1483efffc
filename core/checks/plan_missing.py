"""What is counted must be planned."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._plan import SOURCE, unplanned
from core.checks._types import Review, Rule
from core.i18n import T
from core.methods import Finding


def check(review: Review) -> Iterator[Finding]:
    """Sources of scopes 1 and 2 of which the management plan says nothing, once there is one."""
    left_out = unplanned(review)
    if left_out:
        words = [T("{source} ({item})", source=one.source, item=review.setting.name(one.item)) for one in left_out]
        yield Finding(
            RULE.key,
            RULE.severity,
            "inventory",
            T("The management plan says nothing about {sources}.", sources=words),
            T("Say in the plan how each is measured, how often, and what stands in for a missing value."),
        )


RULE = Rule("plan_missing", "warning", T("Source without a line in the management plan"), SOURCE, check)
