"""Purchased goods and capital goods by mass: what making a kilogram of the material emits on average."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import EXACT
from core.methods._build import category_of, chosen, line_of, missing_factor
from core.methods._types import Context, Line, Method, Parameter, Portion
from core.methods._value_chain import MASS_PER_PIECE, in_mass, of, own_or

ORIGIN = Parameter(
    "origin",
    T("Origin of the material"),
    choices=(
        ("primary", T("Primary production")),
        ("closed_loop", T("Recycled, closed loop")),
        ("reused", T("Re-used")),
    ),
    help=T("Recycled and re-used only with a statement of the supplier; mixed material as one record of each."),
)


def material_emissions(mass: Decimal, factor: Decimal) -> Decimal:
    """Emissions of making a material.

    Parameters
    ----------
    mass
        of the material bought. [t]
    factor
        from the cradle to the gate of the material's works. [kg CO2e/t]

    Returns
    -------
    Decimal
        [kg CO2e]

    Notes
    -----
    E = m × EF. GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), category 1, average-data
    method.

    Examples
    --------
    Ten tonnes of polypropylene, formed, of primary origin (UK DESNZ 2025, Material use!D78):

    >>> material_emissions(Decimal("10"), Decimal("2577.57172"))
    Decimal('25775.71720')
    """
    return EXACT.multiply(mass, factor)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 3 line of category 1 (goods) or 2 (capital goods): E = m × EF(material, origin)."""
    weighed = in_mass(portion, context)
    choice = own_or(weighed, context, (f"material_{chosen(portion, ORIGIN)}",))
    if choice is None:
        raise missing_factor(portion, context)
    return (of(portion, line_of(weighed, context, choice, "scope3", category=category_of(portion, METHOD))),)


METHOD = Method(
    key="purchased_goods",
    title=T("Purchased goods by mass"),
    kinds=("material",),
    dimensions=("mass", "pieces"),
    scopes=("scope3",),
    source="GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), categories 1 and 2, average-data",
    calculate=calculate,
    usual_for=("material",),
    example={"item": "plastics", "unit": "t"},
    parameters=(ORIGIN, MASS_PER_PIECE),
    categories=(1, 2),
    approach="average_data",
)
