"""What a proposal says."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.i18n import Text
from core.instruments import Judged
from core.methods import exact_sum


@dataclass(frozen=True, slots=True)
class Proposed:
    """One allocation with its reason."""

    instrument: str
    """Its id."""
    activity: str
    """Id of the record that it covers."""
    kwh: Decimal
    """Of the whole record. [kWh]"""
    reason: Text
    """Why this instrument and no other."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A certificate of which a part is used: it is retired whole, and the rest covers the next record or nothing."""

    instrument: str
    """Id of the instrument it belongs to."""
    kwh: Decimal
    """What is left of its megawatt-hour. [kWh]"""


@dataclass(frozen=True, slots=True)
class Unfit:
    """An instrument that is not proposed for anything."""

    instrument: str
    """Its id."""
    kwh: Decimal
    """What is left of it. [kWh]"""
    reason: Text
    judged: tuple[Judged, ...] = ()
    """What stops it."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """How instruments that are not used up could cover what is not covered."""

    order: str
    """``expiry``, ``quality`` or ``cost``."""
    allocations: tuple[Proposed, ...]
    """By record in the order of their first days, in the order in which instruments are taken."""
    open: tuple[tuple[str, Decimal], ...]
    """Records that stay uncovered in part, with what is missing. [kWh]"""
    unused: tuple[tuple[str, Decimal], ...]
    """Instruments that would count and are not needed, with what is left of them. [kWh]"""
    begun: tuple[Begun, ...]
    unfit: tuple[Unfit, ...]

    @property
    def kwh(self) -> Decimal:
        """All that it allocates. [kWh]"""
        return exact_sum(one.kwh for one in self.allocations)
