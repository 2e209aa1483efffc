"""Equipment that is scrapped or filled with another refrigerant: what was in it and not recovered has escaped."""

from __future__ import annotations

from decimal import Decimal

from core.errors import UserError
from core.i18n import T
from core.library import EXACT
from core.methods._build import convert, number
from core.methods._escaping import HUNDRED, cut
from core.methods._fluorinated import emitted
from core.methods._types import Context, Line, Method, Parameter, Portion, TraceStep

REMAINING = Parameter(
    "remaining",
    T("Charge still in the equipment"),
    "%",
    default=HUNDRED,
    maximum=HUNDRED,
    help=T("100 % when nobody knows: that never underestimates."),
)
RECOVERED = Parameter("recovered", T("Recovered mass"), "kg", help=T("As on the certificate of the disposal company."))
EFFICIENCY = Parameter(
    "recovery_efficiency",
    T("Recovered share"),
    "%",
    maximum=HUNDRED,
    help=T("Of what was still in the equipment; where the recovered mass was not weighed."),
)


def disposal_loss(charge: Decimal, remaining: Decimal, recovered: Decimal) -> Decimal:
    """What escapes when equipment is scrapped or filled with another refrigerant.

    Parameters
    ----------
    charge
        full charge of the equipment. [kg]
    remaining
        share of it that was still inside. [%]
    recovered
        mass recovered. [kg]

    Returns
    -------
    Decimal
        mass emitted. [kg]

    Raises
    ------
    UserError
        when more was recovered than was inside.

    Notes
    -----
    E = M × p / 100 - R; with a recovery efficiency η, R = M × p / 100 × η / 100. IPCC 2006 Vol. 3 ch. 7, equation 7.14.

    Examples
    --------
    A chiller of 100 kg, full, of which 95 kg were recovered: the EPA calculator loses 5 %.

    >>> disposal_loss(Decimal(100), Decimal(100), Decimal(95))
    Decimal('5')
    """
    inside = EXACT.divide(EXACT.multiply(charge, remaining), HUNDRED)
    if recovered > inside:
        raise UserError(
            T("{recovered} kg were recovered, but only {inside} kg were inside.", recovered=recovered, inside=inside),
            T("Correct the charge or the recovered mass; both are in kg."),
        )
    return EXACT.subtract(inside, recovered)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 1 line: E = M × p - R, M the charge of the equipment taken out."""
    charge, conversion = convert(portion, "kg", context)
    remaining = number(portion, REMAINING)
    recovered = _recovered(portion, charge, remaining)
    mass = disposal_loss(charge, remaining, recovered)
    numbers = ((charge, "kg"), (remaining, "%"), (recovered, "kg"))
    step = TraceStep(T("Charge still inside − recovered"), "{0} × {1} − {2}", numbers, mass, "kg")
    return emitted(portion, context, mass, (*portion.trace, *conversion, step))


def _recovered(portion: Portion, charge: Decimal, remaining: Decimal) -> Decimal:
    efficiency = portion.given(EFFICIENCY.key)
    if portion.said(RECOVERED.key) or efficiency is None:
        return cut(portion, RECOVERED)
    return EXACT.divide(EXACT.multiply(EXACT.multiply(charge, remaining), efficiency), HUNDRED * HUNDRED)


METHOD = Method(
    key="refrigerant_disposal",
    title=T("Refrigerants (retrofill and disposal)"),
    kinds=("refrigerant", "switchgear_gas", "extinguishing_agent"),
    dimensions=("mass",),
    scopes=("scope1",),
    source="IPCC 2006 Vol. 3 ch. 7, equation 7.14; US EPA, Direct Fugitive Emissions (2014), equation 6",
    calculate=calculate,
    example={"item": "R-410A", "unit": "kg"},
    parameters=(REMAINING, RECOVERED, EFFICIENCY),
)
