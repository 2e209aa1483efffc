"""A month that does not fit the others."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.checks._rates import described, unusual
from core.checks._types import Rule, Series, Setting
from core.i18n import T
from core.library import EXACT
from core.methods import Finding

HUGE = Decimal(1000000)
"""Nobody needs to know how much more exactly."""


def check(setting: Setting, series: Series) -> Iterator[Finding]:
    """Quantities per day more than 8 times, or less than an eighth of, the median, and by no power of ten."""
    for one in unusual(setting, series):
        if one.slip is not None:
            continue
        what = described(setting, one.record)
        far = one.times.quantize(Decimal("0.1"), context=EXACT) if one.times < HUGE else HUGE
        message = (
            T("{what} is {times} times the median per day.", what=what, times=far)
            if one.high
            else T("{what} is 1/{times} of the median per day.", what=what, times=far)
        )
        yield Finding(
            RULE.key,
            RULE.severity,
            one.record.id,
            message,
            T("Check quantity, unit and days, or say in the note why it is so."),
        )


RULE = Rule(
    "outliers",
    "warning",
    T("Outliers month on month"),
    "GHG Protocol Corporate Standard, ch. 7: plausibility; limit of this program: 8 times",
    check_series=check,
    field="quantity",
)
