"""A factor of a thousand is probably a wrong unit, and one of ten thousand a Chinese one."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._rates import described, unusual
from core.checks._types import Rule, Series, Setting
from core.i18n import T
from core.methods import Finding


def check(setting: Setting, series: Series) -> Iterator[Finding]:
    """Records about 1,000 or 10,000 times, or one such part of, the median per day of their series."""
    for one in unusual(setting, series):
        slip = one.slip
        if slip is None:
            continue
        what = described(setting, one.record)
        message = (
            T("{what} is about {times} times what is usual: probably a wrong unit.", what=what, times=slip)
            if one.high
            else T("{what} is about 1/{times} of what is usual: probably a wrong unit.", what=what, times=slip)
        )
        yield Finding(
            RULE.key, RULE.severity, one.record.id, message, T("Compare unit and decimal point with the bill.")
        )


RULE = Rule(
    "unit_slips",
    "warning",
    T("Unit slips"),
    "GHG Protocol Corporate Standard, ch. 7: data checks; limits of this program: 1,000 and 10,000",
    check_series=check,
    field="unit",
)
