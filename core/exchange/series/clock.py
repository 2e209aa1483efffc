"""From the clock of a file to UTC: an hour that comes twice is told apart by the order of rows, one that is skipped has
no values.

Where an interval ends when the clock is put back, some utilities write what the clock then shows (02:00 for the second
time) and others what it would have shown (03:00 for the first time). Which of them a file does is seen from the time
that it has twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.exchange.series.stamps import DAY
from core.series.zones import offsets

Moments = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Change:
    """The clock is put forward or back."""

    utc: int
    """When. [s since 1970-01-01 UTC]"""
    before: int
    """How far the clock is ahead of UTC until then. [s]"""
    after: int


@dataclass(frozen=True, slots=True)
class Resolved:
    """Moments in UTC."""

    utc: Moments
    skipped: NDArray[np.bool_] | None
    """Moments that the clock never showed; None: there are none."""
    once: int
    """Moments of a repeated hour that the file has only once; they are taken for the first."""


def to_utc(local: Moments, zone: ZoneInfo, *, ends: bool) -> Resolved:
    """Moments of a local clock, in the order of the file.

    Parameters
    ----------
    local
        what the clock shows [s since 1970-01-01], shape (n,)
    zone
        of the clock
    ends
        whether they are the ends of intervals
    """
    if not len(local):
        return Resolved(local, None, 0)
    changes = changes_between(int(local.min()) // DAY - 2, int(local.max()) // DAY + 3, zone)
    if not changes:
        return Resolved(local - int(offsets(local[:1], zone)[0]), None, 0)
    bounds = np.array([change.utc + max(change.before, change.after) for change in changes], dtype=np.int64)
    ahead = np.array([changes[0].before, *(change.after for change in changes)], dtype=np.int64)
    utc = local - ahead[np.searchsorted(bounds, local, side="right")]
    skipped = np.zeros(len(local), np.bool_)
    once = 0
    for change in changes:
        if change.after > change.before:
            skipped |= _skipped(local, change, ends=ends)
        else:
            once += _repeated(local, utc, change, ends=ends)
    return Resolved(utc, skipped if skipped.any() else None, once)


def _skipped(local: Moments, change: Change, *, ends: bool) -> NDArray[np.bool_]:
    """An interval may end when the clock is put forward; the end is then written in the old time, or the new one."""
    first, last = change.utc + change.before, change.utc + change.after
    return (local > first if ends else local >= first) & (local < last)


def _repeated(local: Moments, utc: Moments, change: Change, *, ends: bool) -> int:
    """Give the rows of a repeated hour their moment; how many are there only once."""
    first, last = change.utc + change.after, change.utc + change.before
    inside = (local >= first) & (local < last)
    if ends and np.count_nonzero(local == last) > 1 and np.count_nonzero(local == first) < 2:
        inside = (local > first) & (local <= last)
    rows = np.flatnonzero(inside)
    if not len(rows):
        return 0
    rising = np.diff(local)
    falling = np.count_nonzero(rising < 0) > np.count_nonzero(rising > 0)
    ordered = rows[::-1] if falling else rows
    shown = local[ordered]
    second, single = _passes(shown, bool((local < first).any()), bool((local >= last).any()))
    utc[ordered] = shown - np.where(second, change.after, change.before)
    return single


def _passes(shown: Moments, begun: bool, goes_on: bool) -> tuple[NDArray[np.bool_], int]:
    """Which rows are of the second pass of the hour, and how many times the clock shows only once.

    ``begun`` and ``goes_on``: whether the file has times before and behind the hour.
    """
    again = np.concatenate(([False], shown[1:] <= shown[:-1]))
    if not again.any():
        later = np.full(len(shown), goes_on and not begun)
        return later, len(shown) if begun and goes_on else 0
    if np.count_nonzero(again) == 1:
        return np.cumsum(again) > 0, 0
    # Neither rising nor falling: of equal times the first one is the first.
    order = np.argsort(shown, kind="stable")
    repeated = np.concatenate(([False], shown[order][1:] == shown[order][:-1]))
    second = np.zeros(len(shown), np.bool_)
    second[order] = repeated
    return second, 0


@lru_cache(maxsize=64)
def changes_between(first: int, last: int, zone: ZoneInfo) -> tuple[Change, ...]:
    """The changes of a clock between two days counted from 1970-01-01."""
    days = np.arange(first, last + 1, dtype=np.int64) * DAY
    ahead = offsets(days, zone)
    return tuple(
        _change(int(days[day]), int(days[day + 1]), zone) for day in np.flatnonzero(ahead[1:] != ahead[:-1]).tolist()
    )


def _change(low: int, high: int, zone: ZoneInfo) -> Change:
    before, after = (int(offsets(np.array([moment]), zone)[0]) for moment in (low, high))
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if int(offsets(np.array([middle]), zone)[0]) == before else (low, middle)
    return Change(high, before, after)
