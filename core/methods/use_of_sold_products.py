"""Use of sold products: all that the products sold in the year will use over their lives, counted in that year.

Direct use is energy that the product itself takes; indirect use is energy of something it is part of or needs, such as
the fuel a car burns to carry a brake. The standard asks for the first and leaves the second to the company.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.i18n import T
from core.library import EXACT
from core.methods._build import chosen, needed, number, readable
from core.methods._types import Context, Finding, Line, Method, Parameter, Portion, TraceStep
from core.methods._value_chain import BURNED_IN, ENERGY, emitted, in_energy, of

USES = Parameter(
    "lifetime_uses",
    T("Uses over the life"),
    default=Decimal(1),
    help=T("How often one piece is used, or hours or kilometres; 1 when the energy below is that of the whole life."),
)
ENERGY_PER_USE = Parameter(
    "lifetime_energy", T("Energy per piece and use"), "kWh", help=T("Net calorific value for fuels.")
)
FUEL_PER_USE = Parameter("lifetime_fuel", T("Fuel per piece and use"), "l", help=T("For fuels instead of the energy."))
PHASE = Parameter(
    "phase",
    T("Use phase"),
    choices=(("direct", T("Direct")), ("indirect", T("Indirect"))),
    help=T("Direct: the product itself uses the energy. Indirect: what it is built into does."),
)


def lifetime_energy(pieces: Decimal, uses: Decimal, each: Decimal) -> Decimal:
    """Energy that sold products will use over their lives.

    Parameters
    ----------
    pieces
        sold in the year. [piece]
    uses
        expected over the life of one. [1]
    each
        energy or fuel per use. [kWh, l]

    Returns
    -------
    Decimal
        [as ``each``]

    Notes
    -----
    Q = n × uses × q; E = Q × EF. GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), category
    11, products that directly or indirectly use energy. The whole life counts in the year of the sale.

    Examples
    --------
    5,000 compressors, 20,000 hours at 0.75 kWh:

    >>> lifetime_energy(Decimal("5000"), Decimal("20000"), Decimal("0.75"))
    Decimal('75000000.00')
    """
    return EXACT.multiply(EXACT.multiply(pieces, uses), each)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 3 line of category 11: E = n × uses × q × EF, or n × EF with an own factor per piece."""
    item = context.library.items[portion.activity.item]
    counted = context.library.units.dimension(portion.activity.unit) == "pieces"
    used = _used(portion, item.kind, context) if item.kind in ENERGY and counted else portion
    line = of(portion, emitted(used, context, 11))
    return (_marked(line, portion),)


def _used(portion: Portion, kind: str, context: Context) -> Portion:
    uses, energy, fuel = number(portion, USES), portion.given(ENERGY_PER_USE.key), portion.given(FUEL_PER_USE.key)
    if kind == "fuel" and fuel is not None:
        return _over_life(portion, uses, fuel, "l", context)
    if energy is None:
        raise needed(portion, ENERGY_PER_USE)
    return _over_life(portion, uses, energy, "kWh_net" if kind == "fuel" else "kWh", context)


def _over_life(portion: Portion, uses: Decimal, each: Decimal, unit: str, context: Context) -> Portion:
    whole = EXACT.multiply(uses, each)
    used = in_energy(portion, whole, unit, context)
    if uses == 1:
        return used
    step = TraceStep(T("Energy of one piece over its life"), "{0} × {1}", ((uses, ""), (each, unit)), whole, unit)
    return replace(used, trace=(*portion.trace, step, *used.trace[len(portion.trace) :]))


def _marked(line: Line, portion: Portion) -> Line:
    if chosen(portion, PHASE) == "direct":
        return line
    finding = Finding(
        "indirect_use_phase",
        "info",
        portion.activity.id,
        T("{tonnes} t CO₂e are of the indirect use phase, which is optional.", tonnes=readable(line.tco2e)),
        T("Name it in the report; targets and comparisons should say whether they contain it."),
    )
    return replace(line, findings=(*line.findings, finding))


METHOD = Method(
    key="use_of_sold_products",
    title=T("Use of sold products"),
    kinds=("product", "electricity", "heat", "fuel", "emissions"),
    dimensions=("pieces", "mass", "volume", "energy", "energy_gross", "emissions"),
    scopes=("scope3",),
    source="GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), category 11",
    calculate=calculate,
    example={"item": "electricity", "unit": "piece", "lifetime_energy": "150"},
    parameters=(USES, ENERGY_PER_USE, FUEL_PER_USE, PHASE, BURNED_IN),
    categories=(11,),
    approach="average_data",
)
