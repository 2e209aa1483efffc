"""How many kilograms of a gas escaped from equipment: by a balance of what was bought, or as a share of the charge."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.i18n import T, Text
from core.library import EXACT, Factor
from core.methods._build import convert, readable
from core.methods._types import (
    Context,
    Finding,
    NotCovered,
    Parameter,
    Portion,
    TraceStep,
)

HUNDRED = Decimal(100)
OPENING = Parameter("opening", T("Stock at the beginning"), "kg", help=T("In cylinders, not in equipment."))
CLOSING = Parameter("closing", T("Stock at the end"), "kg", help=T("In cylinders, not in equipment."))
DISBURSED = Parameter(
    "disbursed", T("Sold, returned or destroyed"), "kg", help=T("What left the site in cylinders, for whatever reason.")
)
CHARGE_CHANGE = Parameter(
    "charge_change",
    T("Change of the full charge of all equipment"),
    "kg",
    minimum=None,
    help=T("Charge of new equipment minus charge of equipment taken out; negative when the charge became less."),
)
BALANCE = (OPENING, CLOSING, DISBURSED, CHARGE_CHANGE)
"""With any of them the quantity is what was bought, and the mass balance says what escaped."""
RATE = Parameter(
    "rate",
    T("Annual leak rate"),
    "%",
    maximum=HUNDRED,
    help=T("Of the plant's own equipment, from its service log; replaces the published rate."),
)


def mass_balance(
    opening: Decimal, acquired: Decimal, disbursed: Decimal, closing: Decimal, charge_change: Decimal
) -> Decimal:
    """What escaped, from stocks and flows.

    Parameters
    ----------
    opening, closing
        stock in cylinders at the beginning and the end. [kg]
    acquired
        bought or received. [kg]
    disbursed
        sold, returned or destroyed. [kg]
    charge_change
        full charge of new equipment minus that of equipment taken out. [kg]

    Returns
    -------
    Decimal
        mass emitted. [kg]

    Notes
    -----
    E = (I_B - I_E) + (P - S) - (C_E - C_B). US EPA, Direct Fugitive Emissions (2014), equation 5; 40 CFR 98.303,
    equation DD-1 for SF6; IPCC 2006 Vol. 3 ch. 7, Tier 2b.

    Examples
    --------
    25 lb from stock and 10 lb bought, the charge unchanged: the example of the EPA calculator.

    >>> mass_balance(Decimal(25), Decimal(10), Decimal(0), Decimal(0), Decimal(0))
    Decimal('35')
    """
    stock = EXACT.subtract(opening, closing)
    flow = EXACT.subtract(acquired, disbursed)
    return EXACT.subtract(EXACT.add(stock, flow), charge_change)


def annual_loss(charge: Decimal, rate: Decimal, years: Decimal) -> Decimal:
    """What equipment in use loses, as a share of its charge.

    Parameters
    ----------
    charge
        full charge of the equipment. [kg]
    rate
        loss in a year. [%]
    years
        time in use. [a]

    Returns
    -------
    Decimal
        mass emitted. [kg]

    Notes
    -----
    E = M × x / 100 × t. IPCC 2006 Vol. 3 ch. 7, equation 7.13.

    Examples
    --------
    An air conditioner of a car with 0.7 kg, half a year at 10 % a year.

    >>> annual_loss(Decimal("0.7"), Decimal(10), Decimal("0.5"))
    Decimal('0.035')
    """
    return EXACT.divide(EXACT.multiply(EXACT.multiply(charge, rate), years), HUNDRED)


@dataclass(frozen=True, slots=True)
class Rate:
    """How much a year, and where that stands."""

    percent: Decimal
    factor: Factor | None
    """The published one; None: the record gives its own."""
    more: tuple[Factor, ...] = ()
    """Others that went into the mass."""


def years_of(start: date, end: date) -> Decimal:
    """Days as years, so that parts of a year add up to it; a leap day is a part of its own year.

    Parameters
    ----------
    start, end
        first and last day, both included. [date]

    Returns
    -------
    Decimal
        [years]

    Notes
    -----
    t = Σ days in the year ÷ 365, or 366; annual rates as those of IPCC 2006 Vol. 3, equation 7.13, are taken for t.

    Examples
    --------
    >>> years_of(date(2024, 1, 1), date(2024, 12, 31)), years_of(date(2023, 1, 1), date(2023, 3, 14))
    (Decimal('1'), Decimal('0.2'))
    """
    total = Decimal(0)
    for year in range(start.year, end.year + 1):
        first, last = max(start, date(year, 1, 1)), min(end, date(year, 12, 31))
        days = Decimal((last - first).days + 1)
        total = EXACT.add(total, EXACT.divide(days, Decimal(366 if calendar.isleap(year) else 365)))
    return total


def share_of_days(portion: Portion) -> Decimal:
    """Part of the record's days in the period: parameters are amounts of the whole record, even where it says 0."""
    whole = (portion.activity.end - portion.activity.start).days + 1
    part = (portion.end - portion.start).days + 1
    return Decimal(1) if part == whole else EXACT.divide(Decimal(part), Decimal(whole))


