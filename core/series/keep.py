"""Bringing values into what is kept of a meter, and taking them out.

Nothing is changed in place: the answer is a new index and the blocks that are new in it. Blocks of months in which
nothing changed stay as they are, and the same values always give the same bytes, so doing a thing twice does it once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TypeAlias
from zoneinfo import ZoneInfo

import numpy as np

from core.errors import UserError
from core.i18n import T
from core.ledger import IntervalData
from core.series.codec import decode, encode
from core.series.index import Chunk, Index, write
from core.series.series import Series
from core.series.slots import Joined, Slots, join, months_of, slots_of, together
from core.series.zones import local_date, month_day, month_number, zone_named

REMEMBERED = 12
"""Files of a meter that its record names."""
Blob: TypeAlias = Callable[[str], bytes]
"""The bytes of a block by its SHA-256, verified."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What is to be kept from now on."""

    index: Index
    blobs: tuple[bytes, ...]
    """New blocks, and last the bytes of the index, also when it is the same, for another zlib may write it otherwise;
    nothing when no value is left."""
    added: int = 0
    same: int = 0
    """New values that were there already."""
    changed: int = 0
    """Values that another one took the place of, or that were taken away."""
    conflicts: int = 0
    """New values that differ from the kept ones and were not taken."""


def merge(
    index: Index | None, new: Series | Sequence[Series], zone: ZoneInfo, blob: Blob, *, overwrite: bool
) -> Merged:
    """Bring new values in.

    Parameters
    ----------
    index
        what is kept so far; None: nothing
    new
        values in the meter's unit; missing ones never take anything away. Of several series that give the same slot,
        the first counts, with ``overwrite`` the last.
    zone
        of the plant, by whose months blocks are cut; an index by another one is cut anew
    blob
        gives the kept blocks
    overwrite
        whether a new value replaces a kept one that differs; and new steps the other steps that they overlap

    Returns
    -------
    Merged
        ``added``, ``same``, ``changed`` and ``conflicts`` together are the values that were given.

    Raises
    ------
    UserError
        when values in other steps are kept for the same time and ``overwrite`` is off; when a block is damaged; for
        values or steps that cannot be.
    """
    given = [new] if isinstance(new, Series) else list(new)
    fresh = _one([slots_of(series, zone) for series in given], zone, overwrite=overwrite)
    known = Index.of(zone.key, []) if index is None else index
    if known.zone != zone.key:
        first = rezoned(known, blob, zone)
        made = {hashlib.sha256(data).hexdigest(): data for data in first.blobs}
        after = _bring(
            first.index, fresh, zone, lambda key: made[key] if key in made else blob(key), overwrite=overwrite
        )
        return _with_needed(after, known, made)
    return _bring(known, fresh, zone, blob, overwrite=overwrite)


def _one(parts: list[Slots], zone: ZoneInfo, *, overwrite: bool) -> Joined:
    """All that is given, without overlap."""
    whole = together(parts).in_order()
    if whole.apart:
        return Joined(whole, frozenset(), 0, 0, 0, 0)
    found, same, conflicts = together([]), 0, 0
    for part in parts:
        step = join(found, part, zone, overwrite=overwrite)
        found, same, conflicts = step.slots, same + step.same, conflicts + step.conflicts
    replaced = len(whole) - len(found) - same - conflicts
    return Joined(found, frozenset(), 0, same, replaced, conflicts)


def _bring(index: Index, fresh: Joined, zone: ZoneInfo, blob: Blob, *, overwrite: bool) -> Merged:
    chunks = index.chunks
    touched = _touched(chunks, fresh.slots)
    old = together([_slots_of_chunk(chunk, blob) for chunk in touched])
    found = join(old, fresh.slots, zone, overwrite=overwrite)
    same, changed = found.same + fresh.same, found.changed + fresh.changed
    conflicts = found.conflicts + fresh.conflicts
    return _rebuilt(index.zone, chunks, touched, found, same=same, changed=changed, conflicts=conflicts)


def _touched(chunks: tuple[Chunk, ...], fresh: Slots) -> list[Chunk]:
    """The chunks of all months in which something may change."""
    if not len(fresh) or not chunks:
        return []
    starts, ends = (np.array([getattr(chunk, name) for chunk in chunks]) for name in ("start", "end"))
    overlaps = np.searchsorted(fresh.start, ends) > np.searchsorted(fresh.end, starts, side="right")
    months = {month_day(number) for number in np.unique(fresh.month).tolist()}
    months |= {chunk.month for chunk, hit in zip(chunks, overlaps.tolist(), strict=True) if hit}
    return [chunk for chunk in chunks if chunk.month in months]


def _slots_of_chunk(chunk: Chunk, blob: Blob) -> Slots:
    series = series_of_chunk(chunk, blob)
    there = np.flatnonzero(~np.isnan(series.values))
    count = len(there)
    mark = np.zeros(count, np.uint8) if series.marks is None else series.marks[there]
    return Slots(
        np.full(count, month_number(chunk.month), np.int64),
        chunk.start + chunk.step * there,
        np.full(count, chunk.step, np.int64),
        series.values[there],
        mark,
    )


def series_of_chunk(chunk: Chunk, blob: Blob) -> Series:
    """The values of a block.

    Raises
    ------
    UserError
        when the block is missing, damaged, or not what the index says.
    """
    values, marks = decode(blob(chunk.sha256), chunk.n)
    missing = int(np.count_nonzero(np.isnan(values)))
    if chunk.n - missing != chunk.present or (0 if marks is None else int(marks.sum())) != chunk.estimated:
        raise UserError(
            T("A block of interval data is not what the index says."),
            T("Take the last copy of the file. This one was not changed."),
        )
    return Series(chunk.start, chunk.step, values, marks)


