"""Light of the sun and of the sky: split into beam and diffuse, and brought into the plane of modules."""

from __future__ import annotations

from math import cos, radians, sin

import numpy as np
from numpy.typing import NDArray

from core.solar.sun import Numbers

LOWEST = 0.065
"""Cosine of the zenith angle below which a clearness index means nothing (86.3°). [1]"""
STEEPEST = cos(radians(87.0))
"""Cosine of the zenith angle below which all light counts as diffuse. [1]"""
KAPPA = 1.041
"""Of Perez' clearness of the sky, for angles in radians."""
_BINS = (1.065, 1.23, 1.5, 1.95, 2.8, 4.5, 6.2)
# f11, f12, f13, f21, f22, f23 for each bin of clearness, from overcast to clear.
_PEREZ = np.array([
    (-0.008, 0.588, -0.062, -0.060, 0.072, -0.022), (0.130, 0.683, -0.151, -0.019, 0.066, -0.029),
    (0.330, 0.487, -0.221, 0.055, -0.064, -0.026), (0.568, 0.187, -0.295, 0.109, -0.152, -0.014),
    (0.873, -0.392, -0.362, 0.226, -0.462, 0.001), (1.132, -1.237, -0.412, 0.288, -0.823, 0.056),
    (1.060, -1.600, -0.359, 0.264, -1.127, 0.131), (0.678, -0.327, -0.250, 0.156, -1.377, 0.251),
]).T.copy()  # fmt: skip


def erbs(ghi: Numbers, cos_zenith: Numbers, extra: Numbers) -> tuple[Numbers, Numbers]:
    """Split global horizontal irradiance.

    Parameters
    ----------
    ghi
        global horizontal irradiance. [W/m2]
    cos_zenith
        cosine of the zenith angle of the sun. [1]
    extra
        irradiance outside the atmosphere. [W/m2]

    Returns
    -------
    tuple of ndarray
        direct normal and diffuse horizontal irradiance. [W/m2]

    Notes
    -----
    kt = G / (E cos z), from 0 to 1;  Gd / G = 1 - 0.09 kt for kt <= 0.22,
    0.9511 - 0.1604 kt + 4.388 kt² - 16.638 kt³ + 12.336 kt⁴ up to 0.8, and 0.165 above;  Gb = (G - Gd) / cos z.
    With the sun lower than 3° all is diffuse.

    References
    ----------
    D. G. Erbs, S. A. Klein, J. A. Duffie, "Estimation of the diffuse radiation fraction for hourly, daily and
    monthly-average global radiation", Solar Energy 28 (1982) 293-302, eq. 1.

    Examples
    --------
    >>> dni, dhi = erbs(np.array([500.0]), np.array([0.8]), np.array([1366.1]))
    >>> round(float(dni[0]), 1), round(float(dhi[0]), 1)
    (160.4, 371.7)
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share = erbs_share(np.clip(ghi / (extra * np.maximum(cos_zenith, LOWEST)), 0.0, 1.0))
        dni = ghi * (1.0 - share) / cos_zenith
    diffuse_only = (cos_zenith < STEEPEST) | (dni < 0.0)
    return np.where(diffuse_only, 0.0 * ghi, dni), np.where(diffuse_only, ghi, share * ghi)


def erbs_share(kt: Numbers) -> Numbers:
    """Diffuse part of the light of an hour.

    Parameters
    ----------
    kt
        clearness: irradiance / that outside the atmosphere on a horizontal plane, from 0 to 1. [1]

    Returns
    -------
    ndarray
        [1]

    Notes
    -----
    As in :func:`erbs`.

    References
    ----------
    As there.

    Examples
    --------
    >>> erbs_share(np.array([0.1, 0.5, 0.9])).round(3).tolist()
    [0.991, 0.659, 0.165]
    """
    middle = 0.9511 + kt * (-0.1604 + kt * (4.388 + kt * (-16.638 + kt * 12.336)))
    return np.where(kt <= 0.22, 1.0 - 0.09 * kt, np.where(kt > 0.8, 0.165, middle))


def split(
    ghi: Numbers, dni: Numbers | None, dhi: Numbers | None, cos_zenith: Numbers, extra: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Global horizontal, direct normal and diffuse horizontal irradiance from what is known of them.

    Parameters
    ----------
    ghi, dni, dhi
        global horizontal, direct normal and diffuse horizontal irradiance; None: not known. [W/m2]
    cos_zenith
        cosine of the zenith angle of the sun. [1]
    extra
        irradiance outside the atmosphere, which no beam exceeds. [W/m2]

    Returns
    -------
    tuple of ndarray
        all three, none below zero. [W/m2]

    Notes
    -----
    G = Gd + Gb cos z; with neither Gd nor Gb that of :func:`erbs`. Where all three are known, they stay as they are.

    References
    ----------
    The closure of the three components; the split as in :func:`erbs`.

    Examples
    --------
    >>> one = np.array([1.0])
    >>> [float(part[0]) for part in split(500 * one, None, 200 * one, 0.5 * one, 1366 * one)]
    [500.0, 600.0, 200.0]
    """
    ghi = np.maximum(ghi, 0.0)
    if dni is None and dhi is None:
        return ghi, *erbs(ghi, cos_zenith, extra)
    if dhi is None and dni is not None:
        dni = np.maximum(dni, 0.0)
        return ghi, dni, np.maximum(ghi - dni * np.maximum(cos_zenith, 0.0), 0.0)
    dhi = np.maximum(dhi, 0.0) if dhi is not None else ghi
    if dni is not None:
        return ghi, np.maximum(dni, 0.0), dhi
    beam = np.minimum(np.maximum(ghi - dhi, 0.0) / np.maximum(cos_zenith, STEEPEST), extra)
    return ghi, np.where(cos_zenith < STEEPEST, 0.0 * beam, beam), dhi


