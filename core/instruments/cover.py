"""What covers each record of purchased electricity, and whether it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from core.instruments.judged import Judged, gravest_first
from core.instruments.judging import Latest, Verdicts, judge
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
_LATEST: Latest[Covers] = Latest()


def covers_of(ledger: Ledger) -> Covers:
    """Covers by id of the activity data, each in the order of its allocations' ids, with what the rules say of them.

    An allocation that names no instrument covers nothing and is left out.
    """
    if not ledger.records["allocation"] or not ledger.records["instrument"]:
        return {}
    judged = judge(ledger)
    return _LATEST.of((judged, ledger.records["allocation"]), lambda: _covers(ledger, judged))


def _covers(ledger: Ledger, judged: Verdicts) -> Covers:
    found: dict[str, list[Cover]] = {}
    spoken: dict[str, dict[str, list[Judged]]] = {}
    for allocation in sorted(ledger.held(Allocation), key=attrgetter("id")):
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
