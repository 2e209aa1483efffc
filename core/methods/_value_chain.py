"""What the categories of scope 3 share: energy that somebody else used, tonnes that somebody else states, own factors.

A line of scope 3 is quantity × factor like every other; only whose quantity it is differs.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.i18n import T, Text
from core.library import EXACT, Choice
from core.methods._build import CARBON_GASES, chosen, convert, line_of, missing_factor, number
from core.methods._combustion import burn
from core.methods._types import Context, Line, Parameter, Portion, TraceStep

ENERGY = ("electricity", "heat", "fuel")
"""Kinds of items that are energy, whoever uses them."""
STATED = "emissions"
"""Kind and dimension of tonnes that another company states for itself."""
MASS_PER_PIECE = Parameter(
    "mass_per_piece", T("Mass of one piece"), "kg", help=T("Needed when the quantity is a number of pieces.")
)
BURNED_IN = Parameter(
    "burned_in",
    T("Where the fuel burns"),
    choices=(("stationary", T("Boiler, furnace or generator")), ("mobile", T("Vehicle or mobile machine"))),
    help=T("Engines of vehicles give off more methane and nitrous oxide than boilers."),
)
_GRID = "electricity"


def derived(portion: Portion, quantity: Decimal, unit: str, *steps: TraceStep) -> Portion:
    """The same record with another quantity that follows from it, and how."""
    activity = replace(portion.activity, quantity=quantity, unit=unit)
    return replace(portion, activity=activity, quantity=quantity, trace=(*portion.trace, *steps))


def of(portion: Portion, line: Line) -> Line:
    """A line belongs to the record as it was entered, not to what was derived from it."""
    return replace(line, portion=portion)


def in_mass(portion: Portion, context: Context) -> Portion:
    """Pieces times the mass of one; a mass stays as it is."""
    if context.library.units.dimension(portion.activity.unit) != "pieces":
        return portion
    each = number(portion, MASS_PER_PIECE)
    return _times(portion, each, "kg", T("Mass = pieces × mass of one"), context)


def in_energy(portion: Portion, each: Decimal, unit: str, context: Context) -> Portion:
    """Pieces times the energy of one."""
    return _times(portion, each, unit, T("Energy = pieces × energy of one"), context)


def _times(portion: Portion, each: Decimal, unit: str, what: Text, context: Context) -> Portion:
    pieces, conversion = convert(portion, "piece", context)
    total = EXACT.multiply(pieces, each)
    step = TraceStep(what, "{0} × {1}", ((pieces, "piece"), (each, f"{unit}/piece")), total, unit)
    return derived(portion, total, unit, *conversion, step)


def own_or(portion: Portion, context: Context, uses: tuple[str, ...], *, proxies: bool = True) -> Choice | None:
    """The factor of the plant's supplier, else a published one, in the dimension of the record."""
    per = context.library.units.dimension(portion.activity.unit)
    item, year = portion.activity.item, portion.start.year
    return context.want(item, ("supplier", *uses), year, per=per, gases=CARBON_GASES, proxies=proxies)


def emitted(portion: Portion, context: Context, category: int, line_id: str = "") -> Line:
    """What a tenant, customer, franchisee or investee emits with the energy used, the tonnes stated or an own factor.

    Raises
    ------
    NotCovered
        when nothing fits.

    Notes
    -----
    Electricity takes the location-based grid average, heat the factor of the network or the national default, fuels
    what burning them emits: contracts and certificates of others are not those of the plant.
    """
    item = context.library.items[portion.activity.item]
    named = own_or(portion, context, (), proxies=False) if context.named else None
    if named is not None:
        return line_of(portion, context, named, "scope3", line_id, category=category)
    if item.kind == "fuel":
        (burned,) = burn(portion, context, chosen(portion, BURNED_IN))
        return replace(burned, id=line_id or burned.id, scope="scope3", category=category)
    choice = _choice(portion, context, item.kind)
    if choice is None:
        raise missing_factor(portion, context)
    return line_of(portion, context, choice, "scope3", line_id, category=category)


def _choice(portion: Portion, context: Context, kind: str) -> Choice | None:
    year, item = portion.start.year, portion.activity.item
    if kind == "electricity":
        return context.want(_GRID, ("location",), year, per="energy", gases=CARBON_GASES, proxies=True)
    if kind == "heat":
        heats = (context.want(key, ("heat",), year, per="energy", gases=CARBON_GASES, proxies=True)
                 for key in dict.fromkeys((item, "heat")))  # fmt: skip
        return next((found for found in heats if found is not None), None)
    return own_or(portion, context, ("reported",))
