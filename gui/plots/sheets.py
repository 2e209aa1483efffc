"""Tracks between two moments as numbers: every value for a file, a few lines for those who cannot see the plot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.series.zones import offsets
from gui.language import _
from gui.plots.axes import reading
from gui.plots.clock import interval, pace, ticks
from gui.plots.saving import Numbers, digits
from gui.plots.tracks import Drawn, Floats, Track
from gui.wording import named

LINES = 32
"""Of the table for screen readers, at most."""


def numbers_between(tracks: Sequence[Track], first: float, last: float, zone: ZoneInfo) -> Numbers:
    """Every interval that begins between two moments: its local time and UTC, then a column for each track."""
    times = _times(tracks, first, last)
    minutes = all(track.step % 60 == 0 and track.start % 60 == 0 for track in tracks)
    yes = _("yes")

    def between(begin: int, end: int) -> list[Sequence[str]]:
        moments = np.asarray(times[begin:end], dtype=np.int64)
        columns = [_clock(moments + offsets(moments, zone), minutes), _clock(moments, minutes)]
        for track in tracks:
            columns += _columns(track, moments, yes)
        return list(zip(*columns, strict=True))

    head = [_("Local time, {zone}", zone=zone.key), "UTC"]
    for track in tracks:
        head.append(f"{track.name} ({track.unit})")
        if track.estimated is not None:
            head.append(named(track.name, _("estimated")))
    return Numbers(tuple(head), len(times), between)


def table_between(tracks: Sequence[Track], first: float, last: float, zone: ZoneInfo) -> list[list[str]]:
    """Sum or mean, least and largest of each track by hours, days, months or years, whichever takes few lines."""
    edges = _edges(first, last, zone)
    columns = [column for track in tracks for column in _summary(track, edges)]
    head = [_("Time"), *(name for name, _cells in columns)]
    times = [interval(begin, end, zone) for begin, end in pairwise(edges)]
    return [head, *([time, *(cells[i] for _name, cells in columns)] for i, time in enumerate(times))]


def _times(tracks: Sequence[Track], first: float, last: float) -> range | NDArray[np.int64]:
    """Beginnings of all intervals between two moments, each once."""
    parts = []
    for track in tracks:
        begin, end = Drawn(track, "").between(first, last)
        parts.append(range(track.start + begin * track.step, track.start + end * track.step, track.step))
    if len({(part.step, part.start % part.step) for part in parts}) == 1:
        return range(min(part.start for part in parts), max(part.stop for part in parts), parts[0].step)
    return np.unique(np.concatenate([np.arange(part.start, part.stop, part.step) for part in parts]))


def _clock(seconds: NDArray[np.int64], minutes: bool) -> list[str]:
    """``2026-03-05 14:00``, which spreadsheet programs understand."""
    texts = np.datetime_as_string(seconds.astype("datetime64[s]"), unit="m" if minutes else "s")
    return [text.replace("T", " ") for text in texts.tolist()]


def _columns(track: Track, moments: NDArray[np.int64], yes: str) -> Iterator[list[str]]:
    number, rest = np.divmod(moments - track.start, track.step)
    there = (rest == 0) & (number >= 0) & (number < len(track.values))
    number = np.where(there, number, 0)
    values = np.where(there, track.values[number], np.nan)
    yield digits(values.tolist())
    if track.estimated is not None:
        yield [yes if guessed else "" for guessed in (there & track.estimated[number]).tolist()]


def _edges(first: float, last: float, zone: ZoneInfo) -> list[float]:
    """The two moments, and between them where hours, days, months or years begin."""
    chosen = pace(lambda _unit: (last - first) / LINES)
    inner = [tick.at for tick in ticks(first, last, zone, chosen) if first < tick.at < last]
    return [first, *inner, last]


def _summary(track: Track, edges: list[float]) -> Iterator[tuple[str, list[str]]]:
    """Titles of columns, and their cells."""
    places = np.clip(np.ceil((np.array(edges) - track.start) / track.step), 0, len(track.values)).astype(np.int64)
    parts = [track.values[a:b] for a, b in pairwise(places.tolist())]
    known = [part[~np.isnan(part)] for part in parts]
    total = _("sum") if track.adds else _("mean")
    yield f"{track.name}, {total} ({track.unit})", [_of(part, np.sum if track.adds else np.mean) for part in known]
    yield _("lowest"), [_of(part, np.min) for part in known]
    yield _("highest"), [_of(part, np.max) for part in known]
    missing = [len(part) - len(there) for part, there in zip(parts, known, strict=True)]
    if any(missing):
        yield _("intervals without data"), [f"{count:,}" for count in missing]
    if track.estimated is not None and track.estimated.any():
        guessed = [int(track.estimated[a:b].sum()) for a, b in pairwise(places.tolist())]
        yield _("estimated intervals"), [f"{count:,}" for count in guessed]


def _of(values: Floats, reduce: object) -> str:
    return reading(float(reduce(values))) if len(values) else _("no data")  # type: ignore[operator]
