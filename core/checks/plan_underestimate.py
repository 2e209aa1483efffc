"""What stands in for a missing value must never be too little."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal

from core.checks._plan import APART, SOURCE, planned
from core.checks._types import Review, Rule, Series, Setting
from core.i18n import T
from core.inventory.planned import least_estimate
from core.ledger import Activity
from core.library import EXACT
from core.library.units import scale
from core.methods import Finding


def check(review: Review) -> Iterator[Finding]:
    """Estimates below what the rule of the management plan gives for a missing value."""
    setting = review.setting
    for item, series in planned(review):
        if setting.kind(series.item) in APART:
            continue
        measured = _in_base(setting, series, estimated=False)
        for record, quantity in _in_base(setting, series, estimated=True):
            least = least_estimate(item.missing, record, measured)
            if least is not None and quantity < least:
                yield _finding(setting, record, least)


def _in_base(setting: Setting, series: Series, *, estimated: bool) -> list[tuple[Activity, Decimal]]:
    """Quantities in one unit; none where units do not compare."""
    based = [(one, base) for one in series.records if (base := setting.base(one)) is not None]
    if len({dimension for _, (dimension, _) in based}) > 1:
        return []
    return [(one, quantity) for one, (_, quantity) in based if one.estimated is estimated]


def _finding(setting: Setting, record: Activity, least: Decimal) -> Finding:
    wanted = scale(least, 1 / setting.library.units.named(record.unit).to_base)
    return Finding(
        RULE.key,
        RULE.severity,
        record.id,
        T(
            "{source}: {quantity} {unit} from {start} to {end} is estimated; by the rule of the plan it is at least "
            "{least} {unit}.",
            source=record.source,
            quantity=record.quantity,
            unit=record.unit,
            start=record.start,
            end=record.end,
            least=wanted.quantize(Decimal("0.001"), ROUND_CEILING, context=EXACT),
        ),
        T("Enter what the rule gives, or a reading; a stand-in never underestimates."),
    )


RULE = Rule(
    "plan_underestimate",
    "warning",
    T("Estimate below the rule for missing values"),
    f"{SOURCE}; margin of this program: 5 %",
    check,
    field="quantity",
)
