"""Interval data of one meter that two copies of a file brought on: joined month by month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise

from core.ledger import IntervalData
from core.series.index import Chunk, Index, read, write
from core.series.keep import Merged, intervals_of

_Months = dict[date, tuple[Chunk, ...]]


def by_months(base: Index | None, ours: Index, theirs: Index) -> Index | None:
    """Two copies of an index that grew apart.

    Parameters
    ----------
    base
        as it was before; None: neither knows.
    ours, theirs
        as it is now in both.

    Returns
    -------
    Index or None
        each month as the copy has it that changed it; None where both changed one month, and not alike, or where they
        cut months by different clocks.
    """
    if ours.zone != theirs.zone:
        return None
    before = _months(base) if base is not None and base.zone == ours.zone else {}
    here, there = _months(ours), _months(theirs)
    chunks: list[Chunk] = []
    for month in sorted(here.keys() | there.keys()):
        held, mine, other = (found.get(month, ()) for found in (before, here, there))
        if mine != other and held not in (mine, other):
            return None
        chunks += other if mine == held else mine
    chunks.sort(key=lambda chunk: chunk.start)
    overlap = any(one.end > following.start for one, following in pairwise(chunks))
    return None if overlap or not chunks else Index.of(ours.zone, chunks)


def _months(index: Index) -> _Months:
    found: _Months = {}
    for chunk in index.chunks:
        found[chunk.month] = (*found.get(chunk.month, ()), chunk)
    return found


def joined_intervals(
    base: IntervalData | None, ours: IntervalData, theirs: IntervalData, blob: Callable[[str], bytes]
) -> tuple[IntervalData, bytes] | None:
    """The record of both, and the bytes of its index; None where a person has to decide which one holds.

    The blocks themselves are those that the copies keep already.
    """
    indexes = [None if one is None else read(blob(one.sha256)) for one in (base, ours, theirs)]
    assert indexes[1] is not None and indexes[2] is not None
    index = by_months(indexes[0], indexes[1], indexes[2])
    if index is None:
        return None
    files = sorted({*ours.files, *theirs.files}, key=lambda file: (file[1], file[0]))
    data = write(index)
    return intervals_of(ours.id, Merged(index, (data,)), files), data
