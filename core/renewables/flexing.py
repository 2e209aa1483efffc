"""What a battery or a shift of load would change in the hourly score."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from core.renewables.hourly import ON_SITE, Matched, Part, Score
from core.series import Series
from core.series.netting import Floats
from core.solar.battery import Battery, dispatch
from core.solar.shift import shifted

SHARES = (0.05, 0.1, 0.25, 0.5, 1.0)
"""Capacities that are proposed, of the load of a mean day. [1]"""
MOVED = (0.05, 0.1, 0.2)
"""Shares of the load that are proposed to be moved. [1]"""
HOURS = 2.0
"""In which a proposed battery is full. [h]"""


@dataclass(frozen=True, slots=True, eq=False)
class Flexed:
    """The matching with a battery, or with load moved."""

    kind: str
    """``storage`` or ``shift``."""
    size: Battery | float
    """The battery, or the share of the load that can be moved. [1]"""
    matched: Matched
    moved: float
    """Out of the battery, or moved to another hour. [kWh]"""
    lost: float = 0.0
    """In the battery, or still in it at the end. [kWh]"""

    @property
    def total(self) -> Score:
        """Of all intervals."""
        return self.matched.total


def with_storage(matched: Matched, battery: Battery) -> Flexed:
    """The matching with a battery at the plant.

    Parameters
    ----------
    matched
        without one, in intervals of seconds.
    battery
        empty at the beginning.

    Returns
    -------
    Flexed
        matched again with what the battery gives.

    Raises
    ------
    UserError
        for an impossible battery.
    ValueError
        for a matching by local days or months.

    Notes
    -----
    Charged with surplus of the on-site supplies alone, for that of a contract is not at the plant; discharged into load
    that nothing else meets (:func:`core.solar.battery.dispatch`). So no hour is met less than without it, and the score
    never falls. Supply in an hour: S - c + d. In an hour with a missing value the battery rests.

    Examples
    --------
    >>> from zoneinfo import ZoneInfo
    >>> from core.renewables.hourly import Supply, match
    >>> sun, plant = Series(0, 3600, np.array([8.0, 0.0])), Series(0, 3600, np.array([4.0, 4.0]))
    >>> found = match(plant, [Supply("pv", "Roof", "own", sun)], ZoneInfo("UTC"))
    >>> found.total.score, with_storage(found, Battery(10.0, 5.0, 1.0)).total.score
    (0.5, 1.0)
    """
    step = _step(matched)
    own = _sum([part.given for part in matched.parts if part.kind in ON_SITE], len(matched.load))
    others = _sum([part.given for part in matched.parts if part.kind not in ON_SITE], len(matched.load))
    # What is left for the battery once contracts have met what they can.
    need = matched.load - np.minimum(others, np.maximum(matched.load - own, 0.0))
    start = int(matched.edges[0]) if len(matched.edges) else 0
    done = dispatch(Series(start, step, own), Series(start, step, need), battery, matched.zone, step)
    known = ~np.isnan(matched.matched)
    into, out = (np.where(known, flow, np.nan) for flow in (done.charged, done.discharged))
    met = np.minimum(matched.load, matched.matched + out)
    supply = np.maximum(matched.supply - into + out, met)
    part = Part("storage", "", "storage", np.where(known, out - into, np.nan), met - matched.matched)
    again = replace(matched, parts=(*matched.parts, part), supply=supply, matched=met)
    given, taken = float(np.nansum(out)), float(np.nansum(into))
    return Flexed("storage", battery, again, given, taken - given)


def with_shift(matched: Matched, share: float) -> Flexed:
    """The matching with a share of the load moved within its local day, into hours with surplus.

    Parameters
    ----------
    matched
        with the load as it is, in intervals of seconds.
    share
        of the load of an interval that can be moved. [1]

    Returns
    -------
    Flexed
        each local day uses what it used before.

    Raises
    ------
    UserError
        for a share that is none.
    ValueError
        for a matching by local days or months.

    Notes
    -----
    See :func:`core.solar.shift.shifted`: what is moved out of hours that are not met goes into hours with surplus of
    any supply, so the matched load grows by just that.

    Examples
    --------
    >>> from zoneinfo import ZoneInfo
    >>> from core.renewables.hourly import Supply, match
    >>> sun, plant = Series(0, 3600, np.array([0.0, 8.0])), Series(0, 3600, np.array([6.0, 2.0]))
    >>> found = match(plant, [Supply("pv", "Roof", "own", sun)], ZoneInfo("UTC"))
    >>> found.total.score, with_shift(found, 0.5).total.score
    (0.25, 0.625)
    """
    step, start = _step(matched), int(matched.edges[0]) if len(matched.edges) else 0
    known = ~np.isnan(matched.matched)
    load, supply = (np.where(known, values, np.nan) for values in (matched.load, matched.supply))
    moved = shifted(Series(start, step, load), Series(start, step, supply), share, matched.zone)
    new = np.where(known, moved.load.values, matched.load)
    met = np.minimum(new, matched.supply)
    return Flexed("shift", share, replace(matched, load=new, parts=_again(matched, new), matched=met), moved.moved)


def variants(
    matched: Matched, batteries: Sequence[Battery] | None = None, shares: Sequence[float] = MOVED
) -> tuple[Flexed, ...]:
    """A small table of sizes: batteries first, then shares of moved load.

    Parameters
    ----------
    matched
        by the hour or less.
    batteries
        to be tried; None: :func:`proposed`.
    shares
        of the load, to be moved. [1]
    """
    sizes = proposed(matched) if batteries is None else batteries
    return (*(with_storage(matched, one) for one in sizes), *(with_shift(matched, one) for one in shares))


def proposed(matched: Matched) -> tuple[Battery, ...]:
    """Batteries to begin with: :data:`SHARES` of the load of a mean day, in two digits; none without load.

    Ours: the sizes say where the score bends, not what to buy.
    """
    total = matched.total
    hours = total.present * _step(matched) / 3600.0
    if not hours or not total.load:
        return ()
    sizes = dict.fromkeys(_two_digits(total.load / hours * 24.0 * share) for share in SHARES)
    return tuple(Battery(size, size / HOURS) for size in sizes)


def _two_digits(value: float) -> float:
    return round(value, 1 - math.floor(math.log10(value)))


def _again(matched: Matched, load: Floats) -> tuple[Part, ...]:
    """What each supply meets of another load."""
    left, found = np.where(np.isnan(matched.matched), np.nan, load), []
    for part in matched.parts:
        taken = np.minimum(left, np.maximum(part.given, 0.0))
        left = left - taken
        found.append(replace(part, used=taken))
    return tuple(found)


def _sum(columns: Sequence[Floats], count: int) -> Floats:
    return reduce(np.add, columns) if columns else np.zeros(count)


def _step(matched: Matched) -> int:
    if not isinstance(matched.interval, int):
        raise ValueError("local days and months are not equally long")
    return matched.interval
