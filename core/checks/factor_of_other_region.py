"""The factor of a neighbour is not the plant's."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._scope2 import SCOPE2, by_factor, same_number
from core.checks._types import Review, Rule, Series, Setting
from core.i18n import T
from core.library.places import area_name
from core.methods import Finding, Line


def _foreign(setting: Setting, series: Series) -> tuple[Line, ...]:
    """Scope 1 and 2 lines with a factor of an area in which the plant does not lie; the first of each factor."""
    first: dict[str, Line] = {}
    for line in series.lines:
        if line.scope in ("scope1", *SCOPE2) and line.factor.region not in setting.areas:
            first.setdefault(line.factor.key, line)
    return tuple(first.values())


def _regions(review: Review) -> dict[str, tuple[Line, str]]:
    """By factor: a line that applies it and the area it is of."""
    setting = review.setting
    found = {line.factor.key: (line, line.factor.region) for line in reversed(review.lines(_foreign))}
    for key, line in by_factor(review).items():
        alike = same_number(setting, line.factor, "location")
        if alike and not any(f.region in setting.areas for f in alike):
            found.setdefault(key, (line, min(f.region for f in alike)))
    return found


def check(review: Review) -> Iterator[Finding]:
    """Scope 1 and 2 factors of an area the plant is not in, and own factors with the number of such a one."""
    for key, (line, region) in sorted(_regions(review).items()):
        yield Finding(
            RULE.key,
            RULE.severity,
            line.activity.id,
            T(
                "{source}: {key} ({value} {unit}) is the factor of {region}, where the plant is not.",
                source=line.activity.source,
                key=key,
                value=line.factor.value,
                unit=line.factor.unit,
                region=area_name(region),
            ),
            T("Check the region of the plant. Never take the factor of a neighbouring area."),
        )


RULE = Rule(
    "factor_of_other_region",
    "warning",
    T("Factor of another region"),
    "GHG Protocol Scope 2 Guidance (2015), ch. 6: the grid on which consumption occurs",
    check,
)
