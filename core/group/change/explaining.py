"""From the group's tonne down to a plant's bill: group, plant, source, record, line, each level the sum of the next.

Above the record it is the packed lines beside each report that speak; the lines of a record, with formula, factor and
proof, are calculated again from the package inside the kept original, and must come to the same tonnes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from core.errors import UserError
from core.group.inbox.kept import lost, package_of
from core.group.packed import Packed, tonnes
from core.group.register.ownership import known_as
from core.group.year.cells import sums
from core.group.year.consolidated import VIEWS, Consolidated, Member, source_key
from core.group.year.consolidating import lines_of
from core.group.year.trail import trail
from core.i18n import T
from core.inventory import Package
from core.inventory.carried import carried
from core.ledger import Activity
from core.library import EXACT, GASES
from core.methods import SCOPES, Line, exact_sum
from core.store import Filed, GroupFile

ZERO = Decimal(0)
Scopes = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Level:
    """One thing on the way down, with what it is the sum of."""

    kind: str
    """``group``, ``plant``, ``source`` or ``record``."""
    key: str
    """Of the plant in the register, name of the source, id of the record; empty for the group."""
    title: str
    scopes: Scopes
    """As reported, before any share, each scope. The sums of a level are those of the one above. [t CO2e]"""
    reported: Decimal
    """As reported, in the scopes of the view. [t CO2e]"""
    counted: Decimal
    """What of it the group answers for, after shares and eliminations. [t CO2e]"""
    reports: tuple[Filed, ...] = ()
    """In which it stands; several where a year was put together."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A file that proves a record."""

    name: str
    kind: str
    sha256: str
    """Of the bill."""
    size: int
    """[bytes]"""
    file: str
    """Name under which it travels inside the report; empty: only its hash does."""


@dataclass(frozen=True, slots=True)
class RecordExplained:
    """A record with everything that makes its tonnes."""

    filed: Filed
    """The report: its hash, its signers and when they signed."""
    activity: Activity
    lines: tuple[Line, ...]
    """With formula and factor. They come to what the record has in the levels above."""
    proofs: tuple[Proof, ...]


def group_level(found: Consolidated, view: str = "location") -> Level:
    """The top: all plants of the year."""
    scopes = _added(_of_report(filed) for filed in found.reports)
    return Level("group", "", found.title("group"), scopes, _within(scopes, view), found.total(view), found.reports)


def plant_levels(found: Consolidated, view: str = "location") -> tuple[Level, ...]:
    """Plants, largest first."""
    counted = found.by("plant", view)
    levels = []
    for member in found.members:
        scopes = _added(map(_of_report, member.reports))
        levels.append(
            Level("plant", member.key, member.name, scopes, _within(scopes, view), counted.get(member.key, ZERO),
                  member.reports)
        )  # fmt: skip
    return _largest_first(levels)


def source_levels(group: GroupFile, found: Consolidated, member: Member, view: str = "location") -> tuple[Level, ...]:
    """Emission sources of a plant, largest first."""
    counted = found.only(plant=member.key).by("source", view)
    by_source: dict[str, list[tuple[Filed, Scopes]]] = {}
    for filed in member.reports:
        packed = _packed(group, filed)
        for place, scopes in _sums(packed, "source").items():
            by_source.setdefault(packed.sources[place], []).append((filed, scopes))
    return _largest_first(
        _level("source", name, own, counted.get(source_key(member.key, name), ZERO), view)
        for name, own in by_source.items()
    )


def record_levels(
    group: GroupFile, found: Consolidated, member: Member, source: str, view: str = "location"
) -> tuple[Level, ...]:
    """Records of a source, largest first; those of two reports stand apart.

    Raises
    ------
    UserError
        when the plant has no such source.
    """
    packs = {filed.sha256: _packed(group, filed) for filed in member.reports}
    if all(source not in packed.sources for packed in packs.values()):
        raise UserError(
            T("{plant} has no source “{source}” in this year.", plant=member.name, source=source),
            T("Choose one of: {known}.", known=sorted({name for packed in packs.values() for name in packed.sources})),
        )
    parts = trail(found.only(plant=member.key), packs.__getitem__, view)
    counted = {
        (own.filed.sha256, record.id): record.counted
        for plant in parts
        for own in plant.sources
        if own.name == source
        for record in own.records
    }
    levels = []
    for filed in member.reports:
        packed = packs[filed.sha256]
        if source in packed.sources:
            for place, scopes in _sums(packed, "record", packed.sources.index(source)).items():
                name = packed.records[place]
                levels.append(_level("record", name, [(filed, scopes)], counted.get((filed.sha256, name), ZERO), view))
    return _largest_first(levels)


def explain_record(group: GroupFile, filed: Filed, record: str) -> RecordExplained:
    """Lines of a record with formula, factor and proof, from the kept original of its report.

    Raises
    ------
    UserError
        when the original was altered, does not hold the record, or does not come to the tonnes that were filed.
    """
    return explain_records(group, filed, package_of(group, filed), (record,))[0]


