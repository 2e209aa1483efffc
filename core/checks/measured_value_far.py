"""A laboratory value that turns a fuel into three of it was written in another unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, localcontext

from core.checks._types import Rule, Series, Setting
from core.errors import UserError
from core.i18n import T
from core.inventory.period import portion_of
from core.ledger import Activity
from core.library import EXACT
from core.library.library import regions_of
from core.methods import Context, Finding, NotCovered, all_methods, exact_sum

MEASURED = frozenset({"ncv", "ncv_volume", "gcv", "gcv_volume", "density", "carbon", "oxidation"})
TIMES = Decimal(3)


def _tonnes(activity: Activity, setting: Setting) -> Decimal | None:
    """What the record gives by its method; None where no factor covers it. [t CO2e]"""
    choices = setting.choices
    portion = portion_of(activity, choices.period)
    if portion is None:
        return None
    gwp, areas = setting.library.gwp[choices.gwp_set], regions_of(setting.plant)
    context = Context(setting.library, gwp, setting.policy, areas)
    try:
        with localcontext(EXACT):
            lines = all_methods()[activity.method].calculate(portion, context)
    except (NotCovered, UserError, ArithmeticError):  # the calculation says that itself
        return None
    return exact_sum(line.tco2e for line in lines if line.scope == "scope1")


def check(setting: Setting, series: Series) -> Iterator[Finding]:
    """Records whose measured values make more than three times, or less than a third, of what published ones make."""
    seen: set[tuple[object, ...]] = set()
    for activity in series.records:
        keys = sorted(key for key, _ in activity.parameters if key in MEASURED)
        said = (activity.parameters, activity.unit)
        if not keys or said in seen or activity.quantity <= 0 or activity.method not in all_methods():
            continue
        seen.add(said)
        others = tuple(pair for pair in activity.parameters if pair[0] not in MEASURED)
        with_them, usual = _tonnes(activity, setting), _tonnes(replace(activity, parameters=others), setting)
        if with_them is None or not usual or EXACT.divide(usual, TIMES) <= with_them <= EXACT.multiply(usual, TIMES):
            continue
        yield Finding(
            RULE.key,
            RULE.severity,
            activity.id,
            T(
                "{source}: the measured values ({keys}) make {tonnes} t CO₂e of {item}, published ones {usual} t.",
                source=series.source,
                keys=keys,
                tonnes=with_them.quantize(Decimal("0.001"), context=EXACT),
                item=setting.name(series.item),
                usual=usual.quantize(Decimal("0.001"), context=EXACT),
            ),
            T("Compare the unit with the report: GJ/t is MJ/kg, GJ/10³ m³ is MJ/m³, and kg/m³ is g/l."),
        )


RULE = Rule(
    "measured_value_far",
    "warning",
    T("Measured value far from published ones"),
    "ISO 14064-3:2019, 6.1: analytical procedures; limit of this program: 3 times",
    check_series=check,
    field="parameters",
)
