"""How much light the glass of a module lets through when it comes in at an angle."""

from __future__ import annotations

from collections.abc import Callable
from math import exp

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
INDEX, EXTINCTION, THICKNESS = 1.526, 4.0, 0.002
"""Of solar glass: refractive index [1], extinction [1/m], thickness [m]."""
POINTS = 180
"""Steps in either direction over which light of sky and ground is added up."""


def physical(cos_aoi: Numbers) -> Numbers:
    """Incidence angle modifier from reflection and absorption in the glass.

    Parameters
    ----------
    cos_aoi
        cosine of the angle of incidence; light from behind (below zero) is not let through. [1]

    Returns
    -------
    ndarray
        transmitted share relative to that at normal incidence. [1]

    Notes
    -----
    sin θr = sin θ / n;  ρs = ((cos θ - n cos θr) / (cos θ + n cos θr))²;
    ρp = ((cos θr - n cos θ) / (cos θr + n cos θ))²;
    τ(θ) = (1 - (ρs + ρp) / 2) exp(-K L / cos θr);  IAM = τ(θ) / τ(0)

    References
    ----------
    W. De Soto, S. A. Klein, W. A. Beckman, "Improvement and validation of a model for photovoltaic array performance",
    Solar Energy 80 (2006) 78-88, with Snell's law as written here (its eq. 14 has n on the wrong side).

    Examples
    --------
    >>> [round(float(x), 4) for x in physical(np.cos(np.radians([0.0, 60.0, 80.0])))]
    [1.0, 0.946, 0.6341]
    """
    cos_in = np.maximum(cos_aoi, 0.0)
    cos_out = np.sqrt(1.0 - (1.0 - cos_in * cos_in) / INDEX**2)
    across = (cos_in - INDEX * cos_out) / (cos_in + INDEX * cos_out)
    parallel = (cos_out - INDEX * cos_in) / (cos_out + INDEX * cos_in)
    reflected = 0.5 * (across * across + parallel * parallel)
    normal = (1.0 - ((INDEX - 1.0) / (INDEX + 1.0)) ** 2) * exp(-EXTINCTION * THICKNESS)
    passed: Numbers = np.exp(-EXTINCTION * THICKNESS / cos_out)
    return (1.0 - reflected) * passed / normal


def diffuse(tilt: float, modifier: Callable[[Numbers], Numbers] = physical) -> tuple[float, float]:
    """Incidence angle modifiers for the light of the sky and of the ground.

    Parameters
    ----------
    tilt
        of the module from horizontal. [°]
    modifier
        for one angle, by its cosine.

    Returns
    -------
    tuple of float
        for the sky and for the ground, both equally bright everywhere; the ground's is 0 where it is not seen. [1]

    Notes
    -----
    F = ∫ IAM(θ) cos θ dΩ / ∫ cos θ dΩ over the part of sky or ground in front of the module

    References
    ----------
    B. Marion, "Numerical method for angle-of-incidence correction factors for diffuse radiation incident photovoltaic
    modules", Solar Energy 147 (2017) 344-348.

    Examples
    --------
    >>> [round(share, 3) for share in diffuse(20.0)]
    [0.954, 0.639]
    """
    step = np.pi / POINTS
    zenith = (np.arange(POINTS)[:, None] + 0.5) * step
    around = (np.arange(2 * POINTS)[None, :] + 0.5) * step
    beta = np.radians(tilt)
    cos_aoi = np.cos(beta) * np.cos(zenith) + np.sin(beta) * np.sin(zenith) * np.cos(around)
    weight = np.maximum(cos_aoi, 0.0) * np.sin(zenith)
    let_through = weight * modifier(cos_aoi)
    sky, ground = slice(0, POINTS // 2), slice(POINTS // 2, None)
    return _share(let_through[sky], weight[sky]), _share(let_through[ground], weight[ground])


def _share(part: Numbers, whole: Numbers) -> float:
    total = float(whole.sum())
    return float(part.sum()) / total if total > 1e-9 else 0.0
