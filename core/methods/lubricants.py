"""Lubricants: the share that is oxidised while they lubricate."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import EXACT
from core.methods._build import amount, applied, bare, co2e_step, mass_of, missing_factor
from core.methods._carbon import CARBON_TO_CO2, HUNDRED, share
from core.methods._fuel_energy import net_energy
from core.methods._types import Context, Line, Method, Parameter, Portion, TraceStep

OXIDISED = Parameter(
    "oxidised",
    T("Share oxidised during use"),
    "%",
    required=True,
    maximum=HUNDRED,
    help=T("IPCC proposal from memory: 20 % for oil, 5 % for grease (Vol. 3, ch. 5). Confirm it before you use it."),
)


def carbon_dioxide(energy: Decimal, carbon: Decimal, oxidised: Decimal) -> Decimal:
    """CO2 of lubricants from what is oxidised during use.

    Parameters
    ----------
    energy
        lubricant consumed, by its net calorific value. [GJ]
    carbon
        carbon content. [tC/GJ]
    oxidised
        share oxidised during use. [1]

    Returns
    -------
    Decimal
        mass of CO2. [t]

    Notes
    -----
    E = LC × CC × ODU × 44/12; 2006 IPCC Guidelines, Vol. 3, ch. 5, equation 5.2. Waste oil that is burned is
    combustion, and two-stroke oil belongs to its fuel.

    Examples
    --------
    >>> round(carbon_dioxide(Decimal("40.2"), Decimal("0.020"), Decimal("0.2")), 4)
    Decimal('0.5896')
    """
    molar, atomic = CARBON_TO_CO2
    return EXACT.divide(EXACT.multiply(EXACT.multiply(EXACT.multiply(energy, carbon), oxidised), molar), atomic)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 1 line: E = LC × NCV × CC × ODU × 44/12."""
    activity = portion.activity
    oxidised = share(portion, OXIDISED)
    found = context.want(activity.item, ("carbon",), portion.start.year)
    if found is None:
        raise missing_factor(portion, context)
    energy, steps, parts = net_energy(portion, context)
    carbon = bare(found.factor)
    made = amount("CO2", EXACT.multiply(carbon_dioxide(energy, carbon, oxidised), Decimal(1000)), context.gwp)
    if made is None:
        raise missing_factor(portion, context)
    molar, atomic = CARBON_TO_CO2
    numbers = ((energy, "GJ"), (carbon, "tC/GJ"), (oxidised, ""), (molar, ""), (atomic, ""), (Decimal(1000), "kg/t"))
    step = TraceStep(mass_of("CO2"), "{0} × {1} × {2} × {3}/{4} × {5}", numbers, made.kg, "kg CO2")
    value = round(carbon_dioxide(Decimal(1), carbon, oxidised), 10)
    key = f"{found.factor.set.key}.{activity.item}"
    frozen = applied(context, found.factor, *parts, value=value, unit="t CO2/GJ", key=key)
    trace = (*portion.trace, *steps, step, co2e_step((made,), context.gwp))
    return (Line(activity.id, portion, "scope1", (made,), frozen, trace),)


METHOD = Method(
    key="lubricants",
    title=T("Lubricants oxidised during use"),
    kinds=("lubricant",),
    dimensions=("mass", "volume"),
    scopes=("scope1",),
    source="2006 IPCC Guidelines, Vol. 3, ch. 5, equation 5.2",
    calculate=calculate,
    example={"item": "lubricating_oil", "unit": "t", "oxidised": "20"},
    parameters=(OXIDISED,),
)