def cut(portion: Portion, parameter: Parameter) -> Decimal:
    """The part of an amount of the whole record that falls in the period; 0 when it is not given."""
    return EXACT.multiply(portion.given(parameter.key) or Decimal(0), share_of_days(portion))


def balanced(portion: Portion) -> bool:
    """Whether the record gives stocks or flows, so that its quantity is what was bought."""
    return any(portion.said(parameter.key) for parameter in BALANCE)


def escaped_by_balance(portion: Portion, context: Context) -> tuple[Decimal, tuple[TraceStep, ...]]:
    """Mass by the balance of stocks and flows, with its trace.

    Raises
    ------
    NotCovered
        when more is left than there ever was.
    """
    acquired, conversion = convert(portion, "kg", context)
    opening, closing, disbursed, change = (cut(portion, parameter) for parameter in BALANCE)
    mass = mass_balance(opening, acquired, disbursed, closing, change)
    if mass < 0:
        raise NotCovered(
            Finding(
                "negative_balance",
                "error",
                portion.activity.id,
                T("The mass balance is negative by {mass} kg: more is left than there was.", mass=readable(-mass)),
                T("Check the stocks, what was bought and what left the site; all are in kg."),
            )
        )
    numbers = ((opening, "kg"), (closing, "kg"), (acquired, "kg"), (disbursed, "kg"), (change, "kg"))
    step = TraceStep(T("Mass balance"), "({0} − {1}) + ({2} − {3}) − {4}", numbers, mass, "kg")
    return mass, (*portion.trace, *conversion, step)


def charge_of(portion: Portion, context: Context) -> Decimal:
    """The charge of the equipment in kg. It is a stock: a part of the period does not make it less."""
    return context.library.units.convert(portion.activity.quantity, portion.activity.unit, "kg")


def escaped_by_rate(portion: Portion, context: Context, rate: Rate) -> tuple[Decimal, tuple[TraceStep, ...]]:
    """Mass as a share of the charge over the days of the portion, with its trace."""
    charge, years = charge_of(portion, context), years_of(portion.start, portion.end)
    mass = annual_loss(charge, rate.percent, years)
    numbers = ((charge, "kg"), (rate.percent, "%"), (years, "a"))
    return mass, (TraceStep(T("Charge × annual loss × time"), "{0} × {1} × {2}", numbers, mass, "kg"),)


def rate_of(portion: Portion, context: Context, equipment: str) -> Rate | None:
    """The record's own rate, else the published one of its kind of equipment."""
    own = portion.given(RATE.key)
    if own is not None:
        return Rate(own, None)
    choice = context.want(equipment, ("leak_rate",), portion.start.year) if equipment else None
    return None if choice is None or choice.factor.value is None else Rate(choice.factor.value, choice.factor)


def screening_finding(rate: Rate, what: Text) -> tuple[Finding, ...]:
    """Say so when a published rate stands in for what nobody measured; ``what`` is the kind of equipment."""
    factor = rate.factor
    if factor is None:
        return ()
    message = (
        T("{equipment}: {rate} % a year is the middle of the published range, {lower} to {upper} %: a screening.",
          equipment=what, rate=rate.percent, lower=factor.lower, upper=factor.upper)
        if factor.lower is not None and factor.upper is not None
        else T("{equipment}: {rate} % a year is a published default: a screening.", equipment=what, rate=rate.percent)
    )  # fmt: skip
    remedy = T("Record what was topped up, or the mass balance; then nothing needs to be assumed.")
    return (Finding("screening_rate", "info", factor.key, message, remedy),)


def title_of(parameter: Parameter, key: str) -> Text:
    """What a choice is called."""
    return next((title for known, title in parameter.choices if known == key), parameter.title)
