"""How warm the cells get."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.i18n import T, Text

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mounting:
    """How modules are mounted, with the coefficients of their warming (Sandia)."""

    title: Text
    a: float
    """Warming at low wind and no wind. [1]"""
    b: float
    """What wind does to it. [s/m]"""
    delta: float
    """By how much the cells are warmer than the back of the module at 1,000 W/m². [K]"""


MOUNTINGS = {
    "open_rack": Mounting(T("Open rack"), -3.56, -0.0750, 3.0),
    "roof": Mounting(T("Close to the roof"), -2.98, -0.0471, 1.0),
    "insulated": Mounting(T("In the roof, insulated at the back"), -2.81, -0.0455, 0.0),
}
"""By key: glass and polymer on an open rack, two sheets of glass close to the roof, glass and polymer with an insulated
back (King et al. 2004, table 1)."""


def sapm_module(poa: Numbers, temp_air: Numbers, wind: Numbers, mounting: Mounting) -> Numbers:
    """Temperature of the back of the module.

    Parameters
    ----------
    poa
        irradiance in the plane of the array. [W/m2]
    temp_air
        temperature of the air. [°C]
    wind
        speed of the wind at a height of 10 m. [m/s]
    mounting
        coefficients a, b.

    Returns
    -------
    ndarray
        [°C]

    Notes
    -----
    Tm = G exp(a + b v) + Ta

    References
    ----------
    D. L. King, W. E. Boyson, J. A. Kratochvil, "Photovoltaic Array Performance Model", SAND2004-3535 (2004), eq. 11.

    Examples
    --------
    >>> float(sapm_module(np.array([900.0]), np.array([20.0]), np.array([5.0]), MOUNTINGS["open_rack"]).round(4)[0])
    37.5911
    """
    return poa * np.exp(mounting.a + mounting.b * wind) + temp_air


def sapm_cell(temp_module: Numbers, poa: Numbers, mounting: Mounting) -> Numbers:
    """Temperature of the cells inside a module.

    Parameters
    ----------
    temp_module
        of the back of the module, calculated or measured there. [°C]
    poa
        irradiance in the plane of the array. [W/m2]
    mounting
        coefficient ΔT.

    Returns
    -------
    ndarray
        [°C]

    Notes
    -----
    Tc = Tm + G / 1000 W/m² · ΔT

    References
    ----------
    SAND2004-3535 (2004), eq. 12.

    Examples
    --------
    >>> float(sapm_cell(np.array([40.0]), np.array([900.0]), MOUNTINGS["open_rack"])[0])
    42.7
    """
    return temp_module + poa * (mounting.delta / 1000.0)
