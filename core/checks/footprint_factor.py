"""A life-cycle factor where a combustion factor belongs."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._scope2 import by_factor, published, same_number
from core.checks._types import Review, Rule
from core.i18n import T
from core.methods import Finding

FOOTPRINT = "footprint"


def check(review: Review) -> Iterator[Finding]:
    """Scope 2 lines whose factor is for product footprints, or an own factor with the number of one."""
    lines = by_factor(review)
    keys = {f.key for f in published(review.setting, FOOTPRINT)} if lines else set()
    for key, line in lines.items():
        if keys.intersection(line.factor.parts) or same_number(review.setting, line.factor, FOOTPRINT):
            yield Finding(
                RULE.key,
                RULE.severity,
                line.activity.id,
                T(
                    "{key} ({value} {unit}) is a factor for product carbon footprints, applied to purchased "
                    "electricity.",
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
