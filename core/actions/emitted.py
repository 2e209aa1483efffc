"""What there is to save: the emissions of a year by part, source and item, with the energy behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from core.errors import UserError
from core.inventory import Inventory
from core.inventory.totals import LOCATION
from core.ledger import Action, Activity
from core.library import EXACT, policy_named
from core.library.library import regions_of
from core.methods import KG, Context, Line, NotCovered, Portion, all_methods, exact_sum

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
SCOPE2 = ("scope2_location", "scope2_market")
ELECTRIC = ("electricity", "vehicle_charging")
"""Kinds of items whose factor is that of the grid."""
INSTRUMENT = "instrument."
"""Beginning of the key of a factor that an instrument states."""
_LARGE = Decimal(1_000_000)
"""So that the nine decimals of its tonnes leave enough digits of a factor. [kWh]"""


def kept(value: Decimal) -> Decimal:
    """Tonnes and energy to nine decimals, half to even, as the inventory keeps them."""
    return EXACT.quantize(value, KG)


@dataclass(frozen=True, slots=True)
class Emitted:
    """One source with one item in one part of the emissions, over the year of the baseline."""

    part: str
    """``scope1``, ``scope2`` (both views), ``scope3:4`` ..."""
    source: str
    item: str
    location: Decimal
    """[t CO2e]"""
    market: Decimal
    """The same as ``location`` outside scope 2. [t CO2e]"""
    kwh: Decimal | None = None
    """Energy behind it, of fuels by net calorific value; None: not known. [kWh]"""
    electric: bool = False
    """Its factor is that of the grid."""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.part, self.source, self.item

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the part of the emissions in which it counts."""
        return SCOPE2 if self.part == "scope2" else (self.part,)


@dataclass(frozen=True, slots=True)
class Baseline:
    """The emissions that actions work on: those of one year."""

    year: int
    cells: tuple[Emitted, ...]
    """Ordered by part, source and item."""
    share: Decimal = ZERO
    """Of the electricity of scope 2 that instruments cover. [%]"""
    country: str = field(default="", compare=False)

    @property
    def parts(self) -> tuple[str, ...]:
        """Keys of every part that it has, in the order of the scopes."""
        found = {key for cell in self.cells for key in cell.keys}
        return tuple(sorted(found, key=part_order))

    def of(self, key: str) -> Decimal:
        """Tonnes of a part, of ``scope3``, or of all: ``location`` and ``market``. [t CO2e]"""
        return exact_sum(tonnes_in(cell, key) for cell in self.cells)

    def touched(self, action: Action) -> tuple[Emitted, ...]:
        """What an action works on."""
        return tuple(cell for cell in self.cells if touches(action, cell))


def part_order(key: str) -> tuple[str, int]:
    """Scopes in their order, categories by their number."""
    scope, _, number = key.partition(":")
    return scope, int(number) if number.isdecimal() else 0


def tonnes_in(cell: Emitted, key: str) -> Decimal:
    """What a source adds to a part of the emissions. [t CO2e]"""
    if key == "location" or key in cell.keys[:1] or (key == "scope3" and cell.part.startswith("scope3")):
        return cell.location
    return cell.market if key == "market" or key in cell.keys else ZERO


def touches(action: Action, cell: Emitted) -> bool:
    """Whether an action works on a source: its part, and the source and item that it names."""
    part = "scope2" if action.part in SCOPE2 else action.part
    inside = cell.part == part or (part == "scope3" and cell.part.startswith("scope3:"))
    return inside and action.source in ("", cell.source) and action.item in ("", cell.item)


def market_only(action: Action) -> bool:
    """Whether other electricity is bought and not less: it changes the market-based figure alone."""
    return action.part == "scope2_market"


