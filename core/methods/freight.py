"""Freight by truck, train, ship and aircraft that others run: transport work times a factor."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import EXACT, Choice
from core.methods._build import category_of, chosen, missing_factor, number
from core.methods._transport import (
    RADIATIVE_FORCING,
    SCOPE,
    Work,
    altitude,
    altitude_finding,
    best,
    transport_lines,
)
from core.methods._types import Context, Finding, Line, Method, Parameter, Portion, TraceStep

DISTANCE = Parameter(
    "distance",
    T("Distance"),
    "km",
    help=T("Needed when the quantity is a mass. Of the route driven, flown or sailed; the way back empty is not part."),
)
LOAD = Parameter(
    "load",
    T("Load of the truck"),
    choices=(
        ("average", T("Average")),
        ("half", T("Half")),
        ("full", T("Full")),
        ("empty", T("Empty (only with a distance in km)")),
    ),
    help=T("Only trucks have factors by load."),
)


def transport_work(mass: Decimal, distance: Decimal) -> Decimal:
    """Transport work of a consignment.

    Parameters
    ----------
    mass
        of the goods with their packaging. [t]
    distance
        over which they are carried. [km]

    Returns
    -------
    Decimal
        transport work. [tkm]

    Notes
    -----
    W = m × d. GLEC Framework v3.0, section 1, transport activity; GHG Protocol Technical Guidance for Calculating
    Scope 3 Emissions (2013), category 4, distance-based method.

    Examples
    --------
    A parcel of 20 kg carried 8.6 km (GLEC Framework v3.0, table 4, p. 109):

    >>> transport_work(Decimal("0.020"), Decimal("8.6"))
    Decimal('0.1720')
    """
    return EXACT.multiply(mass, distance)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """Scope 3 lines of category 4 (bought transport) or 9 (paid by others).

    Notes
    -----
    E = W × EF with W in tkm, or E = d × EF with d in vehicle-km and the EF of the vehicle at its load.
    """
    work = _work(portion, context)
    load = chosen(portion, LOAD)
    kind = "freight" if load == "average" else f"freight_{load}"
    uses = altitude(portion, context, "freight") if load == "average" else (kind, "freight")
    choice = best(work, portion.activity.item, uses, portion.start.year, context)
    if choice is None:
        raise missing_factor(portion, context)
    findings = (*altitude_finding(choice, uses, context), *_other_load(choice, kind, context))
    upstream = (choice.factor.use.replace("freight", "wtt").removesuffix("_rf"),)
    return transport_lines(portion, context, work, choice, category_of(portion, METHOD), upstream, findings)


def _work(portion: Portion, context: Context) -> Work:
    units = context.library.units
    if units.dimension(portion.activity.unit) != "mass":
        return Work(portion.quantity, portion.activity.unit)
    distance = number(portion, DISTANCE)
    mass = units.convert(portion.quantity, portion.activity.unit, "t")
    work = transport_work(mass, distance)
    step = TraceStep(T("Transport work"), "{0} × {1}", ((mass, "t"), (distance, "km")), work, "tkm")
    return Work(work, "tkm", (step,))


def _other_load(choice: Choice, wanted: str, context: Context) -> tuple[Finding, ...]:
    factor = choice.factor
    if wanted == "freight" or factor.use == wanted or factor.status == "USER":
        return ()
    return (
        Finding(
            "load_not_published",
            "info",
            factor.key,
            T(
                "{publisher} prints no factor by load for {item} in this unit; the one of the average load is applied.",
                publisher=factor.set.publisher,
                item=context.library.items[factor.item].name,
            ),
            T("Leave the load at “average”, or enter the distance of the vehicle in km."),
        ),
    )


METHOD = Method(
    key="freight",
    title=T("Freight transport"),
    kinds=("freight", "air_freight"),
    dimensions=("freight", "mass", "distance"),
    scopes=("scope3",),
    source="GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), categories 4 and 9, "
    "distance-based; ISO 14083:2023",
    calculate=calculate,
    example={"item": "truck", "unit": "tkm"},
    parameters=(DISTANCE, LOAD, RADIATIVE_FORCING, SCOPE),
    categories=(4, 9),
    approach="distance_based",
)
