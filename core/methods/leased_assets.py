"""Leased assets: the energy used in what the plant rents from others (8) or lets to others (13)."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import EXACT
from core.methods._build import category_of
from core.methods._types import Context, Line, Method, Parameter, Portion, TraceStep
from core.methods._value_chain import BURNED_IN, derived, emitted, of

SHARE = Parameter(
    "share",
    T("Share of the leased part"),
    "%",
    maximum=Decimal(100),
    help=T("Of the quantity, by floor area or time, when the meter or bill covers more than the leased asset."),
)


def leased_part(total: Decimal, share: Decimal) -> Decimal:
    """Energy or area that belongs to the leased asset.

    Parameters
    ----------
    total
        of the whole building or fleet. [kWh, m2 ...]
    share
        of the leased part, by floor area, volume or time. [%]

    Returns
    -------
    Decimal
        [as ``total``]

    Notes
    -----
    AD = total × share / 100; E = AD × EF. GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013),
    categories 8 and 13, asset-specific method with allocation by floor area.

    Examples
    --------
    A floor of 300 m2 in a house of 1,200 m2 that used 80,000 kWh:

    >>> leased_part(Decimal("80000"), Decimal("25"))
    Decimal('20000')
    """
    return EXACT.divide(EXACT.multiply(total, share), Decimal(100))


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 3 line of category 8 or 13: E = AD × EF, with the grid average, burning, or an own factor per area."""
    share = portion.given(SHARE.key)
    part = portion if share is None else _part(portion, share)
    return (of(portion, emitted(part, context, category_of(portion, METHOD))),)


def _part(portion: Portion, share: Decimal) -> Portion:
    unit = portion.activity.unit
    part = leased_part(portion.quantity, share)
    numbers = ((portion.quantity, unit), (share, "%"))
    return derived(portion, part, unit, TraceStep(T("Leased part"), "{0} × {1} ÷ 100", numbers, part, unit))


METHOD = Method(
    key="leased_assets",
    title=T("Leased assets"),
    kinds=("electricity", "heat", "fuel", "asset", "emissions"),
    dimensions=("energy", "energy_gross", "mass", "volume", "area", "pieces", "emissions"),
    scopes=("scope3",),
    source="GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), categories 8 and 13",
    calculate=calculate,
    example={"item": "electricity", "unit": "kWh"},
    parameters=(SHARE, BURNED_IN),
    categories=(8, 13),
    approach="site_specific",
)
