"""A plant that uses more of its own sun than it buys should be looked at twice."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.checks._types import Review, Rule, Series, Setting
from core.i18n import T
from core.methods import Finding, exact_sum
from core.methods.solar_generation import SELF_USED

WHOLE = Decimal(1)


def _bought(setting: Setting, series: Series) -> Decimal:
    """[kWh]"""
    return _energy(setting, series, "scope2_location") if setting.kind(series.item) == "electricity" else Decimal(0)


def _self_used(setting: Setting, series: Series) -> Decimal:
    """[kWh]"""
    return _energy(setting, series, "avoided") if series.item == SELF_USED else Decimal(0)


def _energy(setting: Setting, series: Series, scope: str) -> Decimal:
    units = setting.library.units
    lines = (line for line in series.lines if line.scope == scope)
    return exact_sum(units.convert(line.portion.quantity, line.activity.unit, "kWh") for line in lines)


def check(review: Review) -> Iterator[Finding]:
    """Less electricity bought than used from the own roof."""
    used = exact_sum(energy for _, energy in review.each(_self_used))
    bought = exact_sum(energy for _, energy in review.each(_bought))
    if used > bought:
        yield Finding(
            RULE.key,
            RULE.severity,
            "scope2",
            T(
                "{used} kWh of own PV were used on site, but only {bought} kWh bought.",
                used=used.quantize(WHOLE),
                bought=bought.quantize(WHOLE),
            ),
            T("Check that all bills of the grid are entered and that self-use was not subtracted from them again."),
        )


RULE = Rule(
    "electricity_below_self_use",
    "info",
    T("Less electricity bought than self-used"),
    "GHG Protocol Scope 2 Guidance (2015), ch. 6: purchased electricity is gross; limit of this program",
    check,
)
