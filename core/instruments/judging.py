"""Every instrument before every rule; after a change only those that it concerns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from core.instruments.case import Allocated, Case, Setting, setting_of, with_files
from core.instruments.judged import Judged, gravest_first
from core.instruments.rule import Said
from core.instruments.rules import all_rules
from core.ledger import Activity, Allocation, Ledger, Record

Verdicts = Mapping[str, tuple[Judged, ...]]
Table: TypeAlias = Mapping[str, Record]
K = TypeVar("K")
Check = Callable[[Case], Iterable[Said]]
_FOR_ALL = ("pv_system", "serials_elsewhere", "rule_value")
"""Kinds of records that may change what is said of every instrument, as the plant itself may."""
_FOR_SOME = ("instrument", "allocation", "activity", "evidence")
"""Kinds of which a changed record concerns the instruments that it is about."""


class Latest(Generic[K]):
    """What was found out last, to go on from. Whether it remembers or not changes nothing but the time."""

    def __init__(self) -> None:
        self.known: K | None = None  # set in one step, so that threads see one or the other


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What the rules say, with everything that it follows from."""

    for_all: tuple[object, ...]
    tables: Mapping[str, Table]
    setting: Setting
    verdicts: Verdicts


_LATEST: Latest[Known] = Latest()


def judge(ledger: Ledger) -> Verdicts:
    """What the rules say of each instrument and its allocations, gravest first, by id of the instrument.

    Instruments without allocation are judged too; one about which nothing is to be said has an empty place. The
    subject of a judgement is the instrument or one of its allocations.
    """
    if not ledger.records["instrument"]:
        return {}
    known = known_after(_LATEST.known, ledger)
    _LATEST.known = known
    return known.verdicts


def judge_all(ledger: Ledger) -> Verdicts:
    """The same without remembering anything."""
    return known_after(None, ledger).verdicts if ledger.records["instrument"] else {}


def known_after(before: Known | None, ledger: Ledger) -> Known:
    """What the rules say of a ledger, worked out from what is known of another one.

    A ledger after a change shares every untouched table and record with the one before, so comparing them by identity
    finds what changed. The result is that of judging everything.
    """
    for_all = (all_rules(), ledger.plant, *(ledger.records[kind] for kind in _FOR_ALL))
    tables = {kind: ledger.records[kind] for kind in _FOR_SOME}
    if before is None or any(one is not other for one, other in zip(before.for_all, for_all, strict=True)):
        setting = setting_of(ledger)
        return Known(for_all, tables, setting, dict(_judged_of(setting, tables, setting.instruments)))
    same = {kind for kind in _FOR_SOME if tables[kind] is before.tables[kind]}
    if len(same) == len(_FOR_SOME):
        return before
    setting = before.setting
    if "instrument" not in same:
        setting = setting_of(ledger)
    elif "evidence" not in same:
        setting = with_files(setting, ledger.evidence)
    touched = _touched(before, tables, setting)
    if not touched:
        return Known(for_all, tables, setting, before.verdicts)
    fresh = dict(_judged_of(setting, tables, touched))
    return Known(for_all, tables, setting, {
        key: fresh[key] if key in fresh else before.verdicts[key] for key in setting.instruments
    })  # fmt: skip


def changed(before: Mapping[str, object], after: Mapping[str, object]) -> set[str]:
    """Ids of what is not the very same in two tables."""
    if before is after:
        return set()
    return {key for key, one in after.items() if before.get(key) is not one} | (before.keys() - after.keys())


def _touched(before: Known, tables: Mapping[str, Table], setting: Setting) -> set[str]:
    """Ids of the instruments of which something else may be said than before."""
    then = before.tables
    found = changed(then["instrument"], tables["instrument"])
    for key in changed(then["allocation"], tables["allocation"]):
        found.update(one.instrument for one in (then["allocation"].get(key), tables["allocation"].get(key))
                     if isinstance(one, Allocation))  # fmt: skip
    used = {
        key for key in changed(then["activity"], tables["activity"])
        if _days(then["activity"].get(key)) != _days(tables["activity"].get(key))
    }  # fmt: skip
    if setting is not before.setting:
        files = changed(then["evidence"], tables["evidence"])
        if files:
            held = setting.instruments.values()
            found.update(one.id for one in held if not files.isdisjoint(one.evidence))
            old, new = before.setting.proofs, setting.proofs
            used |= {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
        found |= {key for key in before.setting.twice.keys() | setting.twice.keys()
                  if _clash(before.setting, key) != _clash(setting, key)}  # fmt: skip
    if used:
        found.update(one.instrument for one in tables["allocation"].values()
                     if isinstance(one, Allocation) and one.activity in used)  # fmt: skip
    return found


def _days(record: Record | None) -> object:
    """Of a covered record, which is all that rules see of it."""
    return (record.start, record.end) if isinstance(record, Activity) else None


def _clash(setting: Setting, key: str) -> object:
    """What rules see of an instrument that names the same certificates."""
    clash = setting.twice.get(key)
    return None if clash is None else (clash, setting.instruments[clash.other].name)


def _judged_of(
    setting: Setting, tables: Mapping[str, Table], wanted: Collection[str]
) -> Iterator[tuple[str, tuple[Judged, ...]]]:
    asked: dict[str, list[tuple[str, Check]]] = {}
    for case in _cases(setting, tables, wanted):
        kind = case.instrument.kind
        if kind not in asked:
            asked[kind] = [
                (key, rule.check) for key, rule in all_rules().items() if kind in rule.kinds or not rule.kinds
            ]
        yield case.instrument.id, _judged(case, asked[kind])


def cases_of(ledger: Ledger) -> Iterator[Case]:
    """Every instrument as its rules see it, in the order in which they were entered."""
    setting = setting_of(ledger)
    return _cases(setting, ledger.records, setting.instruments)


def _cases(setting: Setting, tables: Mapping[str, Table], wanted: Collection[str]) -> Iterator[Case]:
    allocated = _allocated(tables, wanted)
    for key in wanted:
        if key in setting.instruments:
            yield Case(setting, setting.instruments[key], allocated.get(key, ()))


def _judged(case: Case, checks: Iterable[tuple[str, Check]]) -> tuple[Judged, ...]:
    return gravest_first(
        Judged(key, one.level, one.allocation or case.instrument.id, one.message, one.remedy)
        for key, check in checks
        for one in check(case)
    )


def _allocated(tables: Mapping[str, Table], wanted: Collection[str]) -> dict[str, tuple[Allocated, ...]]:
    """Of these instruments, each in the order of the allocations' ids."""
    activities = tables["activity"]
    own = [one for one in tables["allocation"].values() if isinstance(one, Allocation) and one.instrument in wanted]
    found: dict[str, list[Allocated]] = {}
    for allocation in sorted(own, key=lambda one: one.id):
        activity = activities.get(allocation.activity)
        found.setdefault(allocation.instrument, []).append(
            Allocated(allocation, activity if isinstance(activity, Activity) else None)
        )
    return {key: tuple(own) for key, own in found.items()}
