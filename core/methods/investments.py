"""Investments: the plant's share of what its investees emit."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import EXACT
from core.methods._build import number
from core.methods._types import Context, Line, Method, Parameter, Portion, TraceStep
from core.methods._value_chain import derived, emitted, of

SHARE = Parameter(
    "share",
    T("Share of the investment"),
    "%",
    required=True,
    maximum=Decimal(100),
    help=T("Of the equity; for debt and project finance of the total project cost."),
)


def attributed(emissions: Decimal, share: Decimal) -> Decimal:
    """The investor's part of the emissions of an investee.

    Parameters
    ----------
    emissions
        scope 1 and scope 2 of the investee in the year. [t CO2e]
    share
        of the equity held, or of the project cost financed. [%]

    Returns
    -------
    Decimal
        [t CO2e]

    Notes
    -----
    E = Σ E(investee, scope 1 + 2) × share / 100. GHG Protocol Technical Guidance for Calculating Scope 3 Emissions
    (2013), category 15, investment-specific method. Where only the revenue of the investee is known, the method
    ``spend`` in category 15 takes share × revenue.

    Examples
    --------
    A fifth of a joint venture that emits 12,500 t:

    >>> attributed(Decimal("12500"), Decimal("20"))
    Decimal('2500')
    """
    return EXACT.divide(EXACT.multiply(emissions, share), Decimal(100))


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 3 line of category 15: E = E(investee) × share."""
    share = number(portion, SHARE)
    unit = portion.activity.unit
    part = attributed(portion.quantity, share)
    step = TraceStep(
        T("Share of the investment"), "{0} × {1} ÷ 100", ((portion.quantity, unit), (share, "%")), part, unit
    )
    return (of(portion, emitted(derived(portion, part, unit, step), context, 15)),)


METHOD = Method(
    key="investments",
    title=T("Investments"),
    kinds=("emissions",),
    dimensions=("emissions",),
    scopes=("scope3",),
    source="GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), category 15, investment-specific",
    calculate=calculate,
    example={"item": "reported_emissions", "unit": "tCO2e", "share": "25"},
    parameters=(SHARE,),
    categories=(15,),
    approach="site_specific",
)
