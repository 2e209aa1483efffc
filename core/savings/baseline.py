"""A measure judged by the meter: what the baseline would need under the conditions of today, less what was used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from core.errors import UserError
from core.i18n import T
from core.methods import Parameter, TraceStep, exact_sum
from core.savings._asking import HEATERS, PRICE, PRICE_UNIT, Section
from core.savings._certainty import CONFIDENCE, PER, digits, regression_of, uncertainty_of, warnings_of
from core.savings._examples import ALIKE, METERED
from core.savings._inputs import Inputs, step
from core.savings._model import COOLING_BASE, HEATING_BASE, MODEL, Model, design, fitted, predict
from core.savings._periods import COLUMNS, Period, Periods, periods_of
from core.savings._types import Amounts, Effect, Flow, Kind, Stretch

AMBIGUOUS = ("kWh", "MWh")
UNIT = Parameter(
    "unit", T("Unit of the energy"),
    choices=(
        ("kWh", T("kWh (electricity, heat)")),
        ("MWh", T("MWh (electricity, heat)")),
        ("GJ", T("GJ (of fuels: net calorific value)")),
        ("kWh_net", T("kWh of a fuel, net calorific value")),
        ("kWh_gross", T("kWh of a fuel, gross calorific value")),
        ("m3", T("m³")),
        ("kg", T("kg")),
        ("t", T("t")),
        ("l", T("litres")),
    ),
)  # fmt: skip


def calculate(inputs: Inputs) -> Effect:
    """Saving = baseline under the conditions of the reporting time - measured.

    Notes
    -----
    E = β₀ days + Σ β_j x_j, least squares over the baseline; saving = Σ(ŷ - y) over the reporting time.
    """
    periods, unit = periods_of(inputs), _unit(inputs)
    model = fitted(inputs, periods)
    predicted = predict(inputs, model, periods.reporting)
    measured = [one.number("energy") for one in periods.reporting]
    regression = regression_of(inputs, periods, model, predicted, unit)
    saved = exact_sum((*predicted, *(-one for one in measured)))
    uncertainty, doubts = uncertainty_of(inputs, periods, model, regression, predicted, saved)
    flow = Flow(
        inputs.measure.item, unit, T("Metered energy"), measured=_stretches(periods.reporting, predicted),
        price=inputs.given(PRICE), price_unit=inputs.chosen(PRICE_UNIT),
    )  # fmt: skip
    return Effect(
        (flow,),
        _steps(inputs, periods, model, predicted, measured, unit),
        "C",
        uncertainty,
        (
            T("Only what was measured is counted; nothing is carried over to other days."),
            T("Nothing else changed at this meter: other changes need their own correction."),
        ),
        (),
        (*warnings_of(inputs, periods, regression), *doubts),
        regression=regression,
    )


def _unit(inputs: Inputs) -> str:
    unit = inputs.chosen(UNIT)
    fuel = inputs.library.items[inputs.measure.item].kind == "fuel"
    if fuel and unit in AMBIGUOUS:
        raise UserError(
            T("{unit} of a fuel can mean net or gross calorific value.", unit=unit),
            T("Choose kWh with net or gross calorific value, as the bill says."),
        )
    if not fuel and unit not in (*AMBIGUOUS, "GJ"):
        raise UserError(
            T("{item} is not measured in {unit}.", item=inputs.library.items[inputs.measure.item].name, unit=unit),
            T("Choose kWh, MWh or GJ."),
        )
    return unit


def _stretches(rows: Sequence[Period], predicted: Sequence[Decimal]) -> tuple[Stretch, ...]:
    """Measured and predicted energy by days; the hours of a day are one stretch."""
    sums: dict[tuple[date, date], Stretch] = {}
    for one, before in zip(rows, predicted, strict=True):
        days = one.begin.date(), one.last
        held = sums[days].amounts if days in sums else Amounts()
        amounts = Amounts(exact_sum((held.before, before)), exact_sum((held.after, one.number("energy"))))
        sums[days] = Stretch(*days, amounts)
    return tuple(sums.values())


def _steps(
    inputs: Inputs,
    periods: Periods,
    model: Model,
    predicted: Sequence[Decimal],
    measured: Sequence[Decimal],
    unit: str,
) -> tuple[TraceStep, ...]:
    """The equation of the baseline with the sums of the reporting time, and what is left of it."""
    sums = design(inputs, model, periods.reporting).sum(axis=0)
    numbers: list[tuple[Decimal, str]] = []
    for key, value, total in zip(model.keys, model.fit.coefficients, sums, strict=True):
        below = PER.get(key, "/").removeprefix("/").strip("()")
        numbers += [(digits(float(value)), f"{unit}{PER.get(key, '')}"), (digits(float(total)), below)]
    form = " + ".join(f"{{{2 * place}}} × {{{2 * place + 1}}}" for place in range(len(model.keys)))
    expected, used = exact_sum(predicted), exact_sum(measured)
    return (
        TraceStep(T("Baseline under the conditions of the reporting time"), form, tuple(numbers), expected, unit),
        step(
            T("Saved in the reporting time"), "{0} − {1}", (expected, unit), (used, unit),
            result=exact_sum((expected, -used)), unit=unit,
        ),
    )  # fmt: skip


KIND = Kind(
    key="baseline",
    title=T("Metered baseline"),
    about=T("Anything that a meter shows: a regression on weather and production says what would have been needed."),
    items=HEATERS,
    sections=(
        Section(T("Baseline"), (MODEL, UNIT, HEATING_BASE, COOLING_BASE)),
        Section(T("Certainty of the saving"), (CONFIDENCE,)),
    ),
    calculate=calculate,
    source="ASHRAE Guideline 14-2014, 4.3 and annex B (14-2002: 5.2.11, 5.3.2.4); IPMVP Core Concepts "
    "(EVO 10000-1:2022), option C; Kissock, Haberl and Claridge (2003), RP-1050",
    example={"item": "electricity", "model": "3ph", "unit": "kWh"},
    idle={"model": "linear", "data": ALIKE},
    columns=COLUMNS,
    example_data=METERED,
)
