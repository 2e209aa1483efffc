"""How fast a PV system ages, from years of measurements: each day against the same day a year before."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.i18n import T, Text
from core.series import Series
from core.series.zones import local_parts
from core.solar.grid import Floats, amounts_on, grid_of

YEARS = 2
"""Fewer tell nothing: each pair needs a year between its days, and a year of pairs its seasons. [a]"""
YEAR_DAYS = 365
"""From one day to the same one a year later. [d]"""
NEAREST = 8
"""How many days longer ago the other day may be, as in RdTools, so that weeks and months find each other. [d]"""
PAIRS = 12
"""Fewer pairs say nothing, e.g. one for each month. Ours."""
BLOCK = 30
"""Neighbouring days that are drawn together, because dirt, snow and faults last longer than a day. [d]"""
DRAWS = 1000
AT_ONCE = 50_000
"""Changes that are laid out together when samples are drawn: few enough to stay in the processor's memory."""
LEAST = 0.1
"""A day with less than this share of the median expected yield is too dark to be compared. Ours. [1]"""
GENERATOR = "numpy PCG64"


@dataclass(frozen=True, slots=True, eq=False)
class Degradation:
    """How fast a system ages."""

    rate: float | None
    """Median of the year-on-year changes, relative to the first year; negative: it loses. None: not enough. [%/a]"""
    low: float | None
    """Lower end of the 95 % interval. [%/a]"""
    high: float | None
    """Upper end of the 95 % interval. [%/a]"""
    changes: Floats
    """Of each pair of days. [%/a]"""
    years: float
    """From the first to the last day that can be compared. [a]"""
    seed: int
    """With which the interval was drawn, of numpy's PCG64."""
    reason: Text | None = None
    """Why nothing can be said."""

    @property
    def pairs(self) -> int:
        """How many pairs of days there are."""
        return len(self.changes)


def year_on_year(
    days: NDArray[np.int64], values: Floats, seed: int, block: int = BLOCK, draws: int = DRAWS
) -> Degradation:
    """Degradation by comparing each day with the same one a year before.

    Parameters
    ----------
    days
        number of each day, or of the first of each week or month, ascending; shape (n,). [d]
    values
        measured over expected energy of each, NaN where it is not known; shape (n,). [1]
    seed
        of numpy's PCG64; the same seed, values and version of numpy give the same interval.
    block
        neighbours that are drawn together. [d]
    draws
        how often. [1]

    Returns
    -------
    Degradation
        with the reason instead of a rate for less than two years or fewer than twelve pairs.

    Notes
    -----
    y = values / median of the first year. Of each day t and the last day s at least 365 d and at most 373 d before it:
    Δ = 100 (y_t - y_s) / ((t - s)/365 d). Rate: the median of Δ, which seasons, a bad sensor on some days and single
    faults do not move. Jordan, Deline, Kurtz, Kimball and Anderson (2018), *Robust PV Degradation Methodology and
    Application*, IEEE J. Photovoltaics 8(2); RdTools ``degradation_year_on_year``.

    Interval: 2.5 and 97.5 % of the medians of circular block bootstrap samples of Δ in the order of time, because
    neighbouring days are wrong together; single draws would give an interval that is too narrow. Politis and Romano
    (1992), *A Circular Block-Resampling Procedure for Stationary Data*.

    Examples
    --------
    >>> day = np.arange(3 * 365 + 1)
    >>> found = year_on_year(day, 1.0 - 0.005 * day / 365, seed=1)
    >>> round(found.rate, 2), found.pairs
    (-0.5, 731)
    """
    known = np.isfinite(values)
    days, values = np.asarray(days, dtype=np.int64)[known], np.asarray(values, dtype=np.float64)[known]
    years = float(days[-1] - days[0]) / YEAR_DAYS if len(days) else 0.0
    if years < YEARS:
        return _nothing(years, seed, T("Two years of measurements are needed to see how fast the system ages."))
    first = float(np.median(values[days < days[0] + YEAR_DAYS]))
    changes, spacing = _changes(days, values / first if first > 0 else values * np.nan)
    if len(changes) < PAIRS:
        return _nothing(years, seed, T("Too few days can be compared with the same day a year before."))
    medians = _resampled(changes, seed, max(1, round(block / spacing)), draws)
    low, high = (float(x) for x in np.percentile(medians, [2.5, 97.5]))
    return Degradation(float(np.median(changes)), low, high, changes, years, seed)


