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

    Examples
    --------
    >>> [round(part, 3) for part in normal_of(90.0, 180.0)]
    [0.0, -1.0, 0.0]
    """
    beta, alpha = np.radians(tilt), np.radians(azimuth)
    return float(np.sin(beta) * np.sin(alpha)), float(np.sin(beta) * np.cos(alpha)), float(np.cos(beta))


def plane_of(array: Array, diffuse_glass: bool) -> Plane:
    """The plane of an array."""
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
    """
    none = np.zeros(0)
    f1, f2 = none, none
    if kind == "perez":
        f1, f2 = light.brightness(dhi, dni, extra, airmass(direction[2]), np.arccos(direction[2]))
    return Sky(*direction, ghi, dni, dhi, extra, f1, f2)


def seen(direction: tuple[Numbers, Numbers, Numbers], pressure: float) -> tuple[Numbers, Numbers, Numbers]:
    """Direction in which the sun is seen, lifted by the air. [1]"""
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
