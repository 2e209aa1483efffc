"""Heat pump: takes the place of a boiler or an electric heater."""

from __future__ import annotations

from decimal import Decimal

from core.errors import UserError
from core.i18n import T, Text
from core.library import EXACT
from core.methods import Parameter, TraceStep
from core.savings._asking import EFFICIENCY, ELECTRICITY, ELECTRICITY_PRICE, HEATERS, PRICE, PRICE_UNIT, Section
from core.savings._inputs import Inputs, step
from core.savings._types import Amounts, Beside, Effect, Flow, Kind

HUNDRED = Decimal(100)
LOW, HIGH = Decimal("2"), Decimal("7")
"""Seasonal performance factors outside are looked at twice; our own limits."""

HEAT = Parameter("heat", T("Heat delivered in a year"), "kWh", required=True,
                 help=T("By the heat meter behind the heat pump."))  # fmt: skip
BACKUP = Parameter("backup", T("Of it from a backup heater that stays"), "%", default=Decimal(0), maximum=HUNDRED)
FACTOR = Parameter(
    "seasonal_factor", T("Seasonal performance factor"), minimum=Decimal("0.5"), maximum=Decimal(15),
    help=T("Heat delivered / electricity over a year (SPF or SCOP, EN 14825); not needed where the electricity is "
           "measured."),
)  # fmt: skip
ELECTRIC = Parameter("electricity", T("Measured electricity of the heat pump"), "kWh",
                     help=T("Of a year, by its own meter; takes precedence over the factor."))  # fmt: skip
PUMPS = Parameter("auxiliary", T("Electricity of pumps and fans"), "kWh", default=Decimal(0),
                  help=T("Of a year, where the meter or the factor does not contain it."))  # fmt: skip
REFRIGERANT = Parameter("refrigerant", T("Refrigerant"))
CHARGE = Parameter("charge", T("Charge"), "kg")
LEAK = Parameter("leak_rate", T("Leaks a year"), "%", maximum=HUNDRED)


def heat_pump_electricity(heat: Decimal, factor: Decimal) -> Decimal:
    """Electricity of a heat pump.

    Parameters
    ----------
    heat
        delivered. [kWh]
    factor
        seasonal performance factor. [1]

    Returns
    -------
    Decimal
        [kWh]

    Raises
    ------
    UserError
        when the factor is zero.

    Notes
    -----
    W = Q / SPF. Commission Decision 2013/114/EU, annex, 3.1 (E_RES = Q (1 - 1/SPF)); EN 14825:2022.

    Examples
    --------
    >>> f"{heat_pump_electricity(Decimal(100000), Decimal('3.2')):f}"
    '31250'
    """
    if not factor:
        raise UserError(T("The seasonal performance factor must be above 0."), T("Correct the parameter."))
    return EXACT.divide(heat, factor)


def replaced_energy(heat: Decimal, efficiency: Decimal) -> Decimal:
    """Energy that a boiler or heater would have needed for the same heat.

    Parameters
    ----------
    heat
        delivered. [kWh]
    efficiency
        of the boiler or heater over the year. [%]

    Returns
    -------
    Decimal
        of fuels by net calorific value. [kWh]

    Notes
    -----
    F = Q / η. IPMVP Core Concepts (EVO 10000-1:2022), option A: η is stipulated, Q measured.

    Examples
    --------
    >>> replaced_energy(Decimal(90000), Decimal(90))
    Decimal('100000')
    """
    return EXACT.divide(EXACT.multiply(heat, HUNDRED), efficiency)


def calculate(inputs: Inputs) -> Effect:
    """Energy of the boiler before, electricity after; the refrigerant stands beside.

    Notes
    -----
    before = Q / η; after = Q / SPF (or measured) + pumps; leaks = charge × rate.
    """
    whole = inputs.number(HEAT)
    heat = EXACT.divide(EXACT.multiply(whole, EXACT.subtract(HUNDRED, inputs.number(BACKUP))), HUNDRED)
    efficiency = inputs.number(EFFICIENCY)
    before = replaced_energy(heat, efficiency)
    item = inputs.measure.item
    own, own_steps = _electricity(inputs, heat)
    pumps = inputs.number(PUMPS)
    after = EXACT.add(own, pumps)
    steps = [*_share(inputs, whole, heat)]
    steps.append(
        step(T("Energy of what is replaced"), "{0} ÷ {1}", (heat, "kWh"), (efficiency, "%"), result=before,
             unit=inputs.unit_of(item))
    )  # fmt: skip
    steps += own_steps
    if pumps:
        what = T("Electricity after, with pumps and fans")
        steps.append(step(what, "{0} + {1}", (own, "kWh"), (pumps, "kWh"), result=after, unit="kWh"))
    return Effect(
        _flows(inputs, before, after),
        tuple(steps),
        "A",
        None,
        (
            T("The saving is the same in every year."),
            T("The efficiency of the boiler or heater is stipulated; the heat is measured."),
        ),
        (
            T("Heat lost between the heat pump and its consumers is the same as before."),
            T("Losses of a boiler that stays warm in reserve are not counted."),
        ),
        _warnings(inputs, heat, own),
        _leaks(inputs),
    )


