"""Everything that data points of one plant and year are derived from, gathered beforehand by whoever asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from core.actions.situation import Situation
from core.inventory import Inventory
from core.ledger import Ledger
from core.library import Library
from core.products import Footprints
from core.renewables.shares import Shares
from core.targets.status import TargetsStatus


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """One plant and one year."""

    ledger: Ledger
    inventory: Inventory
    """Of the year."""
    library: Library
    year: int
    today: date
    """Day on which answers must still hold."""
    earlier: Mapping[int, Inventory] = field(default_factory=dict)
    """Of other years that are at hand, the base year among them where it is."""
    shares: Shares | None = None
    """Of renewable electricity; None: they could not be worked out."""
    targets: TargetsStatus | None = None
    plan: Situation | None = None
    """The action plan against the emissions."""
    footprints: Footprints | None = None
    """Of products."""
