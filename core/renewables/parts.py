"""Electricity that was used, taken apart by where it came from: what a bar of a month is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.inventory import Inventory
from core.ledger import Ledger, RuleValue
from core.library import EXACT
from core.library.rulebook import rulebook
from core.methods import exact_sum
from core.renewables.attributes import KEPT, Attributes
from core.renewables.consumption import DIRECT_LINE, OWN, Used
from core.renewables.natures import LOW_CARBON, RENEWABLE, natures
from core.renewables.shares import Shares

OWN_PART, LINE, CONTRACTS, NUCLEAR, UNTITLED, UNCOVERED = (
    "own", "direct_line", "contracts", "nuclear", "untitled", "uncovered",
)  # fmt: skip
PARTS = (OWN_PART, LINE, CONTRACTS, NUCLEAR, UNTITLED, UNCOVERED)
"""In the order in which they are stacked; the first three are renewable."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What some electricity was made of; each kilowatt-hour stands in one part."""

    start: date
    """First day."""
    own: Decimal
    """Own renewable generation whose attributes are kept. [kWh]"""
    direct_line: Decimal
    """Renewable and brought by a line of its own. [kWh]"""
    contracts: Decimal
    """Covered by certificates and contracts that count. [kWh]"""
    nuclear: Decimal
    """Covered by nuclear generation: not renewable. [kWh]"""
    untitled: Decimal
    """Own generation of which it is not known that the attributes are kept. [kWh]"""
    uncovered: Decimal
    """Everything else. [kWh]"""

    def kwh(self, part: str) -> Decimal:
        """One of ``PARTS``. [kWh]"""
        found: Decimal = getattr(self, part)
        return found

    @property
    def used(self) -> Decimal:
        """All of it. [kWh]"""
        return exact_sum(self.kwh(part) for part in PARTS)

    @property
    def renewable(self) -> Decimal:
        """With certificates: the first three. [kWh]"""
        return EXACT.add(EXACT.add(self.own, self.direct_line), self.contracts)


def parts_of(ledger: Ledger, inventory: Inventory, shares: Shares) -> tuple[Parts, ...]:
    """The parts of each month of a period.

    Parameters
    ----------
    ledger
        with instruments, PV systems and changed rules.
    inventory
        compiled from it.
    shares
        of the inventory (:func:`core.renewables.shares.shares_of`).

    Returns
    -------
    tuple of Parts
        months in their order. ``renewable`` of each is exactly what its share counts with certificates, and ``used``
        its denominator.
    """
    nature = natures(inventory.instruments, rulebook(ledger.held(RuleValue)))
    attributes = Attributes.of(ledger)
    months: dict[date, list[Used]] = {one.start.replace(day=1): [] for one in shares.months}
    for one in shares.used:
        months[one.month].append(one)
    return tuple(_parts(start, used, nature, attributes) for start, used in months.items())


def _parts(start: date, used: Iterable[Used], nature: Mapping[str, str], attributes: Attributes) -> Parts:
    sums: dict[str, list[Decimal]] = {part: [] for part in PARTS}
    for one in used:
        sums[_part(one, nature, attributes)].append(one.kwh)
    return Parts(start, **{part: exact_sum(values) for part, values in sums.items()})


def _part(one: Used, nature: Mapping[str, str], attributes: Attributes) -> str:
    if one.instrument:
        said = nature.get(one.instrument)
        if said == RENEWABLE:
            return LINE if one.kind == DIRECT_LINE else CONTRACTS
        return NUCLEAR if said == LOW_CARBON else UNCOVERED
    if one.kind in OWN:
        return OWN_PART if attributes.state(one) == KEPT else UNTITLED
    return UNCOVERED