def isotropic(dhi: Numbers, tilt: float) -> Numbers:
    """Light of a sky that is equally bright everywhere, in the plane of modules.

    Parameters
    ----------
    dhi
        diffuse horizontal irradiance. [W/m2]
    tilt
        [°]

    Returns
    -------
    ndarray
        [W/m2]

    Notes
    -----
    D = Gd (1 + cos β) / 2

    References
    ----------
    B. Y. H. Liu, R. C. Jordan, "The long-term average performance of flat-plate solar-energy collectors", Solar
    Energy 7 (1963) 53-74.

    Examples
    --------
    >>> float(isotropic(np.array([200.0]), 60.0).round(9)[0])
    150.0
    """
    return dhi * (0.5 * (1.0 + cos(radians(tilt))))


def ground(ghi: Numbers, tilt: float, albedo: float) -> Numbers:
    """Light that the ground throws back into the plane of modules.

    Parameters
    ----------
    ghi
        global horizontal irradiance. [W/m2]
    tilt
        [°]
    albedo
        share of the light that the ground throws back. [1]

    Returns
    -------
    ndarray
        [W/m2]

    Notes
    -----
    R = G ρ (1 - cos β) / 2

    References
    ----------
    B. Y. H. Liu, R. C. Jordan, Solar Energy 7 (1963) 53-74.

    Examples
    --------
    >>> float(ground(np.array([1000.0]), 60.0, 0.2).round(9)[0])
    50.0
    """
    return ghi * (albedo * 0.5 * (1.0 - cos(radians(tilt))))


def hay_davies(
    dhi: Numbers, dni: Numbers, extra: Numbers, cos_aoi: Numbers, cos_zenith: Numbers, tilt: float
) -> Numbers:
    """Light of a sky that is brighter around the sun, in the plane of modules.

    Parameters
    ----------
    dhi, dni
        diffuse horizontal and direct normal irradiance. [W/m2]
    extra
        irradiance outside the atmosphere. [W/m2]
    cos_aoi, cos_zenith
        cosines of the angle of incidence and of the zenith angle of the sun. [1]
    tilt
        [°]

    Returns
    -------
    ndarray
        [W/m2]

    Notes
    -----
    A = Gb / E;  D = Gd (A cos θ / max(cos z, cos 89°) + (1 - A) (1 + cos β) / 2)

    References
    ----------
    J. E. Hay, J. A. Davies, "Calculations of the solar radiation incident on an inclined surface", Proc. First Canadian
    Solar Radiation Data Workshop (1980) 59.

    Examples
    --------
    >>> one = np.array([1.0])
    >>> float(hay_davies(100 * one, 800 * one, 1366 * one, 0.9 * one, 0.6 * one, 30.0).round(2)[0])
    126.51
    """
    index = dni / extra
    around = index * np.maximum(cos_aoi, 0.0) / np.maximum(cos_zenith, 0.01745)
    rest = np.maximum((1.0 - index) * (0.5 * (1.0 + cos(radians(tilt)))), 0.0)
    return dhi * (around + rest)


