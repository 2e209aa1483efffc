"""Acetylene for welding and cutting, by the net mass of gas."""

from __future__ import annotations

from core.i18n import T
from core.methods._build import applied, co2e_step, gases, missing_factor
from core.methods._stock import STOCK, used
from core.methods._types import Context, Line, Method, Portion

ACETYLENE = "acetylene"


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 1 line: E = W × 2 × 44/26, W the net use of gas without bottle and acetone.

    Notes
    -----
    C2H2 + 2.5 O2 -> 2 CO2 + H2O: 3.3846 kg CO2 per kg, complete combustion.
    """
    activity = portion.activity
    if activity.item != ACETYLENE:
        why = T("This method is for acetylene only; record other fuels as combustion.")
        raise missing_factor(portion, context, why)
    choice = context.want(ACETYLENE, ("combustion",), portion.start.year, per="mass", gases=("CO2",))
    if choice is None:
        raise missing_factor(portion, context)
    mass, steps = used(portion, choice.factor.per, context)
    amounts, more = gases(mass, choice.factor, context)
    trace = (*portion.trace, *steps, *more, co2e_step(amounts, context.gwp))
    return (Line(activity.id, portion, "scope1", amounts, applied(context, choice.factor), trace),)


METHOD = Method(
    key="acetylene",
    title=T("Acetylene for welding and cutting"),
    kinds=("fuel",),
    dimensions=("mass",),
    scopes=("scope1",),
    source="Stoichiometry of complete combustion; NDRC guideline for mechanical equipment manufacturers (2015)",
    calculate=calculate,
    example={"item": "acetylene", "unit": "kg"},
    parameters=STOCK,
)
