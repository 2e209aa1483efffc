"""What the list of meters shows, as plain values: who stands below whom, what each counted, and what nobody counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal

from core.ledger import Meter
from core.series.entering import in_place
from core.series.metered import Metered, added, is_level
from core.series.overview import in_tree, overdue, span_of, year_sum
from core.series.problems import Problem
from core.series.series import Series
from core.series.zones import begin_of

REST = "rest:"
"""Before the id of a meter: what it counted and none of the meters below it did."""
_EXACT = Context(prec=34)


@dataclass(frozen=True, slots=True)
class MeterRow:
    """A meter, or what is left of one after the meters below it."""

    id: str
    """Of the meter; with ``rest:`` before it, what nobody counted below it."""
    meter: Meter
    """The meter, or the one of which something is left."""
    depth: int
    """How many meters stand above it."""
    serial: str
    """Of the meter that is in its place now."""
    total: Decimal | None
    """Sum of the year [unit], or mean of a level; None where nothing is known."""
    by_readings: bool
    """Whether the sum follows from readings, in proportion to their days."""
    share: Decimal | None
    """Of the meter above it. [1]"""
    last: date | None
    """Last local day with a value."""
    overdue: bool
    """Whether its calibration does not hold to the last day with a value in the year."""
    problems: tuple[Problem, ...] | None
    """Those of the year; None while nobody has looked."""

    @property
    def rest(self) -> bool:
        """Whether it is no meter but what is left of one."""
        return self.id.startswith(REST)


def rows_of(metered: Metered, year: int, problems: Mapping[str, tuple[Problem, ...]]) -> list[MeterRow]:
    """A row for each meter, parents before their children, each rest after the children that leave it."""
    forest = _Forest(metered, year, {meter.id: year_sum(metered, meter, year) for meter in metered.meters}, problems)
    rows: list[MeterRow] = []
    above: list[tuple[Meter, int]] = []
    for meter, depth in in_tree(metered.meters):
        while above and above[-1][1] >= depth:
            rows += _rests(*above.pop(), forest)
        above.append((meter, depth))
        rows.append(_row(meter, depth, forest))
    while above:
        rows += _rests(*above.pop(), forest)
    return rows


@dataclass(frozen=True, slots=True)
class _Forest:
    """What the rows are made of."""

    metered: Metered
    year: int
    sums: Mapping[str, tuple[Decimal | None, bool]]
    problems: Mapping[str, tuple[Problem, ...]]


def _rests(meter: Meter, depth: int, forest: _Forest) -> list[MeterRow]:
    """What nobody counted below a meter: one row, or none."""
    children = [one for one in forest.metered.meters if one.parent == meter.id]
    left = _rest(meter, children, forest) if children else None
    if left is None:
        return []
    total, by_readings = forest.sums[meter.id]
    share = _EXACT.divide(left, total) if total else None
    return [MeterRow(REST + meter.id, meter, depth + 1, "", left, by_readings, share, None, False, ())]


def _row(meter: Meter, depth: int, forest: _Forest) -> MeterRow:
    total, by_readings = forest.sums[meter.id]
    above = forest.metered.meter(meter.parent)
    whole = forest.sums[above.id][0] if above is not None and comparable(above, meter) else None
    span = span_of(forest.metered, meter)
    last = None if span is None else span[1]
    return MeterRow(
        meter.id,
        meter,
        depth,
        in_place(meter, forest.metered.ledger)[0],
        total,
        by_readings,
        _EXACT.divide(total, whole) if total is not None and whole else None,
        last,
        overdue(meter, last, forest.year),
        forest.problems.get(meter.id),
    )


def _rest(parent: Meter, children: Sequence[Meter], forest: _Forest) -> Decimal | None:
    """What none of the children counted; None when they cannot be compared, or one of them is not known."""
    total, counted = forest.sums[parent.id][0], [forest.sums[child.id][0] for child in children]
    if total is None or not all(comparable(parent, child) for child in children):
        return None
    known = [one for one in counted if one is not None]
    return _EXACT.subtract(total, sum(known, Decimal(0))) if len(known) == len(counted) else None


def comparable(one: Meter, other: Meter) -> bool:
    """Whether two meters count the same thing in the same unit."""
    return (one.medium, one.unit) == (other.medium, other.unit) and not is_level(one)


# ---------------------------------------------------------------------- values


def series_of_row(metered: Metered, row: MeterRow) -> Series | None:
    """All values of a row; of a rest the difference, missing where one of the values is."""
    whole = metered.series(row.meter.id)
    if whole is None or not row.rest:
        return whole
    below = [metered.series(one.id, step=None) for one in metered.meters if one.parent == row.meter.id]
    parts = [one for one in below if one is not None]
    if len(parts) != len(below) or any(one.step != whole.step for one in parts):
        return None
    negative = [Series(one.start, one.step, -one.values, one.marks) for one in parts]
    return added([whole, *negative])


def cut(series: Series, start: int, end: int) -> Series:
    """The intervals that begin between two moments."""
    first = min(max(0, -((series.start - start) // series.step)), len(series))
    after = min(max(first, -((series.start - end) // series.step)), len(series))
    marks = None if series.marks is None else series.marks[first:after]
    return Series(series.start + first * series.step, series.step, series.values[first:after], marks)


def of_year(series: Series, metered: Metered, year: int) -> Series:
    """The intervals of a local year."""
    return cut(series, begin_of(date(year, 1, 1), metered.zone), begin_of(date(year + 1, 1, 1), metered.zone))
