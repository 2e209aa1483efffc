"""Combined heat and power: the fuel counts whole, and the split says what heat and electricity carry."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.i18n import T, Text
from core.library import EXACT
from core.methods._build import co2e_step, needed, number, rounded
from core.methods._carbon import HUNDRED, share
from core.methods._combustion import AMBIGUOUS, burn
from core.methods._laboratory import PARAMETERS
from core.methods._types import Amount, Context, Finding, Line, Method, NotCovered, Parameter, Portion, TraceStep

HEAT = Parameter("heat", T("Heat produced"), "GJ", required=True, help=T("Useful heat or steam of the record's time."))
POWER = Parameter("power", T("Electricity produced"), "MWh", required=True, help=T("Without the plant's own use."))
HEAT_SOLD = Parameter("heat_sold", T("Heat sold"), "GJ", default=Decimal(0))
POWER_SOLD = Parameter("power_sold", T("Electricity sold"), "MWh", default=Decimal(0))
HEAT_EFFICIENCY = Parameter(
    "heat_efficiency", T("Efficiency of heat alone"), "%", default=Decimal(80), maximum=HUNDRED,
    help=T("Of a boiler that would make the same heat; the tool of the GHG Protocol proposes 80 %."),
)  # fmt: skip
POWER_EFFICIENCY = Parameter(
    "power_efficiency", T("Efficiency of electricity alone"), "%", default=Decimal(35), maximum=HUNDRED,
    help=T("Of a power plant that would make the same electricity; the tool of the GHG Protocol proposes 35 %."),
)  # fmt: skip
GJ_PER_MWH = Decimal("3.6")
_SHARE = T("Share of heat by the efficiency method")
_OF_HEAT, _OF_POWER = T("Carried by heat"), T("Carried by electricity")


def heat_share(heat: Decimal, power: Decimal, heat_efficiency: Decimal, power_efficiency: Decimal) -> Decimal:
    """Share of the emissions of a combined plant that its heat carries.

    Parameters
    ----------
    heat, power
        useful output. [GJ]
    heat_efficiency, power_efficiency
        efficiency of making each alone. [1]

    Returns
    -------
    Decimal
        share of heat; the rest is carried by electricity. [1]

    Raises
    ------
    decimal.InvalidOperation
        when there is no output at all.

    Notes
    -----
    s = (H / e_H) / (H / e_H + P / e_P); WRI/WBCSD, Allocation of GHG emissions from a combined heat and power (CHP)
    plant, version 1.0 (2006), efficiency method.

    Examples
    --------
    >>> heat_share(Decimal(80), Decimal(35), Decimal("0.8"), Decimal("0.35"))
    Decimal('0.5')
    """
    of_heat, of_power = EXACT.divide(heat, heat_efficiency), EXACT.divide(power, power_efficiency)
    return EXACT.divide(of_heat, EXACT.add(of_heat, of_power))


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """The scope 1 line of the fuel, and a memo line (``exported``) for each kind of energy sold.

    Notes
    -----
    Combustion as for stationary sources; E_H = s × E, E_P = E − E_H; sold = E_H × sold heat / heat, the same for
    electricity. What is sold stays in scope 1.
    """
    heat, power = number(portion, HEAT), EXACT.multiply(number(portion, POWER), GJ_PER_MWH)
    sold_heat, sold_power = number(portion, HEAT_SOLD), EXACT.multiply(number(portion, POWER_SOLD), GJ_PER_MWH)
    _check(portion, heat, power, sold_heat, sold_power)
    efficiencies = share(portion, HEAT_EFFICIENCY), share(portion, POWER_EFFICIENCY)
    of_heat = heat_share(heat, power, *efficiencies)
    of_power = EXACT.subtract(Decimal(1), of_heat)
    (line,) = burn(portion, context, "stationary")
    *before, total = line.trace
    alone = ((heat, "GJ"), (efficiencies[0], ""))
    numbers = (*alone, *alone, (power, "GJ"), (efficiencies[1], ""))
    split = (
        TraceStep(_SHARE, "({0} ÷ {1}) ÷ ({2} ÷ {3} + {4} ÷ {5})", numbers, of_heat, ""),
        _carried(_OF_HEAT, line.tco2e, of_heat),
        _carried(_OF_POWER, line.tco2e, of_power),
    )
    fuel = replace(line, trace=(*before, *split, total))
    exported = (
        _exported(fuel, context, "heat", of_heat, (sold_heat, heat)),
        _exported(fuel, context, "power", of_power, (sold_power, power)),
    )
    return (fuel, *(memo for memo in exported if memo is not None))


def _carried(what: Text, tonnes: Decimal, part: Decimal) -> TraceStep:
    numbers = ((tonnes, "t CO2e"), (part, ""))
    return TraceStep(what, "{0} × {1}", numbers, rounded(EXACT.multiply(tonnes, part)), "t CO2e")


def _exported(line: Line, context: Context, kind: str, part: Decimal, sold: tuple[Decimal, Decimal]) -> Line | None:
    """The part of the emissions that goes with what was sold."""
    if not sold[0]:
        return None
    scale = EXACT.divide(EXACT.multiply(part, sold[0]), sold[1])
    amounts = tuple(_scaled(amount, scale) for amount in line.amounts)
    numbers = ((part, ""), (sold[0], "GJ"), (sold[1], "GJ"))
    step = TraceStep(T("Share of the emissions that is sold"), "{0} × {1} ÷ {2}", numbers, scale, "")
    trace = (*line.trace[:-1], step, co2e_step(amounts, context.gwp))
    return replace(line, id=f"{line.id}:{kind}", scope="exported", amounts=amounts, trace=trace, findings=())


def _scaled(amount: Amount, scale: Decimal) -> Amount:
    kg = rounded(EXACT.multiply(amount.kg, scale))
    return replace(amount, kg=kg, tco2e=rounded(EXACT.divide(EXACT.multiply(kg, amount.gwp), Decimal(1000))))


def _check(portion: Portion, heat: Decimal, power: Decimal, sold_heat: Decimal, sold_power: Decimal) -> None:
    if not heat and not power:
        raise needed(portion, HEAT)
    if sold_heat > heat or sold_power > power:
        raise NotCovered(
            Finding(
                "contradiction",
                "error",
                portion.activity.id,
                T("More energy is sold than {source} produced.", source=portion.activity.source),
                T("Check the heat and electricity produced and sold."),
            )
        )
    for efficiency in (HEAT_EFFICIENCY, POWER_EFFICIENCY):
        if not share(portion, efficiency):
            raise needed(portion, efficiency)


METHOD = Method(
    key="chp",
    title=T("Combined heat and power"),
    kinds=("fuel",),
    dimensions=("mass", "volume", "energy", "energy_gross"),
    scopes=("scope1", "exported"),
    source="WRI/WBCSD, Allocation of GHG emissions from a CHP plant, v1.0 (2006), efficiency method",
    calculate=calculate,
    example={"item": "natural_gas", "unit": "m3", "heat": "20", "power": "3", "power_sold": "1"},
    ambiguous=AMBIGUOUS,
    parameters=(HEAT, POWER, HEAT_SOLD, POWER_SOLD, HEAT_EFFICIENCY, POWER_EFFICIENCY, *PARAMETERS),
)