def _rebuilt(
    zone: str,
    chunks: tuple[Chunk, ...],
    touched: list[Chunk],
    found: Joined,
    *,
    same: int,
    changed: int,
    conflicts: int,
) -> Merged:
    """Blocks of the months that changed anew, all others as they were."""
    dirty = np.isin(found.slots.month, np.array(sorted(found.months), np.int64))
    made = _blocks(found.slots.where(dirty))
    gone = {chunk.start for chunk in touched if month_number(chunk.month) in found.months}
    kept = [chunk for chunk in chunks if chunk.start not in gone]
    index = Index.of(zone, sorted([*kept, *(chunk for chunk, _ in made)], key=lambda chunk: chunk.start))
    known = {chunk.sha256 for chunk in chunks}
    blobs = {chunk.sha256: data for chunk, data in made if chunk.sha256 not in known}
    return Merged(index, _all(blobs, index), found.added, same, changed, conflicts)


def _all(blobs: dict[str, bytes], index: Index) -> tuple[bytes, ...]:
    return (*blobs.values(), write(index)) if len(index) else ()


def _blocks(slots: Slots) -> list[tuple[Chunk, bytes]]:
    """One block for each run of equal steps within a month."""
    if not len(slots):
        return []
    phase = slots.start % slots.step
    new = np.flatnonzero((np.diff(slots.month) != 0) | (np.diff(slots.step) != 0) | (np.diff(phase) != 0)) + 1
    edges = [0, *new.tolist(), len(slots)]
    return [_block(slots.where(slice(a, b))) for a, b in pairwise(edges)]


def _block(run: Slots) -> tuple[Chunk, bytes]:
    start, step = int(run.start[0]), int(run.step[0])
    at = (run.start - start) // step
    values = np.full(int(at[-1]) + 1, np.nan)
    values[at] = run.value
    marks = np.zeros(len(values), np.uint8)
    marks[at] = run.mark
    block = encode(values, marks)
    chunk = Chunk(
        month_day(int(run.month[0])), start, step, len(values), block.present, block.estimated, block.total,
        block.low, block.high, block.codec, hashlib.sha256(block.data).hexdigest(), len(block.data),
    )  # fmt: skip
    return chunk, block.data


def without(index: Index, blob: Blob, start: int, end: int) -> Merged:
    """Take the values away whose slots begin in a span.

    Parameters
    ----------
    index
        what is kept; it is not changed
    blob
        gives the kept blocks
    start, end
        [s since 1970-01-01 UTC]; the end is not part of it

    Returns
    -------
    Merged
        ``changed`` counts what was taken away. The index may be empty then.
    """
    chunks = index.chunks
    hit = {chunk.month for chunk in chunks if chunk.start < end and chunk.end > start}
    touched = [chunk for chunk in chunks if chunk.month in hit]
    slots = together([_slots_of_chunk(chunk, blob) for chunk in touched])
    away = (slots.start >= start) & (slots.start < end)
    months = frozenset(np.unique(slots.month[away]).tolist())
    found = Joined(slots.where(~away), months, 0, 0, 0, 0)
    return _rebuilt(index.zone, chunks, touched, found, same=0, changed=int(np.count_nonzero(away)), conflicts=0)


def rezoned(index: Index, blob: Blob, zone: ZoneInfo) -> Merged:
    """Cut what is kept by the months of another zone; no value changes.

    Parameters
    ----------
    index
        what is kept; it is not changed
    blob
        gives the kept blocks
    zone
        the new one
    """
    if index.zone == zone.key:
        return Merged(index, _all({}, index))
    chunks = index.chunks
    slots = together([_slots_of_chunk(chunk, blob) for chunk in chunks])
    moved = Slots(months_of(slots.start, zone), slots.start, slots.step, slots.value, slots.mark)
    made = _blocks(moved)
    known = {chunk.sha256 for chunk in chunks}
    anew = Index.of(zone.key, [chunk for chunk, _ in made])
    blobs = {chunk.sha256: data for chunk, data in made if chunk.sha256 not in known}
    return Merged(anew, _all(blobs, anew))


def _with_needed(merged: Merged, before: Index, made: dict[str, bytes]) -> Merged:
    """With those blocks of an index cut anew that are still needed."""
    own = {hashlib.sha256(data).hexdigest(): data for data in merged.blobs[:-1]}
    known = set(before.hashes)
    every = {**made, **own}
    needed = {key: every[key] for key in merged.index.hashes if key not in known}
    return replace(merged, blobs=_all(needed, merged.index))


def intervals_of(meter: str, merged: Merged, files: Sequence[tuple[str, str]]) -> IntervalData:
    """The record that points at what is kept.

    Parameters
    ----------
    meter
        id of the meter
    merged
        what is to be kept
    files
        SHA-256 and name of each file read into it so far; of many the newest are kept, for each import writes them into
        the journal again, and a file that comes back is found to bring nothing new anyway

    Raises
    ------
    ValueError
        when no value is left: then there is no record.
    """
    index = merged.index
    if not len(index):
        raise ValueError("an index without values needs no record")
    data = write(index)
    first, last = days_of(index)
    return IntervalData(
        meter,
        hashlib.sha256(data).hexdigest(),
        len(data),
        first,
        last,
        index.present,
        tuple(dict.fromkeys(files))[-REMEMBERED:],
    )


def days_of(index: Index) -> tuple[date, date]:
    """First and last local day with a value, of an index that has one."""
    zone = zone_named(index.zone)
    return local_date(index.start, zone), local_date(index.end - int(index.table[-1]["step"]), zone)
