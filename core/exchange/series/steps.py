"""From single moments to stretches of equal steps. A jump is a gap; what lies between the steps is not guessed away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.exchange.series.stamps import DAY

FURTHEST = 62 * DAY
"""After a longer gap a new stretch begins, so that one stray date does not cost memory. [s]"""
_USUAL = np.array([step for step in range(1, DAY + 1) if DAY % step == 0], dtype=np.int64)
"""What a step can be: a divisor of a day. [s]"""


@dataclass(frozen=True, slots=True)
class Run:
    """Moments on one grid."""

    places: NDArray[np.int64]
    """Which of the moments."""
    step: int
    """[s]"""


@dataclass(frozen=True, slots=True)
class Grid:
    """Moments as runs of equal steps."""

    runs: tuple[Run, ...]
    beside: NDArray[np.int64]
    """Moments that lie between the steps."""
    step: int
    """The most frequent one; 0: there is none, and no moment has a place. [s]"""


def grid_of(moments: NDArray[np.int64], *, step: int, ends: bool, usual: int = 0) -> Grid:
    """Find the steps.

    Parameters
    ----------
    moments
        rising, each only once [s], shape (n,)
    step
        what the mapping says; 0: nothing [s]
    ends
        whether the moments are ends of intervals: where the step changes, such a moment belongs to what is before it
    usual
        the most frequent step, where the moments alone do not show it; 0: they do [s]
    """
    nothing = np.empty(0, np.int64)
    everything = np.arange(len(moments), dtype=np.int64)
    usual = step or usual or usual_step(moments)
    if not usual or DAY % usual:
        return Grid((), everything, 0)
    distances = np.diff(moments)
    if (distances == usual).all():
        return Grid((Run(everything, usual),), nothing, usual)
    spans = [(0, len(moments), usual)] if step else _spans(distances, usual, ends=ends)
    runs: list[Run] = []
    beside: list[NDArray[np.int64]] = [nothing]
    for first, last, length in spans:
        phase = _phases(moments[first:last] % length, length)
        beside.append(everything[first:last][phase < 0])
        for one in np.unique(phase[phase >= 0]).tolist():
            runs.extend(_without_long_gaps(everything[first:last][phase == one], moments, length))
    return Grid(tuple(sorted(runs, key=lambda run: int(run.places[0]))), np.concatenate(beside), usual)


def usual_step(moments: NDArray[np.int64]) -> int:
    """The most frequent distance that divides a day [s]; 0 when those that come again and again are not half of all.

    A distance comes again and again when it is a tenth of all.
    """
    found, counts = np.unique(np.diff(moments), return_counts=True)
    often = (found <= DAY) & (found > 0) & (10 * counts >= counts.sum())
    often[often] = DAY % found[often] == 0
    if 2 * counts[often].sum() < counts.sum() or not often.any():
        return 0
    return int(found[often][np.argmax(counts[often])])


def nearest_step(moments: NDArray[np.int64]) -> int:
    """What the step would be if the moments were regular: the divisor of a day next to the middle distance. [s]"""
    middle = float(np.median(np.diff(moments))) if len(moments) > 1 else 0.0
    return int(_USUAL[np.argmin(np.abs(_USUAL - middle))]) if middle else 0


def _phases(rest: NDArray[np.int64], step: int) -> NDArray[np.int64]:
    """To which stretch of one phase each moment belongs; -1 where it lies beside.

    A clock that was set right begins another phase when that goes on for a day and three moments; the most frequent
    phase needs no such proof.
    """
    if (rest == rest[0]).all():
        return np.zeros(len(rest), np.int64)
    found, counts = np.unique(rest, return_counts=True)
    most = found[np.argmax(counts)]
    edges = np.flatnonzero(np.concatenate(([True], rest[1:] != rest[:-1], [True])))
    long = np.diff(edges) * step >= max(DAY, 3 * step)
    phase = np.full(len(rest), -1, np.int64)
    current, value = -1, -1
    for run in np.flatnonzero(long | (rest[edges[:-1]] == most)).tolist():
        if rest[edges[run]] != value:
            current, value = current + 1, int(rest[edges[run]])
        phase[edges[run] : edges[run + 1]] = current
    return phase


def _spans(distances: NDArray[np.int64], usual: int, *, ends: bool) -> list[tuple[int, int, int]]:
    """First moment, the one after the last, and step, of each part of the file.

    Another step than the usual one is believed when it goes on for a day.
    """
    edges = np.flatnonzero(np.concatenate(([True], distances[1:] != distances[:-1], [True])))
    lengths, counts = distances[edges[:-1]], np.diff(edges)
    solid = (lengths == usual) | ((lengths < DAY) & (lengths * counts >= DAY) & (DAY % np.maximum(lengths, 1) == 0))
    found: list[tuple[int, int, int]] = []
    begin, step = 0, 0
    for run in np.flatnonzero(solid).tolist():
        length = int(lengths[run])
        if step and length != step:
            # The moment between two steps belongs to the step that its interval has.
            border = int(edges[run]) + (1 if ends and solid[run - 1] else 0)
            found.append((begin, border, step))
            begin = border
        step = length
    found.append((begin, len(distances) + 1, step or usual))
    return found


def _without_long_gaps(places: NDArray[np.int64], moments: NDArray[np.int64], step: int) -> Iterator[Run]:
    if not len(places):
        return
    for part in np.split(places, np.flatnonzero(np.diff(moments[places]) > FURTHEST) + 1):
        yield Run(part, step)
