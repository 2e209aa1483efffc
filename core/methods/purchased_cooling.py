"""Purchased cooling and chilled water: by the factor of the supplier, or by the electricity of the chiller."""

from __future__ import annotations

from decimal import Decimal

from core.errors import UserError
from core.i18n import T
from core.library import EXACT
from core.methods._build import convert, needed
from core.methods._scope2 import Energy, from_supplier_or_grid, supplied
from core.methods._types import Context, Line, Method, Parameter, Portion, TraceStep

COP = Parameter(
    "cop",
    T("Coefficient of performance"),
    "kWh/kWh",
    maximum=Decimal(20),
    help=T("Cooling delivered per electricity used, over the year, as the supplier states or measures it."),
)


def electricity_for_cooling(cooling: Decimal, cop: Decimal) -> Decimal:
    """Electricity that a chiller needed.

    Parameters
    ----------
    cooling
        energy taken out. [kWh]
    cop
        coefficient of performance over the year. [1]

    Returns
    -------
    Decimal
        electricity. [kWh]

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
    >>> electricity_for_cooling(Decimal(1000), Decimal(4))
    Decimal('250')
    """
    if cop <= 0:
        raise UserError(T("The coefficient of performance must be above 0."), T("Correct the parameter."))
    return EXACT.divide(cooling, cop)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """Location- and market-based lines.

    Notes
    -----
    E = Q / COP × EF(electricity); market-based with the factor of the supplier where there is one.

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
    return from_supplier_or_grid(portion, context, bought, supplier, _electricity(portion, context, cop))


def _electricity(portion: Portion, context: Context, cop: Decimal | None) -> Energy | None:
    if cop is None:
        return None
    cooling, conversion = convert(portion, "kWh", context)
    energy = electricity_for_cooling(cooling, cop)
    step = TraceStep(T("Electricity of the chiller"), "{0} ÷ {1}", ((cooling, "kWh"), (cop, "")), energy, "kWh")
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
    parameters=(COP,),
)
