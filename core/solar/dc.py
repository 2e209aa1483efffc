"""Power of modules."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
REFERENCE_IRRADIANCE = 1000.0
"""Of standard test conditions. [W/m2]"""
REFERENCE_TEMPERATURE = 25.0
"""Of the cells at standard test conditions. [°C]"""


def pvwatts_dc(effective: Numbers, temp_cell: Numbers, power: float, gamma: float) -> Numbers:
    """Power of modules before anything else is lost.

    Parameters
    ----------
    effective
        irradiance that reaches the cells. [W/m2]
    temp_cell
        temperature of the cells. [°C]
    power
        of the modules at standard test conditions. [kW]
    gamma
        temperature coefficient of power, usually negative. [1/K]

    Returns
    -------
    ndarray
        [kW]

    Notes
    -----
    P = G / 1000 W/m² · P0 · (1 + γ (Tc - 25 °C))

    References
    ----------
    A. P. Dobos, "PVWatts Version 5 Manual", NREL/TP-6A20-62641 (2014), chapter on the module.

    Examples
    --------
    >>> float(pvwatts_dc(np.array([900.0]), np.array([30.0]), 100.0, -0.003).round(9)[0])
    88.65
    """
    return effective * (power / REFERENCE_IRRADIANCE) * (1.0 + gamma * (temp_cell - REFERENCE_TEMPERATURE))
