"""Taking out what is kept of a meter: values of a span, in one grid if wanted, and the sums of months."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from itertools import groupby
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.i18n import T
from core.series.index import Chunk, Index, Table, exact_total, float_totals
from core.series.keep import Blob, rezoned, series_of_chunk
from core.series.series import Series
from core.series.zones import DAY, month_edges, month_number

_EXACT = Context(prec=34)


@dataclass(frozen=True, slots=True)
class MonthSum:
    """What a meter counted in a local month."""

    month: date
    """Its first day."""
    total: Decimal
    """Sum of the values that are there; of a level divide by ``present`` for its mean."""
    expected: int
    """Slots that begin in the month."""
    present: int
    """Slots that have a value."""
    estimated: int
    """Of these, slots whose value is an estimate."""

    @property
    def complete(self) -> bool:
        """Whether no value is missing."""
        return self.present >= self.expected > 0


def values(index: Index, blob: Blob, start: int, end: int) -> tuple[Series, ...]:
    """The values of all slots that begin in a span.

    Parameters
    ----------
    index
        what is kept
    blob
        gives the blocks
    start, end
        [s since 1970-01-01 UTC]; the end is not part of it

    Returns
    -------
    tuple
        one series for each stretch of equal steps, in the order of time; from the first to the last block in it, NaN
        where nothing is known.

    Raises
    ------
    UserError
        when a block is missing, damaged, or not what the index says.
    """
    steps, ends = index.table["step"].astype(np.int64), _ends(index.table)
    inside = (index.table["start"] < end) & (ends - steps >= start)
    chunks = Index(index.zone, index.table[inside]).chunks
    return tuple(
        _joined(list(group), blob, start, end) for _, group in groupby(chunks, lambda c: (c.step, c.start % c.step))
    )


def _ends(table: Table) -> NDArray[np.int64]:
    ends: NDArray[np.int64] = table["start"] + table["step"].astype(np.int64) * table["n"]
    return ends


def _joined(chunks: list[Chunk], blob: Blob, start: int, end: int) -> Series:
    """Blocks of one grid as one series."""
    step, begin = chunks[0].step, chunks[0].start
    whole = np.full((chunks[-1].end - begin) // step, np.nan)
    marks = np.zeros(len(whole), np.uint8) if any(chunk.estimated for chunk in chunks) else None
    for chunk in chunks:
        part = series_of_chunk(chunk, blob)
        at = (chunk.start - begin) // step
        whole[at : at + chunk.n] = part.values
        if marks is not None and part.marks is not None:
            marks[at : at + chunk.n] = part.marks
    first, after = max(0, -((begin - start) // step)), min(len(whole), -((begin - end) // step))
    return Series(begin + first * step, step, whole[first:after], None if marks is None else marks[first:after])


def series_of(
    index: Index, blob: Blob, start: int, end: int, step: int | None = None, *, level: bool = False
) -> Series:
    """A span as one series, so that meters can be laid side by side.

    Parameters
    ----------
    index
        what is kept
    blob
        gives the blocks
    start, end
        [s since 1970-01-01 UTC]; the end is not part of it
    step
        of the answer, whose first slot begins at ``start`` [s]; None: the coarsest of the span, from its first slot
        that begins at ``start`` or later
    level
        whether values are levels, of which the mean is taken, and not amounts, of which the sum is

    Returns
    -------
    Series
        up to ``end``. A slot of which a part is missing is missing; one of which a part is estimated is estimated.

    Raises
    ------
    UserError
        when values are kept in steps that ``step`` is no multiple of.
    """
    parts = values(index, blob, start, end)
    if step is None:
        coarsest = max(parts, key=lambda part: part.step, default=None)
        step, begin = (DAY, start) if coarsest is None else (coarsest.step, coarsest.start)
        start += (begin - start) % step
    count = max(0, -((start - end) // step))
    total, covered, estimated = np.zeros(count), np.zeros(count, np.int64), np.zeros(count, np.int64)
    for part in parts:
        if step % part.step:
            raise _cannot_split(part.step, step)
        at, chosen = _places(part, start, step, count)
        weights = part.values[chosen] * (part.step / step) if level else part.values[chosen]
        total += np.bincount(at, weights, count)
        covered += np.bincount(at, minlength=count) * part.step
        if part.marks is not None:
            estimated += np.bincount(at[part.marks[chosen] > 0], minlength=count)
    found = np.where(covered == step, total, np.nan)
    marks = ((estimated > 0) & (covered == step)).astype(np.uint8)
    return Series(start, step, found, marks if marks.any() else None)


def _places(part: Series, start: int, step: int, count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """In which slot of the coarse grid each value lies wholly, and which values those are."""
    starts = part.starts - start
    at = starts // step
    chosen = np.flatnonzero(
        (at >= 0) & (at < count) & (starts - at * step + part.step <= step) & ~np.isnan(part.values)
    )
    return at[chosen], chosen


def _cannot_split(kept: int, asked: int) -> UserError:
    return UserError(
        T("Values in steps of {kept} s cannot be shown in steps of {asked} s.", kept=kept, asked=asked),
        T("Choose a longer step."),
    )


def monthly(index: Index, blob: Blob, zone: ZoneInfo, first: date, last: date) -> list[MonthSum]:
    """The sums of local months, from the index alone when it is cut by the months of ``zone``.

    Parameters
    ----------
    index
        what is kept
    blob
        gives the blocks; asked only when the zone is another
    zone
        whose months are meant
    first, last
        days of the first and of the last month

    Returns
    -------
    list
        one for each month. Where nothing is known, the expected slots follow the steps before, or else after.
    """
    if index.zone != zone.key:
        cut = rezoned(index, blob, zone)
        made = {hashlib.sha256(data).hexdigest(): data for data in cut.blobs}
        return monthly(cut.index, made.__getitem__, zone, first, last)
    low, high = month_number(first), month_number(last)
    days, edges = month_edges(low, high, zone)
    rows = index.table[(index.table["month"] >= low) & (index.table["month"] <= high)]
    at = rows["month"] - low
    counts = [np.bincount(at, rows[name], len(days)).astype(np.int64).tolist() for name in ("present", "estimated")]
    totals = [Decimal(0)] * len(days)
    for place, total, codec in zip(at.tolist(), rows["total"].tolist(), rows["codec"].tolist(), strict=True):
        totals[place] = _EXACT.add(totals[place], exact_total(total, codec.decode()))
    expected = _expected(index.table, low, edges).tolist()
    return [MonthSum(*row) for row in zip(days, totals, expected, *counts, strict=True)]


def _expected(table: Table, low: int, edges: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many slots begin in each month.

    Each block answers for the time from its beginning to that of the next one, the first of a month from the month's
    beginning and the last one to its end.
    """
    count = len(edges) - 1
    if not len(table) or not count:
        return np.zeros(count, np.int64)
    month = table["month"].astype(np.int64) - low
    inside = np.flatnonzero((month >= 0) & (month < count))
    empty = np.setdiff1d(np.arange(count), month[inside])
    nearest = np.maximum(np.searchsorted(month, empty) - 1, 0)
    row = np.concatenate([inside, nearest])
    place = np.concatenate([month[inside], empty])
    begin, finish = edges[place], edges[place + 1]
    neighbours = np.flatnonzero(place[: len(inside)][1:] == place[: len(inside)][:-1])
    begin[neighbours + 1] = table["start"][inside[neighbours + 1]]
    finish[neighbours] = begin[neighbours + 1]
    step = table["step"][row].astype(np.int64)
    phase = table["start"][row] % step
    slots = (finish - 1 - phase) // step - (begin - 1 - phase) // step
    found = np.zeros(count, np.int64)
    np.add.at(found, place, slots)
    return found


def totals(indexes: Sequence[Index], first: date, last: date) -> NDArray[np.float64]:
    """The monthly sums of many meters at once, each by the months of its index.

    Parameters
    ----------
    indexes
        of the meters
    first, last
        days of the first and of the last month

    Returns
    -------
    NDArray
        sums in the unit of each meter, NaN where nothing is known, shape (meters, months).
    """
    low, count = month_number(first), max(0, month_number(last) - month_number(first) + 1)
    found = np.full(len(indexes) * count, np.nan)
    if not found.size:
        return found.reshape(len(indexes), count)
    table = np.concatenate([index.table for index in indexes])
    meter = np.repeat(np.arange(len(indexes)), [len(index) for index in indexes])
    month = table["month"].astype(np.int64) - low
    inside = (month >= 0) & (month < count)
    place = (meter * count + month)[inside]
    found[place] = 0.0
    np.add.at(found, place, float_totals(table)[inside])
    return found.reshape(len(indexes), count)
