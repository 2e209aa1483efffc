"""What is stated of hourly matching: load, renewable supply and what of them met, by month; counted at the plant."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from core.i18n import Text
from core.inventory.energy.reading import Month, at_most
from core.library import EXACT


@dataclass(frozen=True, slots=True)
class StatedMatched:
    """Load and renewable supply of the intervals of which everything is known."""

    load_kwh: Decimal
    supply_kwh: Decimal
    matched_kwh: Decimal
    """Supplied and used in the same interval."""
    score_percent: Decimal | None
    """Matched, of the load, rounded down; None without load."""
    volumetric_percent: Decimal | None
    """What the sums say, whenever it was generated, at most 100, rounded down."""
    unmatched_hours: int
    """Intervals in which a part of the load was not met."""
    present: int
    """Intervals of which everything is known."""
    expected: int
    """Intervals there are."""

    @property
    def unmatched_kwh(self) -> Decimal:
        """Load that was not met."""
        return EXACT.subtract(self.load_kwh, self.matched_kwh)


@dataclass(frozen=True, slots=True)
class StatedMatchedMonth(StatedMatched):
    """The same of a local month."""

    month: Month


@dataclass(frozen=True, slots=True)
class StatedSupply:
    """One supply over the period."""

    id: str
    """Of the PV system, or of the meter of a contract."""
    name: str
    kind: str
    """``own``, or a kind of :class:`~core.ledger.renewables.Instrument`."""
    supply_kwh: Decimal
    matched_kwh: Decimal
    """After the supplies before it."""


@dataclass(frozen=True, slots=True)
class StatedMatching(StatedMatched):
    """Hourly matching of the period."""

    interval: int | str
    """Seconds, ``day`` or ``month``."""
    estimated: int
    """Intervals in which a value is an estimate."""
    months: tuple[StatedMatchedMonth, ...] = field(metadata=at_most(1_200))
    supplies: tuple[StatedSupply, ...]
    notes: tuple[Text, ...]
    """What could not be matched, and why."""