def _share(inputs: Inputs, whole: Decimal, heat: Decimal) -> tuple[TraceStep, ...]:
    backup = inputs.number(BACKUP)
    if not backup:
        return ()
    what = T("Heat of the heat pump, without the backup heater")
    return (step(what, "{0} × (1 − {1})", (whole, "kWh"), (backup, "%"), result=heat, unit="kWh"),)


def _electricity(inputs: Inputs, heat: Decimal) -> tuple[Decimal, tuple[TraceStep, ...]]:
    measured = inputs.given(ELECTRIC)
    if measured is not None:
        return measured, (
            step(T("Electricity after, measured"), "{0}", (measured, "kWh"), result=measured, unit="kWh"),
        )
    factor = inputs.number(FACTOR)
    found = heat_pump_electricity(heat, factor)
    made = step(T("Electricity after"), "{0} ÷ {1}", (heat, "kWh"), (factor, ""), result=found, unit="kWh")
    return found, (made,)


def _flows(inputs: Inputs, before: Decimal, after: Decimal) -> tuple[Flow, ...]:
    """One carrier where an electric heater is replaced, else two."""
    item, price = inputs.measure.item, inputs.given(PRICE)
    price_unit = inputs.chosen(PRICE_UNIT)
    if item == ELECTRICITY:
        year = Amounts(before, after)
        return (Flow(item, "kWh", T("Heating"), year=year, price=price, price_unit=price_unit),)
    return (
        Flow(item, inputs.unit_of(item), T("Replaced heating"), year=Amounts(before=before), price=price,
             price_unit=price_unit),
        Flow(ELECTRICITY, "kWh", T("Heat pump"), year=Amounts(after=after), price=inputs.given(ELECTRICITY_PRICE),
             price_unit="kWh"),
    )  # fmt: skip


def _leaks(inputs: Inputs) -> tuple[Beside, ...]:
    if not inputs.said(REFRIGERANT):
        return ()
    lost = EXACT.divide(EXACT.multiply(inputs.number(CHARGE), inputs.number(LEAK)), HUNDRED)
    flow = Flow(inputs.said(REFRIGERANT), "kg", T("Leaking refrigerant"), year=Amounts(after=lost))
    return (Beside(flow, "refrigerants"),)


def _warnings(inputs: Inputs, heat: Decimal, electricity: Decimal) -> tuple[Text, ...]:
    found = []
    factor = EXACT.divide(heat, electricity) if electricity else None
    if factor is not None and not LOW <= factor <= HIGH:
        found.append(
            T("The seasonal performance factor is {factor}; most heat pumps lie between {low} and {high}.",
              factor=round(factor, 2), low=LOW, high=HIGH)
        )  # fmt: skip
    if not inputs.said(REFRIGERANT):
        found.append(T("No refrigerant is stated, so its leaks are not shown beside the saving."))
    return tuple(found)


KIND = Kind(
    key="heat_pump",
    title=T("Heat pump"),
    about=T("Heat from a heat pump in place of a boiler or an electric heater."),
    items=HEATERS,
    sections=(
        Section(T("Heat"), (HEAT, BACKUP)),
        Section(T("What is replaced"), (EFFICIENCY,)),
        Section(T("Electricity"), (FACTOR, ELECTRIC, PUMPS, ELECTRICITY_PRICE)),
        Section(T("Refrigerant"), (REFRIGERANT, CHARGE, LEAK)),
    ),
    calculate=calculate,
    source="Commission Decision 2013/114/EU, annex; EN 14825:2022; IPMVP Core Concepts (EVO 10000-1:2022), option A",
    example={
        "item": "natural_gas",
        "heat": "100000",
        "efficiency": "90",
        "seasonal_factor": "3.2",
        "refrigerant": "HFC-32",
        "charge": "12",
        "leak_rate": "3",
    },
    idle={"item": ELECTRICITY, "efficiency": "100", "seasonal_factor": "1"},
    linear=("heat",),
    item_keys={REFRIGERANT.key: ("refrigerant",)},
)
