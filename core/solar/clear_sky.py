"""The sun through clean air without clouds: more than that is an error of the data."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from core.solar.air import airmass, pressure, refracted
from core.solar.average_day import DAYS, days_at
from core.solar.model import Site
from core.solar.sun import Numbers, extraterrestrial_at, vector
from core.solar.weather import Climate

CLEANEST = 2.0
"""Turbidity of clean, dry, cold air (Linke); over land it is 2 to 5. [1]"""


def ineichen(cos_zenith: Numbers, extra: Numbers, elevation: float, turbidity: float) -> Numbers:
    """Global horizontal irradiance of a clear sky, by height and turbidity of the air.

    Parameters
    ----------
    cos_zenith
        cosine of the zenith angle of the sun as it is seen. [1]
    extra
        irradiance outside the atmosphere. [W/m2]
    elevation
        of the place above the sea. [m]
    turbidity
        of Linke; 2 is very clean air. [1]

    Returns
    -------
    ndarray
        [W/m2]

    Notes
    -----
    G = a1 E cos z exp(-a2 AM (f1 + f2 (TL - 1))), a1 = 5.09e-5 h + 0.868, a2 = 3.92e-5 h + 0.0387,
    f1 = exp(-h / 8000), f2 = exp(-h / 1250), AM for the pressure at this height

    References
    ----------
    P. Ineichen, R. Perez, "A new airmass independent formulation for the Linke turbidity coefficient", Solar Energy 73
    (2002) 151-157, without the enhancement at low sun.

    Examples
    --------
    >>> ineichen(np.array([1.0, 0.5]), np.full(2, 1366.1), 0.0, 2.0).round(1).tolist()
    [1097.5, 508.1]
    """
    first, second = 5.09e-5 * elevation + 0.868, 3.92e-5 * elevation + 0.0387
    haze = np.exp(-elevation / 8000.0) + np.exp(-elevation / 1250.0) * (turbidity - 1.0)
    mass = np.nan_to_num(airmass(cos_zenith)) * (pressure(elevation) / 101_325.0)
    passed: Numbers = np.exp(-second * mass * haze)
    return first * extra * np.maximum(cos_zenith, 0.0) * passed


def clear_sky(times: ArrayLike, site: Site, turbidity: float = CLEANEST) -> Numbers:
    """Global horizontal irradiance of a clear sky at moments.

    Parameters
    ----------
    times
        [s since 1970-01-01 UTC]
    site
        place and height.
    turbidity
        of Linke. [1]

    Returns
    -------
    ndarray
        [W/m2]

    Notes
    -----
    Position of the sun, refraction, :func:`ineichen`.

    References
    ----------
    As there.

    Examples
    --------
    >>> clear_sky([1_718_884_800], Site(40.0, 0.0)).round(0).tolist()
    [1014.0]
    """
    up = refracted(vector(times, site.latitude, site.longitude)[2], pressure(site.elevation))
    return ineichen(up, extraterrestrial_at(times), site.elevation, turbidity)


def clear_months(site: Site, turbidity: float = CLEANEST) -> Numbers:
    """Horizontal irradiation of each month if no cloud ever came.

    Parameters
    ----------
    site
        latitude and height.
    turbidity
        of Linke. [1]

    Returns
    -------
    ndarray
        January to December. [kWh/m2]

    Notes
    -----
    :func:`ineichen` over the average days of Klein.

    References
    ----------
    As there.

    Examples
    --------
    >>> clear_months(Site(40.0, 0.0)).round(0).tolist()[:2]
    [91.0, 116.0]
    """
    days = days_at(site.latitude)
    sky = ineichen(days.direction[2], days.extra, site.elevation, turbidity)
    total: Numbers = np.sum(sky * days.hours, axis=-1)
    return total * DAYS / 1000.0


def months_above(climate: Climate, site: Site) -> tuple[int, ...]:
    """Months with more sun than clean air lets through, 1 to 12.

    Parameters
    ----------
    climate
        irradiation of each month.
    site
        latitude and height; those of the climate take precedence.

    Returns
    -------
    tuple of int
        empty where there is none.

    Notes
    -----
    H > :func:`clear_months`

    References
    ----------
    As there.

    Examples
    --------
    >>> months_above(Climate(np.full(12, 100.0), np.zeros(12)), Site(40.0, 0.0))
    (1, 11, 12)
    """
    above = climate.ghi > clear_months(climate.site or site)
    return tuple(int(place) + 1 for place in np.flatnonzero(above))
