"""Hourly matching: how much of a plant's electricity renewable generation met in the hour in which it was used.

A year's certificates may equal a year's use and still meet none of its nights, so the volumetric share stands beside
the score and never for it. Certificates with a year or a month on them are in no hour: only generation that a meter
counted hour by hour is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.i18n import T
from core.series import Series
from core.series.clock import clock
from core.series.netting import Floats, Interval, fits, interval_edges, interval_name, sums
from core.series.profiles import HeatMap, heat_map
from core.series.wording import moment
from core.series.zones import DAY, local_date, month_edges, month_number

HOUR = 3600
"""[s]"""
NOTHING = 1e-6
"""What rounding leaves of an hour that is met. [kWh]"""
_FEW = 24
"""Steps of an interval up to which adding them column by column is the faster way."""
ON_SITE = ("own", "on_site", "direct_line")
"""Kinds of supply that reach the plant without the grid, and are used first."""


@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """Renewable generation that a meter counts."""

    key: str
    """Id of the PV system, or of the meter of a contract."""
    name: str
    kind: str
    """``own``, or a kind of :class:`~core.ledger.renewables.Instrument`."""
    series: Series
    """What of it belongs to the plant. [kWh]"""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One supply, interval by interval."""

    key: str
    name: str
    kind: str
    given: Floats
    """Generated; NaN where that is not known. [kWh]"""
    used: Floats
    """Of it, what met the load after the supplies before it; NaN where anything is missing. [kWh]"""


