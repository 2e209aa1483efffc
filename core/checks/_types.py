"""What a rule sees, and what a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from core.i18n import Localised, T, Text
from core.inventory import Inventory
from core.ledger import Activity
from core.library import EXACT, Library
from core.library.units import scale
from core.methods import Finding


@dataclass(frozen=True, slots=True)
class Series:
    """The records of one thing at one source, in the order of their days."""

    source: str
    method: str
    item: str
    records: tuple[Activity, ...]


@dataclass(frozen=True)
class Review:
    """An inventory with what its rules may look at: records that touch the period, their proofs, the library."""

    inventory: Inventory

    @property
    def library(self) -> Library:
        return self.inventory.library

    @cached_property
    def proven(self) -> frozenset[str]:
        """Ids of records that a kept file proves; the workbook they were imported from proves nothing."""
        proofs = (one for one in self.inventory.evidence if one.kind != "import")
        return frozenset(id_ for proof in proofs for id_ in proof.activities)

    @property
    def activities(self) -> tuple[Activity, ...]:
        return self.inventory.activities

    @cached_property
    def series(self) -> tuple[Series, ...]:
        """Records by source, method and item; those that end before they begin are left to the calculation."""
        filed: dict[tuple[str, str, str], list[Activity]] = {}
        for a in self.activities:
            if a.start <= a.end:
                filed.setdefault((a.source, a.method, a.item), []).append(a)
        return tuple(
            Series(*key, tuple(sorted(filed[key], key=lambda a: (a.start, a.end, a.id)))) for key in sorted(filed)
        )

    def base(self, activity: Activity) -> tuple[str, Decimal] | None:
        """Dimension and quantity in its base unit, so that kWh and MWh compare; None for an unknown unit."""
        unit = self.library.units.find(activity.unit)
        return None if unit is None else (unit.dimension, scale(activity.quantity, unit.to_base))

    def kind(self, item: str) -> str:
        """``fuel``, ``electricity`` ...; empty for an unknown item."""
        found = self.library.items.get(item)
        return "" if found is None else found.kind

    def name(self, item: str) -> Localised:
        """How people call an item."""
        found = self.library.items.get(item)
        return T("{name}", name=item) if found is None else found.name

    def documented(self, activity: Activity) -> bool:
        """Whether a bill is named or a file is kept."""
        return bool(activity.evidence.strip()) or activity.id in self.proven


@dataclass(frozen=True, slots=True)
class Rule:
    """One question an auditor asks of every inventory. Its key is the name of its file."""

    key: str
    severity: str
    """The gravest it can give: ``error`` (forbids signing), ``warning`` or ``info``."""
    title: Text
    source: str
    """Where the question comes from."""
    check: Callable[[Review], Iterable[Finding]]


def median(values: Sequence[Decimal]) -> Decimal:
    """The middle of at least one value; of an even number the mean of the two in the middle.

    Examples
    --------
    >>> median([Decimal(4), Decimal(1), Decimal(2), Decimal(1000)])
    Decimal('3')
    """
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return EXACT.divide(EXACT.add(ordered[middle - 1], ordered[middle]), Decimal(2))


def days(activity: Activity) -> int:
    """How many days a record covers."""
    return (activity.end - activity.start).days + 1


def month_text(month: date) -> str:
    """``2024-03``, the same in every language."""
    return f"{month:%Y-%m}"
