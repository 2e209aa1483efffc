"""Insulating gas of switchgear: what was topped up, a mass balance, or a share of the charge a year."""

from __future__ import annotations

from core.i18n import T
from core.methods._build import chosen
from core.methods._escaping import BALANCE, RATE
from core.methods._fluorinated import escaped
from core.methods._types import Context, Line, Method, Parameter, Portion

BASIS = Parameter(
    "basis",
    T("What the quantity is"),
    choices=(
        ("topped_up", T("Mass topped up, or bought where stocks are given")),
        ("charge", T("Charge of the switchgear on its nameplate")),
    ),
)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 1 line by the best data there is.

    Notes
    -----
    Topped up: E = m. With stocks: E = (I_B - I_E) + (P - S) - ΔC. By charge: E = M × 0.5 % × t (GB/T 8905, 9.3).
    """
    by_charge = chosen(portion, BASIS) == "charge"
    return escaped(portion, context, "switchgear", T("Gas-insulated switchgear"), by_charge=by_charge)


METHOD = Method(
    key="switchgear_gas",
    title=T("Insulating gas of switchgear"),
    kinds=("switchgear_gas",),
    dimensions=("mass",),
    scopes=("scope1",),
    source="GB/T 8905, 9.3; 40 CFR 98.303, equation DD-1; IPCC 2006 Vol. 3 ch. 8",
    calculate=calculate,
    usual_for=("switchgear_gas",),
    example={"item": "SF6", "unit": "kg", "basis": "charge"},
    parameters=(BASIS, *BALANCE, RATE),
)
