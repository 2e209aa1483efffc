"""A life-cycle factor where a combustion factor belongs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.checks._types import Review, Rule
from core.i18n import T
from core.library import Factor
from core.methods import Finding, Line

FOOTPRINT = "footprint"
SCOPE2 = ("scope2_location", "scope2_market")


def _footprints(review: Review) -> list[Factor]:
    """Of electricity in the plant's country: no others are inside every report."""
    country = review.inventory.plant.country
    known = review.library.about("electricity", FOOTPRINT)
    return [f for f in known if f.region.partition("-")[0] == country]


def _number(factor: Factor) -> tuple[Decimal, str]:
    return factor.headline, factor.unit


def check(review: Review) -> Iterator[Finding]:
    """Scope 2 lines whose factor is for product footprints, or an own factor with the number of one."""
    known = _footprints(review)
    keys, numbers = {f.key for f in known}, {_number(f) for f in known}
    found: dict[str, Line] = {}
    for line in review.inventory.lines:
        if line.scope in SCOPE2 and line.factor.key not in found:
            own = line.factor.status == "USER"
            unit = "/".join((line.factor.unit.partition(" ")[0], line.factor.unit.partition("/")[2]))
            if keys.intersection(line.factor.parts) or (own and (line.factor.value, unit) in numbers):
                found[line.factor.key] = line
    for key, line in sorted(found.items()):
        yield Finding(
            RULE.key,
            RULE.severity,
            line.activity.id,
            T(
                "{key} ({value} {unit}) is a factor for product carbon footprints, applied to purchased electricity.",
                key=key,
                value=line.factor.value,
                unit=line.factor.unit,
            ),
            T("Choose an average or residual mix factor: the footprint also counts fuel supply and construction."),
        )


RULE = Rule(
    "footprint_factor",
    "warning",
    T("Footprint factor in scope 2"),
    "GHG Protocol Scope 2 Guidance (2015), ch. 6: combustion only",
    check,
)
