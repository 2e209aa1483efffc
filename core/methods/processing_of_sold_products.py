"""Processing of sold products: what customers emit to turn intermediate products into final ones."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import EXACT
from core.methods._build import number
from core.methods._types import Context, Line, Method, Parameter, Portion
from core.methods._value_chain import BURNED_IN, ENERGY, emitted, in_energy, of

ENERGY_PER_PIECE = Parameter(
    "energy_per_piece",
    T("Energy to process one piece"),
    "kWh",
    help=T("Net calorific value for fuels. Needed when the item is an energy and the quantity a number of pieces."),
)


def processing_energy(pieces: Decimal, each: Decimal) -> Decimal:
    """Energy that customers need to process what they bought.

    Parameters
    ----------
    pieces
        intermediate products sold. [piece]
    each
        energy to process one. [kWh/piece]

    Returns
    -------
    Decimal
        [kWh]

    Notes
    -----
    Q = n × q; E = Q × EF. GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), category 10,
    site-specific method with the customer's energy, or average data.

    Examples
    --------
    40,000 dampers, 1.5 kWh each to fit:

    >>> processing_energy(Decimal("40000"), Decimal("1.5"))
    Decimal('60000.0')
    """
    return EXACT.multiply(pieces, each)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 3 line of category 10: E = n × q × EF, or n × EF with an own factor per piece or mass."""
    item = context.library.items[portion.activity.item]
    counted = context.library.units.dimension(portion.activity.unit) == "pieces"
    if item.kind not in ENERGY or not counted:
        return (of(portion, emitted(portion, context, 10)),)
    unit = "kWh_net" if item.kind == "fuel" else "kWh"
    used = in_energy(portion, number(portion, ENERGY_PER_PIECE), unit, context)
    return (of(portion, emitted(used, context, 10)),)


METHOD = Method(
    key="processing_of_sold_products",
    title=T("Processing of sold products"),
    kinds=("product", "electricity", "heat", "fuel", "emissions"),
    dimensions=("pieces", "mass", "volume", "energy", "energy_gross", "emissions"),
    scopes=("scope3",),
    source="GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), category 10",
    calculate=calculate,
    example={"item": "electricity", "unit": "piece", "energy_per_piece": "1.5"},
    parameters=(ENERGY_PER_PIECE, BURNED_IN),
    categories=(10,),
    approach="average_data",
)
