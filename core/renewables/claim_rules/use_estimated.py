"""Estimates may hide electricity that was used and is not covered."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.methods import exact_sum
from core.renewables.claim_case import ClaimCase, ClaimRule, ClaimSaid, readable, warning


def check(case: ClaimCase) -> Iterator[ClaimSaid]:
    """How much of the consumption is estimated."""
    estimated = [one for one in case.used if one.estimated]
    if estimated:
        yield warning(
            T(
                "{kwh} kWh are estimated, in {count} records; if more was used, it is not covered.",
                kwh=readable(exact_sum(one.kwh for one in estimated)),
                count=len({one.activity for one in estimated}),
            ),
            T("Replace the estimates by bills or readings before the claim is published."),
            min(one.activity for one in estimated),
        )


RULE = ClaimRule(
    T("Estimated electricity"),
    ("warning",),
    "Rule of this program; RE100 reporting guidance asks for metered data where there are any",
    "2026",
    check,
)
