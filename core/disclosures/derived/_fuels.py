"""Energy of what was burned, by net calorific value: the very numbers that the lines of the inventory use."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

from core.disclosures.derived._lines import of_method
from core.disclosures.known import Known
from core.errors import UserError
from core.i18n import T, Text
from core.inventory import Inventory
from core.library import EXACT, own_key, policy_named
from core.library.library import regions_of
from core.methods import KG, Context, NotCovered, Portion
from core.methods._combustion import AMBIGUOUS, ambiguous
from core.methods._fuel_energy import as_net, gross_energy, net_energy
from core.methods._laboratory import own_values
from core.methods._stock import used

STATIONARY, MOBILE, CHP, WELDING = "stationary_combustion", "mobile_combustion", "chp", "acetylene"
PURPOSES = {STATIONARY: "stationary", MOBILE: "mobile", CHP: "chp", WELDING: "process"}
"""Methods that burn fuel for its energy, and what it is burned for."""
NOTHING, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class Burned:
    """Fuel of one record."""

    portion: Portion
    purpose: str
    energy: Decimal
    """By net calorific value. [MWh]"""
    renewable: Decimal
    """What of it is biomass. [MWh]"""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Fuel of which nobody knows the energy."""

    portion: Portion
    why: Text


@dataclass(frozen=True, slots=True)
class Fuels:
    """All fuel of a period."""

    burned: tuple[Burned, ...]
    unclear: tuple[Unclear, ...]
    """With one of these no sum of energy can be given."""


def fuels(known: Known) -> Fuels:
    """What was burned in the period, with its energy; worked out once."""
    return known.once("fuels", _fuels)


def _fuels(known: Known) -> Fuels:
    context = context_of(known.inventory)
    burned: list[Burned] = []
    unclear: list[Unclear] = []
    for method, purpose in PURPOSES.items():
        for portion in of_method(known, method):
            try:
                with localcontext(EXACT):
                    energy = energy_of(portion, context)
            except (NotCovered, UserError, ArithmeticError):
                unclear.append(Unclear(portion, _why(portion, known)))
            else:
                burned.append(Burned(portion, purpose, energy, _biomass(portion, energy, known)))
    return Fuels(tuple(burned), tuple(unclear))


def context_of(inventory: Inventory) -> Context:
    """The choices under which an inventory was calculated."""
    library, choices = inventory.library, inventory.choices
    return Context(library, library.gwp[choices.gwp_set], policy_named(choices.policy), regions_of(inventory.plant))


def energy_of(portion: Portion, context: Context) -> Decimal:
    """Energy of a fuel by its net calorific value.

    Parameters
    ----------
    portion
        of activity data of a fuel.
    context
        under which its lines were calculated.

    Returns
    -------
    Decimal
        to nine decimals. [MWh]

    Raises
    ------
    NotCovered
        when no calorific value is known, or the unit does not say which one is meant.

    Notes
    -----
    E = AD × NCV, where AD is a volume by way of its density; of a gross value E = AD × GCV × (net/gross). NCV is what a
    laboratory measured, else what the policy of the inventory chooses. 2006 IPCC Guidelines, Vol. 2, ch. 1, 1.4.1.2.
    """
    if context.library.units.named(portion.activity.unit).key in AMBIGUOUS:
        raise ambiguous(portion)
    if portion.activity.method == WELDING:
        mass, _ = used(portion, portion.activity.unit, context)
        portion = Portion(portion.activity, portion.start, portion.end, mass)
    named = portion.said("factor")
    asked = context.naming(own_key(named)) if named else context
    gigajoules = _net(portion, asked)
    return EXACT.quantize(context.library.units.convert(gigajoules, "GJ", "MWh"), KG)


def _net(portion: Portion, context: Context) -> Decimal:
    """[GJ]"""
    own, units = own_values(portion), context.library.units
    gross = units.dimension(portion.activity.unit) == "energy_gross"
    if not gross and not own.gross:
        return net_energy(portion, context, own)[0]
    share = context.want(portion.activity.item, ("ncv",), portion.start.year, per="energy_gross")
    if gross and share is not None:
        energy = units.convert(portion.quantity, portion.activity.unit, "GJ_gross")
        return as_net((energy, (), ()), share.factor, context)[0]
    if own.gross and share is not None:
        return as_net(gross_energy(portion, context, own), share.factor, context)[0]
    return net_energy(portion, context)[0]


def _biomass(portion: Portion, energy: Decimal, known: Known) -> Decimal:
    """All of a biogenic fuel, the stated share of a mixed one; what is blended into forecourt fuel is not known."""
    item = known.inventory.library.items.get(portion.activity.item)
    if item is not None and item.biogenic:
        return energy
    share = own_values(portion).biomass
    return EXACT.quantize(EXACT.multiply(energy, min(share, ONE)), KG) if share else NOTHING


def _why(portion: Portion, known: Known) -> Text:
    item = known.inventory.library.items.get(portion.activity.item)
    return T(
        "{source}: the net calorific value of {item} in {unit} is not known; enter it as an own factor, or as measured "
        "with the record.",
        item=portion.activity.item if item is None else item.name,
        unit=portion.activity.unit,
        source=portion.activity.source,
    )
