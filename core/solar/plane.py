"""A sky above a plane of modules: what falls on it, and what reaches the cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.solar import sky as light
from core.solar.air import airmass, refracted
from core.solar.glass import diffuse, physical
from core.solar.model import Array, Model
from core.solar.sun import Numbers

HALVINGS = 14
"""Steps in which a clearness is found, to 0.0001."""


@dataclass(frozen=True, slots=True, eq=False)
class Sky:
    """Sun and light at some moments, the same for every plane."""

    east: Numbers
    north: Numbers
    up: Numbers
    """Direction of the sun as it is seen; above the horizon. [1]"""
    ghi: Numbers
    dni: Numbers
    dhi: Numbers
    """Global and diffuse horizontal, direct normal irradiance. [W/m2]"""
    extra: Numbers
    """Irradiance outside the atmosphere. [W/m2]"""
    f1: Numbers
    f2: Numbers
    """Of Perez' sky; empty for another one. [1]"""


@dataclass(frozen=True, slots=True)
class Plane:
    """Where an array looks, and what its glass does to the light of sky and ground."""

    tilt: float
    """[°]"""
    normal: tuple[float, float, float]
    """East, north and up. [1]"""
    sky_share: float
    """Let through by the glass of the light of the sky. [1]"""
    ground_share: float
    """The same of the ground. [1]"""

    def cos_aoi(self, east: Numbers, north: Numbers, up: Numbers) -> Numbers:
        """Cosine of the angle between the sun and the normal. [1]"""
        return self.normal[0] * east + self.normal[1] * north + self.normal[2] * up


def normal_of(tilt: float, azimuth: float) -> tuple[float, float, float]:
    """East, north and up of the normal of a plane.

    Parameters
    ----------
    tilt
        from horizontal. [°]
    azimuth
        clockwise from north. [°]

    Returns
    -------
    tuple of float
        of length one.

    Notes
    -----
    east = sin β sin α;  north = sin β cos α;  up = cos β

    References
    ----------
    Vector form of J. A. Duffie, W. A. Beckman, Solar Engineering of Thermal Processes (2013), eq. 1.6.2.

    Examples
    --------
    >>> [round(part, 3) for part in normal_of(90.0, 180.0)]
    [0.0, -1.0, 0.0]
    """
    beta, alpha = np.radians(tilt), np.radians(azimuth)
    return float(np.sin(beta) * np.sin(alpha)), float(np.sin(beta) * np.cos(alpha)), float(np.cos(beta))


def plane_of(array: Array, diffuse_glass: bool) -> Plane:
    """The plane of an array.

    Parameters
    ----------
    array
        tilt and azimuth.
    diffuse_glass
        whether its glass also weakens light of sky and ground.

    Returns
    -------
    Plane
        with the shares of :func:`core.solar.glass.diffuse`, or 1.

    Examples
    --------
    >>> plane_of(Array(100.0, 20.0, 180.0), False).sky_share
    1.0
    """
    shares = diffuse(array.tilt) if diffuse_glass else (1.0, 1.0)
    return Plane(array.tilt, normal_of(array.tilt, array.azimuth), *shares)


def sky_of(
    direction: tuple[Numbers, Numbers, Numbers], ghi: Numbers, dni: Numbers, dhi: Numbers, extra: Numbers, kind: str
) -> Sky:
    """A sky with what all planes need of it.

    Parameters
    ----------
    direction
        of the sun as it is seen: east, north, up. [1]
    ghi, dni, dhi
        global horizontal, direct normal and diffuse horizontal irradiance. [W/m2]
    extra
        irradiance outside the atmosphere. [W/m2]
    kind
        one of :data:`core.solar.model.TRANSPOSITIONS`.

    Returns
    -------
    Sky
        with F1 and F2 of :func:`core.solar.sky.brightness` where they are wanted.

    Examples
    --------
    >>> one = np.ones(1)
    >>> light = (700 * one, 800 * one, 100 * one, 1366 * one)
    >>> [len(sky_of((0 * one, -0.6 * one, 0.8 * one), *light, kind).f1) for kind in ("perez", "isotropic")]
    [1, 0]
    """
    none = np.zeros(0)
    f1, f2 = none, none
    if kind == "perez":
        f1, f2 = light.brightness(dhi, dni, extra, airmass(direction[2]), np.arccos(direction[2]))
    return Sky(*direction, ghi, dni, dhi, extra, f1, f2)


