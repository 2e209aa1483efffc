"""7.2 instead of 0.139: a rate that leads the other way makes fifty times the tonnes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.checks._types import Rule, Series, Setting
from core.i18n import T
from core.methods import Finding

SMALL, LARGE = frozenset({"CNY", "PLN", "CZK", "MXN", "INR", "JPY"}), frozenset({"USD", "EUR", "GBP"})
"""In this century none of the small units was worth one of the large ones."""


def _currency(unit: str, setting: Setting) -> str:
    found = setting.library.units.find(unit)
    return "" if found is None else found.dimension.removeprefix("money_")


def check(setting: Setting, series: Series) -> Iterator[Finding]:
    """Money changed at a rate that belongs to the other direction."""
    if series.method != "spend":
        return
    factors = {line.activity.id: line.factor for line in series.lines}
    for activity in series.records:
        said, factor = dict(activity.parameters).get("exchange_rate"), factors.get(activity.id)
        if said is None or factor is None:
            continue
        paid, target = _currency(activity.unit, setting), _currency(factor.unit.rpartition("/")[2], setting)
        if (paid in SMALL and target in LARGE and Decimal(said) > 1) or (
            paid in LARGE and target in SMALL and Decimal(said) < 1
        ):
            yield Finding(
                RULE.key,
                RULE.severity,
                activity.id,
                T(
                    "{source}: one {paid} was taken as {rate} {target}; the rate leads the other way.",
                    source=series.source,
                    paid=paid,
                    rate=said,
                    target=target,
                ),
                T("Enter how many {target} one {paid} buys: 1 divided by this rate.", target=target, paid=paid),
            )


RULE = Rule(
    "exchange_rate_inverted",
    "warning",
    T("Exchange rate the wrong way round"),
    "GHG Protocol Technical Guidance (2013), category 1, spend-based; currencies of this century",
    check_series=check,
    field="parameters",
)
