"""What a battery would change: own surplus stored and used later, never energy from the grid."""

from __future__ import annotations

import math
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np

from core.errors import UserError
from core.i18n import T
from core.series import Series
from core.solar.grid import Floats, Grid
from core.solar.use import Use, net_of


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


def dispatch(
    generation: Series, load: Series, battery: Battery, zone: ZoneInfo, interval: int | None = None
) -> Dispatch:
    """Charge with every surplus, discharge with every need, as far as power and content allow.

    Parameters
    ----------
    generation
        of the PV system. [kWh]
    load
        everything the plant used. [kWh]
    battery
        empty at the beginning.
    zone
        by whose clock the intervals begin.
    interval
        of the netting; None: as short as the data. [s]

    Returns
    -------
    Dispatch
        in an interval of which something is not known the battery rests.

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
    >>> found = dispatch(sun, plant, Battery(capacity=10.0, power=5.0, efficiency=0.64), ZoneInfo("UTC"))
    >>> found.charged.tolist(), found.discharged.round(9).tolist(), round(found.use.self_used, 9)
    ([5.0, 0.0], [0.0, 3.2], 5.2)
    """
    _check(battery)
    net = net_of(generation, load, zone, interval)
    step = max(generation.step, load.step) if interval is None else interval
    grid = Grid(int(net.edges[0]) if len(net.edges) else generation.start, step, len(net.self_use))
    charged, discharged, content = _run(np.nan_to_num(net.feed_in - net.purchase), battery, battery.power * grid.hours)
    into, out = float(charged.sum()), float(discharged.sum())
    known = grid.count - net.missing
    found = Use(
        net.interval,
        net.generated,
        net.used,
        net.self_used + out,
        net.fed_in - into,
        net.purchased - out,
        known,
        grid.count,
        into - out,
    )
    return Dispatch(grid, charged, discharged, content, found)


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
