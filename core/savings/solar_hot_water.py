"""Solar hot water: by the monthly f-chart, or by a heat meter. What is saved is the energy of the boiler or heater."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from decimal import Decimal

from core.errors import UserError
from core.i18n import T, Text
from core.library import EXACT
from core.methods import Parameter, TraceStep, exact_sum
from core.savings._asking import (
    EFFICIENCY,
    ELECTRICITY,
    ELECTRICITY_PRICE,
    HEATERS,
    PRICE,
    PRICE_UNIT,
    Column,
    Section,
)
from core.savings._examples import CLIMATE
from core.savings._fchart import (
    LEAST_STORAGE,
    MOST_STORAGE,
    MOST_X,
    MOST_Y,
    STANDARD_STORAGE,
    gain_ratio,
    inlet_factor,
    linear_loss,
    loss_ratio,
    solar_fraction,
    storage_correction,
    water_correction,
    water_load,
)
from core.savings._inputs import Inputs, step
from core.savings._table import Row
from core.savings._types import Amounts, Effect, Flow, Kind

ONE, HUNDRED = Decimal(1), Decimal(100)
MONTHS = 12
BRIGHTEST = Decimal(320)
"""More no plane on the ground receives in a month. [kWh/m²]"""

WAY = Parameter(
    "way", T("Solar heat is known by"),
    choices=(("f_chart", T("calculation by months (f-chart)")), ("meter", T("a heat meter"))),
)  # fmt: skip
AREA = Parameter("area", T("Area of the collectors"), "m²", help=T("The area to which the certificate refers."))
CERTIFICATE = Parameter(
    "certificate", T("The certificate gives"),
    choices=(
        ("iso", T("η₀, a₁, a₂ over the mean fluid temperature (ISO 9806)")),
        ("inlet", T("F_R(τα) and F_R U_L over the inlet temperature (ASHRAE 93)")),
    ),
)  # fmt: skip
OPTICAL = Parameter("optical", T("η₀ or F_R(τα)"), maximum=ONE)
LOSS = Parameter("loss", T("a₁ or F_R U_L"), "W/(m²·K)", maximum=Decimal(30))
LOSS_2 = Parameter("loss_2", T("a₂"), "W/(m²·K²)", default=Decimal(0), maximum=ONE)
RISE = Parameter("rise", T("Usual temperature above the air"), "K", default=Decimal(45), maximum=Decimal(150),
                 help=T("At which a₂ is turned into one coefficient of loss."))  # fmt: skip
TEST_FLOW = Parameter("test_flow", T("Flow in the test"), "kg/(s·m²)", default=Decimal("0.02"),
                      minimum=Decimal("0.001"), maximum=ONE)  # fmt: skip
INCIDENCE = Parameter("incidence", T("Mean effect of the angle of incidence"), default=Decimal("0.96"), maximum=ONE,
                      help=T("(τα)/(τα)_n: 0.96 for one glass cover, 0.94 for two."))  # fmt: skip
EXCHANGER = Parameter("exchanger", T("Effect of the heat exchanger F'_R/F_R"), default=ONE, maximum=ONE,
                      help=T("1 without one; often 0.95 to 0.98."))  # fmt: skip
SHADE = Parameter("shade", T("Shaded or soiled"), "%", default=Decimal(0), maximum=HUNDRED)
STORAGE = Parameter("storage", T("Storage per area"), "L/m²", default=STANDARD_STORAGE, minimum=LEAST_STORAGE,
                    maximum=MOST_STORAGE)  # fmt: skip
HOT = Parameter("hot", T("Temperature of the hot water"), "°C", default=Decimal(60), minimum=Decimal(30),
                maximum=Decimal(95))  # fmt: skip
HEAT = Parameter("heat", T("Solar heat measured in a year"), "kWh",
                 help=T("Not needed where the table has the heat of twelve months."))  # fmt: skip
PLACE = Parameter(
    "meter_place", T("The heat meter stands"),
    choices=(("load", T("behind the storage")), ("collector", T("between collectors and storage"))),
)  # fmt: skip
PUMPS = Parameter("pumps", T("Electricity of pumps and controls in a year"), "kWh", default=Decimal(0))

MONTH = Column("month", T("Month"), required=True, minimum=ONE, maximum=Decimal(MONTHS))
COLUMNS = (
    MONTH,
    Column("irradiation", T("Irradiation in the plane"), "kWh/m²", maximum=BRIGHTEST, help=T("Of the whole month.")),
    Column("ambient", T("Air temperature"), "°C", minimum=Decimal(-60), maximum=Decimal(60)),
    Column("mains", T("Cold water"), "°C", maximum=Decimal(40)),
    Column("water", T("Hot water drawn"), "m³", help=T("Of the whole month.")),
    Column("heat", T("Solar heat measured"), "kWh", help=T("Of the whole month; where a heat meter counts.")),
)


def calculate(inputs: Inputs) -> Effect:
    """Energy of the boiler or heater with and without the sun; electricity of the pumps as a line of its own.

    Notes
    -----
    saved = Q_solar / η, Q_solar = f L of each month or as measured.
    """
    metered = inputs.chosen(WAY) == "meter"
    months, steps, warnings = _metered(inputs) if metered else _calculated(inputs)
    efficiency = inputs.number(EFFICIENCY)
    item, unit = inputs.measure.item, inputs.unit_of(inputs.measure.item)
    replaced = tuple(Amounts(_per(one.before, efficiency), _per(one.after, efficiency)) for one in months)
    saved, heat = exact_sum(one.saved for one in replaced), exact_sum(one.saved for one in months)
    what = T("Energy that the solar heat replaces in a year")
    steps = (*steps, step(what, "{0} ÷ {1}", (heat, "kWh"), (efficiency, "%"), result=saved, unit=unit))
    flows = [_flow(inputs, unit, replaced)]
    pumps = inputs.number(PUMPS)
    if pumps:
        flows.append(
            Flow(ELECTRICITY, "kWh", T("Pumps and controls"), year=Amounts(after=pumps),
                 price=inputs.given(ELECTRICITY_PRICE), price_unit="kWh")
        )  # fmt: skip
    return Effect(
        tuple(flows), steps, "B" if metered else "", None, _assumptions(inputs, item), _left_out(inputs), warnings
    )


def _per(heat: Decimal, efficiency: Decimal) -> Decimal:
    return EXACT.divide(EXACT.multiply(heat, HUNDRED), efficiency)


def _flow(inputs: Inputs, unit: str, replaced: Sequence[Amounts]) -> Flow:
    price, price_unit = inputs.given(PRICE), inputs.chosen(PRICE_UNIT)
    role = T("Hot water")
    if len(replaced) == MONTHS:
        return Flow(inputs.measure.item, unit, role, months=tuple(replaced), price=price, price_unit=price_unit)
    return Flow(inputs.measure.item, unit, role, year=replaced[0], price=price, price_unit=price_unit)


# ---------------------------------------------------------------------- by the heat meter


def _metered(inputs: Inputs) -> tuple[tuple[Amounts, ...], tuple[TraceStep, ...], tuple[Text, ...]]:
    """Heat of twelve months, or of the year alone, that the boiler need not deliver. [kWh]"""
    if inputs.table is not None and inputs.table.touched("heat"):
        heats = [_needed(row, "heat") for row in _by_month(inputs)]
        total = exact_sum(heats)
        form = " + ".join(f"{{{place}}}" for place in range(MONTHS))
        made = step(T("Solar heat measured"), form, *((one, "kWh") for one in heats), result=total, unit="kWh")
        return tuple(Amounts(before=one) for one in heats), (made,), ()
    heat = inputs.number(HEAT)
    made = step(T("Solar heat measured"), "{0}", (heat, "kWh"), result=heat, unit="kWh")
    return (Amounts(before=heat),), (made,), ()


# ---------------------------------------------------------------------- by the f-chart


def _calculated(inputs: Inputs) -> tuple[tuple[Amounts, ...], tuple[TraceStep, ...], tuple[Text, ...]]:
    """Load of each month and what of it the boiler still delivers. [kWh]"""
    optical, loss, steps = _collector(inputs)
    rows = _by_month(inputs)
    months: list[Amounts] = []
    made = list(steps)
    beyond: list[int] = []
    for number, row in enumerate(rows, start=1):
        load = _load(inputs, row)
        if not load or not inputs.number(AREA):
            months.append(Amounts(load, load))
            continue
        x, y = _chart(inputs, row, number, optical, loss, load)
        if x > MOST_X or y > MOST_Y:
            beyond.append(number)
        heat = EXACT.multiply(solar_fraction(x, y), load)
        months.append(Amounts(load, EXACT.subtract(load, heat)))
        made.append(_month_step(number, x, y, load, heat))
    warnings = (
        (T("Collectors are very large for the load of month {months}; the chart ends there.", months=beyond),)
        if beyond
        else ()
    )
    return tuple(months), tuple(made), warnings


def _collector(inputs: Inputs) -> tuple[Decimal, Decimal, tuple[TraceStep, ...]]:
    """F_R(τα)_n and F_R U_L."""
    optical, loss = inputs.number(OPTICAL), inputs.number(LOSS)
    if inputs.chosen(CERTIFICATE) == "inlet":
        return optical, loss, ()
    rise, second = inputs.number(RISE), inputs.number(LOSS_2)
    one = linear_loss(loss, second, rise)
    factor = inlet_factor(one, inputs.number(TEST_FLOW))
    found = EXACT.multiply(optical, factor), EXACT.multiply(one, factor)
    steps = (
        step(T("Loss coefficient at the usual temperature"), "{0} + {1} × {2}", (loss, "W/(m²·K)"),
             (second, "W/(m²·K²)"), (rise, "K"), result=one, unit="W/(m²·K)"),
        step(T("From the mean to the inlet temperature"), "1 ÷ (1 + {0} ÷ (2 × {1} × 4186.8))", (one, "W/(m²·K)"),
             (inputs.number(TEST_FLOW), "kg/(s·m²)"), result=factor, unit=""),
    )  # fmt: skip
    return found[0], found[1], steps


def _load(inputs: Inputs, row: Row) -> Decimal:
    hot, mains = inputs.number(HOT), _needed(row, "mains")
    if mains >= hot:
        raise UserError(
            T("In row {row} the cold water is not colder than the hot water.", row=row.number),
            T("Correct one of the two."),
        )
    return water_load(_needed(row, "water"), hot, mains)


def _chart(
    inputs: Inputs, row: Row, month: int, optical: Decimal, loss: Decimal, load: Decimal
) -> tuple[Decimal, Decimal]:
    """X and Y of a month, corrected for storage and for hot water."""
    ambient, area = _needed(row, "ambient"), inputs.number(AREA)
    exchanger = inputs.number(EXCHANGER)
    hours = Decimal(calendar.monthrange(2023, month)[1] * 24)  # of a year without a leap day
    x = loss_ratio(loss, exchanger, ambient, hours, area, load)
    x = EXACT.multiply(x, storage_correction(inputs.number(STORAGE)))
    x = EXACT.multiply(x, max(water_correction(ambient, inputs.number(HOT), _needed(row, "mains")), Decimal(0)))
    seen = EXACT.divide(EXACT.subtract(HUNDRED, inputs.number(SHADE)), HUNDRED)
    sun = EXACT.multiply(_needed(row, "irradiation"), seen)
    return x, gain_ratio(optical, exchanger, inputs.number(INCIDENCE), sun, area, load)


def _month_step(month: int, x: Decimal, y: Decimal, load: Decimal, heat: Decimal) -> TraceStep:
    x, y = round(x, 6), round(y, 6)
    form = "(1.029 × {1} − 0.065 × {0} − 0.245 × {1}² + 0.0018 × {0}² + 0.0215 × {1}³) × {2}"
    what = T("Solar heat of month {month}: f × load, f from 0 to 1", month=month)
    return step(what, form, (x, ""), (y, ""), (round(load, 3), "kWh"), result=round(heat, 3), unit="kWh")


def _by_month(inputs: Inputs) -> list[Row]:
    """The twelve rows of the table, January first.

    Raises
    ------
    UserError
        when they are not the twelve months.
    """
    rows = {row.numbers["month"]: row for row in inputs.needed_table().rows}
    if len(inputs.needed_table().rows) != MONTHS or set(rows) != {Decimal(one) for one in range(1, MONTHS + 1)}:
        raise UserError(
            T("The table must have one row for each of the twelve months."),
            T("Number them 1 to 12 in the column month."),
        )  # fmt: skip
    return [rows[Decimal(one)] for one in range(1, MONTHS + 1)]


def _needed(row: Row, key: str) -> Decimal:
    value = row.numbers.get(key)
    if value is None:
        raise UserError(
            T("Row {row}, column {column}: {reason}", row=row.number, column=key, reason=T("The cell is empty.")),
            T("Enter what was measured or planned."),
        )
    return value


def _assumptions(inputs: Inputs, item: str) -> tuple[Text, ...]:
    found = [T("Every year is like the one of the table.")]
    name = inputs.library.items[item].name
    found.append(T("Solar heat takes the place of {item} at the efficiency stated.", item=name))
    return tuple(found)


def _left_out(inputs: Inputs) -> tuple[Text, ...]:
    """Losses that are not in the number."""
    found = [T("Losses of circulation and of the pipes to the taps are not counted: they are the same as before.")]
    if inputs.chosen(WAY) == "meter":
        if inputs.chosen(PLACE) == "collector":
            found.append(T("The meter stands before the storage, whose losses are not deducted."))
    else:
        found.append(T("Losses of the storage are those of a well-insulated one, as the method assumes them."))
        found.append(T("Snow, soiling beyond the share stated, ageing and standstill are not counted."))
    if not inputs.number(PUMPS):
        found.append(T("Electricity of pumps and controls is not counted."))
    return tuple(found)


KIND = Kind(
    key="solar_hot_water",
    title=T("Solar hot water"),
    about=T("Collectors that heat water in place of a boiler or an electric heater."),
    items=HEATERS,
    sections=(
        Section(T("Solar heat"), (WAY, HEAT, PLACE, PUMPS, ELECTRICITY_PRICE)),
        Section(T("What is replaced"), (EFFICIENCY,)),
        Section(T("Collectors"), (AREA, CERTIFICATE, OPTICAL, LOSS, LOSS_2, RISE, TEST_FLOW, INCIDENCE, SHADE)),
        Section(T("Storage and hot water"), (STORAGE, EXCHANGER, HOT)),
    ),
    calculate=calculate,
    source="Duffie and Beckman, Solar Engineering of Thermal Processes (4th ed., 2013), ch. 20 (f-chart) and 6.19; "
    "ISO 9806:2017; IPMVP Core Concepts (EVO 10000-1:2022), option B (heat meter)",
    example={
        "item": "natural_gas",
        "efficiency": "88",
        "area": "60",
        "optical": "0.75",
        "loss": "3.6",
        "loss_2": "0.012",
        "pumps": "350",
    },
    idle={"area": "0", "pumps": "0"},
    columns=COLUMNS,
    example_data=CLIMATE,
)
