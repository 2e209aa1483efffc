"""What saved energy is worth: tonnes by the same method and factor as the inventory, kilowatt-hours, money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.i18n import T, Text
from core.ledger import Activity
from core.library import EXACT, Factor
from core.methods import (
    KG,
    AppliedFactor,
    Context,
    Finding,
    Line,
    NotCovered,
    Portion,
    TraceStep,
    all_methods,
    exact_sum,
)
from core.savings._inputs import METHODS
from core.savings._types import Amounts, Beside, BesideLine, Flow, SavedLine

CENTS = Decimal("0.01")
"""Money is kept to two decimals, so that totals are exact sums of what is shown."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days of one calendar year."""

    start: date
    end: date
    """Last day, included."""


def kept(value: Decimal) -> Decimal:
    """Energy and tonnes to nine decimals, half to even, as the inventory keeps them.

    Parameters
    ----------
    value
        [any unit]

    Returns
    -------
    Decimal
        [the same unit]

    Notes
    -----
    ISO 80000-1:2009, annex B, rule A. Totals are sums of what was rounded, so they are exact.

    Examples
    --------
    >>> kept(Decimal(1) / Decimal(3))
    Decimal('0.333333333')
    """
    return EXACT.quantize(value, KG)


def line_of(owner: str, flow: Flow, span: Span, amounts: Amounts, context: Context) -> SavedLine:
    """One carrier over some days of a year, with tonnes and money.

    Parameters
    ----------
    owner
        id of the measure.
    flow
        the carrier.
    span
        days, for the year of the factor.
    amounts
        of these days. [unit of the flow]
    context
        the choices of the year's audit.
    """
    saved = amounts.saved
    tonnes, factor, steps, findings, reason = _tonnes(owner, flow, span, saved, context)
    kwh, energy_steps = _kilowatt_hours(flow, span, saved, context)
    money, money_steps = _money(flow, span, saved, kwh, context)
    return SavedLine(
        flow, span.start, span.end, amounts, kwh, tonnes, money, factor,
        (*steps, *energy_steps, *money_steps), findings, reason,
    )  # fmt: skip


def beside_of(owner: str, beside: Beside, span: Span, amount: Decimal, context: Context) -> BesideLine:
    """What the measure emits itself in these days."""
    try:
        lines = _lines(owner, beside.method, beside.flow.item, beside.flow.unit, span, amount, context)
    except NotCovered:
        return BesideLine(beside, amount, None, None)
    return BesideLine(beside, amount, exact_sum(line.tco2e for line in lines), lines[0].factor)


def _lines(
    owner: str, method: str, item: str, unit: str, span: Span, quantity: Decimal, context: Context
) -> tuple[Line, ...]:
    """As if the energy stood on a bill."""
    activity = Activity(
        f"{owner}:{span.start.year}:{item}", owner, method, item, span.start, span.end, quantity, unit, evidence=owner
    )
    return all_methods()[method].calculate(Portion(activity, span.start, span.end, quantity), context)


def _tonnes(
    owner: str, flow: Flow, span: Span, saved: Decimal, context: Context
) -> tuple[Decimal | None, AppliedFactor | None, tuple[TraceStep, ...], tuple[Finding, ...], Text | None]:
    method, scope, _ = METHODS[context.library.items[flow.item].kind]
    try:
        lines = _lines(owner, method, flow.item, flow.unit, span, saved, context)
    except NotCovered as why:
        return None, None, (), (), why.finding.message
    line = next(one for one in lines if one.scope == scope)
    return line.tco2e, line.factor, line.trace, line.findings, None


def _kilowatt_hours(
    flow: Flow, span: Span, saved: Decimal, context: Context
) -> tuple[Decimal | None, tuple[TraceStep, ...]]:
    """Saved energy, of fuels by net calorific value; None where the library knows none."""
    units = context.library.units
    if units.dimension(flow.unit) == "energy":
        return kept(units.convert(saved, flow.unit, "kWh")), ()
    found = _calorific(flow.item, flow.unit, span.start.year, context)
    if found is None:
        return None, ()
    per_unit, parts = found
    energy = kept(EXACT.multiply(saved, per_unit))
    numbers = ((saved, flow.unit), (per_unit, f"kWh/{flow.unit}"))
    what = T("Energy by net calorific value ({keys})", keys=[part.key for part in parts])
    return energy, (TraceStep(what, "{0} × {1}", numbers, energy, "kWh"),)


def _calorific(item: str, unit: str, year: int, context: Context) -> tuple[Decimal, tuple[Factor, ...]] | None:
    """Kilowatt-hours in one unit of a fuel, by way of density where that is needed."""
    units = context.library.units
    dimension = units.dimension(unit)
    ncv = context.want(item, ("ncv",), year, per=dimension)
    if ncv is not None and ncv.factor.value is not None:
        return _per(unit, ncv.factor, context), (ncv.factor,)
    ncv = context.want(item, ("ncv",), year, per="mass")
    density = context.want(item, ("density",), year, per=dimension)
    if ncv is None or density is None or ncv.factor.value is None or density.factor.value is None:
        return None
    mass = EXACT.multiply(units.convert(Decimal(1), unit, density.factor.per), density.factor.value)
    kilograms = units.convert(mass, density.factor.of, "kg")
    return EXACT.multiply(kilograms, _per("kg", ncv.factor, context)), (ncv.factor, density.factor)


def _per(unit: str, ncv: Factor, context: Context) -> Decimal:
    units = context.library.units
    assert ncv.value is not None  # asked before
    return units.convert(EXACT.multiply(units.convert(Decimal(1), unit, ncv.per), ncv.value), ncv.of, "kWh")


def _money(
    flow: Flow, span: Span, saved: Decimal, kwh: Decimal | None, context: Context
) -> tuple[Decimal | None, tuple[TraceStep, ...]]:
    """Saved amount × price, in the unit of the price."""
    if flow.price is None:
        return None, ()
    amount = _in_unit(flow, span, saved, kwh, context)
    if amount is None:
        return None, ()
    money = EXACT.quantize(EXACT.multiply(amount, flow.price), CENTS)
    numbers = ((amount, flow.price_unit), (flow.price, f"1/{flow.price_unit}"))
    return money, (TraceStep(T("Saved money"), "{0} × {1}", numbers, money, ""),)


def _in_unit(flow: Flow, span: Span, saved: Decimal, kwh: Decimal | None, context: Context) -> Decimal | None:
    units = context.library.units
    if units.dimension(flow.unit) == units.dimension(flow.price_unit):
        return kept(units.convert(saved, flow.unit, flow.price_unit))
    if kwh is None:
        return None
    if units.dimension(flow.price_unit) == "energy":
        return kept(units.convert(kwh, "kWh", flow.price_unit))
    found = _calorific(flow.item, flow.price_unit, span.start.year, context)
    return None if found is None or not found[0] else kept(EXACT.divide(kwh, found[0]))
