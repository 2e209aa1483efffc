"""No error is open in the inventory that the claim rests on."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks import forbidding
from core.i18n import T
from core.renewables.claim_case import ClaimCase, ClaimRule, ClaimSaid, stop

MOST = 20
"""Errors that are named; the page “Review” shows all."""


def check(case: ClaimCase) -> Iterator[ClaimSaid]:
    """Each error that would forbid signing the inventory."""
    errors = forbidding(case.findings)
    for one in errors[:MOST]:
        yield stop(T("Open error of the inventory: {message}", message=one.message), one.remedy, one.subject)
    if len(errors) > MOST:
        yield stop(
            T("{count} more errors of the inventory are open.", count=len(errors) - MOST),
            T("Correct them on the page “Review”."),
        )


RULE = ClaimRule(
    T("No open errors"),
    ("stop",),
    "Rule of this program: what may not be signed may not be claimed; ISO 14021:2016: claims are verifiable",
    "2026; 2016",
    check,
)
