"""Which instrument would count for which record: asked of the rules themselves, once for all that are alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from core.instruments import Allocated, Case, Judged, Setting, all_rules, judge
from core.instruments.case import setting_of
from core.instruments.judged import gravest_first
from core.ledger import Activity, Allocation, Instrument, Ledger

Alike: TypeAlias = "tuple[object, ...]"
"""What rules may look at besides the names and the amount of one."""
_TRIAL = Decimal("0.000001")
"""[kWh] So little that amounts never matter: these are checked by counting."""


@dataclass(slots=True)
class Fitting:
    """What the rules say of instruments and of pairs.

    What a rule says of an instrument by itself (its serial numbers, its proof) is asked for each. What it says of a
    pair follows from dates, market, scheme and the like, so of instruments that are equal in all of these one is asked.
    """

    kinds: Mapping[str, Alike]
    """Of each instrument that nothing stops by itself, by id."""
    stopped: Mapping[str, tuple[Judged, ...]]
    """What stops an instrument whatever it covers, by id."""
    _firsts: Mapping[Alike, Instrument]
    _setting: Setting
    _bills: Mapping[str, tuple[Activity, Alike]]
    _known: dict[tuple[Alike, Alike], tuple[Judged, ...]] = field(default_factory=dict)

    def fits(self, kind: Alike, bill: str) -> bool:
        """Whether instruments of a kind count for a record."""
        return not self.stops(kind, bill)

    def stops(self, kind: Alike, bill: str) -> tuple[Judged, ...]:
        """What stops instruments of a kind for a record."""
        record, like = self._bills[bill]
        pair = kind, like
        if pair not in self._known:
            self._known[pair] = self._asked(self._firsts[kind], record)
        return self._known[pair]

    def _asked(self, instrument: Instrument, bill: Activity) -> tuple[Judged, ...]:
        trial = Allocation("trial", instrument.id, bill.id, _TRIAL)
        case = Case(self._setting, instrument, (Allocated(trial, bill),))
        return gravest_first(
            Judged(key, said.level, instrument.id, said.message, said.remedy)
            for key, rule in all_rules().items()
            if not rule.kinds or instrument.kind in rule.kinds
            for said in rule.check(case)
            if said.allocation and said.level == "stop"
        )


def fitting(ledger: Ledger, instruments: Sequence[Instrument], bills: Sequence[Activity]) -> Fitting:
    """Ready to be asked about these instruments and records."""
    said = judge(ledger)
    stopped = {one.id: stops for one in instruments if (stops := _stops(said[one.id], one.id))}
    kinds = {one.id: _kind(one) for one in instruments if one.id not in stopped}
    firsts: dict[Alike, Instrument] = {}
    for one in instruments:
        if one.id in kinds:
            firsts.setdefault(kinds[one.id], one)
    few = Ledger({**ledger.records, "instrument": {one.id: one for one in firsts.values()}})
    setting = setting_of(few)
    return Fitting(kinds, stopped, firsts, setting, {one.id: (one, _bill(one, setting)) for one in bills})


def _stops(said: Iterable[Judged], instrument: str) -> tuple[Judged, ...]:
    return tuple(one for one in said if one.level == "stop" and one.subject == instrument)


def _kind(one: Instrument) -> Alike:
    return (
        one.kind, one.market, one.start, one.end, one.scheme, bool(one.serials), bool(one.contract), one.technology,
        one.generator, one.commissioned, one.factor, one.expires, one.retired, one.beneficiary, one.purpose,
        one.attributes, one.system, one.supplier, one.evidence,
    )  # fmt: skip


def _bill(one: Activity, setting: Setting) -> Alike:
    return one.method, one.item, one.start, one.end, bool(one.evidence), setting.proofs.get(one.id, frozenset())
