"""Series on the clock of the plant: when each interval begins, its mean power, sums of what belongs together.

Amounts are turned into their mean power over the interval (kWh of 15 minutes into kW), so that series of different
steps compare; levels stay what they are. An interval belongs to the local day and the time of the clock at which it
begins.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.series.series import Series
from core.series.zones import DAY, offsets

Floats = NDArray[np.float64]
HOUR = 3600
"""[s]"""


def clock(series: Series, zone: ZoneInfo) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Local day and time on the clock of each interval, as :func:`core.series.zones.local_parts` gives them.

    Clocks change on few days: on all others one look at the offset is enough for the whole day.

    Parameters
    ----------
    series
        whose intervals begin then.
    zone
        whose clock is read.

    Returns
    -------
    tuple
        days since 1970-01-01 [d]; time shown when the interval begins [s]; shape (n,) each.
    """
    # Written over in place, for fresh memory takes longer than the sums.
    local, count = series.starts, max(DAY // series.step, 1)
    seen = offsets(np.append(local[::count], local[-1:]), zone)
    whole = len(local) // count
    changed = [slice(i * count, (i + 1) * count) for i in np.flatnonzero(np.diff(seen)).tolist()]
    exact = [local[block] + offsets(local[block], zone) for block in changed]
    local[: whole * count].reshape(whole, count)[:] += seen[:whole, None]
    if whole * count < len(local):
        local[whole * count :] += seen[whole]
    for block, moments in zip(changed, exact, strict=True):
        local[block] = moments
    days = local // DAY
    local %= DAY
    return days, local


def mean_power(series: Series, *, level: bool = False) -> Floats:
    """Mean power over each interval; of a level the level itself.

    Parameters
    ----------
    series
        amounts [unit] or levels.
    level
        whether the values are levels (:attr:`core.series.media.Medium.level`).

    Returns
    -------
    NDArray
        [unit/h], or the unit of the level; NaN where a value is missing.

    Notes
    -----
    P = E / Δt

    Examples
    --------
    >>> mean_power(Series(0, 900, np.array([25.0, np.nan]))).tolist()
    [100.0, nan]
    """
    return series.values if level else (series.values / series.hours).astype(np.float64, copy=False)


def added_up(series: Series, key: NDArray[np.int64], groups: int, level: bool) -> tuple[Floats, NDArray[np.int64]]:
    """Sum of each group, NaN for one without values, and how many values it has."""
    known = ~np.isnan(series.values)
    count = np.bincount(key[known], minlength=groups).astype(np.int64)
    sums = np.bincount(key[known], series.values[known], groups).astype(np.float64) * (series.hours if level else 1.0)
    sums[count == 0] = np.nan
    return sums, count


def ratio(sums: Floats, of: Floats) -> Floats:
    """Element by element; NaN where nothing is there to divide by."""
    return np.divide(sums, of, out=np.full_like(sums, np.nan), where=of > 0)
