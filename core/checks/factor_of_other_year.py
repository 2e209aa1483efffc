"""Numbers of two years are easily swapped."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._scope2 import by_factor, same_number
from core.checks._types import Review, Rule
from core.i18n import T
from core.methods import Finding


def check(review: Review) -> Iterator[Finding]:
    """Own electricity factors with the number that is published for the plant's area and another year."""
    for key, line in by_factor(review).items():
        year = line.portion.start.year
        same = same_number(review.setting, line.factor, "location")
        years = {f.data_year for f in same if f.region in review.setting.areas and f.data_year}
        if years and year not in years:
            yield Finding(
                RULE.key,
                RULE.severity,
                line.activity.id,
                T(
                    "{source}: {key} ({value} {unit}) is the published factor of {used}, applied to {year}.",
                    source=line.activity.source,
                    key=key,
                    value=line.factor.value,
                    unit=line.factor.unit,
                    used=max(years),
                    year=year,
                ),
                T("Compare the number and its year with the publication; leave the choice to the policy if you can."),
            )


RULE = Rule(
    "factor_of_other_year",
    "warning",
    T("Factor of another year"),
    "GHG Protocol Scope 2 Guidance (2015), ch. 6: factors of the year of consumption",
    check,
)
