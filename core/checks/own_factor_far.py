"""Three times what everybody publishes is probably another unit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.checks._own import used
from core.checks._types import Review, Rule, Setting, median
from core.i18n import T
from core.ledger import OwnFactor
from core.library import EXACT, own_rows
from core.methods import Finding, Line

TIMES = Decimal(3)


def _published(setting: Setting, own: OwnFactor, lines: list[Line]) -> list[Decimal]:
    """Numbers that publications give for the plant's areas, in the same unit; such as travel inside every report."""
    if own.item not in {line.activity.item for line in lines}:
        return []
    gases = {gas for gas, _ in own.amounts}
    found = (f for f in setting.library.about(own.item, own.use) if f.unit == own.unit and f.region in setting.areas)
    return [f.headline for f in found if f.headline > 0 and (not f.amounts or gases.intersection(f.amounts))]


def check(review: Review) -> Iterator[Finding]:
    """Own factors more than three times, or less than a third of, the median of the published ones."""
    for own, lines in used(review):
        rows, known = own_rows((own,)), _published(review.setting, own, lines)
        if not rows or not known or rows[0].headline <= 0:
            continue
        value, usual = rows[0].headline, median(known)
        if value > EXACT.multiply(usual, TIMES) or EXACT.multiply(value, TIMES) < usual:
            yield Finding(
                RULE.key,
                RULE.severity,
                lines[0].activity.id,
                T(
                    "The own factor {name} is {value} {unit}; published ones are about {usual}.",
                    name=own.name,
                    value=value,
                    unit=own.unit,
                    usual=usual,
                ),
                T("Compare unit, basis and boundary with the report of the supplier or laboratory."),
            )


RULE = Rule(
    "own_factor_far",
    "warning",
    T("Own factor far from published ones"),
    "ISO 14064-3:2019, 6.1: analytical procedures; limit of this program: 3 times",
    check,
)
