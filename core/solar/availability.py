"""Availability by time and by energy: when a PV system ran, stood still, or was only not heard of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.i18n import T
from core.series import Series
from core.solar.grid import Flags, Floats, Grid, amounts_on, grid_of

DARK, RUNNING, OUTAGE, GAP, UNLIT = range(5)
"""States of an interval: too little light; generating; standing still in the light; no data, though it may have run;
nobody knows the light."""
LIGHT = 0.05
"""Potential from which a system has to run, as a share of the DC power: 50 W/m². [1]"""
DEAD = 0.01
"""Below this share of its potential it counts as standing still. [1]"""
COUNTED = 0.5
"""From this share of the silent potential on, what the revenue meter counted says that the system ran. [1]"""


@dataclass(frozen=True, slots=True, eq=False)
class States:
    """What a system did in each interval."""

    grid: Grid
    state: NDArray[np.int8]
    """``DARK``, ``RUNNING``, ``OUTAGE``, ``GAP`` or ``UNLIT`` for each interval."""
    energy: Floats
    """Generation as logged; what the revenue meter counted in a gap is not in it. [kWh]"""
    potential: Floats
    """What it would have given running as it usually does. [kWh]"""
    lost: Floats
    """Of the potential, what was not generated in outages. [kWh]"""
    revenue: bool
    """Whether a revenue meter was asked about silent intervals."""


@dataclass(frozen=True, slots=True)
class Availability:
    """Of a system over some time."""

    time: float | None
    """Share of the light time heard of in which it ran; None without any. [1]"""
    energy: float | None
    """Share of the energy heard of that was not lost to outages; None without any. [1]"""
    running: float
    """[h]"""
    outage: float
    """[h]"""
    gap: float
    """Time in the light of which nothing is known, or only that the revenue meter kept counting. [h]"""
    lost: float
    """Not generated in outages. [kWh]"""
    unheard: float
    """Potential of the gaps: neither generated nor lost as far as is known. [kWh]"""
    unlit: float
    """Time in which the light is not known, and nothing can be said. [h]"""


def states(energy: Series, potential: Series, dc_power: float, revenue: Series | None = None) -> States:
    """What a system did in each interval.

    Parameters
    ----------
    energy
        generation as the inverters or the logger tell it. [kWh]
    potential
        what the modules could give: the expected yield, or P0 G/1000 τ. Only its shape matters. [kWh]
    dc_power
        P0. [kW]
    revenue
        generation as the revenue meter counted it, in the same or in longer intervals; None: there is none. [kWh]

    Returns
    -------
    States
        one for each of the coarser intervals of ``energy`` and ``potential``.

    Raises
    ------
    UserError
        without DC power, or for intervals that do not fit each other.

    Notes
    -----
    Light: potential ≥ 5 % of P0. Silent: no data, or less than 1 % of the potential, which is scaled by
    k = Σ E / Σ potential of the other light intervals. Silence with data is an outage, without data a gap. Where the
    revenue meter counted at least half of the silent potential beyond what was logged, silence is a data gap; where it
    counted less, it is an outage, and what it counted was not lost. The meter is scaled to the logger by the intervals
    without silence. The limits are ours. A production meter tells outages from lost communication: Anderson and
    Blumenthal (2020), *Overcoming Communications Outages in Inverter Downtime Analysis*, 47th IEEE PVSC.

    Examples
    --------
    >>> light = Series(0, 3600, np.array([0.0, 50.0, 50.0]))
    >>> states(Series(0, 3600, np.array([0.0, 40.0, 0.0])), light, 100.0).state.tolist()
    [0, 1, 2]
    """
    if not dc_power > 0:
        raise UserError(T("The DC power must be above 0."), T("Enter a number above 0."))
    grid = grid_of(energy, potential)
    logged, could = amounts_on(grid, energy), amounts_on(grid, potential)
    light = could >= LIGHT * dc_power * grid.hours
    silent = light & ~(logged > DEAD * could)
    lively = light & ~silent
    below = float(could[lively].sum())
    could = could * (float(logged[lively].sum()) / below if below > 0 else 1.0)
    heard = np.where(np.isnan(logged), GAP, OUTAGE)
    unlit = np.where(np.isnan(could), UNLIT, DARK)
    state = np.where(light, np.where(silent, heard, RUNNING), unlit).astype(np.int8)
    lost = np.where(state == OUTAGE, could - np.nan_to_num(logged), 0.0)
    found = States(grid, state, logged, could, np.maximum(lost, 0.0), revenue is not None)
    return found if revenue is None else _asked(found, silent, revenue)


def _asked(found: States, silent: Flags, revenue: Series) -> States:
    """Silence judged by the revenue meter, in its own intervals."""
    grid = found.grid
    coarse = grid_of(revenue, grid.series(found.energy))
    counted = amounts_on(coarse, revenue)
    group = (grid.starts - coarse.start) // coarse.step

    def summed(values: Floats) -> Floats:
        return np.bincount(group, np.nan_to_num(values), coarse.count).astype(np.float64)

    logged, missing = summed(found.energy), summed(np.where(silent, found.potential, 0.0))
    sound = np.isfinite(counted) & (summed(np.isnan(found.energy).astype(np.float64)) == 0) & (missing == 0)
    above, below = float(counted[sound].sum()), float(logged[sound].sum())
    unlogged = np.maximum(counted - logged * (above / below if above > 0 and below > 0 else 1.0), 0.0)
    share = np.divide(unlogged, missing, out=np.full(coarse.count, np.nan), where=missing > 0)[group]
    asked = silent & np.isfinite(share)
    state = np.where(asked, np.where(share >= COUNTED, GAP, OUTAGE), found.state).astype(np.int8)
    lost = np.where(asked, found.potential * (1.0 - share), found.lost)
    return States(
        grid, state, found.energy, found.potential, np.where(state == OUTAGE, np.maximum(lost, 0.0), 0.0), True
    )


def availability(found: States, start: int, end: int) -> Availability:
    """Availability over some time.

    Parameters
    ----------
    found
        states of the intervals.
    start, end
        the intervals that begin from ``start`` on and before ``end``. [s since 1970-01-01 UTC]

    Returns
    -------
    Availability

    Notes
    -----
    By time: t_running / (t_running + t_outage). By energy: E / (E + E_lost) over the same intervals. Dark intervals and
    gaps are in neither. After IEC TS 63019 (time) and IEC TS 61724-3 (energy).

    Examples
    --------
    >>> light = Series(0, 3600, np.array([50.0, 50.0, 50.0]))
    >>> found = states(Series(0, 3600, np.array([40.0, 0.0, np.nan])), light, 100.0)
    >>> round(availability(found, 0, 10_800).time, 2), availability(found, 0, 10_800).gap
    (0.5, 1.0)
    """
    part, hours = found.grid.part(start, end), found.grid.hours
    state = found.state[part]
    running, outage, gap = (int((state == one).sum()) for one in (RUNNING, OUTAGE, GAP))
    lost = float(found.lost[part].sum())
    got = float(found.energy[part][state == RUNNING].sum() + found.potential[part][state == OUTAGE].sum()) - lost
    got = max(got, 0.0)  # where all was lost the sums may leave less than nothing
    return Availability(
        running / (running + outage) if running + outage else None,
        got / (got + lost) if got + lost > 0 else None,
        running * hours,
        outage * hours,
        gap * hours,
        lost,
        float(found.potential[part][state == GAP].sum()),
        int((state == UNLIT).sum()) * hours,
    )
