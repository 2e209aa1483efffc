"""Electric vehicles of the plant charged outside the site: electricity of the charging points, or of the kilometres."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import EXACT
from core.methods._build import convert, needed, number
from core.methods._scope2 import Energy, from_grid
from core.methods._types import Context, Line, Method, Parameter, Portion, TraceStep

CONSUMPTION = Parameter(
    "consumption",
    T("Consumption of the vehicle"),
    "kWh/100 km",
    maximum=Decimal(1000),
    help=T("Where the quantity is a distance; as the vehicle shows it or its maker states."),
)
LOSS = Parameter(
    "charging_loss",
    T("Loss of charging"),
    "%",
    default=Decimal(0),
    maximum=Decimal(50),
    help=T("Of the electricity drawn, where the quantity was measured in the vehicle and not at the charging point."),
)
HUNDRED = Decimal(100)


def drawn(stored: Decimal, loss: Decimal) -> Decimal:
    """Electricity drawn from the grid for what a battery stored or a motor used.

    Parameters
    ----------
    stored
        electricity measured in the vehicle. [kWh]
    loss
        share of the electricity drawn that is lost in charging. [%]

    Returns
    -------
    Decimal
        electricity at the charging point. [kWh]

    Notes
    -----
    W = S / (1 - v); GLEC Framework v3.0 counts the energy drawn.

    Examples
    --------
    >>> drawn(Decimal(90), Decimal(10))
    Decimal('100')
    """
    return EXACT.divide(EXACT.multiply(stored, HUNDRED), EXACT.subtract(HUNDRED, loss))


def driven(distance: Decimal, consumption: Decimal) -> Decimal:
    """Electricity that vehicles used on the road.

    Parameters
    ----------
    distance
        driven. [km]
    consumption
        of the vehicle. [kWh/100 km]

    Returns
    -------
    Decimal
        electricity. [kWh]

    Notes
    -----
    W = s × c / 100.

    Examples
    --------
    >>> driven(Decimal(12500), Decimal("17.2"))
    Decimal('2150.0')
    """
    return EXACT.divide(EXACT.multiply(distance, consumption), HUNDRED)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """Location- and market-based lines with the factors of the plant's grid.

    Notes
    -----
    E = W × EF; W as billed, or s × c / 100, divided by (1 - loss). GHG Protocol Scope 2 Guidance (2015), ch. 5.

    Raises
    ------
    NotCovered
        when a distance has no consumption.
    """
    return from_grid(portion, context, _electricity(portion, context))


def _electricity(portion: Portion, context: Context) -> Energy:
    used, steps = _used(portion, context)
    loss = number(portion, LOSS)
    if not loss:
        return Energy(used, "kWh", steps)
    energy = drawn(used, loss)
    step = TraceStep(T("With the loss of charging"), "{0} ÷ (1 − {1})", ((used, "kWh"), (loss, "%")), energy, "kWh")
    return Energy(energy, "kWh", (*steps, step))


def _used(portion: Portion, context: Context) -> tuple[Decimal, tuple[TraceStep, ...]]:
    if context.library.units.dimension(portion.activity.unit) == "energy":
        return convert(portion, "kWh", context)
    consumption = portion.given(CONSUMPTION.key)
    if consumption is None:
        raise needed(portion, CONSUMPTION)
    distance, conversion = convert(portion, "km", context)
    energy = driven(distance, consumption)
    numbers = ((distance, "km"), (consumption, "kWh/100 km"))
    step = TraceStep(T("Electricity used on the road"), "{0} × {1}", numbers, energy, "kWh")
    return energy, (*conversion, step)


METHOD = Method(
    key="vehicle_charging",
    title=T("Charging of electric vehicles off site"),
    kinds=("vehicle_charging",),
    dimensions=("energy", "distance"),
    scopes=("scope2_location", "scope2_market"),
    source="GHG Protocol Scope 2 Guidance (2015), ch. 5; GLEC Framework v3.0, module 1",
    calculate=calculate,
    example={"item": "ev_charging", "unit": "kWh"},
    parameters=(CONSUMPTION, LOSS),
)
