"""Franchises: the energy used by franchisees, measured at all sites or at a sample of them."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import EXACT
from core.methods._types import Context, Line, Method, Parameter, Portion, TraceStep
from core.methods._value_chain import BURNED_IN, derived, emitted, of

COVERED = Parameter(
    "covered",
    T("Share of the sites in the sample"),
    "%",
    minimum=Decimal("0.1"),
    maximum=Decimal(100),
    help=T("Sites that were measured, of all franchise sites; the rest is assumed to use as much."),
)


def extrapolated(sampled: Decimal, covered: Decimal) -> Decimal:
    """What all sites use, from a sample.

    Parameters
    ----------
    sampled
        energy, area or emissions of the sites in the sample. [kWh, m2, t CO2e ...]
    covered
        share of all sites that are in the sample. [%]

    Returns
    -------
    Decimal
        [as ``sampled``]

    Notes
    -----
    AD = AD(sample) × 100 / covered; E = AD × EF. GHG Protocol Technical Guidance for Calculating Scope 3 Emissions
    (2013), category 14, franchise-specific method with samples.

    Examples
    --------
    Twenty of eighty sites used 500 MWh:

    >>> extrapolated(Decimal("500"), Decimal("25"))
    Decimal('2000')
    """
    return EXACT.divide(EXACT.multiply(sampled, Decimal(100)), covered)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 3 line of category 14: E = AD × EF, with the grid average, burning, or an own factor per area."""
    covered = portion.given(COVERED.key)
    whole = portion if covered is None else _whole(portion, covered)
    return (of(portion, emitted(whole, context, 14)),)


def _whole(portion: Portion, covered: Decimal) -> Portion:
    unit = portion.activity.unit
    whole = extrapolated(portion.quantity, covered)
    numbers = ((portion.quantity, unit), (covered, "%"))
    step = TraceStep(T("All sites, from the sample"), "{0} × 100 ÷ {1}", numbers, whole, unit)
    return derived(portion, whole, unit, step)


METHOD = Method(
    key="franchises",
    title=T("Franchises"),
    kinds=("electricity", "heat", "fuel", "asset", "emissions"),
    dimensions=("energy", "energy_gross", "mass", "volume", "area", "pieces", "emissions"),
    scopes=("scope3",),
    source="GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), category 14",
    calculate=calculate,
    example={"item": "electricity", "unit": "kWh"},
    parameters=(COVERED, BURNED_IN),
    categories=(14,),
    approach="site_specific",
)
