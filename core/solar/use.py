"""Where the generation went: used on site or fed in, by the interval in which one is netted with the other.

The same plant and year give quite different self-use by the quarter of an hour and by the month, so each result carries
its interval, and results of different ones are never compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.i18n import T, Text
from core.series import Series
from core.series.zones import local_parts
from core.solar.grid import Floats, amounts_on, grid_of

HOUR = 3600
METERED = "meter"
"""Netted by the meters themselves, in whatever interval they do it."""
CALENDAR = ("day", "month", "year")
"""Local days, months and years as netting intervals."""


@dataclass(frozen=True, slots=True)
class Use:
    """Use of the generation of some time: ``self_used`` + ``fed_in`` + ``stored`` = ``generated``."""

    interval: str
    """In which generation and load were netted: seconds, ``day``, ``month``, ``year`` or ``meter``."""
    generated: float
    """[kWh]"""
    load: float
    """Everything the plant used. [kWh]"""
    self_used: float
    """Load that the own generation met, at once or from a battery. [kWh]"""
    fed_in: float
    """[kWh]"""
    purchased: float
    """[kWh]"""
    present: int
    """Intervals of the data in which everything was measured; only they count."""
    expected: int
    """Intervals of the data there are."""
    stored: float = 0.0
    """Lost in a battery or still in it at the end. [kWh]"""

    @property
    def self_consumption(self) -> float | None:
        """Self-used over generated; None without generation. [1]"""
        return self.self_used / self.generated if self.generated > 0 else None

    @property
    def self_sufficiency(self) -> float | None:
        """Self-used over load; None without load. [1]"""
        return self.self_used / self.load if self.load > 0 else None

    @property
    def coverage(self) -> float:
        """Share of the time with data. [1]"""
        return self.present / self.expected if self.expected else 0.0

    @property
    def title(self) -> Text:
        """The interval for people."""
        return interval_title(self.interval)


@dataclass(frozen=True, slots=True)
class Change:
    """What one way of using the generation has over another."""

    self_used: float
    """[kWh]"""
    fed_in: float
    """[kWh]"""
    purchased: float
    """[kWh]"""


def use(
    generation: Series,
    load: Series,
    interval: int | str | None = None,
    zone: ZoneInfo | None = None,
    start: int | None = None,
    end: int | None = None,
) -> Use:
    """Use of the generation, netted with the load interval by interval.

    Parameters
    ----------
    generation
        of the PV system. [kWh]
    load
        everything the plant used, from whatever source; see :func:`load_of`. [kWh]
    interval
        of the netting: seconds, or ``day``, ``month``, ``year`` of the zone; None: as short as the data.
    zone
        for ``day``, ``month`` and ``year``.
    start, end
        intervals of the data that begin from ``start`` on and before ``end``; None: all. [s since 1970-01-01 UTC]

    Returns
    -------
    Use
        with its interval.

    Raises
    ------
    UserError
        for an interval shorter than the data or of which they are no divisor, or an unknown one.

    Notes
    -----
    self-used = Σ min(G, L), fed in = Σ max(G - L, 0), purchased = Σ max(L - G, 0) over netting intervals. Netting over
    longer intervals never gives less self-use, for Σ min(G, L) ≤ min(Σ G, Σ L). Intervals of the data in which one of
    the two is missing count in neither.

    Examples
    --------
    >>> sun, plant = Series(0, 3600, np.array([8.0, 0.0])), Series(0, 3600, np.array([2.0, 4.0]))
    >>> use(sun, plant).self_used, use(sun, plant, 7200).self_used
    (2.0, 6.0)
    """
    grid = grid_of(generation, load)
    part = grid.part(grid.start if start is None else start, grid.end if end is None else end)
    made, used = amounts_on(grid, generation)[part], amounts_on(grid, load)[part]
    both = np.isfinite(made) & np.isfinite(used)
    kind, groups = _groups(grid.starts[part], grid.step if interval is None else interval, grid.step, zone)
    made, used = (np.bincount(groups[both], values[both]).astype(np.float64) for values in (made, used))
    return _netted(kind, made, used, int(both.sum()), len(both))


def _netted(interval: str, made: Floats, used: Floats, present: int, expected: int) -> Use:
    direct = np.minimum(made, used)
    return Use(
        interval,
        float(made.sum()),
        float(used.sum()),
        float(direct.sum()),
        float((made - direct).sum()),
        float((used - direct).sum()),
        present,
        expected,
    )


def metered_use(generation: Series, fed_in: Series, purchased: Series) -> Use:
    """Use of the generation as the meters at the grid connection say it.

    Parameters
    ----------
    generation, fed_in, purchased
        by their meters. [kWh]

    Returns
    -------
    Use
        of the interval ``meter``: the meters net continuously or as they are built to.

    Raises
    ------
    UserError
        for intervals that do not fit each other, or when more was fed in than generated.

    Notes
    -----
    self-used = Σ (G - F); load = Σ (G - F + P).

    Examples
    --------
    >>> g, f, p = (Series(0, 3600, np.array([x])) for x in (10.0, 4.0, 1.0))
    >>> metered_use(g, f, p).self_used, metered_use(g, f, p).load
    (6.0, 7.0)
    """
    grid = grid_of(generation, fed_in, purchased)
    columns = [amounts_on(grid, one) for one in (generation, fed_in, purchased)]
    there = np.isfinite(columns).all(axis=0)
    made, out, bought = (float(column[there].sum()) for column in columns)
    if out > made:
        raise _more_out(out, made)
    return Use(METERED, made, made - out + bought, made - out, out, bought, int(there.sum()), grid.count)


def load_of(generation: Series, fed_in: Series, purchased: Series) -> Series:
    """What the plant used, from the meters at the grid connection.

    Parameters
    ----------
    generation, fed_in, purchased
        by their meters. [kWh]

    Returns
    -------
    Series
        missing where one of them is. [kWh]

    Raises
    ------
    UserError
        for intervals that do not fit each other, or when more was fed in than generated.

    Notes
    -----
    L = G - F + P. In an interval in which clocks of meters differ it may come out below zero; it is then zero.

    Examples
    --------
    >>> g, f, p = (Series(0, 3600, np.array([x])) for x in (10.0, 4.0, 1.0))
    >>> load_of(g, f, p).values.tolist()
    [7.0]
    """
    grid = grid_of(generation, fed_in, purchased)
    made, out, bought = (amounts_on(grid, one) for one in (generation, fed_in, purchased))
    known = np.isfinite(made) & np.isfinite(out)
    if out[known].sum() > made[known].sum():
        raise _more_out(float(out[known].sum()), float(made[known].sum()))
    return grid.series(np.maximum(made - out + bought, 0.0))


def match_score(generation: Series, load: Series) -> Use:
    """Hour by hour, how much of the load the own generation met at the same time.

    Parameters
    ----------
    generation, load
        in steps of an hour or of a part of it. [kWh]

    Returns
    -------
    Use
        netted by the hour; its ``self_sufficiency`` is the score.

    Raises
    ------
    UserError
        for data in longer steps.

    Notes
    -----
    score = Σ_h min(G_h, L_h) / Σ_h L_h, the hourly matching of 24/7 carbon-free energy. EnergyTag, Granular Certificate
    Scheme Standard; Google (2021), *24/7 Carbon-Free Energy: Methodologies and Metrics*.

    Examples
    --------
    >>> sun, plant = Series(0, 3600, np.array([8.0, 0.0])), Series(0, 3600, np.array([4.0, 4.0]))
    >>> match_score(sun, plant).self_sufficiency
    0.5
    """
    return use(generation, load, HOUR)


def compared(new: Use, old: Use) -> Change:
    """What one way of using the generation has over another.

    Parameters
    ----------
    new, old
        of the same netting interval.

    Returns
    -------
    Change
        new - old. [kWh]

    Raises
    ------
    UserError
        when they were netted in different intervals: the difference would be that of the intervals.

    Examples
    --------
    >>> sun, plant = Series(0, 3600, np.array([8.0, 0.0])), Series(0, 3600, np.array([2.0, 4.0]))
    >>> compared(use(sun, plant), use(sun, plant)).self_used
    0.0
    """
    if new.interval != old.interval:
        raise UserError(
            T(
                "Self-use netted by {one} cannot be compared with self-use netted by {other}.",
                one=new.title,
                other=old.title,
            ),
            T("Net both in the same interval."),
        )
    return Change(new.self_used - old.self_used, new.fed_in - old.fed_in, new.purchased - old.purchased)


def interval_title(interval: str) -> Text:
    """A netting interval for people.

    Examples
    --------
    >>> str(interval_title("900")), str(interval_title("3600"))
    ('15 minutes', 'the hour')
    """
    named = {
        "3600": T("the hour"),
        "day": T("the day"),
        "month": T("the month"),
        "year": T("the year"),
        METERED: T("the meters themselves"),
    }
    return named.get(interval) or T("{minutes} minutes", minutes=int(interval) // 60)


def _groups(
    starts: NDArray[np.int64], interval: int | str, step: int, zone: ZoneInfo | None
) -> tuple[str, NDArray[np.int64]]:
    """The netting interval by name, and the number of that in which each interval of the data begins, from 0 on."""
    if isinstance(interval, int):
        if interval < step or interval % step:
            raise UserError(
                T(
                    "Data in steps of {step} minutes cannot be netted by {interval} minutes.",
                    step=step // 60,
                    interval=interval // 60,
                ),
                T("Choose a multiple of the steps."),
            )
        return str(interval), starts // interval - (starts[0] // interval if len(starts) else 0)
    if interval not in CALENDAR:
        raise UserError(
            T("“{interval}” is no netting interval.", interval=interval),
            T("Use a number of minutes, the day, the month or the year."),
        )
    if zone is None:
        raise ValueError("local days, months and years need a zone")
    days, _ = local_parts(starts, zone)
    unit = {"day": "D", "month": "M", "year": "Y"}[interval]
    number = days.astype("datetime64[D]").astype(f"datetime64[{unit}]").astype(np.int64)
    return interval, number - (number[0] if len(number) else 0)


def _more_out(out: float, made: float) -> UserError:
    return UserError(
        T("More was fed in ({out} kWh) than generated ({made} kWh).", out=f"{out:,.0f}", made=f"{made:,.0f}"),
        T("Compare the readings of the generation meter and the feed-in meter, and their multipliers."),
    )