def seen(direction: tuple[Numbers, Numbers, Numbers], pressure: float) -> tuple[Numbers, Numbers, Numbers]:
    """Direction in which the sun is seen, lifted by the air.

    Parameters
    ----------
    direction
        east, north, up without an atmosphere. [1]
    pressure
        of the air. [Pa]

    Returns
    -------
    tuple of ndarray
        east, north, up of a vector as long as before. [1]

    Notes
    -----
    up of :func:`core.solar.air.refracted`; east and north times cos e' / cos e

    References
    ----------
    As there.

    Examples
    --------
    >>> east, north, up = seen((np.array([1.0]), np.array([0.0]), np.array([0.0])), 101_325.0)
    >>> round(float(up[0]), 4)
    0.0084
    """
    east, north, up = direction
    lifted = refracted(up, pressure)
    shorter = np.sqrt((1.0 - lifted * lifted) / np.maximum(1.0 - up * up, 1e-12))
    return east * shorter, north * shorter, lifted


def incident(plane: Plane, sky: Sky, model: Model) -> tuple[Numbers, Numbers]:
    """Light on a plane, and what its glass lets through.

    Parameters
    ----------
    plane
        of an array.
    sky
        above it.
    model
        for albedo and the kind of sky.

    Returns
    -------
    tuple of ndarray
        irradiance in front of the glass, and behind it. [W/m2]

    Notes
    -----
    G = Gb max(cos θ, 0) + D + R;  behind the glass Gb max(cos θ, 0) IAM(θ) + D F_sky + R F_ground

    References
    ----------
    D and R as in :mod:`core.solar.sky`, IAM and F as in :mod:`core.solar.glass`.

    Examples
    --------
    >>> from core.solar.model import Site
    >>> model, one = Model(Site(40.0, 0.0), (Array(100.0, 30.0, 180.0),)), np.ones(1)
    >>> sky = sky_of((0 * one, -0.6 * one, 0.8 * one), 740 * one, 800 * one, 100 * one, 1366 * one, "perez")
    >>> [round(float(part[0])) for part in incident(plane_of(model.arrays[0], False), sky, model)]
    [922, 922]
    """
    cos_aoi = np.maximum(plane.cos_aoi(sky.east, sky.north, sky.up), 0.0)
    beam = sky.dni * cos_aoi
    if model.transposition == "perez":
        dome = light.perez(sky.dhi, sky.f1, sky.f2, cos_aoi, sky.up, plane.tilt)
    elif model.transposition == "hay_davies":
        dome = light.hay_davies(sky.dhi, sky.dni, sky.extra, cos_aoi, sky.up, plane.tilt)
    else:
        dome = light.isotropic(sky.dhi, plane.tilt)
    below = light.ground(sky.ghi, plane.tilt, model.albedo)
    return beam + dome + below, beam * physical(cos_aoi) + dome * plane.sky_share + below * plane.ground_share


def measured(plane: Plane, poa: Numbers, cos_aoi: Numbers, cos_zenith: Numbers, extra: Numbers) -> Numbers:
    """What the glass lets through of irradiance that a sensor measured in front of it.

    Parameters
    ----------
    plane
        of the array and the sensor.
    poa
        irradiance measured. [W/m2]
    cos_aoi, cos_zenith
        cosines of the angle of incidence and of the zenith angle of the sun. [1]
    extra
        irradiance outside the atmosphere. [W/m2]

    Returns
    -------
    ndarray
        [W/m2]

    Notes
    -----
    The sensor does not say how much of it is beam. That is told by the clearness kt with which the split of Erbs, under
    a sky that is equally bright everywhere, gives what it measured:
    G = kt E cos z ((1 - d) cos θ / cos z + d (1 + cos β) / 2), d = d(kt); behind the glass B IAM(θ) + (G - B) F_sky.
    As the glass takes 2 to 4 % a year altogether, a wrong split changes the yield by some thousandths.

    References
    ----------
    The inversion of Erbs and of Liu and Jordan (:mod:`core.solar.sky`) is ours.

    Examples
    --------
    >>> plane = Plane(30.0, normal_of(30.0, 180.0), 1.0, 1.0)
    >>> light = np.array([800.0]), np.array([0.5]), np.array([0.6]), np.array([1366.1])
    >>> round(float(measured(plane, *light)[0]))
    769
    """
    height, front = np.maximum(cos_zenith, light.LOWEST), np.maximum(cos_aoi, 0.0)
    view = 0.5 * (1.0 + plane.normal[2])
    low, high = np.zeros_like(poa), np.ones_like(poa)
    for _ in range(HALVINGS):
        kt = 0.5 * (low + high)
        share = light.erbs_share(kt)
        above = kt * extra * ((1.0 - share) * front + share * view * height) > poa
        low, high = np.where(above, low, kt), np.where(above, kt, high)
    beam = np.minimum(low * extra * (1.0 - light.erbs_share(low)) * front, poa)
    return beam * physical(front) + (poa - beam) * plane.sky_share
