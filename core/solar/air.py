"""What the air does to the light of the sun: refraction, and how much of it stands in the way."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.solar.sun import HORIZON

Numbers = NDArray[np.float64]
TEMPERATURE = 12.0
"""Of the air that bends the light; 20 K more or less change 0.03° at the horizon. [°C]"""


def pressure(elevation: float) -> float:
    """Pressure of the air at a height.

    Parameters
    ----------
    elevation
        above the sea. [m]

    Returns
    -------
    float
        [Pa]

    Notes
    -----
    p = 100 ((44331.514 - z) / 11880.516)^(1 / 0.1902632)

    References
    ----------
    Portland State Aerospace Society, "A Quick Derivation relating altitude to air pressure" (2004).

    Examples
    --------
    >>> round(pressure(0.0)), round(pressure(2000.0))
    (101325, 79496)
    """
    return float(100.0 * ((44_331.514 - elevation) / 11_880.516) ** (1.0 / 0.1902632))


def refracted(up: Numbers, pressure: float) -> Numbers:
    """Sine of the elevation at which the sun is seen.

    Parameters
    ----------
    up
        sine of its elevation without an atmosphere. [1]
    pressure
        of the air. [Pa]

    Returns
    -------
    ndarray
        [1]

    Notes
    -----
    Δe = p / 1010 hPa · 283 / (273 + 12) · 1.02° / (60 tan(e + 10.3 / (e + 5.11))), for e > -0.83337°

    References
    ----------
    NREL/TP-560-34302 (2008), eq. 42.

    Examples
    --------
    >>> round(float(np.degrees(np.arcsin(refracted(np.array([0.0]), 101_325.0)[0]))), 2)
    0.48
    """
    angle = np.arcsin(np.clip(up, -1.0, 1.0))
    degrees = np.degrees(np.maximum(angle, np.radians(HORIZON)))
    scale = pressure / 101_000.0 * 283.0 / (273.0 + TEMPERATURE) * np.radians(1.02 / 60.0)
    lift = scale / np.tan(np.radians(degrees + 10.3 / (degrees + 5.11)))
    return np.where(angle > np.radians(HORIZON), np.sin(angle + lift), up)


def airmass(cos_zenith: Numbers) -> Numbers:
    """How much more air light passes than from a sun straight above.

    Parameters
    ----------
    cos_zenith
        cosine of the zenith angle of the sun as it is seen; of a sun below the horizon it is NaN. [1]

    Returns
    -------
    ndarray
        relative to one vertical passage at the same height. [1]

    Notes
    -----
    AM = 1 / (cos z + 0.50572 (6.07995 + 90 - z)^-1.6364), z in degrees

    References
    ----------
    F. Kasten, A. T. Young, "Revised optical air mass tables and approximation formula", Applied Optics 28 (1989) 4735.

    Examples
    --------
    >>> [round(float(a), 2) for a in airmass(np.array([1.0, 0.5, 0.0]))]
    [1.0, 1.99, 37.92]
    """
    elevation = 90.0 - np.degrees(np.arccos(cos_zenith))
    with np.errstate(invalid="ignore"):
        return np.where(cos_zenith >= 0.0, 1.0 / (cos_zenith + 0.50572 * (elevation + 6.07995) ** -1.6364), np.nan)
