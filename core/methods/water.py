"""Water from the mains and waste water to the sewer.

Supply is a purchased good (category 1), treatment is waste of the operation (category 5). Waste water is often metered
or estimated apart, so treatment is counted only where the plant says how much goes to the sewer: as a record of its
own, or as the returned share of the supply. Nothing is assumed, hence nothing is counted twice.
"""

from __future__ import annotations

from decimal import Decimal

from core.errors import UserError
from core.i18n import T
from core.library import EXACT, Choice
from core.methods._build import CARBON_GASES, convert, line_of, missing_factor
from core.methods._types import Context, Line, Method, Parameter, Portion, TraceStep
from core.methods._value_chain import derived, of

SUPPLY, SEWER = "water", "wastewater"
CATEGORY = {SUPPLY: 1, SEWER: 5}
RETURNED = Parameter(
    "returned",
    T("Share returned to the sewer"),
    "%",
    maximum=Decimal(100),
    help=T("Adds the treatment of this share in category 5. Leave it empty when waste water is recorded by itself."),
)


def returned_water(supplied: Decimal, share: Decimal) -> Decimal:
    """Waste water from the supply.

    Parameters
    ----------
    supplied
        water from the mains. [m3]
    share
        of it that goes to the public sewer; the rest evaporates or stays in the product. [%]

    Returns
    -------
    Decimal
        waste water. [m3]

    Notes
    -----
    V(sewer) = V(supply) × share / 100; E = V × EF for each, UK Government conversion factors, water supply and water
    treatment.

    Examples
    --------
    >>> returned_water(Decimal("1000"), Decimal("90"))
    Decimal('900')
    """
    return EXACT.divide(EXACT.multiply(supplied, share), Decimal(100))


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """A line of category 1 for supply, one of category 5 for treatment: E = V × EF.

    Raises
    ------
    UserError
        when the record claims another category.
    """
    activity = portion.activity
    category = CATEGORY[activity.item]
    if activity.category not in (0, category):
        raise UserError(
            T("Water supply belongs to category 1 and waste water to category 5."), T("Leave the category empty.")
        )
    volume = _volume(portion, context)
    line = of(portion, line_of(volume, context, _wanted(portion, activity.item, context), "scope3", category=category))
    share = portion.given(RETURNED.key)
    if activity.item == SEWER or not share:
        return (line,)
    return (line, of(portion, _treated(volume, share, context)))


def _volume(portion: Portion, context: Context) -> Portion:
    """Bills in tonnes: a tonne of water is a cubic metre."""
    if context.library.units.dimension(portion.activity.unit) == "volume":
        return portion
    mass, conversion = convert(portion, "t", context)
    step = TraceStep(T("Volume of water"), "{0} ÷ {1}", ((mass, "t"), (Decimal(1), "t/m3")), mass, "m3")
    return derived(portion, mass, "m3", *conversion, step)


def _wanted(portion: Portion, item: str, context: Context) -> Choice:
    use = "water_supply" if item == SUPPLY else "water_treatment"
    choice = context.want(item, (use,), portion.start.year, per="volume", gases=CARBON_GASES, proxies=True)
    if choice is None:
        raise missing_factor(portion, context)
    return choice


def _treated(portion: Portion, share: Decimal, context: Context) -> Line:
    volume = returned_water(portion.quantity, share)
    unit = portion.activity.unit
    numbers = ((portion.quantity, unit), (share, "%"))
    step = TraceStep(T("Waste water = supply × returned share"), "{0} × {1} ÷ 100", numbers, volume, unit)
    choice = _wanted(portion, SEWER, context)
    key = f"{portion.activity.id}:sewer"
    return line_of(derived(portion, volume, unit, step), context, choice, "scope3", key, category=5)


METHOD = Method(
    key="water",
    title=T("Water supply and waste water"),
    kinds=("water",),
    dimensions=("volume", "mass"),
    scopes=("scope3",),
    source="GHG Protocol Scope 3 Standard (2011), categories 1 and 5; UK Government conversion factors, water",
    calculate=calculate,
    usual_for=("water",),
    example={"item": "water", "unit": "m3"},
    parameters=(RETURNED,),
    categories=(1, 5),
    approach="average_data",
)
