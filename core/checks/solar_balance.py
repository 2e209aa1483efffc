"""A roof cannot give more than it generated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from core.checks._types import Review, Rule
from core.i18n import T
from core.ledger import Activity
from core.library import EXACT
from core.methods import Finding, exact_sum
from core.methods.solar_generation import FED_IN, GENERATED, METHOD, SELF_USED

TOLERANCE = Decimal("1.01")
"""Three meters of class 1 need not agree better than 1 %."""
KWH = Decimal("3.6")
"""[MJ/kWh]"""


def _grouped(review: Review) -> dict[tuple[str, date, date], dict[str, list[Activity]]]:
    groups: dict[tuple[str, date, date], dict[str, list[Activity]]] = {}
    for a in (a for series in review.series if series.method == METHOD.key for a in series.records):
        if (base := review.setting.base(a)) is not None and base[0] == "energy":
            groups.setdefault((a.source, a.start, a.end), {}).setdefault(a.item, []).append(a)
    return groups


def _sum(review: Review, records: list[Activity]) -> Decimal:
    """[kWh]"""
    return EXACT.divide(exact_sum(base[1] for a in records if (base := review.setting.base(a)) is not None), KWH)


def check(review: Review) -> Iterator[Finding]:
    """Self-used and fed-in electricity of a source and span above what was generated; so self-use would be negative."""
    for (source, start, end), group in _grouped(review).items():
        meter, self_used, fed_in = (group.get(item, []) for item in (GENERATED, SELF_USED, FED_IN))
        if not meter or not (self_used or fed_in):
            continue
        generated, used, fed = (_sum(review, records) for records in (meter, self_used, fed_in))
        limit = EXACT.multiply(generated, TOLERANCE) if self_used and fed_in else generated
        if EXACT.add(used, fed) > limit:
            yield Finding(
                RULE.key,
                RULE.severity,
                meter[0].id,
                T(
                    "{source}, {start} to {end}: {out} kWh were used on site or fed in, "
                    "but only {generated} kWh generated.",
                    source=source,
                    start=start,
                    end=end,
                    out=EXACT.add(used, fed).quantize(Decimal("0.001"), context=EXACT),
                    generated=generated.quantize(Decimal("0.001"), context=EXACT),
                ),
                T("Compare the readings of the generation meter and the feed-in meter, and their multipliers."),
            )


RULE = Rule(
    "solar_balance",
    "error",
    T("More solar electricity used than generated"),
    "Energy balance of the meters; limit of this program: 1 %",
    check,
    dismissible=False,
    field="quantity",
)
