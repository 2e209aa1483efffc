"""Each record of electricity that instruments may cover: how much was used, what covers it, what is left."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.instruments import Cover, covers_of
from core.inventory import Inventory
from core.inventory.covering import sold_sources
from core.ledger import Activity, Ledger
from core.library import EXACT
from core.methods import exact_sum
from core.renewables.allocating import coverable
from core.renewables.consumption import ZERO, whole_of


@dataclass(frozen=True, slots=True)
class Bill:
    """One record, whole, also where it crosses the end of a year."""

    record: Activity
    used: Decimal
    """[kWh]"""
    covers: tuple[Cover, ...]
    """All that is allocated to it, whether it counts or not."""

    @property
    def counted(self) -> Decimal:
        """Allocated, and nothing stops it. [kWh]"""
        return exact_sum(one.quantity for one in self.covers if one.counts)

    @property
    def stopped(self) -> Decimal:
        """Allocated, and a rule stops it: it covers nothing. [kWh]"""
        return exact_sum(one.quantity for one in self.covers if not one.counts)

    @property
    def uncovered(self) -> Decimal:
        """Used, and nothing that counts covers it. [kWh]"""
        return max(EXACT.subtract(self.used, self.counted), ZERO)

    @property
    def left(self) -> Decimal:
        """What may still be allocated to it. [kWh]"""
        return max(EXACT.subtract(EXACT.subtract(self.used, self.counted), self.stopped), ZERO)


def bills_of(ledger: Ledger, inventory: Inventory) -> tuple[Bill, ...]:
    """The records of an inventory that instruments may cover, in the order of their first days.

    Parameters
    ----------
    ledger
        as it is now, also where the inventory is that of a closed year.
    inventory
        whose records are asked for.
    """
    sold, covers, units = sold_sources(ledger), covers_of(ledger), inventory.library.units
    found = [
        Bill(one, used, covers.get(one.id, ()))
        for one in inventory.activities
        if coverable(one, sold) and one.start <= one.end and (used := whole_of(one, units)) > 0
    ]
    return tuple(sorted(found, key=lambda one: (one.record.start, one.record.end, one.record.id)))
