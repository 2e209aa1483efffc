"""What a measure is asked for: parameters in sections, columns of its table, and the prices that every kind takes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from core.i18n import T, Text, verbatim
from core.methods import MONEY, Parameter

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table that a kind reads."""

    key: str
    """Heading in the kept table."""
    title: Text
    unit: str = ""
    form: Literal["number", "moment", "word"] = "number"
    """``moment`` is a day, or a day with its time; ``word`` is one of ``words``."""
    required: bool = False
    """Every row needs it."""
    minimum: Decimal | None = NOTHING
    maximum: Decimal | None = None
    words: tuple[tuple[str, Text], ...] = ()
    """What a word may be."""
    help: Text | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Parameters that belong together."""

    title: Text
    parameters: tuple[Parameter, ...]


SOURCE = Parameter(
    "source",
    T("Emission source"),
    help=T("As the plant calls it: two measures at the same source may count the same energy twice."),
)
"""Its value is the name of a source, not a number."""
CURRENCY = Parameter(
    "currency",
    T("Currency"),
    choices=tuple((key.removeprefix("money_"), verbatim(key.removeprefix("money_"))) for key in MONEY),
)
PRICE = Parameter("price", T("Price of what is saved"), help=T("In the currency, for the unit chosen beside it."))
PRICE_UNIT = Parameter(
    "price_unit",
    T("The price is"),
    help=T("Energy of fuels counts by net calorific value."),
    choices=(
        ("kWh", T("per kWh")),
        ("MWh", T("per MWh")),
        ("GJ", T("per GJ")),
        ("m3", T("per m³")),
        ("kg", T("per kg")),
        ("t", T("per t")),
        ("l", T("per litre")),
    ),
)
CAPEX = Parameter("capex", T("Investment"), help=T("In the currency, after subsidies."))
OPEX = Parameter(
    "opex",
    T("Additional running costs a year"),
    minimum=None,
    default=NOTHING,
    help=T("In the currency; negative where maintenance becomes cheaper."),
)
LIFE = Parameter(
    "life",
    T("Economic life"),
    "a",
    minimum=Decimal(1),
    maximum=Decimal(50),
    help=T("Whole years; without it those of the measure count."),
)
RATE = Parameter("discount_rate", T("Discount rate"), "%", minimum=Decimal(-50), maximum=Decimal(100))
PRICE_CHANGE = Parameter(
    "price_change",
    T("Change of prices"),
    "%/a",
    minimum=Decimal(-50),
    maximum=Decimal(100),
    default=NOTHING,
    help=T("For present value, payback and rate of return alone; the money of each year is at the price stated."),
)
UNCERTAINTY = Parameter(
    "uncertainty",
    T("Uncertainty of the saving"),
    "%",
    maximum=Decimal(1000),
    help=T("Half of the 95 % interval, where it is known otherwise."),
)
MONEY_SECTION = Section(T("Money"), (CURRENCY, PRICE, PRICE_UNIT, CAPEX, OPEX, LIFE, RATE, PRICE_CHANGE))
OTHER_SECTION = Section(T("Belonging and certainty"), (SOURCE, UNCERTAINTY))
COMMON = (*MONEY_SECTION.parameters, *OTHER_SECTION.parameters)
"""What every kind of measure takes."""

ELECTRICITY = "electricity"
HEATERS = ("fuel", "heat", ELECTRICITY)
"""Kinds of items that heat something."""
ELECTRICITY_PRICE = Parameter(
    "electricity_price",
    T("Price of electricity per kWh"),
    help=T("Of what the measure itself needs; in the currency."),
)
HEAT_PRICE = Parameter(
    "heat_price",
    T("Price of the heating energy per kWh"),
    help=T("In the currency; of fuels per kWh of net calorific value."),
)
EFFICIENCY = Parameter(
    "efficiency",
    T("Efficiency of what is replaced"),
    "%",
    minimum=Decimal(1),
    maximum=Decimal(120),
    help=T("Of the boiler or heater, with its losses over the year; of boilers on the net calorific value."),
)