@dataclass(frozen=True, slots=True)
class Score:
    """Matching of some intervals of which everything is known."""

    load: float
    """[kWh]"""
    supply: float
    """[kWh]"""
    matched: float
    """[kWh]"""
    unmatched_hours: int
    """Intervals in which a part of the load was not met."""
    present: int
    """Intervals of which load and every supply are known; only they count."""
    expected: int
    """Intervals there are."""

    @property
    def score(self) -> float | None:
        """Matched in the same interval, over load; None without load. [1]"""
        return self.matched / self.load if self.load > 0 else None

    @property
    def volumetric(self) -> float | None:
        """What the sums say, whenever it was generated, at most 1; None without load. [1]"""
        return min(self.supply, self.load) / self.load if self.load > 0 else None

    @property
    def unmatched(self) -> float:
        """Load that no supply met in its interval. [kWh]"""
        return max(self.load - self.matched, 0.0)

    @property
    def excess(self) -> float:
        """Generated when there was no load for it. [kWh]"""
        return max(self.supply - self.matched, 0.0)

    @property
    def coverage(self) -> float:
        """Share of the intervals with data. [1]"""
        return self.present / self.expected if self.expected else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """Load and renewable supply of each interval, and what of them met."""

    interval: Interval
    zone: ZoneInfo
    edges: NDArray[np.int64]
    """Beginning of each interval, and the end of the last [s since 1970-01-01 UTC], shape (n + 1,)"""
    load: Floats
    """NaN where it is not known; shape (n,), as all that follow. [kWh]"""
    parts: tuple[Part, ...]
    """On-site supplies first."""
    supply: Floats
    """Of all parts; NaN where one is not known. [kWh]"""
    matched: Floats
    """NaN where load or supply is not known. [kWh]"""

    @property
    def unmatched(self) -> Floats:
        """Load that was not met; NaN where anything is missing. [kWh]"""
        return self.load - self.matched

    @property
    def excess(self) -> Floats:
        """Supply without load; NaN where anything is missing. [kWh]"""
        return self.supply - self.matched

    @property
    def total(self) -> Score:
        """Of all intervals."""
        return self._score(slice(None))

    @property
    def months(self) -> tuple[tuple[date, Score], ...]:
        """Each local month with the score of the intervals that begin in it."""
        if not len(self.matched):
            return ()
        first, last = (month_number(local_date(int(at), self.zone)) for at in (self.edges[0], self.edges[-2]))
        days, begins = month_edges(first, last, self.zone)
        places = np.searchsorted(self.edges[:-1], begins).tolist()
        return tuple((day, self._score(slice(a, b))) for day, a, b in zip(days, places[:-1], places[1:], strict=True))

    @property
    def clock_hours(self) -> tuple[Score, ...]:
        """The score of each of the 24 hours of the clock.

        Raises
        ------
        ValueError
            for intervals that are longer than an hour.
        """
        if not isinstance(self.interval, int) or self.interval > HOUR:
            raise ValueError("a longer interval lies in several hours of the clock")
        hours = clock(self._series(self.matched), self.zone)[1] // HOUR
        return tuple(self._score(hours == hour) for hour in range(DAY // HOUR))

    def heat(self, values: Floats | None = None) -> HeatMap:
        """Hours of the clock against local days: kWh that were not met, or another column.

        Parameters
        ----------
        values
            a column, e.g. :attr:`excess`; None: :attr:`unmatched`. [kWh]

        Raises
        ------
        ValueError
            for local days and months, which have no time of the clock.
        """
        if not isinstance(self.interval, int):
            raise ValueError("days and months have no time of the clock")
        return heat_map(self._series(self.unmatched if values is None else values), self.zone)

    def _series(self, values: Floats) -> Series:
        assert isinstance(self.interval, int)
        return Series(int(self.edges[0]) if len(self.edges) else 0, self.interval, values)

    def _score(self, where: slice | NDArray[np.bool_]) -> Score:
        matched = self.matched[where]
        known = ~np.isnan(matched)
        load, supply, met = self.load[where][known], self.supply[where][known], matched[known]
        left = int(np.count_nonzero(load - met > NOTHING))
        return Score(float(load.sum()), float(supply.sum()), float(met.sum()), left, len(met), len(matched))


def match(
    load: Series,
    supplies: Iterable[Supply],
    zone: ZoneInfo,
    interval: Interval = HOUR,
    start: int | None = None,
    end: int | None = None,
) -> Matched:
    """Match load with renewable supply, interval by interval.

    Parameters
    ----------
    load
        everything the plant used, wherever it came from. [kWh]
    supplies
        own generation and contracts, each what belongs to the plant. [kWh]; a negative value, what an inverter takes at
        night, supplies nothing
    zone
        by whose clock the intervals begin.
    interval
        of the matching: an hour, or another one for comparison, never longer steps of the data. [s], or a local day or
        month
    start, end
        time it is about; None: that of the load. [s since 1970-01-01 UTC]

    Returns
    -------
    Matched
        an interval of which load or one supply is missing is in no sum, and is counted as missing.

    Raises
    ------
    UserError
        for data in longer steps than the interval, or a load below zero.

    Notes
    -----
    matched_h = min(L_h, Σ_s S_{s,h}) and score = Σ_h matched_h / Σ_h L_h; beside it the volumetric share
    min(Σ L, Σ S) / Σ L, which is never less. Supplies are used in their order, on-site ones first, which decides what
    each has met and nothing else. For complete data a longer interval never lowers the score, for
    Σ min(L, S) ≤ min(Σ L, Σ S).

    References
    ----------
    Google (2021), *24/7 Carbon-Free Energy: Methodologies and Metrics*: the CFE score of contracted energy, without the
    share of the grid. EnergyTag, *Granular Certificate Scheme Standard*, v2. GHG Protocol (2025), *Scope 2 Public
    Consultation*, hourly matching: a draft, of which :mod:`core.renewables.readiness` says what it would ask.

    Examples
    --------
    A plant that uses 4 MWh by day and 4 MWh by night, and a contract that gives 8 MWh by day:

    >>> plant, sun = (Series(0, 3600, np.array(values)) for values in ([4000.0, 4000.0], [8000.0, 0.0]))
    >>> found = match(plant, [Supply("m1", "PPA", "ppa_virtual", sun)], ZoneInfo("UTC")).total
    >>> found.score, found.volumetric, found.unmatched_hours, found.unmatched, found.excess
    (0.5, 1.0, 1, 4000.0, 4000.0)
    """
    held = sorted(supplies, key=lambda one: one.kind not in ON_SITE)
    for series in (load, *(one.series for one in held)):
        _check(series, interval)
    edges = interval_edges(load.start if start is None else start, load.end if end is None else end, interval, zone)
    used = amounts(load, edges, interval)
    low = np.flatnonzero(used < 0)
    if len(low):
        raise UserError(
            T("The load is negative at {moment}: {value}.", moment=moment(int(edges[low[0]]), zone),
              value=f"{used[low[0]]:g}"),
            T("Check direction and sign of the meters."),
        )  # fmt: skip
    made = [np.maximum(amounts(one.series, edges, interval), 0.0) for one in held]
    return _met(interval, zone, edges, used, held, made)


def _met(
    interval: Interval,
    zone: ZoneInfo,
    edges: NDArray[np.int64],
    load: Floats,
    held: Sequence[Supply],
    made: Sequence[Floats],
) -> Matched:
    supply = reduce(np.add, made) if made else np.zeros(len(load))
    matched = np.minimum(load, supply)
    if len(made) < 2:
        parts = [Part(one.key, one.name, one.kind, given, matched) for one, given in zip(held, made, strict=True)]
        return Matched(interval, zone, edges, load, tuple(parts), supply, matched)
    left, parts = np.where(np.isnan(matched), np.nan, load), []
    for one, given in zip(held, made, strict=True):
        taken = np.minimum(left, given)
        left = left - taken
        parts.append(Part(one.key, one.name, one.kind, given, taken))
    return Matched(interval, zone, edges, load, tuple(parts), supply, matched)


def amounts(series: Series, edges: NDArray[np.int64], interval: Interval) -> Floats:
    """Sums over the intervals between some edges, as :func:`core.series.netting.sums`, faster where steps fit.

    Parameters
    ----------
    series
        in steps no longer than the interval. [kWh]
    edges
        as :func:`core.series.netting.interval_edges` gives them. [s since 1970-01-01 UTC], shape (n + 1,)
    interval
        between them.

    Returns
    -------
    NDArray
        [kWh], shape (n,); NaN where any step is missing.
    """
    count = len(edges) - 1
    if count < 1 or not isinstance(interval, int) or (series.start - int(edges[0])) % series.step:
        return sums(series, edges)
    parts = interval // series.step
    values = _laid(series, int(edges[0]), count * parts)
    if parts == 1:
        return values
    if parts > _FEW:
        whole: Floats = values.reshape(count, parts).sum(axis=1)
        return whole
    found: Floats = values[::parts] + values[1::parts]
    for place in range(2, parts):
        found += values[place::parts]
    return found


def _laid(series: Series, start: int, count: int) -> Floats:
    """Values from a moment on, NaN where there are none."""
    offset = (series.start - start) // series.step
    if not offset and len(series) == count:
        return series.values
    room = np.full(count, np.nan)
    first, last = max(offset, 0), min(offset + len(series), count)
    if last > first:
        room[first:last] = series.values[first - offset : last - offset]
    return room


def _check(series: Series, interval: Interval) -> None:
    if not fits(series, interval):
        raise UserError(
            T("Values in steps of {step} s cannot be matched in intervals of {interval}.", step=series.step,
              interval=interval_name(interval)),
            T("Import the meter in steps of an hour or less."),
        )  # fmt: skip
