"""Solvents that evaporate: their carbon becomes CO2 in the air."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import EXACT
from core.methods._build import co2e_step, convert
from core.methods._carbon import CARBON_TO_CO2, HUNDRED, carbon_share, share, to_carbon_dioxide
from core.methods._types import Context, Line, Method, Parameter, Portion
from core.methods._voc import CARBON, carbon_factor

EMITTED = Parameter(
    "emitted",
    T("Share that evaporates"),
    "%",
    default=HUNDRED,
    maximum=HUNDRED,
    help=T("What is recovered, disposed of or destroyed in an oxidiser does not evaporate."),
)


def carbon_dioxide(mass: Decimal, carbon: Decimal, emitted: Decimal) -> Decimal:
    """CO2 that evaporated solvent becomes in the atmosphere.

    Parameters
    ----------
    mass
        solvent used. [t]
    carbon
        mass of fossil carbon by mass of solvent. [1]
    emitted
        share that evaporates. [1]

    Returns
    -------
    Decimal
        mass of CO2. [t]

    Notes
    -----
    E = M × C × share × 44/12; 2006 IPCC Guidelines, Vol. 1, ch. 7.2.1.5 (CO2 of NMVOC) and Vol. 3, ch. 5.5.

    Examples
    --------
    >>> round(carbon_dioxide(Decimal(1), Decimal("0.9125"), Decimal("0.5")), 4)
    Decimal('1.6729')
    """
    molar, atomic = CARBON_TO_CO2
    return EXACT.divide(EXACT.multiply(EXACT.multiply(EXACT.multiply(mass, carbon), emitted), molar), atomic)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 1 line: E = M × C × share × 44/12."""
    emitted = share(portion, EMITTED)
    carbon, factor = carbon_share(portion, context, CARBON)
    mass, conversion = convert(portion, "kg", context)
    made, step = to_carbon_dioxide(portion, context, mass, ((carbon, "kg C/kg"), (emitted, "")))
    frozen = carbon_factor(portion, context, factor, carbon_dioxide(Decimal(1), carbon, emitted))
    trace = (*portion.trace, *conversion, step, co2e_step((made,), context.gwp))
    return (Line(portion.activity.id, portion, "scope1", (made,), frozen, trace),)


METHOD = Method(
    key="solvents",
    title=T("Solvents that evaporate"),
    kinds=("solvent",),
    dimensions=("mass",),
    scopes=("scope1",),
    source="2006 IPCC Guidelines, Vol. 1, ch. 7.2.1.5; Vol. 3, ch. 5.5",
    calculate=calculate,
    example={"item": "toluene", "unit": "kg"},
    parameters=(CARBON, EMITTED),
    usual_for=("solvent",),
)
