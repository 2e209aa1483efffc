"""What a battery would change: own surplus stored and used later, never energy from the grid."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.errors import UserError
from core.i18n import T
from core.series import Series
from core.solar.grid import Floats, Grid, amounts_on, grid_of
from core.solar.use import Use


@dataclass(frozen=True, slots=True)
class Battery:
    """A battery at the plant's own connection."""

    capacity: float
    """That can be used. [kWh]"""
    power: float
    """In and out, at the side of the plant. [kW]"""
    efficiency: float = 0.9
    """What comes out of what goes in, both at the side of the plant. [1]"""


@dataclass(frozen=True, slots=True, eq=False)
class Dispatch:
    """What a battery would do."""

    grid: Grid
    charged: Floats
    """From own surplus, in each interval. [kWh]"""
    discharged: Floats
    """Into the load, in each interval. [kWh]"""
    content: Floats
    """At the end of each interval. [kWh]"""
    use: Use
    """Of the generation with the battery, netted in the interval of the dispatch."""

    @property
    def lost(self) -> float:
        """In the battery. [kWh]"""
        return self.use.stored - self.left

    @property
    def left(self) -> float:
        """Still in the battery at the end. [kWh]"""
        return float(self.content[-1]) if len(self.content) else 0.0


def dispatch(generation: Series, load: Series, battery: Battery) -> Dispatch:
    """Charge with every surplus, discharge with every need, as far as power and content allow.

    Parameters
    ----------
    generation
        of the PV system. [kWh]
    load
        everything the plant used. [kWh]
    battery
        empty at the beginning.

    Returns
    -------
    Dispatch
        netted in the coarser interval of the two; in one with a missing value it rests.

    Raises
    ------
    UserError
        for a battery that cannot be, or intervals that do not fit each other.

    Notes
    -----
    c = min(G - L, P τ, (C - s)/√η), d = min(L - G, P τ, s √η); s' = s + √η c - d/√η. Only own generation is stored, so
    all that comes out of it is own generation too. It has no look-ahead, no ageing and no losses at rest: what it gains
    is an upper estimate for the interval, as powers within it are not known.

    Examples
    --------
    >>> sun, plant = Series(0, 3600, np.array([8.0, 0.0])), Series(0, 3600, np.array([2.0, 4.0]))
    >>> found = dispatch(sun, plant, Battery(capacity=10.0, power=5.0, efficiency=0.64))
    >>> found.charged.tolist(), found.discharged.round(9).tolist(), round(found.use.self_used, 9)
    ([5.0, 0.0], [0.0, 3.2], 5.2)
    """
    _check(battery)
    grid = grid_of(generation, load)
    made, used = amounts_on(grid, generation), amounts_on(grid, load)
    both = np.isfinite(made) & np.isfinite(used)
    surplus = np.where(both, made - used, 0.0)
    charged, discharged, content = _run(surplus, battery, battery.power * grid.hours)
    direct = float(np.minimum(made, used)[both].sum())
    into, out = float(charged.sum()), float(discharged.sum())
    total, needed = float(made[both].sum()), float(used[both].sum())
    found = Use(
        str(grid.step),
        total,
        needed,
        direct + out,
        total - direct - into,
        needed - direct - out,
        int(both.sum()),
        grid.count,
        into - out,
    )
    return Dispatch(grid, charged, discharged, content, found)


def renewable_discharge(discharged: float, from_own: float, from_grid: float) -> float:
    """Of what a real battery gave, the part that was own generation.

    Parameters
    ----------
    discharged
        over a longer time. [kWh]
    from_own
        charged from own generation in that time. [kWh]
    from_grid
        charged from the grid in that time. [kWh]

    Returns
    -------
    float
        [kWh]

    Raises
    ------
    UserError
        for amounts below zero, or a discharge of what was never charged.

    Notes
    -----
    D C_own / (C_own + C_grid): energy of the grid does not become renewable in a battery.

    Examples
    --------
    >>> renewable_discharge(90.0, 75.0, 25.0)
    67.5
    """
    charged = from_own + from_grid
    if min(discharged, from_own, from_grid) < 0 or discharged > charged:
        raise UserError(
            T(
                "A battery cannot give {out} kWh after taking {into} kWh.",
                out=f"{discharged:,.0f}",
                into=f"{charged:,.0f}",
            ),
            T("Check the meters of the battery and the time they are read for."),
        )
    return discharged * from_own / charged if charged else 0.0


def _run(surplus: Floats, battery: Battery, most: float) -> tuple[Floats, Floats, Floats]:
    """A loop, for each interval begins with what the one before it left."""
    way, room = math.sqrt(battery.efficiency), battery.capacity
    charged, discharged, content = ([0.0] * len(surplus) for _ in range(3))
    held = 0.0
    for i, energy in enumerate(surplus.tolist()):
        if energy > 0.0:
            charged[i] = into = min(energy, most, (room - held) / way)
            held = min(held + into * way, room)
        elif energy < 0.0 and held > 0.0:
            discharged[i] = out = min(-energy, most, held * way)
            held = max(held - out / way, 0.0)
        content[i] = held
    return np.array(charged), np.array(discharged), np.array(content)


def _check(battery: Battery) -> None:
    sound = 0 <= battery.capacity < math.inf and 0 <= battery.power < math.inf and 0 < battery.efficiency <= 1
    if not sound:
        raise UserError(
            T("A battery has a capacity and a power of 0 or more and an efficiency above 0 and up to 100 %."),
            T("Correct the data of the battery."),
        )
