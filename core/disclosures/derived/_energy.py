"""All energy that the plant used, taken apart: fuels, electricity, heat, own generation without fuel.

energy used = fuels + electricity bought + heat, steam and cooling bought + own generation without fuel. What a combined
plant makes of its fuel is in the fuel; what was sold is not taken off, for the inventory does not net it either.
Compressed air is no energy carrier of those who ask.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.disclosures.derived._fuels import Fuels, fuels
from core.disclosures.derived._lines import filed, of_method, of_records
from core.disclosures.derived._made import Basis, record
from core.disclosures.known import Known
from core.errors import UserError
from core.i18n import T, Text
from core.ledger import Activity, RuleValue
from core.library import EXACT, Units
from core.library.rulebook import rulebook
from core.methods import KG, Line, Portion, exact_sum
from core.renewables.attributes import KEPT, Attributes
from core.renewables.consumption import CHARGING, DIRECT_LINE, OWN_BIOMASS, OWN_FUEL, PURCHASED, Used
from core.renewables.natures import RENEWABLE, natures

BOUGHT = (PURCHASED, DIRECT_LINE, CHARGING)
"""Kinds of electricity that came from others."""
OF_FUEL = (OWN_FUEL, OWN_BIOMASS)
"""Kinds of electricity that stand among the fuels already."""
HEAT, COOLING, OWN_HEAT = "purchased_heat", "purchased_cooling", "solar_heat"
NO_SHARES = T("The shares of renewable electricity could not be worked out: look at the page “Renewables”.")
ELECTRIC = frozenset({"own_wind_power", "own_hydro_power"})
"""Own renewables that are electricity; the rest of their method is heat."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """Heat or cooling of one record."""

    portion: Portion
    energy: Decimal | None
    """None: it is billed by mass, and nothing says what heat is in it. [MWh]"""


@dataclass(frozen=True, slots=True)
class Balance:
    """Energy of a period in MWh, by where it came from; every part is renewable or is not."""

    fuels: Fuels
    bought: tuple[Decimal, Decimal]
    """Electricity of others: renewable, and the rest. [MWh]"""
    own: tuple[Decimal, Decimal]
    """Own electricity without fuel: with kept attributes or certificates, and the rest. [MWh]"""
    heat: tuple[Delivered, ...]
    """Bought heat, steam and cooling: nothing proves that any of it is renewable."""
    own_heat: tuple[Delivered, ...]
    """Of the sun, the ground and the air."""
    electricity: tuple[Used, ...]
    shares: bool = True
    """Whether electricity is known at all."""

    @property
    def fuel_renewable(self) -> Decimal:
        """[MWh]"""
        return exact_sum(one.renewable for one in self.fuels.burned)

    @property
    def fuel(self) -> Decimal:
        """[MWh]"""
        return exact_sum(one.energy for one in self.fuels.burned)

    @property
    def heat_bought(self) -> Decimal:
        """[MWh]"""
        return exact_sum(one.energy for one in self.heat if one.energy is not None)

    @property
    def heat_made(self) -> Decimal:
        """[MWh]"""
        return exact_sum(one.energy for one in self.own_heat if one.energy is not None)

    @property
    def self_used(self) -> Decimal:
        """Own renewable energy without fuel. [MWh]"""
        return EXACT.add(self.own[0], self.heat_made)

    @property
    def renewable(self) -> Decimal:
        """[MWh]"""
        return exact_sum((self.fuel_renewable, self.bought[0], self.self_used))

    @property
    def other(self) -> Decimal:
        """Everything that is not proven to be renewable. [MWh]"""
        fossil = EXACT.subtract(self.fuel, self.fuel_renewable)
        return exact_sum((fossil, self.bought[1], self.own[1], self.heat_bought))

    @property
    def total(self) -> Decimal:
        """[MWh]"""
        return exact_sum((self.fuel, *self.bought, *self.own, self.heat_bought, self.heat_made))


def balance(known: Known) -> Balance:
    """The energy of the year; worked out once."""
    return known.once("energy", _balance)


def _balance(known: Known) -> Balance:
    used = () if known.shares is None else known.shares.used
    nature = natures(known.inventory.instruments, rulebook(known.ledger.held(RuleValue)))
    attributes = Attributes.of(known.ledger)

    def renewable(one: Used) -> bool:
        if one.instrument or one.kind in BOUGHT:
            return nature.get(one.instrument) == RENEWABLE
        return attributes.state(one) == KEPT

    sides: dict[tuple[bool, bool], list[Decimal]] = {}
    for one in used:
        if one.kind not in OF_FUEL:
            sides.setdefault((one.kind in BOUGHT, renewable(one)), []).append(one.kwh)
    sums = {place: megawatt_hours(exact_sum(values)) for place, values in sides.items()}
    heat = tuple(_delivered(known, one) for one in of_method(known, HEAT, COOLING))
    own = tuple(_delivered(known, one) for one in of_method(known, OWN_HEAT) if one.activity.item not in ELECTRIC)
    zero = Decimal(0)
    return Balance(
        fuels(known),
        (sums.get((True, True), zero), sums.get((True, False), zero)),
        (sums.get((False, True), zero), sums.get((False, False), zero)),
        heat, own, used, known.shares is not None,
    )  # fmt: skip


def megawatt_hours(kwh: Decimal) -> Decimal:
    """kWh as MWh, exactly."""
    return EXACT.divide(kwh, Decimal(1000))


def energy_in(quantity: Decimal, unit: str, units: Units) -> Decimal | None:
    """A quantity of energy; None where the unit is none of energy. [MWh]"""
    try:
        return EXACT.quantize(units.convert(quantity, unit, "MWh"), KG)
    except (UserError, ArithmeticError):
        return None


def _delivered(known: Known, portion: Portion) -> Delivered:
    units = known.library.units
    energy = energy_in(portion.quantity, portion.activity.unit, units)
    return Delivered(portion, energy if energy is not None else _of_mass(known, portion))


def _of_mass(known: Known, portion: Portion) -> Decimal | None:
    """Heat of steam or hot water, as the line of the record worked it out."""
    for line in known.once("heat lines", _heat_lines).get(portion.activity.id, ()):
        for step in line.trace:
            if step.unit == "GJ":
                return energy_in(step.result, "GJ", known.library.units)
    return None


def _heat_lines(known: Known) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in filed(known).scopes["scope2_location"]:
        if line.activity.method == HEAT:
            found.setdefault(line.activity.id, []).append(line)
    return found


# ---------------------------------------------------------------------- what it rests on


def of_used(known: Known, used: Iterable[Used], what: Text) -> Basis:
    """Records of electricity with their bills, and the instruments that cover some of them with their proofs."""
    held = tuple(used)
    if not held:
        return Basis()
    wanted = {one.activity for one in held}
    activities = known.once("activities of lines", _activities)
    records = [activities[key] for key in sorted(wanted) if key in activities]
    words = T("Records of {what}: {count}", what=what, count=len(records))
    basis = of_records(known, records, words) if records else Basis()
    return basis + of_instruments(known, {one.instrument for one in held if one.instrument})


def _activities(known: Known) -> dict[str, Activity]:
    held = {one.id: one for one in known.inventory.activities}
    return {**{line.activity.id: line.activity for line in known.inventory.lines}, **held}


def of_instruments(known: Known, ids: Iterable[str]) -> Basis:
    """Instruments with their proofs."""
    wanted = set(ids)
    held = [one for one in known.inventory.instruments if one.id in wanted]
    if not held:
        return Basis()
    words, proofs = T("Instruments: {count}", count=len(held)), (key for one in held for key in one.evidence)
    return record("instrument", (one.id for one in held), words, "renewables", proofs)
