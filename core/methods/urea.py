"""Urea that cleans exhaust gas: its carbon leaves as CO2."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import EXACT
from core.methods._build import applied, bare, co2e_step, convert, missing_factor, needed
from core.methods._carbon import HUNDRED, share, to_carbon_dioxide
from core.methods._types import Context, Line, Method, Parameter, Portion, TraceStep

SOLUTION = Decimal("32.5")
"""AdBlue: percentage of urea by mass; 2006 IPCC Guidelines, Vol. 2, ch. 3.2.1.1, default purity."""
PURITY = Parameter(
    "purity",
    T("Share of urea"),
    "%",
    maximum=HUNDRED,
    help=T("By mass. Without it 32.5 % is taken for urea solution and 100 % for urea."),
)
DENSITY = Parameter(
    "density",
    T("Density"),
    "kg/l",
    help=T("Needed for litres; it stands on the delivery note (about 1.09 kg/l, from memory of ISO 22241-1)."),
)


def carbon_dioxide(mass: Decimal, purity: Decimal) -> Decimal:
    """CO2 of urea used in a catalytic converter.

    Parameters
    ----------
    mass
        urea solution used. [t]
    purity
        mass share of urea in it. [1]

    Returns
    -------
    Decimal
        mass of CO2. [t]

    Notes
    -----
    E = M × 12/60 × purity × 44/12; 2006 IPCC Guidelines, Vol. 2, ch. 3, equation 3.2.2.

    Examples
    --------
    >>> round(carbon_dioxide(Decimal(1), Decimal("0.325")), 4)
    Decimal('0.2383')
    """
    return EXACT.divide(EXACT.multiply(EXACT.multiply(mass, purity), Decimal(44)), Decimal(60))


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 1 line: E = M × purity × 12/60 × 44/12."""
    found = context.want("urea", ("carbon_mass",), portion.start.year)
    if found is None:
        raise missing_factor(portion, context)
    mass, steps = _mass(portion, context)
    purity = share(portion, PURITY) if portion.given("purity") is not None else _usual(portion)
    carbon = bare(found.factor)
    made, step = to_carbon_dioxide(portion, context, mass, ((purity, ""), (carbon, found.factor.unit)))
    value = round(carbon_dioxide(Decimal(1), purity), 10)
    key = f"{found.factor.set.key}.{portion.activity.item}"
    frozen = applied(context, found.factor, value=value, unit="kg CO2/kg", key=key)
    trace = (*portion.trace, *steps, step, co2e_step((made,), context.gwp))
    return (Line(portion.activity.id, portion, "scope1", (made,), frozen, trace),)


def _usual(portion: Portion) -> Decimal:
    return EXACT.divide(SOLUTION, HUNDRED) if portion.activity.item == "adblue" else Decimal(1)


def _mass(portion: Portion, context: Context) -> tuple[Decimal, tuple[TraceStep, ...]]:
    if context.library.units.dimension(portion.activity.unit) == "mass":
        return convert(portion, "kg", context)
    density = portion.given("density")
    if density is None:
        raise needed(portion, DENSITY)
    litres, conversion = convert(portion, "l", context)
    mass = EXACT.multiply(litres, density)
    step = TraceStep(T("Volume × density"), "{0} × {1}", ((litres, "l"), (density, "kg/l")), mass, "kg")
    return mass, (*conversion, step)


METHOD = Method(
    key="urea",
    title=T("Urea in exhaust gas cleaning"),
    kinds=("urea",),
    dimensions=("mass", "volume"),
    scopes=("scope1",),
    source="2006 IPCC Guidelines, Vol. 2, ch. 3, equation 3.2.2",
    calculate=calculate,
    example={"item": "adblue", "unit": "kg"},
    parameters=(PURITY, DENSITY),
)
