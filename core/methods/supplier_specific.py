"""Supplier-specific: a quantity times the supplier's own factor, or the tonnes that the supplier states."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T, Text
from core.library import EXACT
from core.methods._build import category_of, line_of, missing_factor
from core.methods._types import CATEGORIES, Context, Finding, Line, Method, Portion
from core.methods._value_chain import own_or


def supplied_emissions(quantity: Decimal, factor: Decimal) -> Decimal:
    """Emissions of what a supplier delivered, from the supplier's own factor.

    Parameters
    ----------
    quantity
        what was delivered. [t, pieces, tkm ...]
    factor
        of the supplier, from the cradle to the gate of the plant. [kg CO2e per the same unit]

    Returns
    -------
    Decimal
        [kg CO2e]

    Notes
    -----
    E = AD × EF(supplier). GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), category 1,
    supplier-specific method. Tonnes that the supplier allocates to the plant and states as such count one to one.

    Examples
    --------
    1,200 castings at 8.5 kg CO2e apiece:

    >>> supplied_emissions(Decimal("1200"), Decimal("8.5"))
    Decimal('10200.0')
    """
    return EXACT.multiply(quantity, factor)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 3 line of any category: E = AD × EF(supplier). Without a proof it is an error."""
    choice = own_or(portion, context, ("reported",), proxies=False)
    if choice is None:
        raise missing_factor(portion, context, _nothing(portion, context))
    findings = _unproven(portion)
    return (line_of(portion, context, choice, "scope3", findings=findings, category=category_of(portion, METHOD)),)


def _nothing(portion: Portion, context: Context) -> Text:
    return T(
        "The plant has no own factor of a supplier for {item} per {unit}.",
        item=context.library.items[portion.activity.item].name,
        unit=portion.activity.unit,
    )


def _unproven(portion: Portion) -> tuple[Finding, ...]:
    if portion.activity.evidence:
        return ()
    return (
        Finding(
            "supplier_without_proof",
            "error",
            portion.activity.id,
            T("The figure of the supplier {source} has no proof.", source=portion.activity.source),
            T("Enter the number of the supplier's statement as evidence and keep the file, or use average data."),
        ),
    )


METHOD = Method(
    key="supplier_specific",
    title=T("Supplier-specific"),
    kinds=(
        "emissions", "material", "commodity", "service", "asset", "product", "waste", "water",
        "fuel", "electricity", "heat", "freight", "air_freight", "travel", "air_travel", "hotel",
    ),
    dimensions=(
        "emissions", "mass", "pieces", "volume", "energy", "energy_gross", "area", "distance", "freight", "travel",
        "nights", "persons", "work",
    ),
    scopes=("scope3",),
    source="GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), supplier-specific method",
    calculate=calculate,
    example={"item": "reported_emissions", "unit": "tCO2e"},
    categories=CATEGORIES,
    approach="supplier_specific",
)  # fmt: skip
