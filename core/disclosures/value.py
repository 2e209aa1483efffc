"""What is known of a data point, where it comes from, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.i18n import Text


@dataclass(frozen=True, slots=True)
class Origin:
    """A place that a value comes from, so that a person can open it."""

    kind: str
    """Kind of record, ``activity``, ``answer`` …; or ``line`` for lines of the inventory."""
    ids: tuple[str, ...]
    """Of the records; of lines those of their activity data."""
    words: Text
    """What a person reads: ``14 lines of scope 1``."""
    page: str = ""
    """Key of the page that shows it; empty: that of the kind of record."""
    year: int = 0
    """Of the inventory, where it is another than the one asked about."""


@dataclass(frozen=True, slots=True)
class PointValue:
    """A data point of a plant, or of a group, in one year."""

    point: str
    value: Decimal | str | None = None
    """A number, or a text, the key of a choice, an ISO date; None of a table and where nothing is known."""
    unit: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    """Of a table, numbers as plain digits."""
    parts: tuple[Decimal, Decimal] | None = None
    """Of a share or intensity: what is above and below the line, so that a group can divide its sums."""
    origins: tuple[Origin, ...] = ()
    evidence: tuple[str, ...] = ()
    """Ids of the proofs."""
    valid_to: str = ""
    """Last day on which the answer holds, as ISO date; empty: it needs no renewal."""
    expired: bool = False
    """It was answered, and its proof has run out by the day asked about."""
    missing: Text | None = None
    """Why there is no value, and what to do; None: there is one."""
    derived: bool = False
    """It follows from other records: nobody may type it."""
    unproven: int = 0
    """How many of the records behind it have no kept document: with one of these it is known and not proven."""
    covered: tuple[int, int] | None = None
    """Of a group's coverage: how many plants can prove it, and how many there are."""

    @property
    def known(self) -> bool:
        """Whether there is something to hand in: a table that has no rows counts when it is known to be empty."""
        return self.missing is None and not self.expired

    @property
    def proven(self) -> bool:
        """Whether a proof is at hand; of what is derived from activity data, one of each record behind it."""
        return self.known and bool(self.evidence) and not self.unproven
