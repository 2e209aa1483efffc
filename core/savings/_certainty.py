"""How well a baseline fits, how sure the saving is that follows from it, and what to look at."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.i18n import T, Text
from core.library import EXACT
from core.methods import Parameter, exact_sum
from core.savings._inputs import Inputs
from core.savings._least_squares import autocorrelation, cv_rmse, effective_periods, nmbe, r_squared, savings_error
from core.savings._model import MODEL, THOUSANDTH, Model, decimal
from core.savings._periods import DAY, HOUR, MONTH, Periods, values
from core.savings._student import t_quantile
from core.savings._types import Coefficient, Point, Regression, Uncertainty

HUNDRED = Decimal(100)
LIMITS = {MONTH: (Decimal(15), Decimal(5)), HOUR: (Decimal(30), Decimal(10))}
"""CV(RMSE) and NMBE that ASHRAE Guideline 14 accepts for months and hours; it names none for days. [%]"""
YEAR_DAYS = 350
BEYOND = 0.1
"""Share of the range of the baseline by which the reporting time may leave it: ASHRAE Guideline 14 accepts 10 %."""
SURE = 2.0
"""Coefficients below twice their standard error may as well be zero."""
HALF = Decimal(50)
_SHOWN = Decimal("0.0001")
CONFIDENCE = Parameter(
    "confidence", T("Confidence of the saving"),
    choices=(("95", T("95 %")), ("90", T("90 %")), ("80", T("80 %")), ("68", T("68 %"))),
)  # fmt: skip


def regression_of(
    inputs: Inputs, periods: Periods, model: Model, predicted: Sequence[Decimal], unit: str
) -> Regression:
    fit, measured = model.fit, values(periods.baseline, "energy")
    mean = float(measured.mean())
    correlation = autocorrelation(fit.residuals)
    cv = decimal(100 * cv_rmse(fit.sse, fit.n, fit.p, mean), _SHOWN)
    bias = decimal(100 * nmbe(fit.residuals, fit.p, mean), _SHOWN)
    limits = LIMITS.get(periods.length)
    driver, words = _driver(periods)
    return Regression(
        inputs.chosen(MODEL),
        next(title for key, title in MODEL.choices if key == inputs.chosen(MODEL)),
        unit,
        _coefficients(model, unit),
        _points(periods, [decimal(float(one), THOUSANDTH) for one in fit.predicted], predicted, driver),
        fit.n,
        len(periods.reporting),
        fit.p,
        decimal(r_squared(fit, measured), Decimal("0.000001")),
        cv,
        bias,
        decimal(100 * nmbe(fit.residuals, 0, mean), _SHOWN),
        decimal(correlation, _SHOWN),
        decimal(effective_periods(fit.n, correlation), _SHOWN),
        None if limits is None else cv <= limits[0] and abs(bias) <= limits[1],
        words,
    )


def _driver(periods: Periods) -> tuple[str, Text]:
    """What the energy is drawn over."""
    for key, words in (
        ("temperature", T("Mean air temperature (°C)")),
        ("hdd", T("Heating degree days (K·d)")),
        ("cdd", T("Cooling degree days (K·d)")),
        ("production", T("Production")),
        ("other", T("Another variable")),
    ):
        if periods.has(key):
            return key, words
    return "", Text("")


_NAMES = {
    "base": T("Base load a day"),
    "hdd": T("Per heating degree day"),
    "cdd": T("Per cooling degree day"),
    "production": T("Per unit of production"),
    "other": T("Per unit of the other variable"),
    "heating": T("Per degree and day below the change point"),
    "cooling": T("Per degree and day above the change point"),
}
PER = {"base": "/d", "hdd": "/(K·d)", "cdd": "/(K·d)", "heating": "/(K·d)", "cooling": "/(K·d)"}


def _coefficients(model: Model, unit: str) -> tuple[Coefficient, ...]:
    found = []
    for key, value, error in zip(model.keys, model.fit.coefficients, model.fit.errors, strict=True):
        t = digits(float(value / error)) if error > 0.0 else None
        found.append(
            Coefficient(key, _NAMES[key], digits(float(value)), f"{unit}{PER.get(key, '')}", digits(float(error)), t)
        )
    for number, bend in enumerate(model.bends):
        two = len(model.bends) > 1
        title = (
            T("Change point")
            if not two
            else T("Change point of heating")
            if not number
            else T("Change point of cooling")
        )
        found.append(Coefficient(f"bend_{number + 1}", title, decimal(bend, THOUSANDTH), "°C", None, None))
    return tuple(found)


def digits(value: float) -> Decimal:
    """Nine digits of a coefficient."""
    return Decimal(f"{value:.9g}").normalize(EXACT) + 0


def _points(
    periods: Periods, fitted: Sequence[Decimal], predicted: Sequence[Decimal], driver: str
) -> tuple[Point, ...]:
    found = []
    for phase, rows, energies in (
        ("baseline", periods.baseline, fitted),
        ("reporting", periods.reporting, predicted),
    ):
        for one, energy in zip(rows, energies, strict=True):
            at = one.number(driver) if driver else None
            found.append(Point(one.begin.date(), one.last, phase, one.number("energy"), energy, at))
    return tuple(found)


def uncertainty_of(
    inputs: Inputs,
    periods: Periods,
    model: Model,
    regression: Regression,
    predicted: Sequence[Decimal],
    saved: Decimal,
) -> tuple[Uncertainty | None, tuple[Text, ...]]:
    """Half of the interval of the saving; None where the baseline is worth too few periods."""
    fit = model.fit
    correlated = periods.length in (HOUR, DAY)
    effective = effective_periods(fit.n, autocorrelation(fit.residuals)) if correlated else float(fit.n)
    freedom = effective - fit.p
    if freedom <= 0:
        return None, (
            T("The residuals are so alike from period to period that the uncertainty cannot be told."),
        )  # fmt: skip
    cv = cv_rmse(fit.sse, fit.n, fit.p, float(values(periods.baseline, "energy").mean()))
    whole = float(exact_sum(predicted))
    numbers = (cv, whole, fit.n, len(periods.reporting), effective if correlated else None)
    stated = inputs.chosen(CONFIDENCE)
    half = savings_error(t_quantile(float(stated) / 100, freedom), *numbers)
    amount = decimal(half, THOUSANDTH)
    percent = EXACT.quantize(EXACT.divide(EXACT.multiply(amount, HUNDRED), abs(saved)), _SHOWN) if saved else None
    basis = (
        T("ASHRAE Guideline 14, annex B, for correlated residuals: {n} periods count as {effective}.", n=fit.n,
          effective=round(Decimal(repr(effective)), 1))
        if correlated
        else T("ASHRAE Guideline 14, annex B, for periods that do not depend on each other.")
    )  # fmt: skip
    usual = decimal(savings_error(t_quantile(0.68, freedom), *numbers), THOUSANDTH)
    doubts: list[Text] = []
    if EXACT.multiply(usual, HUNDRED) > EXACT.multiply(abs(saved), HALF):
        doubts.append(
            T("At 68 % confidence the uncertainty is more than half of the saving: ASHRAE Guideline 14 does not accept "
              "it.")
        )  # fmt: skip
    return Uncertainty(percent, amount, Decimal(stated), basis), tuple(doubts)


def warnings_of(inputs: Inputs, periods: Periods, regression: Regression) -> tuple[Text, ...]:
    found: list[Text] = []
    days = sum(one.days for one in periods.baseline)
    if days < YEAR_DAYS:
        found.append(T("The baseline covers {days} days, less than a year.", days=round(days)))
    if periods.straddling:
        found.append(
            T("Rows on both sides of the first day of the measure, left out: {count}.", count=periods.straddling)
        )  # fmt: skip
    if regression.within is False:
        limits = LIMITS[periods.length]
        found.append(
            T("CV(RMSE) {cv} % and NMBE {bias} % miss the limits of ASHRAE Guideline 14, {most} % and {least} %.",
              cv=round(regression.cv_rmse, 1), bias=round(regression.nmbe_np, 1), most=limits[0], least=limits[1])
        )  # fmt: skip
    if periods.length == MONTH and regression.autocorrelation > Decimal("0.5"):
        found.append(T("Residuals of neighbouring months are alike: something that drives the energy is missing."))
    for one in regression.coefficients:
        if one.t is not None and abs(one.t) < SURE and one.key != "base":
            found.append(T("{what}: t is {t}, so it may as well be zero.", what=one.title, t=round(one.t, 2)))
    found += _outside(periods)
    return tuple(found)


def _outside(periods: Periods) -> list[Text]:
    """Conditions after the measure that the baseline never saw."""
    found = []
    for key, words in (
        ("temperature", T("temperature")),
        ("hdd", T("heating degree days")),
        ("cdd", T("cooling degree days")),
        ("production", T("production")),
        ("other", T("other variable")),
    ):
        if not periods.has(key):
            continue
        before, after = values(periods.baseline, key), values(periods.reporting, key)
        room = BEYOND * float(before.max() - before.min())
        count = int(((after < before.min() - room) | (after > before.max() + room)).sum())
        if count:
            found.append(
                T("Periods in which the {what} lies outside the baseline: {count}; the model is stretched there.",
                  what=words, count=count)
            )  # fmt: skip
    return found
