"""Refrigerants: what was topped up has leaked, or the mass balance says what has. Blends are taken apart."""

from __future__ import annotations

from core.i18n import T
from core.methods._build import convert
from core.methods._escaping import BALANCE, balanced, escaped_by_balance
from core.methods._fluorinated import blend_gwp, emitted
from core.methods._types import Context, Line, Method, Parameter, Portion

__all__ = ["METHOD", "blend_gwp", "calculate"]


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 1 line with an amount for each substance; those outside the basket (HCFC, CFC, HC, HFO) stay apart.

    Notes
    -----
    E = mass topped up × GWP; with stocks or flows among the parameters, the quantity is what was bought and
    E = ((I_B - I_E) + (P - S) - ΔC) × GWP.
    """
    if balanced(portion):
        return emitted(portion, context, *escaped_by_balance(portion, context))
    mass, conversion = convert(portion, "kg", context)
    return emitted(portion, context, mass, (*portion.trace, *conversion))


CHARGE = Parameter(
    "charge",
    T("Charge of the system"),
    "kg",
    help=T("For the review alone: more topped up than a system holds is a finding."),
)
METHOD = Method(
    key="refrigerants",
    title=T("Refrigerants (topped-up mass)"),
    kinds=("refrigerant", "switchgear_gas", "extinguishing_agent", "process_gas"),
    dimensions=("mass",),
    scopes=("scope1",),
    source="ISO 14064-1:2018; IPCC 2006 Vol. 3 ch. 7; ASHRAE Standard 34 (compositions)",
    calculate=calculate,
    usual_for=("refrigerant",),
    example={"item": "R-410A", "unit": "kg"},
    parameters=(*BALANCE, CHARGE),
)
