"""What covers each record of purchased electricity, and whether it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.instruments.judged import Judged
from core.ledger import Allocation, Instrument, Ledger


@dataclass(frozen=True, slots=True)
class Cover:
    """One allocation with its instrument."""

    allocation: Allocation
    instrument: Instrument
    judged: tuple[Judged, ...] = ()
    """Of the instrument and of this allocation, gravest first."""

    @property
    def counts(self) -> bool:
        """Nothing stops it."""
        return all(one.level != "stop" for one in self.judged)

    @property
    def quantity(self) -> Decimal:
        """Of the whole record. [kWh]"""
        return self.allocation.quantity


def covers_of(ledger: Ledger) -> Mapping[str, tuple[Cover, ...]]:
    """Covers by id of the activity data, each in the order of its allocations' ids.

    An allocation that names no instrument covers nothing and is left out.
    """
    found: dict[str, list[Cover]] = {}
    for allocation in sorted(ledger.held(Allocation), key=lambda one: one.id):
        instrument = ledger.get("instrument", allocation.instrument)
        if isinstance(instrument, Instrument):
            found.setdefault(allocation.activity, []).append(Cover(allocation, instrument))
    return {key: tuple(covers) for key, covers in found.items()}
