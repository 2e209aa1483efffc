"""Purchased electricity, location- and market-based side by side on the same kilowatt-hours.

What certificates and contracts cover is no part of the record: instruments are allocated to it.
"""

from __future__ import annotations

from core.i18n import T
from core.methods._covering import location_lines, market_lines
from core.methods._scope2 import GRID, grid_average
from core.methods._types import Context, Line, Method, Portion


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One line for each instrument that counts and one for the rest, market-based; location-based direct lines apart.

    Notes
    -----
    E = AD × EF on the same kilowatt-hours, once with each factor. GHG Protocol Scope 2 Guidance (2015), ch. 6.5,
    equation 6.1; GB/T 32150-2025, 7.5.6.
    """
    location = grid_average(portion, context)
    return *location_lines(portion, context, location), *market_lines(portion, context, location)


METHOD = Method(
    key="purchased_electricity",
    title=T("Purchased electricity"),
    kinds=("electricity",),
    dimensions=("energy",),
    scopes=("scope2_location", "scope2_market"),
    source="GHG Protocol Scope 2 Guidance (2015), ch. 6; GB/T 32150-2025, 7.5.6",
    calculate=calculate,
    usual_for=("electricity",),
    example={"item": GRID, "unit": "kWh"},
)
