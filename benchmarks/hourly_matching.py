"""Ten years of quarter hours matched hour by hour, against the bare expression in numpy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from benchmarks.harness import Pair, Scale, timed
from core.renewables.hourly import Supply, match
from core.series import Series
from core.series.zones import begin_of

ZONE, STEP = ZoneInfo("Asia/Shanghai"), 900
"""[s]"""


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """The score alone, and with everything that a page shows of it."""
    years = 10 if scale.many >= 10_000 else 1
    load, sun = _data(years)
    supplies = [Supply("pv", "Roof", "own", sun)]

    def score() -> float:
        return match(load, supplies, ZONE).total.score or 0.0

    def bare() -> float:
        used, made = load.values.reshape(-1, 4).sum(1), sun.values.reshape(-1, 4).sum(1)
        return float(np.minimum(used, made).sum() / used.sum())

    def page() -> None:
        found = match(load, supplies, ZONE)
        _ = found.total, found.months, found.clock_hours, found.heat()

    if abs(score() - bare()) > 1e-12:
        raise RuntimeError("not the same score")
    what = f"Hourly score of {len(load):,} quarter hours of load and generation, gaps and clock respected"
    theirs = "numpy: `minimum(load, supply).sum() / load.sum()` of sums of four (knows neither gap nor clock)"
    yield Pair(what, theirs, timed(score), timed(bare), runs=21)
    yield Pair("The same with months, hours of the clock and heat map", theirs, timed(page), timed(bare), runs=21)


def _data(years: int) -> tuple[Series, Series]:
    """A plant of three shifts below clouds that come and go."""
    start = begin_of(date(2014, 1, 1), ZONE)
    count = (begin_of(date(2014 + years, 1, 1), ZONE) - start) // STEP
    rng = np.random.default_rng(2014)
    clock = np.arange(count) % 96 / 4.0
    light: NDArray[np.float64] = np.maximum(np.sin((clock - 6.0) / 12.0 * np.pi), 0.0) * rng.uniform(0.3, 1.0, count)
    load = 250.0 + 150.0 * ((clock >= 6) & (clock < 22)) + rng.uniform(0.0, 40.0, count)
    return Series(start, STEP, load), Series(start, STEP, 500.0 * light)
