"""Fire extinguishers: what was discharged and filled up again, a mass balance, or a share of the charge a year."""

from __future__ import annotations

from core.i18n import T
from core.methods._build import chosen
from core.methods._escaping import BALANCE, RATE, title_of
from core.methods._fluorinated import escaped
from core.methods._types import Context, Line, Method, Parameter, Portion

BASIS = Parameter(
    "basis",
    T("What the quantity is"),
    choices=(
        ("discharged", T("Mass discharged or refilled, or bought where stocks are given")),
        ("fixed_extinguisher", T("Charge of fixed systems")),
        ("portable_extinguisher", T("Charge of portable extinguishers")),
    ),
)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 1 line by the best data there is; halons stay apart, outside the basket.

    Notes
    -----
    Discharged or refilled: E = m. With stocks: E = (I_B - I_E) + (P - S) - ΔC. By charge: E = M × x × t with 3.5 %
    (fixed) or 2.5 % (portable) a year, US EPA, Direct Fugitive Emissions (2014), 2.1.2.
    """
    basis = chosen(portion, BASIS)
    return escaped(portion, context, basis, title_of(BASIS, basis), by_charge=basis != "discharged")


METHOD = Method(
    key="fire_extinguishers",
    title=T("Fire extinguishers"),
    kinds=("extinguishing_agent",),
    dimensions=("mass",),
    scopes=("scope1",),
    source="US EPA, Direct Fugitive Emissions (2014), 2.1.2, equations 5 and 6; IPCC 2006 Vol. 3 ch. 7.6",
    calculate=calculate,
    usual_for=("extinguishing_agent",),
    example={"item": "fm_200", "unit": "kg", "basis": "fixed_extinguisher"},
    parameters=(BASIS, *BALANCE, RATE),
)
