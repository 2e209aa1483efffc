"""Where the generation went: used on site or fed in, by the interval in which one is netted with the other.

The same plant and year give quite different self-use by the quarter of an hour and by the month, so each result carries
its interval, and results of different ones are never compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np

from core.errors import UserError
from core.i18n import T, Text
from core.series import Series
from core.series.netting import Interval, Netted, interval_name, netted
from core.series.zones import DAY
from core.solar.grid import Floats, amounts_on, grid_of

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Use:
    """Use of the generation of some time: ``self_used`` + ``fed_in`` + ``stored`` = ``generated``."""

    interval: Interval
    """In which generation and load were netted: seconds, a local day or month."""
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
    """Netting intervals of which everything is known; only they count."""
    expected: int
    """Netting intervals there are."""
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
        return interval_name(self.interval)


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
    zone: ZoneInfo,
    interval: Interval | None = None,
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
    zone
        by whose clock the intervals begin.
    interval
        of the netting, see :func:`core.series.netting.netted`; None: as short as the data.
    start, end
        netting intervals that begin from ``start`` on and before ``end``; None: all. [s since 1970-01-01 UTC]

    Returns
    -------
    Use
        with its interval.

    Raises
    ------
    UserError
        for an interval shorter than the data, of which they are no divisor, or that is no part of a day.

    Notes
    -----
    self-used = Σ min(G, L), fed in = Σ (G - min(G, L)), purchased = Σ (L - min(G, L)) over netting intervals of which
    everything is known. Netting over longer intervals never gives less self-use, for Σ min(G, L) ≤ min(Σ G, Σ L).

    Examples
    --------
    >>> sun, plant = Series(0, 3600, np.array([8.0, 0.0])), Series(0, 3600, np.array([2.0, 4.0]))
    >>> use(sun, plant, ZoneInfo("UTC")).self_used, use(sun, plant, ZoneInfo("UTC"), 7200).self_used
    (2.0, 6.0)
    """
    net = net_of(generation, load, zone, interval)
    begins = net.edges[:-1]
    chosen = np.ones(len(begins), dtype=np.bool_)
    if start is not None:
        chosen &= begins >= start
    if end is not None:
        chosen &= begins < end
    known = chosen & ~np.isnan(net.self_use)
    made, used, own, out, bought = (
        float(column[known].sum()) for column in (net.generation, net.load, net.self_use, net.feed_in, net.purchase)
    )
    return Use(net.interval, made, used, own, out, bought, int(known.sum()), int(chosen.sum()))


def net_of(generation: Series, load: Series, zone: ZoneInfo, interval: Interval | None = None) -> Netted:
    """Generation netted with load, in intervals as short as the data where none is asked for.

    Parameters and errors as :func:`use`.

    Examples
    --------
    >>> sun, plant = Series(0, 3600, np.array([8.0, 0.0])), Series(0, 3600, np.array([2.0, 4.0]))
    >>> net_of(sun, plant, ZoneInfo("UTC")).feed_in.tolist()
    [6.0, 0.0]
    """
    chosen = max(generation.step, load.step) if interval is None else interval
    if isinstance(chosen, int) and (chosen < 1 or DAY % chosen):
        raise UserError(
            T("{interval} is no netting interval: a day is no multiple of it.", interval=interval_name(chosen)),
            T("Use 15 minutes, an hour, a day or a month."),
        )
    return netted(generation, load, chosen, zone)


def series_from(net: Netted, values: Floats) -> Series:
    """One column of what was netted as a series, e.g. to put the self-use under prices.

    Parameters
    ----------
    net
        netted in intervals of seconds.
    values
        one of its columns, or one made of them; shape (n,). [kWh]

    Returns
    -------
    Series
        [kWh]

    Raises
    ------
    UserError
        for local days and months, which are not equally long.

    Examples
    --------
    >>> sun, plant = Series(0, 3600, np.array([8.0, 0.0])), Series(0, 3600, np.array([2.0, 4.0]))
    >>> net = net_of(sun, plant, ZoneInfo("UTC"))
    >>> series_from(net, net.self_use).values.tolist()
    [2.0, 0.0]
    """
    if not isinstance(net.interval, int):
        raise UserError(
            T("Self-use per {interval} has no times of the day.", interval=interval_name(net.interval)),
            T("Net generation and load by the hour or less."),
        )
    return Series(int(net.edges[0]) if len(net.edges) else 0, net.interval, values)


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


def match_score(generation: Series, load: Series, zone: ZoneInfo) -> Use:
    """Hour by hour, how much of the load the own generation met at the same time.

    Parameters
    ----------
    generation, load
        in steps of an hour or of a part of it. [kWh]
    zone
        by whose clock the hours begin.

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
    >>> match_score(sun, plant, ZoneInfo("UTC")).self_sufficiency
    0.5
    """
    return use(generation, load, zone, HOUR)


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
    >>> compared(use(sun, plant, ZoneInfo("UTC")), use(sun, plant, ZoneInfo("UTC"))).self_used
    0.0
    """
    if new.interval != old.interval:
        raise UserError(
            T("Self-use per {one} and per {other} cannot be compared.", one=new.title, other=old.title),
            T("Net both in the same interval."),
        )
    return Change(new.self_used - old.self_used, new.fed_in - old.fed_in, new.purchased - old.purchased)


def _more_out(out: float, made: float) -> UserError:
    return UserError(
        T("More was fed in ({out} kWh) than generated ({made} kWh).", out=f"{out:,.0f}", made=f"{made:,.0f}"),
        T("Compare the readings of the generation meter and the feed-in meter, and their multipliers."),
    )
