"""Compressed air bought from a neighbour: by the factor of the supplier, or by the electricity of the compressor."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import EXACT
from core.methods._build import convert, needed
from core.methods._scope2 import Energy, from_supplier_or_grid, supplied
from core.methods._types import Context, Line, Method, Parameter, Portion, TraceStep

SPECIFIC = Parameter(
    "specific_energy",
    T("Electricity per cubic metre of air"),
    "kWh/m³",
    maximum=Decimal(10),
    help=T("At the reference conditions of the bill, with dryers and losses of the network, as the supplier states."),
)


def electricity_for_air(volume: Decimal, specific: Decimal) -> Decimal:
    """Electricity that a compressor needed.

    Parameters
    ----------
    volume
        air at the reference conditions of the bill. [m3]
    specific
        specific electricity of the station. [kWh/m3]

    Returns
    -------
    Decimal
        electricity. [kWh]

    Notes
    -----
    W = V × w; the specific energy of a compressed-air station as ISO 11011:2013 assesses it.

    Examples
    --------
    >>> electricity_for_air(Decimal(10000), Decimal("0.12"))
    Decimal('1200.00')
    """
    return EXACT.multiply(volume, specific)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """Location- and market-based lines.

    Notes
    -----
    E = V × w × EF(electricity); market-based with the factor of the supplier where there is one.

    Raises
    ------
    NotCovered
        when there is neither a supplier's factor nor a specific energy.
    """
    supplier = supplied(portion, context, portion.activity.item, per="volume")
    specific = portion.given(SPECIFIC.key)
    if specific is None and supplier is None:
        raise needed(portion, SPECIFIC)
    bought = Energy(portion.quantity, portion.activity.unit, ())
    return from_supplier_or_grid(portion, context, bought, supplier, _electricity(portion, context, specific))


def _electricity(portion: Portion, context: Context, specific: Decimal | None) -> Energy | None:
    if specific is None:
        return None
    volume, conversion = convert(portion, "m3", context)
    energy = electricity_for_air(volume, specific)
    numbers = ((volume, "m3"), (specific, "kWh/m3"))
    step = TraceStep(T("Electricity of the compressor"), "{0} × {1}", numbers, energy, "kWh")
    return Energy(energy, "kWh", (*conversion, step))


METHOD = Method(
    key="compressed_air",
    title=T("Purchased compressed air"),
    kinds=("compressed_air",),
    dimensions=("volume",),
    scopes=("scope2_location", "scope2_market"),
    source="GHG Protocol Scope 2 Guidance (2015), ch. 5 and 6",
    calculate=calculate,
    example={"item": "compressed_air", "unit": "m3", "specific_energy": "0.12"},
    parameters=(SPECIFIC,),
)
