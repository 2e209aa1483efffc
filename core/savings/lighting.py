"""Lighting: lamps replaced by others, with shorter hours where controls switch them off."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T, Text
from core.library import EXACT
from core.methods import Parameter, TraceStep, exact_sum
from core.savings._asking import EFFICIENCY, ELECTRICITY, HEAT_PRICE, HEATERS, PRICE, PRICE_UNIT, Section
from core.savings._inputs import Inputs, step
from core.savings._sampling import DEVIATES, sample_size, sampling_error
from core.savings._types import Amounts, Effect, Flow, Kind, Uncertainty

THOUSAND, HUNDRED, ONE = Decimal(1000), Decimal(100), Decimal(1)
_PERCENT = Decimal("0.01")
LAMPS_BEFORE = Parameter("luminaires_before", T("Luminaires before"), required=True, help=T("How many are replaced."))
LAMPS_PER_BEFORE = Parameter("lamps_before", T("Lamps in each before"), default=ONE)
WATTS_BEFORE = Parameter("watts_before", T("Power of a lamp before"), "W", required=True)
BALLAST_BEFORE = Parameter(
    "ballast_before", T("Ballast factor before"), default=ONE, maximum=Decimal(3),
    help=T("Input power of the luminaire / rated power of its lamps; 1 where the power is that of the luminaire."),
)  # fmt: skip
LAMPS_AFTER = Parameter("luminaires_after", T("Luminaires after"), required=True)
LAMPS_PER_AFTER = Parameter("lamps_after", T("Lamps in each after"), default=ONE)
WATTS_AFTER = Parameter("watts_after", T("Power of a lamp after"), "W", required=True)
BALLAST_AFTER = Parameter("ballast_after", T("Ballast factor after"), default=ONE, maximum=Decimal(3))
HOURS = Parameter("hours_per_day", T("Hours a day"), "h", required=True, maximum=Decimal(24))
DAYS = Parameter("days", T("Days a year"), "d", required=True, maximum=Decimal(366))
HOURS_AFTER = Parameter(
    "hours_after", T("Hours a day after"), "h", maximum=Decimal(24),
    help=T("Where controls shorten them; without it those from before."),
)  # fmt: skip
COOLING = Parameter(
    "cooling_factor", T("Cooling factor IF_c"), default=Decimal(0), maximum=Decimal(2),
    help=T("Electricity of air conditioning saved per kilowatt-hour of lighting saved."),
)  # fmt: skip
HEATING = Parameter(
    "heating_factor", T("Heating factor IF_h"), default=Decimal(0), maximum=Decimal(2),
    help=T("Heat that the heating must replace per kilowatt-hour of lighting saved; stated apart, as a penalty."),
)  # fmt: skip
HEATING_ITEM = Parameter("heating_item", T("What heats the building"))
OPTION = Parameter(
    "option", T("Option of the IPMVP"),
    choices=(
        ("none", T("none: taken from data sheets and plans")),
        ("A", T("A: power measured, hours stipulated")),
        ("B", T("B: power and hours measured")),
    ),
)  # fmt: skip
CONFIDENCE = Parameter(
    "confidence", T("Confidence of the sample"),
    choices=(("90", T("90 %")), ("95", T("95 %")), ("80", T("80 %")), ("68", T("68 %"))),
)  # fmt: skip
PRECISION = Parameter("precision", T("Precision of the sample"), "%", default=Decimal(10), minimum=Decimal("0.1"),
                      maximum=Decimal(100))  # fmt: skip
SPREAD = Parameter(
    "cv", T("Coefficient of variation"), default=Decimal("0.5"), maximum=Decimal(10),
    help=T("Standard deviation / mean of the measured power; 0.5 as long as nothing was measured."),
)  # fmt: skip
SAMPLE_BEFORE = Parameter("sample_before", T("Luminaires measured before"))
SAMPLE_AFTER = Parameter("sample_after", T("Luminaires measured after"))


def luminaire_power(lamps: Decimal, watts: Decimal, ballast: Decimal) -> Decimal:
    """Input power of a luminaire.

    Parameters
    ----------
    lamps
        in it. [1]
    watts
        rated power of a lamp. [W]
    ballast
        ballast factor. [1]

    Returns
    -------
    Decimal
        [W]

    Notes
    -----
    W = lamps × rated power × ballast factor. IPMVP Core Concepts (EVO 10000-1:2022), option A, lighting: the power
    drawn counts, not that printed on the lamp.

    Examples
    --------
    Three lamps of 28 W on a ballast of 0.88 (Regency Lighting, calculator of lighting).

    >>> luminaire_power(Decimal(3), Decimal(28), Decimal("0.88"))
    Decimal('73.92')
    """
    return EXACT.multiply(EXACT.multiply(lamps, watts), ballast)


def lighting_energy(luminaires: Decimal, watts: Decimal, hours: Decimal) -> Decimal:
    """Electricity of luminaires in a year.

    Parameters
    ----------
    luminaires
        how many. [1]
    watts
        input power of each. [W]
    hours
        in which they burn. [h/a]

    Returns
    -------
    Decimal
        [kWh/a]

    Notes
    -----
    E = N × W / 1000 × h. IPMVP Core Concepts (EVO 10000-1:2022), option A; DOE Uniform Methods Project (2017), ch. 2,
    equation 1.

    Examples
    --------
    >>> lighting_energy(Decimal(1), Decimal(90), Decimal(3000))
    Decimal('270.00')
    """
    return EXACT.multiply(EXACT.divide(EXACT.multiply(luminaires, watts), THOUSAND), hours)


def lighting_saving(
    before: Decimal, watts_before: Decimal, after: Decimal, watts_after: Decimal, hours: Decimal, cooling: Decimal
) -> Decimal:
    """Electricity that other lamps save in the same hours.

    Parameters
    ----------
    before, after
        how many luminaires. [1]
    watts_before, watts_after
        input power of each. [W]
    hours
        in which they burn. [h/a]
    cooling
        interactive factor IF_c. [1]

    Returns
    -------
    Decimal
        [kWh/a]

    Notes
    -----
    E = (N_b W_b - N_p W_p) / 1000 × h × (1 + IF_c). DOE Uniform Methods Project (2017), ch. 2, equation 1.

    Examples
    --------
    90 W replaced by 14 W, 12 hours on 250 days (Action Services Group, LED retrofit).

    >>> lighting_saving(Decimal(1), Decimal(90), Decimal(1), Decimal(14), Decimal(3000), Decimal(0))
    Decimal('228.000')
    """
    saved = EXACT.subtract(lighting_energy(before, watts_before, hours), lighting_energy(after, watts_after, hours))
    return EXACT.multiply(saved, EXACT.add(ONE, cooling))


def calculate(inputs: Inputs) -> Effect:
    """Electricity before and after, and the heating that takes the place of the lamps' heat.

    Notes
    -----
    E = N × W / 1000 × h for each side, × (1 + IF_c); heating = saved light × IF_h / efficiency.
    """
    hours = EXACT.multiply(inputs.number(HOURS), inputs.number(DAYS))
    given = inputs.given(HOURS_AFTER)
    shorter = hours if given is None else EXACT.multiply(given, inputs.number(DAYS))
    before, steps_before = _side(inputs, _BEFORE, hours)
    after, steps_after = _side(inputs, _AFTER, shorter)
    factor = EXACT.add(ONE, inputs.number(COOLING))
    amounts = Amounts(EXACT.multiply(before, factor), EXACT.multiply(after, factor))
    saved = step(
        T("Electricity saved in a year"), "({0} − {1}) × (1 + {2})",
        (before, "kWh"), (after, "kWh"), (inputs.number(COOLING), ""), result=amounts.saved, unit="kWh",
    )  # fmt: skip
    electricity = Flow(
        inputs.measure.item, "kWh", T("Lighting"), year=amounts,
        price=inputs.given(PRICE), price_unit=inputs.chosen(PRICE_UNIT),
    )  # fmt: skip
    heating, heating_steps = _heating(inputs, exact_sum((before, -after)))
    uncertainty, warnings = _sample(inputs, before, after)
    return Effect(
        (electricity, *heating),
        (*steps_before, *steps_after, saved, *heating_steps),
        _option(inputs),
        uncertainty,
        _assumptions(inputs),
        _left_out(inputs),
        warnings,
    )


_BEFORE = (LAMPS_BEFORE, LAMPS_PER_BEFORE, WATTS_BEFORE, BALLAST_BEFORE)
_AFTER = (LAMPS_AFTER, LAMPS_PER_AFTER, WATTS_AFTER, BALLAST_AFTER)


def _side(
    inputs: Inputs, asked: tuple[Parameter, Parameter, Parameter, Parameter], hours: Decimal
) -> tuple[Decimal, tuple[TraceStep, ...]]:
    """Electricity of one side with its steps."""
    count, lamps, watts, ballast = (inputs.number(one) for one in asked)
    power = luminaire_power(lamps, watts, ballast)
    energy = lighting_energy(count, power, hours)
    old = asked is _BEFORE
    drawn = T("Input power of a luminaire before") if old else T("Input power of a luminaire after")
    used = T("Electricity before") if old else T("Electricity after")
    return energy, (
        step(drawn, "{0} × {1} × {2}", (lamps, ""), (watts, "W"), (ballast, ""), result=power, unit="W"),
        step(used, "{0} × {1} ÷ 1000 × {2}", (count, ""), (power, "W"), (hours, "h"), result=energy, unit="kWh"),
    )


def _heating(inputs: Inputs, saved: Decimal) -> tuple[tuple[Flow, ...], tuple[TraceStep, ...]]:
    factor = inputs.number(HEATING)
    if not factor:
        return (), ()
    item, efficiency = inputs.item(HEATING_ITEM), inputs.number(EFFICIENCY)
    more = EXACT.divide(EXACT.multiply(EXACT.multiply(saved, factor), HUNDRED), efficiency)
    unit = inputs.unit_of(item)
    made = step(
        T("Heating that replaces the heat of the lamps"), "{0} × {1} ÷ {2}",
        (saved, "kWh"), (factor, ""), (efficiency, "%"), result=more, unit=unit,
    )  # fmt: skip
    flow = Flow(item, unit, T("Heating penalty"), year=Amounts(after=more), price=inputs.given(HEAT_PRICE),
                price_unit="kWh")  # fmt: skip
    return (flow,), (made,)


def _sample(inputs: Inputs, before: Decimal, after: Decimal) -> tuple[Uncertainty | None, tuple[Text, ...]]:
    """What the samples make of the saving, and whether they are large enough."""
    confidence = inputs.chosen(CONFIDENCE)
    z, cv, precision = DEVIATES[confidence], inputs.number(SPREAD), EXACT.divide(inputs.number(PRECISION), HUNDRED)
    errors: list[Decimal] = []
    warnings: list[Text] = []
    sides = ((LAMPS_BEFORE, SAMPLE_BEFORE, before), (LAMPS_AFTER, SAMPLE_AFTER, after))
    for population, sample, energy in sides:
        many, measured = inputs.number(population), inputs.given(sample)
        if measured is None or not many:
            continue
        needed = sample_size(z, cv, precision, many)
        if measured < needed:
            warnings.append(_too_few(measured, many, needed, confidence, inputs.number(PRECISION)))
        if measured:
            errors.append(EXACT.multiply(energy, sampling_error(z, cv, min(measured, many), many)))
    if _option(inputs) and len(errors) < len(sides):
        words = T(
            "Option {option} asks for measured power: say how many luminaires were measured before and after.",
            option=_option(inputs),
        )
        warnings.append(words)
    if not errors:
        return None, tuple(warnings)
    amount = EXACT.sqrt(exact_sum(EXACT.multiply(one, one) for one in errors))
    amount = EXACT.multiply(amount, EXACT.add(ONE, inputs.number(COOLING)))
    saved = EXACT.multiply(abs(exact_sum((before, -after))), EXACT.add(ONE, inputs.number(COOLING)))
    percent = EXACT.quantize(EXACT.divide(EXACT.multiply(amount, HUNDRED), saved), _PERCENT) if saved else None
    basis = T("Of the measured samples alone, combined by squares; that of the hours is not in it.")
    return Uncertainty(percent, EXACT.quantize(amount, _PERCENT), Decimal(confidence), basis), tuple(warnings)


def _too_few(measured: Decimal, many: Decimal, needed: int, confidence: str, precision: Decimal) -> Text:
    return T(
        "{measured} of {many} luminaires were measured; {confidence} % confidence and {precision} % precision need "
        "{needed}.",
        measured=measured, many=many, confidence=confidence, precision=precision, needed=needed,
    )  # fmt: skip


def _option(inputs: Inputs) -> str:
    """Of the IPMVP; empty for none."""
    said = inputs.chosen(OPTION)
    return "" if said == "none" else said


def _assumptions(inputs: Inputs) -> tuple[Text, ...]:
    found = [T("The saving is the same in every year.")]
    if _option(inputs) == "A":
        found.append(T("The hours are stipulated: they are agreed, not measured."))
    if not _option(inputs):
        found.append(T("Power and hours come from data sheets and plans; nothing was measured."))
    return tuple(found)


def _left_out(inputs: Inputs) -> tuple[Text, ...]:
    found = [T("Lamps that were broken or dark before, and other light levels, change the comparison.")]
    if not inputs.number(COOLING):
        found.append(T("Less work of the air conditioning is not counted."))
    if not inputs.number(HEATING):
        found.append(T("More heating in winter, because the lamps give less heat, is not counted."))
    return tuple(found)


KIND = Kind(
    key="lighting",
    title=T("Lighting"),
    about=T("LED in place of older lamps, and shorter hours by controls."),
    items=(ELECTRICITY,),
    sections=(
        Section(T("Before the measure"), _BEFORE),
        Section(T("After the measure"), _AFTER),
        Section(T("Hours"), (HOURS, DAYS, HOURS_AFTER)),
        Section(T("Measurement and sample"), (OPTION, CONFIDENCE, PRECISION, SPREAD, SAMPLE_BEFORE, SAMPLE_AFTER)),
        Section(T("Interaction with cooling and heating"), (COOLING, HEATING, HEATING_ITEM, EFFICIENCY, HEAT_PRICE)),
    ),
    calculate=calculate,
    source="IPMVP Core Concepts (EVO 10000-1:2022), options A and B; DOE Uniform Methods Project (2017), ch. 2; "
    "EVO 10100-1:2014 (sampling)",
    example={
        "item": ELECTRICITY,
        "luminaires_before": "400",
        "watts_before": "90",
        "luminaires_after": "400",
        "watts_after": "14",
        "hours_per_day": "12",
        "days": "250",
    },
    idle={"watts_after": "90"},
    linear=("days",),
    item_keys={HEATING_ITEM.key: HEATERS},
)
