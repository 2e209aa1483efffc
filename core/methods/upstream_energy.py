"""Upstream of fuels, electricity and heat: what happens before the flame and before the power station's fence.

The fuel's own burning is scope 1 and the generation of bought energy is scope 2; this is category 3 and never contains
them. Losses on the way are the method ``transmission_losses``.
"""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import EXACT, Choice
from core.methods._build import CARBON_GASES, line_of, missing_factor
from core.methods._combustion import AMBIGUOUS, ambiguous
from core.methods._types import Context, Finding, Line, Method, Portion

STAND_INS = dict.fromkeys(
    ("anthracite", "bituminous_coal", "sub_bituminous_coal", "lignite", "briquettes", "cleaned_coal"), "industrial_coal"
)
"""Fuels whose upstream nobody at hand publishes, and the one that stands in, with a finding."""


def upstream_emissions(quantity: Decimal, factor: Decimal) -> Decimal:
    """Emissions of extracting, refining and delivering energy.

    Parameters
    ----------
    quantity
        fuel, electricity or heat bought. [l, t, kWh ...]
    factor
        well to tank of the fuel, or upstream of generation. [kg CO2e per the same unit]

    Returns
    -------
    Decimal
        [kg CO2e]

    Notes
    -----
    E = AD × EF(upstream). GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), category 3,
    activities A and B, average-data method.

    Examples
    --------
    A thousand litres of forecourt diesel (UK DESNZ 2025, WTT- fuels):

    >>> upstream_emissions(Decimal("1000"), Decimal("0.61101"))
    Decimal('611.01000')
    """
    return EXACT.multiply(quantity, factor)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 3 line of category 3: E = AD × EF(upstream)."""
    item = context.library.items[portion.activity.item]
    unit = context.library.units.named(portion.activity.unit)
    if item.kind == "fuel" and unit.key in AMBIGUOUS:
        raise ambiguous(portion)
    keys = _same(item.key, item.kind)
    found = ((key, _wanted(key, item.kind, unit.dimension, portion, context)) for key in keys)
    key, choice = next(((key, one) for key, one in found if one is not None), ("", None))
    if choice is None:
        raise missing_factor(portion, context)
    findings = () if item.kind != "fuel" or key == item.key else _stands_in(key, portion, context)
    return (line_of(portion, context, choice, "scope3", findings=findings, category=3),)


def _same(item: str, kind: str) -> tuple[str, ...]:
    """The item, and what stands for it: all grid power has one upstream, and so has all heat."""
    if kind == "fuel":
        return (item, STAND_INS[item]) if item in STAND_INS else (item,)
    return tuple(dict.fromkeys((item, kind)))


def _wanted(key: str, kind: str, per: str, portion: Portion, context: Context) -> Choice | None:
    uses = ("wtt",) if kind == "fuel" else ("wtt_generation",)
    return context.want(key, uses, portion.start.year, per=per, gases=CARBON_GASES, proxies=True)


def _stands_in(key: str, portion: Portion, context: Context) -> tuple[Finding, ...]:
    items = context.library.items
    return (
        Finding(
            "stand_in_fuel",
            "info",
            f"{portion.activity.item}:{key}",
            T(
                "The upstream of {item} is not published; the one of {other} stands in.",
                item=items[portion.activity.item].name,
                other=items[key].name,
            ),
            T("Enter a factor of the supplier or of a national database as own factor where the source matters."),
        ),
    )


METHOD = Method(
    key="upstream_energy",
    title=T("Upstream of fuels and energy"),
    kinds=("fuel", "electricity", "heat"),
    dimensions=("mass", "volume", "energy", "energy_gross"),
    scopes=("scope3",),
    source="GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), category 3, activities A and B",
    calculate=calculate,
    example={"item": "diesel", "unit": "l"},
    categories=(3,),
    approach="average_data",
    ambiguous=AMBIGUOUS,
)