def brightness(
    dhi: Numbers, dni: Numbers, extra: Numbers, airmass: Numbers, zenith: Numbers
) -> tuple[Numbers, Numbers]:
    """How much brighter the sky is around the sun and at the horizon; the same for every plane.

    Parameters
    ----------
    dhi, dni
        diffuse horizontal and direct normal irradiance. [W/m2]
    extra
        irradiance outside the atmosphere. [W/m2]
    airmass
        relative. [1]
    zenith
        angle of the sun as it is seen. [rad]

    Returns
    -------
    tuple of ndarray
        F1 and F2. [1]

    Notes
    -----
    ε = ((Gd + Gb) / Gd + κ z³) / (1 + κ z³);  Δ = Gd AM / E;
    F1 = max(f11 + f12 Δ + f13 z, 0);  F2 = f21 + f22 Δ + f23 z, f by the bin of ε

    References
    ----------
    R. Perez, P. Ineichen, R. Seals, J. Michalsky, R. Stewart, "Modeling daylight availability and irradiance components
    from direct and global irradiance", Solar Energy 44 (1990) 271-289, table 6.

    Examples
    --------
    >>> one = np.array([1.0])
    >>> f1, f2 = brightness(100 * one, 800 * one, 1366 * one, 1.5 * one, 0.8 * one)
    >>> round(float(f1[0]), 3), round(float(f2[0]), 3)
    (0.442, 0.206)
    """
    cube = KAPPA * zenith * zenith * zenith
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        clearness = 1.0 + dni / dhi / (1.0 + cube)
    place = _place(clearness)
    bright = dhi * airmass / extra
    f11, f12, f13, f21, f22, f23 = (row[place] for row in _PEREZ)
    return np.maximum(f11 + f12 * bright + f13 * zenith, 0.0), f21 + f22 * bright + f23 * zenith


def _place(clearness: Numbers) -> NDArray[np.intp]:
    """Bin of each; a sky without diffuse light falls into the last or, in the dark, the first."""
    place = np.zeros(clearness.shape, dtype=np.int8)
    for limit in _BINS:
        place += clearness >= limit
    return place.astype(np.intp)


def perez(dhi: Numbers, f1: Numbers, f2: Numbers, cos_aoi: Numbers, cos_zenith: Numbers, tilt: float) -> Numbers:
    """Light of a sky that is brighter around the sun and at the horizon, in the plane of modules.

    Parameters
    ----------
    dhi
        diffuse horizontal irradiance. [W/m2]
    f1, f2
        of :func:`brightness`. [1]
    cos_aoi, cos_zenith
        cosines of the angle of incidence and of the zenith angle of the sun as it is seen. [1]
    tilt
        [°]

    Returns
    -------
    ndarray
        [W/m2]

    Notes
    -----
    D = max(Gd ((1 - F1) (1 + cos β) / 2 + F1 max(cos θ, 0) / max(cos z, cos 85°) + F2 sin β), 0)

    References
    ----------
    R. Perez et al., Solar Energy 44 (1990) 271-289.

    Examples
    --------
    >>> one = np.array([1.0])
    >>> float(perez(100 * one, 0.4 * one, 0.2 * one, 0.9 * one, 0.7 * one, 30.0).round(2)[0])
    117.41
    """
    beta = radians(tilt)
    dome = (1.0 - f1) * (0.5 * (1.0 + cos(beta)))
    around = f1 * np.maximum(cos_aoi, 0.0) / np.maximum(cos_zenith, cos(radians(85.0)))
    return np.maximum(dhi * (dome + around + f2 * sin(beta)), 0.0)
