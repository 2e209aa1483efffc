"""The world changes faster than some tables."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._types import Review, Rule, Series, Setting
from core.i18n import T
from core.methods import Finding, Line

OLDEST = 5
"""[years]"""


def _old(setting: Setting, series: Series) -> tuple[Line, ...]:
    first = {(line.factor.key, line.portion.start.year): line for line in reversed(series.lines)}
    return tuple(
        line
        for (_, year), line in first.items()
        if (described := setting.data_year(line.factor)) and year - described > OLDEST
    )


def check(review: Review) -> Iterator[Finding]:
    """Factors that describe a year more than five years before the records."""
    first = {(line.factor.key, line.portion.start.year): line for line in reversed(review.lines(_old))}
    for (key, year), line in sorted(first.items()):
        yield Finding(
            RULE.key,
            RULE.severity,
            f"{key}@{year}",
            T(
                "The factor of {publisher} describes {used} and is applied to {year}.",
                publisher=line.factor.publisher,
                used=review.setting.data_year(line.factor),
                year=year,
            ),
            T("Look for a newer edition and bring it in on the page “Library”, or say why this one still fits."),
        )


RULE = Rule(
    "outdated_factor",
    "info",
    T("Old factors"),
    "ISO 14064-1:2018, 6.3: current at the time of quantification; limit of this program: 5 years",
    check,
)
