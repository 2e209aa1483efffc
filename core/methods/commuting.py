"""Commuting of employees between home and plant, company shuttles included when others run them."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import EXACT
from core.methods._build import category_of, number
from core.methods._transport import SCOPE, Work
from core.methods._travel import passenger_lines
from core.methods._types import Context, Line, Method, Parameter, Portion, TraceStep

DISTANCE = Parameter(
    "distance",
    T("Distance one way"),
    "km",
    help=T("Needed when the quantity is in person-days: from home to the plant, on average of these persons."),
)
DAYS = Parameter(
    "days",
    T("Days per person"),
    default=Decimal(1),
    help=T("When the quantity counts persons: the days in the period on which each of them came."),
)
PERSONS = Parameter(
    "persons",
    T("Persons in one car"),
    default=Decimal(1),
    minimum=Decimal("0.001"),
    help=T("Average number of employees who share a car; buses and trains have factors per passenger."),
)


def commuted(person_days: Decimal, distance: Decimal) -> Decimal:
    """Distance commuted, there and back.

    Parameters
    ----------
    person_days
        persons times the days on which they came. [person-day]
    distance
        from home to work, one way. [km]

    Returns
    -------
    Decimal
        distance of all of them together. [passenger-km]

    Notes
    -----
    D = N × 2 × d. GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), category 7, distance-based
    method.

    Examples
    --------
    100 persons on 220 days, 12 km from the plant:

    >>> commuted(Decimal(100 * 220), Decimal(12))
    Decimal('528000')
    """
    return EXACT.multiply(EXACT.multiply(person_days, Decimal(2)), distance)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """Scope 3 lines of category 7.

    Notes
    -----
    E = D × EF; D as recorded, or person-days × 2 × distance one way; for a car D is divided by the persons in it.
    """
    return passenger_lines(
        portion, context, _travelled(portion, context), number(portion, PERSONS), category_of(portion, METHOD)
    )


def _travelled(portion: Portion, context: Context) -> Work:
    units = context.library.units
    if units.dimension(portion.activity.unit) != "persons":
        return Work(portion.quantity, portion.activity.unit)
    counted = units.convert(portion.quantity, portion.activity.unit, "person_day")
    days, distance = number(portion, DAYS), number(portion, DISTANCE)
    total = commuted(EXACT.multiply(counted, days), distance)
    numbers = ((counted, "person_day"), (days, ""), (Decimal(2), ""), (distance, "km"))
    return Work(total, "pkm", (TraceStep(T("Distance commuted"), "{0} × {1} × {2} × {3}", numbers, total, "pkm"),))


METHOD = Method(
    key="commuting",
    title=T("Employee commuting"),
    kinds=("travel",),
    dimensions=("persons", "travel", "distance"),
    scopes=("scope3",),
    source="GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), category 7, distance-based",
    calculate=calculate,
    example={"item": "car", "unit": "person_day", "distance": "12"},
    parameters=(DISTANCE, DAYS, PERSONS, SCOPE),
    categories=(7,),
    approach="distance_based",
)
