"""A share is never rounded up to what is claimed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from core.i18n import T, show_number
from core.renewables.claim_case import ClaimCase, ClaimRule, ClaimSaid, stop

NEAR = Fraction(1, 2)
"""[%] What people round away to whole percents."""


def check(case: ClaimCase) -> Iterator[ClaimSaid]:
    """A share that only rounding would bring to the claimed one."""
    shown = case.share.shown("certified")
    if shown is None or case.reached:
        return
    if Fraction(case.percent) - case.share.exact("certified") * 100 <= NEAR:
        yield stop(
            T("The share is {shown} %, which is not {percent} %: shares are never rounded up.",
              shown=show_number(shown), percent=show_number(case.percent)),
            T("Cover what is missing, or claim {shown} %.", shown=show_number(shown)),
        )  # fmt: skip


RULE = ClaimRule(
    T("No rounding up"),
    ("stop",),
    "Rule of this program: 100 % means all of it",
    "2026",
    check,
)
