"""What moving load would change: a share of each day's load moved into its sunny hours."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np

from core.errors import UserError
from core.i18n import T
from core.series import Series
from core.series.zones import local_parts
from core.solar.grid import Floats, amounts_on, grid_of


@dataclass(frozen=True, slots=True, eq=False)
class Shifted:
    """A load with a part moved."""

    load: Series
    """The new one; each local day uses what it used before. [kWh]"""
    moved: float
    """[kWh]"""


def shifted(load: Series, generation: Series, share: float, zone: ZoneInfo) -> Shifted:
    """Move load of intervals without enough sun into surplus of the same local day.

    Parameters
    ----------
    load
        everything the plant used. [kWh]
    generation
        of the PV system. [kWh]
    share
        of the load of an interval that can be moved. [1]
    zone
        whose days they are.

    Returns
    -------
    Shifted
        in the coarser interval of the two; intervals with a missing value stay as they are.

    Raises
    ------
    UserError
        for a share that is none, or intervals that do not fit each other.

    Notes
    -----
    Of each interval min(share L, max(L - G, 0)) can leave, max(G - L, 0) can be taken. The smaller of both sums over
    the day is moved, out of and into its intervals in proportion. The self-use of the day, netted in this interval,
    grows by just that. Powers of machines, shifts and peak tariffs are not looked at.

    Examples
    --------
    >>> sun, plant = Series(0, 3600, np.array([0.0, 8.0])), Series(0, 3600, np.array([6.0, 2.0]))
    >>> shifted(plant, sun, 0.5, ZoneInfo("UTC")).load.values.tolist()
    [3.0, 5.0]
    """
    if not 0 <= share <= 1:
        raise UserError(
            T("The share of the load to be moved must be from 0 to 100 %."), T("Enter a share of the load.")
        )
    grid = grid_of(load, generation)
    used, made = amounts_on(grid, load), amounts_on(grid, generation)
    gap = np.nan_to_num(used - made)
    loose = np.minimum(share * np.maximum(np.nan_to_num(used), 0.0), np.maximum(gap, 0.0))
    room = np.maximum(-gap, 0.0)
    days, _ = local_parts(grid.starts, zone)
    number = days - days[0] if len(days) else days

    def daily(values: Floats) -> Floats:
        return np.bincount(number, values).astype(np.float64)

    moved = np.minimum(daily(loose), daily(room))
    out, into = (_scaled(moved, daily(part)) for part in (loose, room))
    return Shifted(grid.series(used - loose * out[number] + room * into[number]), float(moved.sum()))


def _scaled(moved: Floats, available: Floats) -> Floats:
    return np.divide(moved, available, out=np.zeros(len(moved)), where=available > 0)