def degradation(energy: Series, expected: Series, zone: ZoneInfo, seed: int) -> Degradation:
    """Degradation of a system from its generation and the expected yield for the same weather.

    Parameters
    ----------
    energy
        generation. [kWh]
    expected
        what the model without ageing gives for the weather measured. [kWh]
    zone
        whose days are compared.
    seed
        of numpy's PCG64.

    Returns
    -------
    Degradation

    Raises
    ------
    UserError
        for intervals that do not fit each other.

    Notes
    -----
    The value of a local day is Σ E / Σ E_expected over the intervals with both; days with less than a tenth of the
    median expected energy are left out. See :func:`year_on_year`.

    Examples
    --------
    >>> day = np.arange(3 * 365)
    >>> model = Series(0, 86_400, np.full(3 * 365, 500.0))
    >>> real = Series(0, 86_400, 450.0 * (1 - 0.01 * day / 365))
    >>> round(degradation(real, model, ZoneInfo("UTC"), seed=1).rate, 1)
    -1.0
    """
    return year_on_year(*daily(energy, expected, zone), seed)


def daily(energy: Series, expected: Series, zone: ZoneInfo) -> tuple[NDArray[np.int64], Floats]:
    """Measured over expected energy of each local day, NaN where it cannot be compared.

    Parameters
    ----------
    energy, expected
        [kWh]
    zone
        whose days they are.

    Returns
    -------
    tuple
        numbers of the days, counted from 1970-01-01 [d]; ratios [1].

    Raises
    ------
    UserError
        for intervals that do not fit each other.

    Notes
    -----
    As described in :func:`degradation`.

    Examples
    --------
    >>> days, ratios = daily(Series(0, 43_200, np.ones(4)), Series(0, 43_200, np.full(4, 2.0)), ZoneInfo("UTC"))
    >>> days.tolist(), ratios.tolist()
    ([0, 1], [0.5, 0.5])
    """
    grid = grid_of(energy, expected)
    measured, could = amounts_on(grid, energy), amounts_on(grid, expected)
    day, _ = local_parts(grid.starts, zone)
    number = day - day[0]
    both = np.isfinite(measured) & np.isfinite(could)
    above = np.bincount(number, np.where(both, measured, 0.0))
    below = np.bincount(number, np.where(both, could, 0.0))
    bright = below[below > 0]
    enough = below >= LEAST * float(np.median(bright)) if len(bright) else below > 0
    ratios = np.divide(above, below, out=np.full(len(below), np.nan), where=enough & (below > 0))
    return day[0] + np.arange(len(below), dtype=np.int64), ratios


def _nothing(years: float, seed: int, reason: Text) -> Degradation:
    return Degradation(None, None, None, np.empty(0), years, seed, reason)


def _changes(days: NDArray[np.int64], values: Floats) -> tuple[Floats, float]:
    """Year-on-year changes in the order of time, and the usual distance between neighbours [d]."""
    wanted = days - YEAR_DAYS
    before = np.searchsorted(days, wanted, side="right") - 1
    near = (before >= 0) & (wanted - days[before] <= NEAREST)
    apart = (days[near] - days[before[near]]) / YEAR_DAYS
    changes: Floats = 100.0 * (values[near] - values[before[near]]) / apart
    spacing = float(np.median(np.diff(days[near]))) if near.sum() > 1 else 1.0
    return changes[np.isfinite(changes)], max(spacing, 1.0)


def _resampled(changes: Floats, seed: int, block: int, draws: int) -> Floats:
    """Medians of samples made of blocks of neighbours, the end going on at the beginning."""
    count = len(changes)
    blocks, at_once = -(-count // block), max(1, AT_ONCE // count)
    generator = np.random.Generator(np.random.PCG64(seed))
    medians = np.empty(draws)
    for first in range(0, draws, at_once):
        some = medians[first : first + at_once]
        begins = generator.integers(0, count, (len(some), blocks, 1))
        places = (begins + np.arange(block)).reshape(len(some), -1)[:, :count] % count
        some[:] = np.median(changes[places], axis=1)
    return medians
