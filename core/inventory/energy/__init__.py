"""What a report states of energy: meters, PV systems, published claims and savings, read from untrusted data.

The interval data behind it stay at the plant, so most of it is only shown; what follows from the package alone is held
against it by :func:`core.handover.energy.contradictions`. Keys that a later version adds are ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from core.i18n import Name
from core.inventory.energy.claims import StatedClaim, claim_from_plain
from core.inventory.energy.matching import StatedMatching
from core.inventory.energy.meters import StatedMeter
from core.inventory.energy.reading import at_most, mapping, read
from core.inventory.energy.savings import StatedSavings, savings_from_plain
from core.inventory.energy.systems import StatedSystem, UnclearSystem
from core.ledger import Measure, from_plain

CLAIMS, MEASURES = 100, 500
"""In a package at most."""
One = TypeVar("One")

__all__ = ["Energy", "energy_from_plain"]


@dataclass(frozen=True, slots=True)
class Metered:
    """The part that is read field by field."""

    systems: tuple[StatedSystem, ...] = field(metadata=at_most(100))
    unclear_systems: tuple[UnclearSystem, ...] = field(metadata=at_most(100))
    meters: tuple[StatedMeter, ...] = field(metadata=at_most(2_000))
    factor_sets: tuple[str, ...] = field(metadata=at_most(2_000))
    items: Mapping[str, Name]


@dataclass(frozen=True, slots=True)
class Energy:
    """Everything that a package states of energy."""

    meters: tuple[StatedMeter, ...] = ()
    systems: tuple[StatedSystem, ...] = ()
    unclear_systems: tuple[UnclearSystem, ...] = ()
    """PV systems of which nothing can be said."""
    claims: tuple[StatedClaim, ...] = ()
    factor_sets: tuple[str, ...] = ()
    """Keys of the publications that claims and avoided emissions were held against."""
    measures: tuple[Measure, ...] = ()
    """As they are recorded."""
    savings: StatedSavings | None = None
    """None without measures."""
    items: Mapping[str, Name] = field(default_factory=dict)
    """What the items of measures are called."""
    matching: StatedMatching | None = None
    """Hourly matching of load and renewable supply; None where the load is not known, and in earlier reports."""

    def children(self, meter: StatedMeter) -> tuple[StatedMeter, ...]:
        """Meters that count a part of what this one counts."""
        return tuple(one for one in self.meters if one.parent == meter.id and one.id != meter.id)


def energy_from_plain(value: object) -> Energy | None:
    """What a package states of energy; None when it states nothing.

    Raises
    ------
    KeyError, TypeError, ValueError, UserError
        for another form than :func:`core.handover.energy.energy_stated` writes, and for anything too long or too large.
    """
    if value is None:
        return None
    said = mapping(value)
    part = read(Metered, said)
    return Energy(
        part.meters,
        part.systems,
        part.unclear_systems,
        _each(said["claims"], claim_from_plain, CLAIMS),
        part.factor_sets,
        _each(said["measures"], _measure, MEASURES),
        None if said["savings"] is None else savings_from_plain(said["savings"]),
        part.items,
        None if said.get("matching") is None else read(StatedMatching, said["matching"]),
    )


def _each(value: object, reader: Callable[[Any], One], most: int) -> tuple[One, ...]:
    if not isinstance(value, list) or len(value) > most:
        raise ValueError(f"not a list of at most {most}")
    return tuple(reader(one) for one in value)


def _measure(value: object) -> Measure:
    found = from_plain("measure", mapping(value))
    if not isinstance(found, Measure):
        raise TypeError("not a measure")
    return found