def explain_records(
    group: GroupFile, filed: Filed, package: Package, records: Iterable[str]
) -> tuple[RecordExplained, ...]:  # fmt: skip
    """The same for several records of a report whose package was read, in the order in which they are named.

    Notes
    -----
    What a method derived from two records, such as the own use between two meters, stands with the record that it is
    called after.
    """
    packed, lines = _packed(group, filed), _by_record(package)
    reported = {packed.records[at]: scopes for at, scopes in _sums(packed, "record").items()}
    found = []
    for record in records:
        activity = package.ledger.get("activity", record)
        if not isinstance(activity, Activity):
            raise UserError(
                T("The report “{file}” has no record {id}.", file=filed.name, id=record),
                T("Choose a record of the list."),
            )
        own = lines.get(record, ())
        keys = dict.fromkeys((record, *(line.activity.id for line in own)))
        filed_sums = _added(reported.get(key, {}) for key in keys)
        if _of_lines(own) != {scope: value for scope, value in filed_sums.items() if value}:
            raise UserError(*lost(filed.name))
        found.append(RecordExplained(filed, activity, own, proofs_of(package, record)))
    return tuple(found)


def _by_record(package: Package) -> dict[str, tuple[Line, ...]]:
    """The lines of a report by the record that was entered."""
    entered: dict[str, list[Line]] = {}
    for line in package.inventory().lines:
        key = line.activity.id
        if package.ledger.get("activity", key) is None:
            key = key.rpartition(":")[0]
        entered.setdefault(key, []).append(line)
    return {key: tuple(own) for key, own in entered.items()}


def member_named(found: Consolidated, name: str) -> Member:
    """A plant by its key or a name under which it is known or reported.

    Raises
    ------
    UserError
        when the year has none, or several, of this name.
    """
    wanted = known_as(name)
    alike = [
        member
        for member in found.members
        if member.key == name or wanted in {known_as(member.name), *(known_as(f.plant) for f in member.reports)}
    ]
    if len(alike) == 1:
        return alike[0]
    raise UserError(
        T("Several plants are called “{name}”.", name=name) if alike else T("No plant is called “{name}”.", name=name),
        T("Choose one of: {known}.", known=[member.key if alike else member.name for member in alike or found.members]),
    )


def proofs_of(package: Package, record: str, named: Iterable[str] = ()) -> tuple[Proof, ...]:
    """Kept files of a record: those that say so, and those that the record itself names."""
    inside, own = carried(package.ledger), frozenset(named)
    return tuple(
        Proof(one.name, one.kind, one.sha256, one.size, inside.get(one.id, ""))
        for one in sorted(package.ledger.evidence, key=lambda e: (e.name, e.id))
        if record in one.activities or one.id in own
    )


def _of_report(filed: Filed) -> Scopes:
    return {scope: (filed.totals or {}).get(scope, ZERO) for scope in SCOPES}


def _of_lines(lines: Iterable[Line]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in lines:
        found[line.scope] = EXACT.add(found.get(line.scope, ZERO), line.tco2e)
    return {scope: value for scope, value in found.items() if value}


def _packed(group: GroupFile, filed: Filed) -> Packed:
    found = lines_of(group, filed)
    if found is None:
        raise UserError(*lost(filed.name))
    return found


def _sums(packed: Packed, column: str, source: int | None = None) -> dict[int, dict[str, Decimal]]:
    """Reported tonnes of the seven gases by place in a column and scope; of one source, or of all."""
    mask = packed.columns["gas"].astype(np.int64) < len(GASES)
    if source is not None:
        mask &= packed.columns["source"] == source
    names, scopes = (packed.columns[name][mask].astype(np.int64) for name in (column, "scope"))
    found: dict[int, dict[str, Decimal]] = {}
    for at, amount in sums(names * len(SCOPES) + scopes, packed.amounts[mask]).items():
        found.setdefault(at // len(SCOPES), {})[SCOPES[at % len(SCOPES)]] = tonnes(amount)
    return found


def _level(kind: str, name: str, own: list[tuple[Filed, Scopes]], counted: Decimal, view: str) -> Level:
    scopes = _added(one for _, one in own)
    return Level(kind, name, name, scopes, _within(scopes, view), counted, tuple(filed for filed, _ in own))


def _added(several: Iterable[Scopes]) -> Scopes:
    found = dict.fromkeys(SCOPES, ZERO)
    for scopes in several:
        for scope, value in scopes.items():
            found[scope] = EXACT.add(found[scope], value)
    return found


def _within(scopes: Scopes, view: str) -> Decimal:
    return exact_sum(scopes[scope] for scope in VIEWS[view])


def _largest_first(levels: Iterable[Level]) -> tuple[Level, ...]:
    return tuple(sorted(levels, key=lambda level: (-abs(level.reported), level.key)))
