"""A row of a view: a title, the lines behind it and their sums by gas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.i18n import Localised
from core.inventory.compile import Inventory
from core.inventory.totals import ZERO
from core.ledger import Judgement
from core.library import EXACT, GASES
from core.methods import BIOGENIC, OTHER, Line, exact_sum


@dataclass(frozen=True, slots=True)
class Row:
    """Some of the lines, added up."""

    key: str
    title: Localised
    lines: tuple[Line, ...]
    gases: Mapping[str, Decimal]
    """Each of the seven. [t CO2e]"""
    biogenic: Decimal
    """CO2 of biomass, apart. [t]"""
    other: Decimal
    """Gases outside the seven, apart. [t CO2e]"""
    memo: bool = False
    """It is in no total."""

    @property
    def tco2e(self) -> Decimal:
        """The seven gases together. [t CO2e]"""
        return exact_sum(self.gases.values())


def row_of(key: str, title: Localised, lines: Iterable[Line], *, memo: bool = False) -> Row:
    """Add lines up."""
    kept = tuple(lines)
    sums = dict.fromkeys((*GASES, BIOGENIC, OTHER), ZERO)
    for line in kept:
        for amount in line.amounts:
            sums[amount.gas] = EXACT.add(sums[amount.gas], amount.tco2e)
    return Row(key, title, kept, {gas: sums[gas] for gas in GASES}, sums[BIOGENIC], sums[OTHER], memo)


def gathered(rows: Iterable[tuple[str, Line]]) -> dict[str, list[Line]]:
    """Lines by the key of their row, in their order."""
    filed: dict[str, list[Line]] = {}
    for key, line in rows:
        filed.setdefault(key, []).append(line)
    return filed


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """Share of a whole; zero of nothing. [%]"""
    return EXACT.divide(EXACT.multiply(part, Decimal(100)), whole) if whole else ZERO


def judged(inventory: Inventory) -> dict[str, Judgement]:
    """The last decision about each thing."""
    return {one.about: one for one in inventory.judgements}


def kind_of(inventory: Inventory, item: str) -> str:
    """``fuel``, ``electricity`` ...; empty for an unknown item."""
    found = inventory.library.items.get(item)
    return "" if found is None else found.kind


FUGITIVE = frozenset({"refrigerant", "extinguishing_agent", "switchgear_gas"})
"""Kinds of items that leak out of equipment."""
WASTE = frozenset({"waste", "waste_water"})
ELECTRICITY = frozenset({"electricity", "vehicle_charging", "electricity_sold", "solar"})
"""Kinds of items, and the item, that are electricity."""


def nature(inventory: Inventory, line: Line) -> str:
    """How a line of scope 1 or 2, or of energy sold, comes about.

    Returns
    -------
    str
        ``stationary``, ``mobile``, ``process``, ``waste``, ``fugitive``; for energy ``electricity`` or ``heat``
        (which includes steam, cooling and compressed air).

    Notes
    -----
    Decided by the kind of the item, so that a new method needs no entry here; by the name of the method only where one
    item serves several purposes: diesel in a boiler or a truck, SF6 in a switch or an etching chamber.
    """
    item = line.activity.item
    if line.scope != "scope1":
        # What a plant sells of its own cogeneration is a line of the fuel; its id says which of the two was sold.
        sold_power = line.scope == "exported" and line.id.endswith(":power")
        is_power = sold_power or item in ELECTRICITY or kind_of(inventory, item) in ELECTRICITY
        return "electricity" if is_power else "heat"
    return _direct(kind_of(inventory, item), line.activity.method)


def _direct(kind: str, method: str) -> str:
    if kind in WASTE:
        return "waste"
    if kind in FUGITIVE and not method.startswith("process"):
        return "fugitive"
    if kind in ("fuel", "own_renewable"):
        return "mobile" if method.startswith("mobile") else "stationary"
    return "process"
