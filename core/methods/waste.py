"""Waste of the plant and end of life of what it sold: mass by type and treatment."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import EXACT
from core.methods._build import category_of, line_of, missing_factor, needed
from core.methods._types import Context, Line, Method, Parameter, Portion
from core.methods._value_chain import MASS_PER_PIECE, in_mass, of, own_or

TREATMENT = Parameter(
    "treatment",
    T("Treatment of the waste"),
    required=True,
    choices=(
        ("landfill", T("Landfill")),
        ("incineration", T("Incineration")),
        ("recycling_open", T("Recycling, open loop")),
        ("recycling_closed", T("Recycling, closed loop")),
        ("composting", T("Composting")),
        ("anaerobic_digestion", T("Anaerobic digestion")),
    ),
    help=T("As on the transfer note of the disposal company."),
)
_ALSO = {"recycling_open": ("recycling",), "recycling_closed": ("recycling",)}
"""Publishers that do not tell the loops apart print one number for both."""


def treatment_emissions(mass: Decimal, factor: Decimal) -> Decimal:
    """Emissions of treating a waste.

    Parameters
    ----------
    mass
        of the waste of one type that goes to one treatment. [t]
    factor
        of the type and treatment. [kg CO2e/t]

    Returns
    -------
    Decimal
        [kg CO2e]

    Notes
    -----
    E = m × EF. GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), categories 5 and 12,
    waste-type-specific method. Recycling and energy recovery carry collection and transport only: what the recycled
    material saves counts for whoever uses it.

    Examples
    --------
    Fifty tonnes of commercial and industrial waste to landfill (UK DESNZ 2025, Waste disposal!H52):

    >>> treatment_emissions(Decimal("50"), Decimal("520.5327"))
    Decimal('26026.6350')
    """
    return EXACT.multiply(mass, factor)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 3 line of category 5 (own waste) or 12 (end of life of sold products): E = m × EF(type, treatment)."""
    treatment = portion.said(TREATMENT.key)
    if not treatment:
        raise needed(portion, TREATMENT)
    weighed = in_mass(portion, context)
    choice = own_or(weighed, context, (treatment, *_ALSO.get(treatment, ())))
    if choice is None:
        raise missing_factor(portion, context)
    return (of(portion, line_of(weighed, context, choice, "scope3", category=category_of(portion, METHOD))),)


METHOD = Method(
    key="waste",
    title=T("Waste by type and treatment"),
    kinds=("waste", "material"),
    dimensions=("mass", "pieces"),
    scopes=("scope3",),
    source="GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), categories 5 and 12, waste-type",
    calculate=calculate,
    usual_for=("waste",),
    example={"item": "commercial_waste", "unit": "t", "treatment": "landfill"},
    parameters=(TREATMENT, MASS_PER_PIECE),
    categories=(5, 12),
    approach="waste_type",
)
