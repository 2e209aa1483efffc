"""Business travel by air, rail and road in vehicles that others own."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import EXACT
from core.methods._build import category_of, number
from core.methods._transport import RADIATIVE_FORCING, SCOPE, Work
from core.methods._travel import passenger_lines
from core.methods._types import Context, Line, Method, Parameter, Portion, TraceStep

PERSONS = Parameter(
    "persons",
    T("Persons travelling together"),
    default=Decimal(1),
    minimum=Decimal("0.001"),
    help=T("With a distance in km: a flight or train ride counts each of them, a car or taxi counts once."),
)
TRIPS = Parameter(
    "trips",
    T("Number of trips"),
    default=Decimal(1),
    help=T("When the quantity is the distance of one trip. There and back are two trips, or twice the distance."),
)


def distance_of_trips(distance: Decimal, trips: Decimal) -> Decimal:
    """Distance of several equal trips.

    Parameters
    ----------
    distance
        of one trip. [km or passenger-km]
    trips
        their number; there and back are two. [1]

    Returns
    -------
    Decimal
        total distance. [unit of ``distance``]

    Notes
    -----
    D = d × n. GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), category 6, distance-based
    method.

    Examples
    --------
    >>> distance_of_trips(Decimal("1200"), Decimal("24"))
    Decimal('28800')
    """
    return EXACT.multiply(distance, trips)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """Scope 3 lines of category 6.

    Notes
    -----
    E = D × EF, D in passenger-km of the traveller, or in vehicle-km of a car or taxi.
    """
    return passenger_lines(
        portion, context, _travelled(portion), number(portion, PERSONS), category_of(portion, METHOD)
    )


def _travelled(portion: Portion) -> Work:
    unit, trips = portion.activity.unit, number(portion, TRIPS)
    if trips == 1:
        return Work(portion.quantity, unit)
    total = distance_of_trips(portion.quantity, trips)
    step = TraceStep(T("Distance × trips"), "{0} × {1}", ((portion.quantity, unit), (trips, "")), total, unit)
    return Work(total, unit, (step,))


METHOD = Method(
    key="business_travel",
    title=T("Business travel"),
    kinds=("travel", "air_travel"),
    dimensions=("travel", "distance"),
    scopes=("scope3",),
    source="GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), category 6, distance-based",
    calculate=calculate,
    example={"item": "flight_short", "unit": "pkm"},
    parameters=(PERSONS, TRIPS, RADIATIVE_FORCING, SCOPE),
    categories=(6,),
    approach="distance_based",
)
