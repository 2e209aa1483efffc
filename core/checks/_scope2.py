"""What the rules about electricity factors share."""

from __future__ import annotations

from core.checks._types import Review, Series, Setting
from core.library import Factor
from core.methods import AppliedFactor, Line

SCOPE2 = ("scope2_location", "scope2_market")
GRID = "electricity"
USER = "USER"
"""Status of what the plant entered itself."""


def published(setting: Setting, use: str) -> list[Factor]:
    """Of electricity in the plant's country: no others are inside every report."""
    country = setting.plant.country
    return [f for f in setting.library.about(GRID, use) if f.region.partition("-")[0].partition(".")[0] == country]


def number(applied: AppliedFactor) -> tuple[object, str]:
    """Value and unit, as rows of the library have them."""
    return applied.value, "/".join((applied.unit.partition(" ")[0], applied.unit.partition("/")[2]))


def same_number(setting: Setting, applied: AppliedFactor, use: str) -> list[Factor]:
    """Published factors of electricity with the number of an own one."""
    if applied.status != USER or not applied.value:
        return []
    return [f for f in published(setting, use) if f.status != USER and (f.headline, f.unit) == number(applied)]


def purchased(setting: Setting, series: Series) -> tuple[Line, ...]:
    """The first line of each factor of scope 2."""
    first: dict[str, Line] = {}
    for line in series.lines:
        if line.scope in SCOPE2:
            first.setdefault(line.factor.key, line)
    return tuple(first.values())


def by_factor(review: Review) -> dict[str, Line]:
    """The first line of each factor of scope 2 in the whole inventory."""
    found: dict[str, Line] = {}
    for line in review.lines(purchased):
        found.setdefault(line.factor.key, line)
    return dict(sorted(found.items()))
