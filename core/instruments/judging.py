"""Every instrument before every rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from core.instruments.case import Allocated, Case, setting_of
from core.instruments.judged import Judged, gravest_first
from core.instruments.rule import Said
from core.instruments.rules import all_rules
from core.ledger import Activity, Allocation, Ledger

Verdicts = Mapping[str, tuple[Judged, ...]]
R = TypeVar("R")
Check = Callable[[Case], Iterable[Said]]
_LOOKED_AT = ("instrument", "allocation", "evidence", "pv_system", "serials_elsewhere", "rule_value")
"""Kinds of records that rules look at, besides plant and covered records."""


class Latest(Generic[R]):
    """The last result of a pure function of immutable things that is asked again and again about the same ones.

    A ledger after a change shares every untouched table of records with the one before, so an edited bill that no
    instrument covers costs nothing here. Whether it remembers or not changes nothing but the time.
    """

    def __init__(self) -> None:
        self._held: tuple[tuple[object, ...], R] | None = None

    def of(self, things: tuple[object, ...], make: Callable[[], R]) -> R:
        """The result for these very things."""
        held = self._held
        if held is not None and len(held[0]) == len(things) and all(map(_same, held[0], things)):
            return held[1]
        made = make()
        self._held = (things, made)  # one step, so that threads see either pair
        return made


def _same(one: object, other: object) -> bool:
    return one is other


_LATEST: Latest[Verdicts] = Latest()


def judge(ledger: Ledger) -> Verdicts:
    """What the rules say of each instrument and its allocations, gravest first, by id of the instrument.

    Instruments without allocation are judged too; one about which nothing is to be said has an empty place. The
    subject of a judgement is the instrument or one of its allocations.
    """
    if not ledger.records["instrument"]:
        return {}
    looked_at = (ledger.records[kind] for kind in _LOOKED_AT)
    return _LATEST.of((all_rules(), ledger.plant, *looked_at, *_days(ledger)), lambda: _judge(ledger))


def _days(ledger: Ledger) -> Iterator[object]:
    """Of the covered records, which is all that rules see of them."""
    activities = ledger.records["activity"]
    for allocation in ledger.held(Allocation):
        covered = activities.get(allocation.activity)
        if isinstance(covered, Activity):
            yield covered.start
            yield covered.end
        else:
            yield None


def cases_of(ledger: Ledger) -> Iterator[Case]:
    """Every instrument as its rules see it, in the order in which they were entered."""
    setting, allocated = setting_of(ledger), _allocated(ledger)
    for key, instrument in setting.instruments.items():
        yield Case(setting, instrument, allocated.get(key, ()))


def _judge(ledger: Ledger) -> Verdicts:
    asked: dict[str, list[tuple[str, Check]]] = {}
    found = {}
    for case in cases_of(ledger):
        kind = case.instrument.kind
        if kind not in asked:
            asked[kind] = [
                (key, rule.check) for key, rule in all_rules().items() if kind in rule.kinds or not rule.kinds
            ]
        found[case.instrument.id] = _judged(case, asked[kind])
    return found


def _judged(case: Case, checks: Iterable[tuple[str, Check]]) -> tuple[Judged, ...]:
    return gravest_first(
        Judged(key, one.level, one.allocation or case.instrument.id, one.message, one.remedy)
        for key, check in checks
        for one in check(case)
    )


def _allocated(ledger: Ledger) -> dict[str, tuple[Allocated, ...]]:
    activities = ledger.records["activity"]
    found: dict[str, list[Allocated]] = {}
    for allocation in sorted(ledger.held(Allocation), key=lambda one: one.id):
        activity = activities.get(allocation.activity)
        found.setdefault(allocation.instrument, []).append(
            Allocated(allocation, activity if isinstance(activity, Activity) else None)
        )
    return {key: tuple(own) for key, own in found.items()}
