"""No record of electricity is left out of the inventory."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.methods.solar_generation import GENERATED
from core.renewables.claim_case import ClaimCase, ClaimRule, ClaimSaid, stop
from core.renewables.consumption import kind_of


def check(case: ClaimCase) -> Iterator[ClaimSaid]:
    """Used electricity that could not be calculated, and generation of which the use is not known."""
    for one in case.inventory.excluded:
        activity = one.portion.activity
        if kind_of(activity, case.inventory.library) or activity.item == GENERATED:
            yield stop(
                T("The record {id} of {source} is not calculated. {reason}", id=activity.id, source=activity.source,
                  reason=one.finding.message),
                one.finding.remedy,
                activity.id,
            )  # fmt: skip


RULE = ClaimRule(
    T("No electricity left out"),
    ("stop",),
    "GHG Protocol Corporate Standard, ch. 1: completeness",
    "2004",
    check,
)
