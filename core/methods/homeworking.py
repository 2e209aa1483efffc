"""Working at home: office equipment and heating of employees' homes while they work there."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import EXACT
from core.methods._build import (
    CARBON_GASES,
    applied,
    category_of,
    co2e_step,
    gases,
    missing_factor,
    number,
)
from core.methods._choice import proxy_finding, year_finding
from core.methods._types import Context, Line, Method, Parameter, Portion, TraceStep

HOURS = Parameter(
    "hours",
    T("Hours per day"),
    "h",
    default=Decimal(8),
    maximum=Decimal(24),
    help=T("Working hours of a day at home, when the quantity is in person-days."),
)
DAYS = Parameter(
    "days",
    T("Days per person"),
    default=Decimal(1),
    help=T("When the quantity counts persons: the days in the period on which each of them worked at home."),
)


def hours_at_home(person_days: Decimal, hours: Decimal) -> Decimal:
    """Working hours spent at home.

    Parameters
    ----------
    person_days
        persons times the days on which they worked at home. [person-day]
    hours
        of work on such a day. [h]

    Returns
    -------
    Decimal
        working hours. [person-hour]

    Notes
    -----
    t = N × h, to be multiplied by a factor per full-time working hour. UK Government GHG Conversion Factors 2025,
    homeworking.

    Examples
    --------
    >>> hours_at_home(Decimal(40 * 90), Decimal("7.5"))
    Decimal('27000.0')
    """
    return EXACT.multiply(person_days, hours)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 3 line of category 7: E = t × EF, t in hours worked at home."""
    item, year = portion.activity.item, portion.start.year
    choice = context.want(item, ("homeworking",), year, per="work", gases=CARBON_GASES, proxies=True)
    if choice is None:
        raise missing_factor(portion, context)
    worked, steps = _hours(portion, context)
    quantity = context.library.units.convert(worked, "person_hour", choice.factor.per)
    amounts, more = gases(quantity, choice.factor, context)
    findings = (*year_finding(choice, year, context), *proxy_finding(choice, context))
    trace = (*portion.trace, *steps, *more, co2e_step(amounts, context.gwp))
    category = category_of(portion, METHOD)
    frozen = applied(context, choice.factor)
    return (Line(portion.activity.id, portion, "scope3", amounts, frozen, trace, findings, category),)


def _hours(portion: Portion, context: Context) -> tuple[Decimal, tuple[TraceStep, ...]]:
    units, unit = context.library.units, portion.activity.unit
    if units.dimension(unit) == "work":
        return units.convert(portion.quantity, unit, "person_hour"), ()
    counted = units.convert(portion.quantity, unit, "person_day")
    days, hours = number(portion, DAYS), number(portion, HOURS)
    total = hours_at_home(EXACT.multiply(counted, days), hours)
    numbers = ((counted, "person_day"), (days, ""), (hours, "h"))
    return total, (TraceStep(T("Hours worked at home"), "{0} × {1} × {2}", numbers, total, "person_hour"),)


METHOD = Method(
    key="homeworking",
    title=T("Working at home"),
    kinds=("homeworking",),
    dimensions=("work", "persons"),
    scopes=("scope3",),
    source="GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), category 7, teleworking; "
    "UK Government GHG Conversion Factors, homeworking",
    calculate=calculate,
    example={"item": "homeworking", "unit": "person_day"},
    parameters=(HOURS, DAYS),
    categories=(7,),
    approach="average_data",
)
