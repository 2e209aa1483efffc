"""Everything that data points of one plant and year are derived from, gathered beforehand by whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, cast

from core.actions.situation import Situation
from core.inventory import Inventory
from core.inventory.energy.systems import StatedSystem
from core.ledger import Ledger
from core.library import Library
from core.products import Footprints
from core.renewables.shares import Shares
from core.targets.status import TargetsStatus

Value = TypeVar("Value")


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
    systems: tuple[StatedSystem, ...] = ()
    """PV systems as a report states them, which carries no arrays; a plant's own file has their records."""
    of_report: bool = False
    """Gathered from a report alone: what stays at the plant is not there."""
    _worked_out: dict[str, Any] = field(default_factory=dict, repr=False)

    def once(self, key: str, work: Callable[[Known], Value]) -> Value:
        """What several data points rest on, worked out for the first of them and remembered for the others."""
        if key not in self._worked_out:
            self._worked_out[key] = work(self)
        return cast("Value", self._worked_out[key])
