"""Compressed air: fewer leaks, lower pressure, better compressors, and heat recovered from them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.errors import UserError
from core.i18n import T, Text
from core.library import EXACT
from core.methods import Parameter, TraceStep
from core.savings._air import leak_energy, leak_share, pressure_ratio, recovered_heat
from core.savings._asking import EFFICIENCY, ELECTRICITY, HEAT_PRICE, HEATERS, PRICE, PRICE_UNIT, Section
from core.savings._inputs import Inputs, missing, step
from core.savings._types import Amounts, Effect, Flow, Kind

ONE, HUNDRED = Decimal(1), Decimal(100)
_FLOW = "m³/min"

FLOW = Parameter("flow", T("Mean air delivered before"), _FLOW, required=True, minimum=Decimal("0.001"),
                 help=T("Leaks included, while the net is under pressure; as free air (ISO 1217)."))  # fmt: skip
POWER = Parameter("specific_power", T("Specific power before"), "kW/(m³/min)", required=True, minimum=Decimal("0.1"),
                  maximum=Decimal(50),
                  help=T("Electricity of all compressors per air delivered, as measured."))  # fmt: skip
POWER_AFTER = Parameter("specific_power_after", T("Specific power after"), "kW/(m³/min)", minimum=Decimal("0.1"),
                        maximum=Decimal(50), help=T("Of other compressors or controls at the same pressure; without "
                                                    "it that from before."))  # fmt: skip
HOURS = Parameter("hours", T("Hours under pressure a year"), "h/a", required=True, maximum=Decimal(8784))
FOUND = Parameter(
    "leaks_by", T("Leaks are known by"),
    choices=(
        ("share", T("share of the air delivered")),
        ("test", T("unload test: time on load and off load")),
        ("flow", T("measured flow")),
    ),
)  # fmt: skip
SHARE_BEFORE = Parameter("leak_share_before", T("Share of leaks before"), "%", maximum=Decimal(100))
SHARE_AFTER = Parameter("leak_share_after", T("Share of leaks after"), "%", maximum=Decimal(100),
                        help=T("Of the same air delivered as before, so that both shares compare."))  # fmt: skip
CAPACITY = Parameter("capacity", T("Delivery of the compressor in the test"), _FLOW)
ON_BEFORE = Parameter("on_load_before", T("Time on load before"), "min")
OFF_BEFORE = Parameter("off_load_before", T("Time off load before"), "min")
ON_AFTER = Parameter("on_load_after", T("Time on load after"), "min")
OFF_AFTER = Parameter("off_load_after", T("Time off load after"), "min")
LEAK_BEFORE = Parameter("leak_before", T("Leaks before"), _FLOW)
LEAK_AFTER = Parameter("leak_after", T("Leaks after"), _FLOW)
RESPONSE = Parameter(
    "response", T("Response of the controls"), "%", default=HUNDRED, maximum=HUNDRED,
    help=T("How much of its specific power a compressor saves when less air is taken: 100 % for well sequenced or "
           "speed-controlled ones, far less for throttled ones."),
)  # fmt: skip
PRESSURE_BEFORE = Parameter("pressure_before", T("Pressure before"), "bar", maximum=Decimal(50),
                            help=T("At the outlet of the compressors, above the air around them."))  # fmt: skip
PRESSURE_AFTER = Parameter("pressure_after", T("Pressure after"), "bar", maximum=Decimal(50))
AMBIENT = Parameter("ambient", T("Pressure of the air around"), "bar", default=Decimal("1.013"),
                    minimum=Decimal("0.5"), maximum=Decimal("1.1"))  # fmt: skip
COMPRESSION = Parameter(
    "compression", T("Compression counts as"),
    choices=(("isentropic", T("isentropic (without cooling)")), ("isothermal", T("isothermal (cooled throughout)"))),
    help=T("Isothermal saves a little more for the same step of pressure; real machines lie between."),
)  # fmt: skip
STAGES = Parameter("stages", T("Stages"), default=ONE, minimum=ONE, maximum=Decimal(4))
RECOVERED = Parameter("recovered", T("Recovered as heat"), "%", default=Decimal(0), maximum=Decimal(96),
                      help=T("Of the electricity of the compressors that run with heat recovery."))  # fmt: skip
HEAT_HOURS = Parameter("heat_hours", T("Hours in which the heat is used"), "h/a", maximum=Decimal(8784))
HEAT_ITEM = Parameter("heat_item", T("What the heat replaces"))


@dataclass(frozen=True, slots=True)
class _Air:
    """What the net takes before and after."""

    before: Decimal
    after: Decimal
    steps: tuple[TraceStep, ...]


def calculate(inputs: Inputs) -> Effect:
    """Electricity of the compressors before and after, and the heat that is used.

    Notes
    -----
    E = q × P_spec × h; after: (q - Δleaks × response) × P_spec,after × w(after)/w(before) × h.
    """
    hours, power = inputs.number(HOURS), inputs.number(POWER)
    air = _air(inputs)
    ratio, pressure_steps = _pressure(inputs)
    given = inputs.given(POWER_AFTER)
    better = EXACT.multiply(power if given is None else given, ratio)
    before, after = leak_energy(air.before, power, hours), leak_energy(air.after, better, hours)
    numbers = T("Electricity before"), T("Electricity after")
    steps = [
        step(numbers[0], "{0} × {1} × {2}", (air.before, _FLOW), (power, "kW/(m³/min)"), (hours, "h"), result=before,
             unit="kWh"),
        *air.steps,
        *pressure_steps,
        step(numbers[1], "{0} × {1} × {2}", (air.after, _FLOW), (better, "kW/(m³/min)"), (hours, "h"), result=after,
             unit="kWh"),
    ]  # fmt: skip
    electricity = Flow(
        inputs.measure.item, "kWh", T("Compressors"), year=Amounts(before, after),
        price=inputs.given(PRICE), price_unit=inputs.chosen(PRICE_UNIT),
    )  # fmt: skip
    heat, heat_steps = _heat(inputs, EXACT.multiply(air.after, better))
    return Effect(
        (electricity, *heat),
        (*steps, *heat_steps),
        "",
        None,
        (T("The saving is the same in every year: leaks are looked for and mended again and again."),),
        _left_out(inputs),
        _warnings(inputs, air),
    )


def _air(inputs: Inputs) -> _Air:
    """Air that the compressors deliver before and after the leaks were mended."""
    flow = inputs.number(FLOW)
    before, after = _leaks(inputs, flow)
    if before is None or after is None:
        return _Air(flow, flow, ())
    if before > flow:
        raise UserError(
            T("The leaks of {leaks} m³/min are more than the {flow} m³/min delivered.", leaks=round(before, 3),
              flow=flow),
            T("Correct one of the two."),
        )  # fmt: skip
    response = EXACT.divide(inputs.number(RESPONSE), HUNDRED)
    less = EXACT.subtract(flow, EXACT.multiply(EXACT.subtract(before, after), response))
    made = step(
        T("Air delivered after, that the compressors feel"), "{0} − ({1} − {2}) × {3}",
        (flow, _FLOW), (before, _FLOW), (after, _FLOW), (response, ""), result=less, unit=_FLOW,
    )  # fmt: skip
    return _Air(flow, less, (*_test_steps(inputs, before, after), made))


def _leaks(inputs: Inputs, flow: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """Leaks before and after; None where nothing is said of them. [m³/min]"""
    by = inputs.chosen(FOUND)
    if by == "test":
        capacity = inputs.given(CAPACITY)
        if capacity is None:
            return None, None
        shares = [leak_share(inputs.number(on), inputs.number(off)) for on, off in _TIMES]
        return EXACT.multiply(capacity, shares[0]), EXACT.multiply(capacity, shares[1])
    one, other = (SHARE_BEFORE, SHARE_AFTER) if by == "share" else (LEAK_BEFORE, LEAK_AFTER)
    before, after = inputs.given(one), inputs.given(other)
    if before is None and after is None:
        return None, None
    if before is None or after is None:
        raise missing(one if before is None else other)
    if by == "flow":
        return before, after
    return EXACT.divide(EXACT.multiply(flow, before), HUNDRED), EXACT.divide(EXACT.multiply(flow, after), HUNDRED)


_TIMES = ((ON_BEFORE, OFF_BEFORE), (ON_AFTER, OFF_AFTER))


def _test_steps(inputs: Inputs, before: Decimal, after: Decimal) -> tuple[TraceStep, ...]:
    if inputs.chosen(FOUND) != "test":
        return ()
    capacity = (inputs.number(CAPACITY), _FLOW)
    names = T("Leaks before, by the unload test"), T("Leaks after, by the unload test")
    return tuple(
        step(name, "{0} × {1} ÷ ({1} + {2})", capacity, (inputs.number(on), "min"), (inputs.number(off), "min"),
             result=result, unit=_FLOW)
        for name, (on, off), result in zip(names, _TIMES, (before, after), strict=True)
    )  # fmt: skip


def _pressure(inputs: Inputs) -> tuple[Decimal, tuple[TraceStep, ...]]:
    before, after = inputs.given(PRESSURE_BEFORE), inputs.given(PRESSURE_AFTER)
    if before is None and after is None:
        return ONE, ()
    if before is None or after is None:
        raise missing(PRESSURE_BEFORE if before is None else PRESSURE_AFTER)
    isothermal, stages = inputs.chosen(COMPRESSION) == "isothermal", inputs.number(STAGES)
    ambient = inputs.number(AMBIENT)
    ratio = pressure_ratio(before, after, ambient, isothermal, stages)
    numbers = ((before, "bar"), (after, "bar"), (ambient, "bar"), (stages, ""))
    if isothermal:
        what, form = T("Power at the lower pressure (isothermal)"), "ln(({1} + {2}) ÷ {2}) ÷ ln(({0} + {2}) ÷ {2})"
    else:
        what = T("Power at the lower pressure (isentropic)")
        form = "((({1} + {2}) ÷ {2})^(2/7 ÷ {3}) − 1) ÷ ((({0} + {2}) ÷ {2})^(2/7 ÷ {3}) − 1)"
    return ratio, (step(what, form, *numbers, result=ratio, unit=""),)


def _heat(inputs: Inputs, power: Decimal) -> tuple[tuple[Flow, ...], tuple[TraceStep, ...]]:
    """The energy that the heat of the compressors replaces; ``power`` is their mean after the measure. [kW]"""
    share = EXACT.divide(inputs.number(RECOVERED), HUNDRED)
    if not share:
        return (), ()
    hours, item, efficiency = inputs.number(HEAT_HOURS), inputs.item(HEAT_ITEM), inputs.number(EFFICIENCY)
    if hours > inputs.number(HOURS):
        raise UserError(T("The heat is used for more hours than the compressors run."), T("Correct the hours of use."))
    heat = recovered_heat(power, share, hours)
    replaced = EXACT.divide(EXACT.multiply(heat, HUNDRED), efficiency)
    unit = inputs.unit_of(item)
    steps = (
        step(T("Heat recovered"), "{0} × {1} × {2}", (share, ""), (power, "kW"), (hours, "h"), result=heat, unit="kWh"),
        step(T("Energy that the heat replaces"), "{0} ÷ {1}", (heat, "kWh"), (efficiency, "%"), result=replaced,
             unit=unit),
    )  # fmt: skip
    flow = Flow(item, unit, T("Heat recovery"), year=Amounts(before=replaced), price=inputs.given(HEAT_PRICE),
                price_unit="kWh")  # fmt: skip
    return (flow,), steps


def _left_out(inputs: Inputs) -> tuple[Text, ...]:
    found = [T("Dryers, filters and cooling pumps are not counted.")]
    if inputs.given(PRESSURE_AFTER) is not None:
        found.append(T("At a lower pressure leaks and open consumers take less air too; that is not counted."))
    if not inputs.number(RECOVERED):
        found.append(T("Heat of the compressors is not used, or not counted."))
    return tuple(found)


def _warnings(inputs: Inputs, air: _Air) -> tuple[Text, ...]:
    """What looks strange."""
    found = []
    if air.after > air.before:
        found.append(T("After the measure more air leaks than before."))
    before, after = inputs.given(PRESSURE_BEFORE), inputs.given(PRESSURE_AFTER)
    if before is not None and after is not None and after > before:
        found.append(T("The pressure is higher after the measure than before."))
    return tuple(found)


KIND = Kind(
    key="compressed_air",
    title=T("Compressed air"),
    about=T("Leaks mended, pressure lowered, better compressors, heat recovered."),
    items=(ELECTRICITY,),
    sections=(
        Section(T("Compressors"), (FLOW, POWER, POWER_AFTER, HOURS)),
        Section(
            T("Leaks"),
            (FOUND, SHARE_BEFORE, SHARE_AFTER, CAPACITY, ON_BEFORE, OFF_BEFORE, ON_AFTER, OFF_AFTER, LEAK_BEFORE,
             LEAK_AFTER, RESPONSE),
        ),
        Section(T("Pressure"), (PRESSURE_BEFORE, PRESSURE_AFTER, AMBIENT, COMPRESSION, STAGES)),
        Section(T("Heat recovery"), (RECOVERED, HEAT_HOURS, HEAT_ITEM, EFFICIENCY, HEAT_PRICE)),
    ),
    calculate=calculate,
    source="DOE, Improving Compressed Air System Performance: A Sourcebook for Industry (3rd ed., 2016); "
    "ISO 11011:2013; DOE Compressed Air Tip Sheet 3 (2004)",
    example={
        "item": ELECTRICITY,
        "flow": "20",
        "specific_power": "6.5",
        "hours": "6000",
        "leak_share_before": "28",
        "leak_share_after": "10",
        "pressure_before": "7.5",
        "pressure_after": "7",
    },
    idle={"leak_share_after": "28", "pressure_after": "7.5"},
    linear=("hours", "flow", "specific_power"),
    item_keys={HEAT_ITEM.key: HEATERS},
)  # fmt: skip
