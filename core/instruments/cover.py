"""What covers each record of purchased electricity, and whether it counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from core.instruments.judged import Judged, gravest_first
from core.instruments.judging import Latest, Table, Verdicts, changed, judge
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


Covers = Mapping[str, tuple[Cover, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    verdicts: Verdicts
    instruments: Table
    allocations: Table
    covers: Covers


_LATEST: Latest[_Known] = Latest()


def covers_of(ledger: Ledger) -> Covers:
    """Covers by id of the activity data, each in the order of its allocations' ids, with what the rules say of them.

    An allocation that names no instrument covers nothing and is left out.
    """
    allocations, instruments = ledger.records["allocation"], ledger.records["instrument"]
    if not allocations or not instruments:
        return {}
    verdicts, known = judge(ledger), _LATEST.known
    if known is not None and known.verdicts is verdicts and known.allocations is allocations:
        return known.covers
    covers = _covers(ledger, verdicts, None) if known is None else _after(known, ledger, verdicts)
    _LATEST.known = _Known(verdicts, instruments, allocations, covers)
    return covers


def _after(known: _Known, ledger: Ledger, verdicts: Verdicts) -> Covers:
    """From the covers of another ledger: only records of electricity that the difference concerns are looked at."""
    allocations = ledger.records["allocation"]
    spoken = changed(known.verdicts, verdicts) | changed(known.instruments, ledger.records["instrument"])
    other = changed(known.allocations, allocations)
    found = [table.get(key) for key in other for table in (known.allocations, allocations)]
    found += [one for one in allocations.values() if isinstance(one, Allocation) and one.instrument in spoken]
    touched = {one.activity for one in found if isinstance(one, Allocation)}
    rest = {key: covers for key, covers in known.covers.items() if key not in touched}
    return rest | _covers(ledger, verdicts, touched)


def _covers(ledger: Ledger, judged: Verdicts, touched: Collection[str] | None) -> dict[str, tuple[Cover, ...]]:
    """Of these records of electricity; None: of all."""
    found: dict[str, list[Cover]] = {}
    spoken: dict[str, dict[str, list[Judged]]] = {}
    own = [one for one in ledger.held(Allocation) if touched is None or one.activity in touched]
    for allocation in sorted(own, key=attrgetter("id")):
        instrument = ledger.get("instrument", allocation.instrument)
        if isinstance(instrument, Instrument):
            if instrument.id not in spoken:
                spoken[instrument.id] = _by_subject(judged[instrument.id])
            said = spoken[instrument.id]
            concerns = [one for key in {instrument.id, allocation.id} for one in said.get(key, ())]
            found.setdefault(allocation.activity, []).append(Cover(allocation, instrument, gravest_first(concerns)))
    return {key: tuple(covers) for key, covers in found.items()}


def _by_subject(judged: Iterable[Judged]) -> dict[str, list[Judged]]:
    found: dict[str, list[Judged]] = {}
    for one in judged:
        found.setdefault(one.subject, []).append(one)
    return found
