"""Purchased cooling and chilled water: by the factor of the supplier, or by what drives the chiller."""

from __future__ import annotations

from decimal import Decimal

from core.errors import UserError
from core.i18n import T
from core.library import EXACT
from core.methods._build import chosen, convert, needed
from core.methods._scope2 import Energy, from_heat, from_supplier_or_grid, line_for, supplied
from core.methods._types import Context, Line, Method, Parameter, Portion, TraceStep

COP = Parameter(
    "cop",
    T("Coefficient of performance"),
    "kWh/kWh",
    maximum=Decimal(20),
    help=T("Cooling delivered per electricity or heat used, over the year, as the supplier states or measures it."),
)


DRIVEN = Parameter(
    "driven_by",
    T("Chiller driven by"),
    choices=(("electricity", T("Electricity (compression)")), ("heat", T("Heat (absorption)"))),
)


def energy_for_cooling(cooling: Decimal, cop: Decimal) -> Decimal:
    """Electricity or heat that a chiller needed.

    Parameters
    ----------
    cooling
        energy taken out. [kWh]
    cop
        coefficient of performance over the year. [1]

    Returns
    -------
    Decimal
        electricity of a compression chiller, heat of an absorption chiller. [kWh]

    Raises
    ------
    UserError
        when the coefficient is not positive.

    Notes
    -----
    W = Q / COP. Local Government Operations Protocol (2010), equation 6.26; The Climate Registry, General Reporting
    Protocol, ch. 15.

    Examples
    --------
    >>> energy_for_cooling(Decimal(1000), Decimal(4))
    Decimal('250')
    """
    if cop <= 0:
        raise UserError(T("The coefficient of performance must be above 0."), T("Correct the parameter."))
    return EXACT.divide(cooling, cop)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """Location- and market-based lines.

    Notes
    -----
    E = Q / COP × EF, EF of the grid, or of heat for absorption chillers; market-based with the factor of the
    supplier where there is one.

    Raises
    ------
    NotCovered
        when there is neither a supplier's factor nor a coefficient of performance.
    """
    supplier = supplied(portion, context, portion.activity.item) or supplied(portion, context, "cooling")
    cop = portion.given(COP.key)
    if cop is None and supplier is None:
        raise needed(portion, COP)
    bought = Energy(portion.quantity, portion.activity.unit, ())
    driving = None if cop is None else _driving(portion, context, cop)
    if driving is None or chosen(portion, DRIVEN) == "electricity":
        return from_supplier_or_grid(portion, context, bought, supplier, driving)
    location, market = from_heat(portion, context, driving)
    if supplier is not None:
        market = line_for(portion, context, supplier, "scope2_market", bought)
    return location, market


def _driving(portion: Portion, context: Context, cop: Decimal) -> Energy:
    """What drove the chiller."""
    cooling, conversion = convert(portion, "kWh", context)
    energy = energy_for_cooling(cooling, cop)
    step = TraceStep(T("Energy that drove the chiller"), "{0} ÷ {1}", ((cooling, "kWh"), (cop, "")), energy, "kWh")
    return Energy(energy, "kWh", (*conversion, step))


METHOD = Method(
    key="purchased_cooling",
    title=T("Purchased cooling"),
    kinds=("cooling",),
    dimensions=("energy",),
    scopes=("scope2_location", "scope2_market"),
    source="GHG Protocol Scope 2 Guidance (2015), ch. 5 and 6; Local Government Operations Protocol (2010), 6.3",
    calculate=calculate,
    example={"item": "cooling", "unit": "GJ", "cop": "4.2"},
    parameters=(COP, DRIVEN),
)
