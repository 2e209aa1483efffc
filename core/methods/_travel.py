"""Passengers by any means: distance of a vehicle or of its passengers, whichever the publisher prints."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import Choice
from core.library.units import EXACT
from core.methods._build import missing_factor
from core.methods._transport import Work, altitude, altitude_finding, best, transport_lines
from core.methods._types import Context, Line, Portion, TraceStep

_VEHICLE = ("vehicle",)


def passenger_lines(
    portion: Portion, context: Context, travelled: Work, persons: Decimal, category: int
) -> tuple[Line, ...]:
    """Lines of a journey, per passenger-km or per vehicle-km.

    ``travelled`` is in a unit of distance (of the vehicle) or of travel (of its passengers); ``persons`` share a
    vehicle and turn one into the other when only the other has a factor.

    Raises
    ------
    NotCovered
        when no factor fits.
    """
    as_vehicle, as_passengers = _both(travelled, persons, context)
    uses = altitude(portion, context, "travel")
    item, year = portion.activity.item, portion.start.year
    by_vehicle = best(as_vehicle, item, _VEHICLE, year, context)
    by_passenger = best(as_passengers, item, uses, year, context)
    found: list[tuple[Choice, Work]] = []
    for choice, work in ((by_vehicle, as_vehicle), (by_passenger, as_passengers)):
        if choice is not None:
            found.append((choice, work))
    if not found:
        raise missing_factor(portion, context)
    # Smallest area first; in the same area the factor of the unit that was entered.
    choice, work = min(found, key=lambda pair: (context.rank(pair[0]), len(pair[1].steps)))
    findings = altitude_finding(choice, uses, context) if choice is by_passenger else ()
    return transport_lines(portion, context, work, choice, category, findings=findings)


def _both(travelled: Work, persons: Decimal, context: Context) -> tuple[Work, Work]:
    """The same journey as vehicle-km and as passenger-km."""
    units = context.library.units
    if units.dimension(travelled.unit) == "distance":
        distance = units.convert(travelled.quantity, travelled.unit, "km")
        work = EXACT.multiply(distance, persons)
        step = TraceStep(T("Distance × persons"), "{0} × {1}", ((distance, "km"), (persons, "")), work, "pkm")
        return travelled, Work(work, "pkm", (*travelled.steps, step))
    work = units.convert(travelled.quantity, travelled.unit, "pkm")
    distance = EXACT.divide(work, persons)
    step = TraceStep(T("Distance of the vehicle"), "{0} ÷ {1}", ((work, "pkm"), (persons, "")), distance, "km")
    return Work(distance, "km", (*travelled.steps, step)), travelled
