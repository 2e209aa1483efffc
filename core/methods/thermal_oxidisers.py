"""Thermal oxidisers: solvents and other VOC that are burned in exhaust air."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import EXACT
from core.methods._build import amount, co2e_step, convert, missing_factor
from core.methods._carbon import CARBON_TO_CO2, HUNDRED, carbon_share, share, to_carbon_dioxide
from core.methods._types import Amount, Context, Line, Method, Parameter, Portion, TraceStep
from core.methods._voc import CARBON, carbon_factor

DESTROYED = Parameter(
    "destroyed",
    T("Destruction efficiency"),
    "%",
    required=True,
    maximum=HUNDRED,
    help=T("From the acceptance test or the guarantee. Enter the mass that goes in, not what comes out."),
)
BIOMASS = Parameter(
    "biomass_share", T("Share of biomass in the carbon"), "%", default=Decimal(0), maximum=HUNDRED,
    help=T("Of ethanol from plants for instance; its CO₂ is shown apart."),
)  # fmt: skip


def carbon_dioxide(mass: Decimal, carbon: Decimal, destroyed: Decimal) -> Decimal:
    """CO2 of VOC that an oxidiser destroys.

    Parameters
    ----------
    mass
        VOC that enters. [t]
    carbon
        mass of carbon by mass of VOC. [1]
    destroyed
        destruction efficiency. [1]

    Returns
    -------
    Decimal
        mass of CO2. [t]

    Notes
    -----
    E = M × C × DE × 44/12, the carbon balance of complete combustion. The support fuel is stationary combustion and
    recorded there; VOC that passes can be recorded with the method for solvents.

    Examples
    --------
    >>> round(carbon_dioxide(Decimal(1), Decimal("0.9125"), Decimal("0.98")), 4)
    Decimal('3.2789')
    """
    molar, atomic = CARBON_TO_CO2
    return EXACT.divide(EXACT.multiply(EXACT.multiply(EXACT.multiply(mass, carbon), destroyed), molar), atomic)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 1 line: E = M × C × DE × 44/12."""
    destroyed, biomass = share(portion, DESTROYED), share(portion, BIOMASS)
    carbon, factor = carbon_share(portion, context, CARBON)
    mass, conversion = convert(portion, "kg", context)
    made, step = to_carbon_dioxide(portion, context, mass, ((carbon, "kg C/kg"), (destroyed, "")))
    amounts: tuple[Amount, ...] = (made,)
    steps: tuple[TraceStep, ...] = (step,)
    if biomass:
        fossil = amount("CO2", EXACT.multiply(made.kg, EXACT.subtract(Decimal(1), biomass)), context.gwp)
        apart = amount("CO2", EXACT.multiply(made.kg, biomass), context.gwp, biogenic=True)
        if fossil is None or apart is None:
            raise missing_factor(portion, context)
        numbers = ((made.kg, "kg CO2"), (biomass, ""))
        what = T("Biogenic CO₂ = CO₂ × share of biomass")
        amounts, steps = (fossil, apart), (step, TraceStep(what, "{0} × {1}", numbers, apart.kg, "kg CO2"))
    frozen = carbon_factor(portion, context, factor, carbon_dioxide(Decimal(1), carbon, destroyed))
    trace = (*portion.trace, *conversion, *steps, co2e_step(amounts, context.gwp))
    return (Line(portion.activity.id, portion, "scope1", amounts, frozen, trace),)


METHOD = Method(
    key="thermal_oxidisers",
    title=T("Thermal oxidisers (VOC destroyed)"),
    kinds=("solvent",),
    dimensions=("mass",),
    scopes=("scope1",),
    source="Carbon balance; 2006 IPCC Guidelines, Vol. 3, ch. 5.5; GHG Protocol Corporate Standard, scope 1",
    calculate=calculate,
    example={"item": "xylene", "unit": "kg", "destroyed": "98"},
    parameters=(CARBON, DESTROYED, BIOMASS),
)
