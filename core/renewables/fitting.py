"""Which instrument would count for which record: asked of the rules themselves, once for all that are alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias, TypeVar

from core.instruments import Judged, judge
from core.ledger import Activity, Allocation, Instrument, Ledger

Alike: TypeAlias = "tuple[object, ...]"
"""What rules may look at besides the names and the amount of one."""
One = TypeVar("One")
_TRIAL = Decimal("0.000001")
"""[kWh] So little that the amounts never matter: these are checked by counting."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """What the rules say of every pair."""

    kinds: Mapping[str, Alike]
    """Of each instrument that nothing stops by itself, by id."""
    stopped: Mapping[str, tuple[Judged, ...]]
    """What stops an instrument whatever it covers, by id."""
    bills: Mapping[str, Alike]
    """Of each record, by id."""
    refused: Mapping[tuple[Alike, Alike], tuple[Judged, ...]]
    """What stops an instrument of a kind for a record of a kind; pairs that are not here fit."""

    def fits(self, kind: Alike, activity: str) -> bool:
        """Whether instruments of a kind count for a record."""
        return (kind, self.bills[activity]) not in self.refused


def fitting(ledger: Ledger, instruments: Sequence[Instrument], bills: Sequence[Activity]) -> Fitting:
    """Ask the rules about every instrument, and about one of each kind for one record of each kind.

    Notes
    -----
    What a rule says of an instrument by itself (its serial numbers, its proof) is asked for each. What it says of the
    pair follows from dates, market, scheme and the like, so instruments that are equal in all of these are asked once.
    """
    proven = _proofs(ledger)
    kinds = {one.id: _kind(one) for one in instruments}
    of_bills = {one.id: _bill(one, proven) for one in bills}
    firsts = _firsts(instruments, kinds.values())
    first_bills = _firsts(bills, of_bills.values())
    trials = [
        Allocation(f"{number}", one.id, bill.id, _TRIAL)
        for number, (one, bill) in enumerate((one, bill) for one in firsts for bill in first_bills)
    ]
    said = judge(Ledger({**ledger.records, "allocation": {one.id: one for one in trials}}))
    stops = {key: tuple(one for one in judged if one.level == "stop") for key, judged in said.items() if judged}
    by_trial = {(one.instrument, one.id): one for one in trials}
    refused: dict[tuple[Alike, Alike], tuple[Judged, ...]] = {}
    stopped: dict[str, tuple[Judged, ...]] = {}
    for key, kind in kinds.items():
        alone = []
        for one in stops.get(key, ()):
            trial = by_trial.get((key, one.subject))
            if trial is None:
                alone.append(one)
            else:
                pair = kind, of_bills[trial.activity]
                refused[pair] = (*refused.get(pair, ()), one)
        if alone:
            stopped[key] = tuple(alone)
    return Fitting({key: kind for key, kind in kinds.items() if key not in stopped}, stopped, of_bills, refused)


def _firsts(things: Iterable[One], kinds: Iterable[Alike]) -> list[One]:
    """The first of each kind."""
    found: dict[Alike, One] = {}
    for one, kind in zip(things, kinds, strict=True):
        found.setdefault(kind, one)
    return list(found.values())


def _kind(one: Instrument) -> Alike:
    return (
        one.kind, one.market, one.start, one.end, one.scheme, bool(one.serials), bool(one.contract), one.technology,
        one.generator, one.commissioned, one.factor, one.expires, one.retired, one.beneficiary, one.purpose,
        one.attributes, one.system, one.supplier, one.evidence,
    )  # fmt: skip


def _bill(one: Activity, proven: Mapping[str, frozenset[str]]) -> Alike:
    return one.method, one.item, one.start, one.end, bool(one.evidence), proven.get(one.id, frozenset())


def _proofs(ledger: Ledger) -> dict[str, frozenset[str]]:
    """Kinds of the files that prove a record, by its id."""
    found: dict[str, set[str]] = {}
    for one in ledger.evidence:
        for activity in one.activities:
            found.setdefault(activity, set()).add(one.kind)
    return {key: frozenset(kinds) for key, kinds in found.items()}
