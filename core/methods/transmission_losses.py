"""Losses on the way: electricity and heat that were generated for the plant and never arrived."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import EXACT, Choice
from core.methods._build import CARBON_GASES, line_of, missing_factor
from core.methods._types import Context, Line, Method, Parameter, Portion, TraceStep
from core.methods._value_chain import derived, emitted, of

LOSS_RATE = Parameter(
    "loss_rate",
    T("Loss rate of the network"),
    "%",
    maximum=Decimal("99.9"),
    help=T("Share of what is fed into the network that is lost, as the operator or the authority publishes it."),
)


def lost_energy(delivered: Decimal, rate: Decimal) -> Decimal:
    """Energy lost on the way to the meter.

    Parameters
    ----------
    delivered
        energy at the meter of the plant. [kWh]
    rate
        share of what is fed into the network that is lost. [%]

    Returns
    -------
    Decimal
        energy generated for the plant that never arrived. [kWh]

    Notes
    -----
    L = D × r / (100 - r). The rate refers to what is fed in, like the grid gross loss of US EPA eGRID and the line
    loss rate of the Chinese energy authority; D × r / 100 would be too small.

    Examples
    --------
    100 MWh at 6 % ask for 106.38 MWh (Carbon Trail, What are transmission and distribution losses?):

    >>> round(lost_energy(Decimal("100"), Decimal("6")), 2)
    Decimal('6.38')
    """
    return EXACT.divide(EXACT.multiply(delivered, rate), EXACT.subtract(Decimal(100), rate))


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """Lines of category 3: the losses, and their upstream where it is published.

    Notes
    -----
    E = D × EF(losses) as published, or E = L × EF(generation) when the record gives the loss rate of its network.
    """
    rate = portion.given(LOSS_RATE.key)
    if rate is not None:
        return (_by_rate(portion, rate, context),)
    losses, upstream = _wanted(portion, "td_losses", context), _wanted(portion, "wtt_td", context)
    if losses is None:
        raise missing_factor(portion, context)
    line = line_of(portion, context, losses, "scope3", category=3)
    if upstream is None:
        return (line,)
    return (line, line_of(portion, context, upstream, "scope3", f"{portion.activity.id}:upstream", category=3))


def _by_rate(portion: Portion, rate: Decimal, context: Context) -> Line:
    unit = portion.activity.unit
    lost = lost_energy(portion.quantity, rate)
    numbers = ((portion.quantity, unit), (rate, "%"), (rate, "%"))
    step = TraceStep(T("Energy lost in the network"), "{0} × {1} ÷ (100 − {2})", numbers, lost, unit)
    return of(portion, emitted(derived(portion, lost, unit, step), context, 3))


def _wanted(portion: Portion, use: str, context: Context) -> Choice | None:
    item = context.library.items[portion.activity.item]
    found = (context.want(key, (use,), portion.start.year, per="energy", gases=CARBON_GASES, proxies=True)
             for key in dict.fromkeys((item.key, item.kind)))  # fmt: skip
    return next((choice for choice in found if choice is not None), None)


METHOD = Method(
    key="transmission_losses",
    title=T("Transmission and distribution losses"),
    kinds=("electricity", "heat"),
    dimensions=("energy",),
    scopes=("scope3",),
    source="GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), category 3, activity C",
    calculate=calculate,
    example={"item": "electricity", "unit": "kWh"},
    parameters=(LOSS_RATE,),
    categories=(3,),
    approach="average_data",
)
