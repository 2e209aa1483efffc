"""What a report of the group says besides its tonnes: against figures, how sure, used twice, and what lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal

import numpy as np

from core.group.inbox import matrix as states
from core.group.out.words import factor_title, state_notes
from core.group.year.cells import Cells as Columns
from core.group.year.cells import sums
from core.group.year.consolidated import Consolidated, Member
from core.group.year.intensity import intensities
from core.group.year.repeats import repeats
from core.group.year.uncertainty import TERMS, GroupView, Weighed, terms_from, unknown_terms
from core.ledger import Register
from core.library import EXACT, GASES, Library
from core.methods import SCOPES
from core.report.group.package import Absent, Intensity, Repeat, SharedFactor, Uncertain
from core.store import GroupFile

PLACES = Decimal("0.000000001")
"""Shares and ratios are not exact; nobody reads further. Tonnes of cells are exact."""
ZERO, HUNDRED = Decimal(0), Decimal(100)
MOST_SHARED = 20


def intensities_of(register: Register, found: Consolidated) -> Iterator[Intensity]:
    places = {member.key: at for at, member in enumerate(found.members)}
    for one in intensities(register, found):
        for plant in one.plants:
            yield Intensity(places[plant.key], one.name, one.unit, short(plant.quantity), plant.tonnes)
        yield Intensity(-1, one.name, one.unit, short(one.quantity), one.tonnes, len(one.plants))


def weighed_of(group: GroupFile, found: Consolidated) -> Iterator[Weighed]:
    """Each report with what of each scope counts, after shares and eliminations."""
    counted = _by_report(found.rough)
    for at, filed in enumerate(found.reports):
        part = group.part(filed.sha256, TERMS)
        terms = unknown_terms(filed.totals or {}) if part is None else terms_from(part)
        weights = {}
        for place, scope in enumerate(SCOPES):
            tonnes = Decimal(counted.get(at * len(SCOPES) + place, 0)).scaleb(-9)
            reported = terms.tonnes.get(scope, ZERO)
            weights[scope] = EXACT.divide(tonnes, reported) if reported else ZERO
        yield Weighed(found.members[found.member_of[at]].name, terms, weights)


def _by_report(cells: Columns) -> dict[int, int]:
    held = cells.where(cells.columns["gas"].astype(np.int64) < len(GASES))
    keys = held.columns["report"].astype(np.int64) * len(SCOPES) + held.columns["scope"].astype(np.int64)
    return sums(keys, held.amounts)


def uncertain_of(views: Mapping[str, GroupView]) -> Iterator[Uncertain]:
    for key, view in views.items():
        percent, coverage = view.estimate.percent, view.estimate.coverage
        if percent is None:
            continue
        apart = EXACT.divide(EXACT.multiply(view.apart, HUNDRED), abs(view.estimate.tonnes))
        quantified = coverage.percent(EXACT.subtract(coverage.total, coverage.neither))
        yield Uncertain(key, short(view.estimate.tonnes), short(percent), short(apart), short(quantified))


def shared_of(view: GroupView, library: Library) -> Iterator[SharedFactor]:
    held = [one for one in view.inputs if one.kind == "factor" and len(one.plants) > 1 and one.variance]
    for one in held[:MOST_SHARED]:
        percent = EXACT.divide(EXACT.multiply(one.error, HUNDRED), abs(one.tonnes)) if one.tonnes else ZERO
        name = factor_title(one.key, library)
        yield SharedFactor(name, len(one.plants), short(one.tonnes), short(percent), short(one.variance or ZERO))


def repeats_of(group: GroupFile, year: int) -> Iterator[Repeat]:
    """Those that concern the year."""
    for one in repeats(group):
        if year in one.years:
            amount = "" if one.energy is None else f"{one.energy.normalize(EXACT):f} kWh"
            yield Repeat(one.kind, one.value, one.plants, amount, one.sentence())


_ABSENT = {
    states.MISSING: "missing",
    states.LATE: "missing",
    states.REFUSED: "rejected",
    states.DRAFT: "draft",
    states.WAITING: "held",
    states.REPLACED: "missing",
}


def absent_of(group: GroupFile, found: Consolidated, when: datetime) -> Iterator[Absent]:
    for row in states.matrix(group.register, group.all(), when.date(), [found.year]).rows:
        cell = row.cells[found.year]
        due = cell.due.isoformat() if cell.due is not None else ""
        if cell.state in _ABSENT:
            yield Absent(row.name, row.country, _ABSENT[cell.state], due, state_notes(cell))
        elif cell.arrived_late:
            yield Absent(row.name, row.country, "late", due, state_notes(cell))
    for member in _outside(found.members):
        yield Absent(member.name, member.country, "outside", "")


def _outside(members: Iterable[Member]) -> Iterator[Member]:
    return (member for member in members if not member.counts)


def short(value: Decimal) -> Decimal:
    """Nine decimals, as plain digits."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1), context=EXACT)
    return value.quantize(PLACES, context=EXACT)
