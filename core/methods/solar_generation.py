"""Rooftop PV: what was used on site and what was fed in, and what that avoided elsewhere as a memo.

Self-used electricity lowers the purchased kilowatt-hours by itself; the avoided tonnes never enter a total. Where the
attributes of the generation were sold, what the plant uses of it counts market-based like any other electricity.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.i18n import T
from core.library import EXACT
from core.methods._build import line_of, readable
from core.methods._covering import market_lines
from core.methods._scope2 import grid_average
from core.methods._types import (
    Context,
    Finding,
    Line,
    Method,
    NotCovered,
    Parameter,
    Portion,
    TraceStep,
    exact_sum,
)

GENERATED = "solar_generated"
SELF_USED = "solar_self_used"
FED_IN = "solar_fed_in"


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One memo line of avoided emissions; where the attributes were sold, market-based lines for the own use too.

    Notes
    -----
    avoided = E × EF(grid, location-based), for self-used and fed-in electricity apart. The generation meter alone does
    not say how much was used on site, so it gives no line of its own. GHG Protocol Scope 2 Guidance (2015), on
    energy that is generated and consumed on site: who sells its certificates counts what he consumes of it as any other
    electricity, market-based; location-based it stays zero.
    """
    activity = portion.activity
    if activity.item == GENERATED:
        raise NotCovered(
            Finding(
                "solar_use_unknown",
                "warning",
                activity.id,
                T(
                    "{quantity} {unit} were generated, but not how much was used on site or fed in.",
                    quantity=readable(portion.quantity),
                    unit=activity.unit,
                ),
                T("Enter the feed-in meter or the self-used electricity for the same days."),
            )
        )
    choice = grid_average(portion, context)
    avoided = line_of(portion, context, choice, "avoided")
    if activity.item != SELF_USED or activity.source not in context.sold:
        return (avoided,)
    first, *more = market_lines(portion, context, choice)
    return avoided, replace(first, findings=(_sold(activity.source, context), *first.findings)), *more


def _sold(source: str, context: Context) -> Finding:
    """Once for each system."""
    return Finding(
        "attributes_sold",
        "info",
        context.sold[source],
        T(
            "{source}: the attributes of this generation belong to somebody else; market-based, what the plant uses of "
            "it counts like electricity from the grid.",
            source=source,
        ),
        T("Nothing to do if that is so; else correct on the page “Solar” to whom the certificates belong."),
    )


def prepare(portions: tuple[Portion, ...], context: Context) -> tuple[Portion, ...]:
    """Derive the missing one of generated, self-used and fed-in for the same source and days; drop the meter then.

    Parameters
    ----------
    portions
        all portions of this method in the period.
    context
        for the units: one meter may count kWh and the other MWh.

    Returns
    -------
    tuple
        self-used and fed-in portions, and those generated portions of which nothing else is known.

    Notes
    -----
    self-used = generated - fed-in; fed-in = generated - self-used.
    """
    groups: dict[tuple[object, ...], dict[str, list[Portion]]] = {}
    for portion in portions:
        unit = context.library.units.find(portion.activity.unit)
        key = (portion.activity.source, portion.start, portion.end, "" if unit is None else unit.dimension)
        groups.setdefault(key, {}).setdefault(portion.activity.item, []).append(portion)
    return tuple(p for (*_, dimension), group in groups.items() for p in _settle(group, dimension, context))


def _settle(group: dict[str, list[Portion]], dimension: object, context: Context) -> list[Portion]:
    everything = [portion for portions in group.values() for portion in portions]
    generated, self_used, fed_in = (group.get(item, []) for item in (GENERATED, SELF_USED, FED_IN))
    if not generated or not (self_used or fed_in) or dimension != "energy":
        return everything
    rest = [portion for portion in everything if portion.activity.item != GENERATED]
    if self_used and fed_in:
        return rest
    known, missing = (fed_in, SELF_USED) if fed_in else (self_used, FED_IN)
    return [*rest, _derived(generated, known, missing, context)]


def _derived(generated: list[Portion], known: list[Portion], item: str, context: Context) -> Portion:
    """What is left of the meter. It is an estimate as soon as one of the records is."""
    meter = generated[0]
    unit = meter.activity.unit

    def summed(portions: list[Portion]) -> Decimal:
        return exact_sum(context.library.units.convert(p.quantity, p.activity.unit, unit) for p in portions)

    total, used = summed(generated), summed(known)
    left = EXACT.subtract(total, used)
    step = TraceStep(T("Generated − the other part"), "{0} − {1}", ((total, unit), (used, unit)), left, unit)
    activity = replace(
        meter.activity,
        id=f"{meter.activity.id}:{item}",
        item=item,
        quantity=left,
        estimated=any(p.activity.estimated for p in (*generated, *known)),
    )
    return Portion(activity, meter.start, meter.end, left, (step,))


PEAK_POWER = Parameter(
    "peak_power",
    T("Peak power"),
    "kWp",
    help=T("For the review alone: more hours at peak power than a clear sky gives are a finding."),
)
METHOD = Method(
    key="solar_generation",
    title=T("Solar generation"),
    kinds=("solar",),
    dimensions=("energy",),
    scopes=("avoided", "scope2_market"),
    source="GHG Protocol Corporate Standard, ch. 8 (reported apart, never subtracted); Scope 2 Guidance (2015), ch. 6",
    calculate=calculate,
    prepare=prepare,
    usual_for=("solar",),
    example={"item": "solar_self_used", "unit": "kWh"},
    parameters=(PEAK_POWER,),
)
