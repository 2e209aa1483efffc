"""Carbonates that decompose: fluxes, flue gas cleaning, water treatment."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import EXACT
from core.methods._build import amount, applied, co2e_step, convert, mass_of, missing_factor
from core.methods._carbon import HUNDRED, PURITY, share
from core.methods._types import Context, Line, Method, Parameter, Portion, TraceStep

CALCINED = Parameter(
    "calcined",
    T("Share that decomposes"),
    "%",
    default=HUNDRED,
    maximum=HUNDRED,
    help=T("100 % unless a material balance proves less."),
)


def carbon_dioxide(mass: Decimal, factor: Decimal, purity: Decimal, calcined: Decimal) -> Decimal:
    """CO2 of a carbonate that decomposes.

    Parameters
    ----------
    mass
        carbonate used, dry. [t]
    factor
        CO2 of the pure carbonate. [t/t]
    purity
        share of the pure carbonate. [1]
    calcined
        share that decomposes. [1]

    Returns
    -------
    Decimal
        mass of CO2. [t]

    Notes
    -----
    E = M × PUR × EF × F; GB/T 32151.34-2024, table C.2 (factors); 2006 IPCC Guidelines, Vol. 3, ch. 2, equation 2.3.

    Examples
    --------
    >>> carbon_dioxide(Decimal(100), Decimal("0.440"), Decimal("0.95"), Decimal(1))
    Decimal('41.80000')
    """
    return EXACT.multiply(EXACT.multiply(EXACT.multiply(mass, factor), purity), calcined)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 1 line: E = M × PUR × EF × F."""
    activity = portion.activity
    choice = context.want(activity.item, ("process",), portion.start.year, per="mass", gases=("CO2",))
    if choice is None:
        raise missing_factor(portion, context)
    factor = choice.factor
    mass, conversion = convert(portion, factor.per, context)
    purity, calcined = share(portion, PURITY), share(portion, CALCINED)
    per_mass = factor.amounts["CO2"]
    emitted = context.library.units.convert(carbon_dioxide(mass, per_mass, purity, calcined), factor.of, "kg")
    made = amount("CO2", emitted, context.gwp)
    if made is None:
        raise missing_factor(portion, context)
    numbers = ((mass, factor.per), (purity, ""), (per_mass, f"{factor.of} CO2/{factor.per}"), (calcined, ""))
    step = TraceStep(mass_of("CO2"), "{0} × {1} × {2} × {3}", numbers, made.kg, "kg CO2")
    trace = (*portion.trace, *conversion, step, co2e_step((made,), context.gwp))
    return (Line(activity.id, portion, "scope1", (made,), applied(context, factor), trace),)


METHOD = Method(
    key="carbonates",
    title=T("Carbonates that decompose"),
    kinds=("carbonate",),
    dimensions=("mass",),
    scopes=("scope1",),
    source="GB/T 32151.34-2024, table C.2; 2006 IPCC Guidelines, Vol. 3, ch. 2",
    calculate=calculate,
    example={"item": "calcium_carbonate", "unit": "t"},
    parameters=(PURITY, CALCINED),
)
