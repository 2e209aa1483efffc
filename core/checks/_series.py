"""Records, their lines and proofs, arranged by what they are about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TypeAlias, TypeVar

from core.inventory import Inventory
from core.inventory.differing import differing
from core.inventory.evidence import NO_DOCUMENT
from core.ledger import Activity, Evidence
from core.methods import Line

Key: TypeAlias = tuple[str, str, str]
One = TypeVar("One")
_BY_DAYS, _BY_ID = attrgetter("start", "end", "id"), attrgetter("id")


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One thing at one source."""

    source: str
    method: str
    item: str
    records: tuple[Activity, ...] = ()
    """In the order of their days; those that end before they begin are left to the calculation. Empty when a method
    derived all lines from other records."""
    lines: tuple[Line, ...] = ()
    """Ordered by id."""
    proofs: tuple[Evidence, ...] = ()
    """Kept files that prove some of the records."""

    @property
    def proven(self) -> frozenset[str]:
        """Ids that a kept document proves."""
        return frozenset(id_ for proof in documents(self.proofs) for id_ in proof.activities)

    def undocumented(self) -> list[Activity]:
        """Records that neither name a bill nor have a file."""
        silent = [a for a in self.records if not a.evidence.strip()]
        if not silent:
            return []
        proven = self.proven
        return [a for a in silent if a.id not in proven]


def documents(proofs: Iterable[Evidence]) -> list[Evidence]:
    """Proofs that say something about quantities."""
    return [one for one in proofs if one.kind not in NO_DOCUMENT]


def key_of(activity: Activity) -> Key:
    """What a record is about."""
    return (activity.source, activity.method, activity.item)


@dataclass(slots=True)
class Arranged:
    """All series of an inventory; after an edit only those that it touched are arranged again."""

    series: tuple[Series, ...] = ()
    """In the order of their keys."""
    filed: dict[Key, Series] = field(default_factory=dict)
    activities: tuple[Activity, ...] = ()
    lines: tuple[Line, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    proofs: dict[str, tuple[Evidence, ...]] = field(default_factory=dict)
    """Of each record."""

    def turn(self, inventory: Inventory) -> list[Series]:
        """Become the series of this inventory; gives those that are no more."""
        records = _by_key(*differing(self.activities, inventory.activities))
        lines = _lines_by_key(*differing(self.lines, inventory.lines))
        touched = {*records, *lines, *self._with_other_proofs(inventory.evidence)}
        self.activities, self.lines = inventory.activities, inventory.lines
        gone = [self.filed[key] for key in touched if key in self.filed]
        for key in touched:
            made = self._made(key, records.get(key, ([], [])), lines.get(key, ([], [])))
            if made.records or made.lines:
                self.filed[key] = made
            else:
                self.filed.pop(key, None)
        if touched:
            self.series = tuple(self.filed[key] for key in sorted(self.filed))
        return gone

    def _with_other_proofs(self, evidence: tuple[Evidence, ...]) -> list[Key]:
        if evidence == self.evidence:
            return []
        proofs: dict[str, list[Evidence]] = {}
        for one in evidence:
            for id_ in one.activities:
                proofs.setdefault(id_, []).append(one)
        self.evidence, self.proofs = evidence, {id_: tuple(own) for id_, own in proofs.items()}
        return [key for key, series in self.filed.items() if self._proofs(series.records) != series.proofs]

    def _proofs(self, records: Iterable[Activity]) -> tuple[Evidence, ...]:
        if not self.proofs:
            return ()
        found = {one.id: one for record in records for one in self.proofs.get(record.id, ())}
        return tuple(found[id_] for id_ in sorted(found))

    def _made(
        self, key: Key, records: tuple[list[Activity], list[Activity]], lines: tuple[list[Line], list[Line]]
    ) -> Series:
        old = self.filed.get(key) or Series(*key)
        own = _replaced(old.records, records)
        own.sort(key=_BY_DAYS)
        emitted = _replaced(old.lines, lines)
        emitted.sort(key=_BY_ID)
        return Series(*key, tuple(own), tuple(emitted), self._proofs(own))


def _replaced(old: Iterable[One], changes: tuple[list[One], list[One]]) -> list[One]:
    gone, new = changes
    out = set(map(id, gone))
    return [*(one for one in old if id(one) not in out), *new]


def _by_key(gone: Iterable[Activity], new: Iterable[Activity]) -> dict[Key, tuple[list[Activity], list[Activity]]]:
    filed: dict[Key, tuple[list[Activity], list[Activity]]] = {}
    for position, records in enumerate((gone, new)):
        for a in records:
            if a.start <= a.end:
                filed.setdefault(key_of(a), ([], []))[position].append(a)
    return filed


def _lines_by_key(gone: Iterable[Line], new: Iterable[Line]) -> dict[Key, tuple[list[Line], list[Line]]]:
    filed: dict[Key, tuple[list[Line], list[Line]]] = {}
    for position, lines in enumerate((gone, new)):
        for line in lines:
            filed.setdefault(key_of(line.activity), ([], []))[position].append(line)
    return filed