def baseline_of(inventory: Inventory) -> Baseline:
    """The sources of an inventory with their energy.

    Parameters
    ----------
    inventory
        of one year.

    Returns
    -------
    Baseline
        whose tonnes add up to the totals of the inventory.

    Notes
    -----
    Energy is what the bills state. Of a fuel that is billed by mass or volume it is tonnes / factor, with the factor of
    the same method for a bill in kilowatt-hours (net calorific value).
    """
    lines: dict[tuple[str, str, str], list[Line]] = {}
    for line in inventory.lines:
        if (part := _part_of(line)) is not None:
            lines.setdefault((part, line.activity.source, line.activity.item), []).append(line)
    cells = tuple(_cell(key, found, inventory) for key, found in sorted(lines.items()))
    return Baseline(
        inventory.choices.period.end.year, cells, _share(inventory.lines, inventory), inventory.plant.country
    )


def _part_of(line: Line) -> str | None:
    if line.scope in SCOPE2:
        return "scope2"
    if line.scope == "scope3":
        return f"scope3:{line.category}"
    return line.scope if line.scope in LOCATION else None


def _cell(key: tuple[str, str, str], lines: list[Line], inventory: Inventory) -> Emitted:
    part, source, item = key
    first = [line for line in lines if line.scope != "scope2_market"]
    location = exact_sum(line.tco2e for line in first)
    market = exact_sum(line.tco2e for line in lines if line.scope == "scope2_market") if part == "scope2" else location
    known = inventory.library.items.get(item)
    electric = part == "scope2" and known is not None and known.kind in ELECTRIC
    return Emitted(part, source, item, location, market, _energy(first, location, inventory), electric)


def _energy(lines: Iterable[Line], tonnes: Decimal, inventory: Inventory) -> Decimal | None:
    """Kilowatt-hours behind lines of one item; None when one of them does not tell."""
    total, asked = ZERO, list(lines)
    for line in asked:
        found = _billed(line, inventory)
        if found is None:
            factor = _factor(asked[0], inventory)
            return kept(EXACT.divide(tonnes, factor)) if factor else None
        total = EXACT.add(total, found)
    return kept(total) if asked else None


def _billed(line: Line, inventory: Inventory) -> Decimal | None:
    """Energy that the bill itself states; gross calorific values do not count as such. [kWh]"""
    units = inventory.library.units
    unit = units.find(line.activity.unit)
    if unit is None or unit.dimension != "energy":
        return None
    return units.convert(line.portion.quantity, unit.key, "kWh")


def _factor(line: Line, inventory: Inventory) -> Decimal | None:
    """Tonnes of a kilowatt-hour by the method of a line; None where it counts no energy. [t CO2e/kWh]"""
    library, choices = inventory.library, inventory.choices
    context = Context(library, library.gwp[choices.gwp_set], policy_named(choices.policy), regions_of(inventory.plant))
    said = line.activity
    method = all_methods().get(said.method)
    if method is None or "energy" not in method.dimensions:
        return None
    bill = Activity(
        said.id, said.source, said.method, said.item, line.portion.start, line.portion.end, _LARGE, "kWh_net",
        evidence=said.evidence,
    )  # fmt: skip
    try:
        lines = method.calculate(Portion(bill, bill.start, bill.end, _LARGE), context)
    except (NotCovered, UserError):
        return None
    return EXACT.divide(exact_sum(one.tco2e for one in lines if one.scope == line.scope), _LARGE)


def _share(lines: Iterable[Line], inventory: Inventory) -> Decimal:
    """Electricity of scope 2 that instruments cover. [%]"""
    every = covered = ZERO
    for line in lines:
        item = inventory.library.items.get(line.activity.item)
        if line.scope != "scope2_market" or item is None or item.kind not in ELECTRIC:
            continue
        energy = _billed(line, inventory) or ZERO
        every = EXACT.add(every, energy)
        if line.factor.key.startswith(INSTRUMENT):
            covered = EXACT.add(covered, energy)
    return EXACT.divide(EXACT.multiply(covered, HUNDRED), every) if every else ZERO
