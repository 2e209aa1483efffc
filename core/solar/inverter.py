"""From direct to alternating current."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
REFERENCE_EFFICIENCY = 0.9637
"""Nominal efficiency of the inverters from which the curve was fitted. [1]"""


def converted(dc: Numbers, limit: float, efficiency: float) -> Numbers:
    """Alternating current that an inverter would make without its limit.

    Parameters
    ----------
    dc
        power at its input. [kW]
    limit
        of its input: nominal AC power / nominal efficiency. [kW]
    efficiency
        nominal. [1]

    Returns
    -------
    ndarray
        [kW]

    Notes
    -----
    ζ = Pdc / Pdc0;  η = η_nom / 0.9637 · (-0.0162 ζ - 0.0059 / ζ + 0.9858);  P = max(η Pdc, 0)

    References
    ----------
    A. P. Dobos, "PVWatts Version 5 Manual", NREL/TP-6A20-62641 (2014), chapter on the inverter.

    Examples
    --------
    >>> float(converted(np.array([50.0]), 100.0, 0.95).round(6)[0])
    47.608436
    """
    scale = efficiency / REFERENCE_EFFICIENCY
    # η Pdc written out, so that nothing is divided by a power of zero.
    return np.maximum(scale * ((0.9858 - (0.0162 / limit) * dc) * dc - 0.0059 * limit), 0.0)
