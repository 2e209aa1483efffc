"""From a tonne of the group down to the records of the reports it comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from core.group.packed import Packed, tonnes
from core.group.runs import Ints
from core.group.year.cells import Cells, sums
from core.group.year.consolidated import Consolidated, source_key
from core.methods import exact_sum
from core.store import Filed

Lines = Callable[[str], Packed]
"""The packed lines of a report by the SHA-256 of its file."""


@dataclass(frozen=True, slots=True)
class RecordPart:
    """One record of activity data."""

    id: str
    certified: Decimal
    """As reported. [t CO2e]"""
    counted: Decimal
    """What of it counts in the group, eliminations included. [t CO2e]"""


@dataclass(frozen=True, slots=True)
class SourcePart:
    """One emission source of one report."""

    key: str
    """As in ``Consolidated.by("source")``."""
    name: str
    filed: Filed
    counted: Decimal
    records: tuple[RecordPart, ...]
    """Largest first; they add up to ``counted`` exactly."""


@dataclass(frozen=True, slots=True)
class PlantPart:
    """One plant."""

    key: str
    name: str
    counted: Decimal
    sources: tuple[SourcePart, ...]
    """Largest first; they add up to ``counted`` exactly."""


def trail(found: Consolidated, lines: Lines, view: str = "location") -> tuple[PlantPart, ...]:
    """Plants, sources and records behind a sum.

    Parameters
    ----------
    found
        the year or the part of it that is asked about, e.g. ``year.only(country="CN", gas="CH4")``.
    lines
        where the packed lines of a report are.
    view
        ``location`` or ``market``; ``memo`` for what :meth:`Consolidated.only` asked for whatever its scope.

    Returns
    -------
    tuple of PlantPart
        largest first; they add up to the sum exactly. Within a cell a record takes its share of what was certified,
        and the largest record the rest of rounding.
    """
    cells = found.counted(view)
    reports = cells.columns["report"].astype(np.int64)
    by_plant: dict[str, list[SourcePart]] = {}
    for at in np.unique(reports).tolist():
        own = cells.where(reports == at)
        member = found.members[found.member_of[at]]
        packed = lines(found.reports[at].sha256)
        by_plant.setdefault(member.key, []).extend(_sources(found, at, own, packed))
    parts = [
        PlantPart(key, found.title(key), exact_sum(s.counted for s in own), tuple(sorted(own, key=_largest)))
        for key, own in by_plant.items()
    ]
    return tuple(sorted(parts, key=_largest))


def _sources(found: Consolidated, at: int, own: Cells, packed: Packed) -> list[SourcePart]:
    member, filed = found.members[found.member_of[at]], found.reports[at]
    made = []
    for place in np.unique(own.columns["source"]).tolist():
        name = found.packs[at].sources[place]
        records = _records(own.where(own.columns["source"] == place), packed)
        made.append(
            SourcePart(source_key(member.key, name), name, filed, exact_sum(r.counted for r in records), records)
        )
    return made


def _records(own: Cells, packed: Packed) -> tuple[RecordPart, ...]:
    """The records of one source, cell by cell."""
    certified: dict[int, int] = {}
    counted: dict[int, int] = {}
    rows, cells = _number_rows(packed), _number_cells(own, packed)
    source = int(own.columns["source"][0])
    mine = packed.columns["source"] == source
    for number, whole in sums(cells, own.amounts).items():
        inside = mine & (rows == number)
        amounts = sums(packed.columns["record"][inside].astype(np.int64), packed.amounts[inside])
        for record, part in _split(whole, amounts).items():
            certified[record] = certified.get(record, 0) + amounts[record]
            counted[record] = counted.get(record, 0) + part
    parts = [RecordPart(packed.records[r], tonnes(certified[r]), tonnes(counted[r])) for r in counted]
    return tuple(sorted(parts, key=_largest))


def _split(whole: int, amounts: dict[int, int]) -> dict[int, int]:
    """A cell's counted billionths over its records by what was certified, exact in sum."""
    total = sum(amounts.values())
    if not total:  # records that cancel out: nothing to go by
        return dict.fromkeys(amounts, 0) | {next(iter(amounts)): whole}
    parts = {record: whole * amount // total for record, amount in amounts.items()}
    largest = max(amounts, key=lambda record: (abs(amounts[record]), -record))
    parts[largest] += whole - sum(parts.values())
    return parts


def _number_rows(packed: Packed) -> Ints:
    columns = {name: packed.columns[name].astype(np.int64) for name in ("scope", "category", "gas", "month")}
    return _number(columns["scope"], columns["category"], columns["gas"], columns["month"])


def _number_cells(own: Cells, packed: Packed) -> Ints:
    first = packed.first[0] * 12 + packed.first[1] - 1
    columns = {name: own.columns[name].astype(np.int64) for name in ("scope", "category", "gas", "month")}
    return _number(columns["scope"], columns["category"], columns["gas"], columns["month"] - first)


def _number(scope: Ints, category: Ints, gas: Ints, month: Ints) -> Ints:
    """One number for each cell of a source."""
    return ((scope * 256 + category) * 256 + gas) * 256 + month


def _largest(part: PlantPart | SourcePart | RecordPart) -> tuple[Decimal, str]:
    return -abs(part.counted), part.id if isinstance(part, RecordPart) else part.key
