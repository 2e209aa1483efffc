"""Where the sun stands, and how strong it is outside the atmosphere."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]

DAY = 86_400
J2000 = 946_728_000
"""2000-01-01 12:00. [s since 1970-01-01 UTC]"""
DELTA_T = 67.0
"""Terrestrial time minus universal time; off by 20 s from 1980 to 2050, in which the sun moves 0.0002°. [s]"""
NODE = 21_600
"""Distance of the moments at which the sun's path is calculated; between them it is a straight line. [s]"""
PARALLAX = np.radians(8.794 / 3600.0)
"""How much lower the sun stands seen from the ground than from the centre of the earth, at the horizon. [rad]"""
SOLAR_CONSTANT = 1366.1
"""ASTM E490-00a. [W/m2]"""
HORIZON = -0.83337
"""Elevation of the sun's centre below which refraction cannot lift any of it. [°]"""

# Terms of the heliocentric longitude of the earth larger than 0.2 seconds of arc: amplitude [1e-8 rad], phase [rad],
# frequency [rad per thousand years].
_L0 = np.array([
    (3341656.0, 4.6692568, 6283.07585), (34894.0, 4.6261, 12566.1517), (3497.0, 2.7441, 5753.3849),
    (3418.0, 2.8289, 3.5231), (3136.0, 3.6277, 77713.7715), (2676.0, 4.4181, 7860.4194),
    (2343.0, 6.1352, 3930.2097), (1324.0, 0.7425, 11506.7698), (1273.0, 2.0371, 529.691),
    (1199.0, 1.1096, 1577.3435), (990.0, 5.233, 5884.927), (902.0, 2.045, 26.298), (857.0, 3.508, 398.149),
    (780.0, 1.179, 5223.694), (753.0, 2.533, 5507.553), (505.0, 4.583, 18849.228), (492.0, 4.205, 775.523),
    (357.0, 2.92, 0.067), (317.0, 5.849, 11790.629), (284.0, 1.899, 796.298), (271.0, 0.315, 10977.079),
    (243.0, 0.345, 5486.778), (206.0, 4.806, 2544.314), (205.0, 1.869, 5573.143), (202.0, 2.458, 6069.777),
    (156.0, 0.833, 213.299), (132.0, 3.411, 2942.463), (126.0, 1.083, 20.775), (115.0, 0.645, 0.98),
    (103.0, 0.636, 4694.003), (102.0, 0.976, 15720.839), (102.0, 4.267, 7.114),
])  # fmt: skip
_L1 = np.array([
    (206059.0, 2.678235, 6283.07585), (4303.0, 2.6351, 12566.1517), (425.0, 1.59, 3.523), (119.0, 5.796, 26.298),
    (109.0, 2.966, 1577.344),
])  # fmt: skip


def vector(times: ArrayLike, latitude: float, longitude: float) -> tuple[Numbers, Numbers, Numbers]:
    """Direction of the sun as it would stand without an atmosphere.

    Parameters
    ----------
    times
        any order. [s since 1970-01-01 UTC]
    latitude
        [° north]
    longitude
        [° east]

    Returns
    -------
    tuple of ndarray
        east, north and up of a vector of length one.

    Notes
    -----
    With declination δ, hour angle H and latitude φ:
    east = -cos δ sin H;  north = sin δ cos φ - cos δ cos H sin φ;
    up = sin δ sin φ + cos δ cos H cos φ, less the parallax.

    δ and the equation of time follow from the largest terms of the heliocentric longitude, from nutation and
    aberration; they agree with the full algorithm to 0.001°.

    References
    ----------
    I. Reda, A. Andreas, "Solar Position Algorithm for Solar Radiation Applications", NREL/TP-560-34302 (2008),
    3.2 to 3.11, table A4.2; J. Meeus, Astronomical Algorithms (1998), ch. 12 and 22.

    Examples
    --------
    >>> east, north, up = vector(np.array([1_718_884_800]), 40.0, 0.0)  # 2024-06-20 12:00
    >>> round(float(np.degrees(np.arcsin(up[0]))), 2)
    73.43
    """
    moments = np.asarray(times, dtype=np.float64)
    sin_declination, equation = _path(moments)
    cos_declination = np.sqrt(1.0 - sin_declination * sin_declination)
    hour = (moments % DAY) * (2.0 * np.pi / DAY) + equation
    hour += np.radians(longitude) - np.pi
    phi = np.radians(latitude)
    along = cos_declination * np.cos(hour)
    up = sin_declination * np.sin(phi) + along * np.cos(phi)
    up -= PARALLAX * (1.0 - up * up)
    north = sin_declination * np.cos(phi) - along * np.sin(phi)
    return -cos_declination * np.sin(hour), north, up


def elevation(times: ArrayLike, latitude: float, longitude: float) -> Numbers:
    """How high the sun stands, without refraction.

    Parameters
    ----------
    times
        [s since 1970-01-01 UTC]
    latitude
        [° north]
    longitude
        [° east]

    Returns
    -------
    ndarray
        above the horizon; below :data:`HORIZON` it is night. [°]

    Notes
    -----
    e = arcsin up, of :func:`vector`

    References
    ----------
    As there.

    Examples
    --------
    >>> [round(float(e)) for e in elevation(np.array([1_718_841_600, 1_718_884_800]), 40.0, 0.0)]
    [-27, 73]
    """
    return np.degrees(np.arcsin(np.clip(vector(times, latitude, longitude)[2], -1.0, 1.0)))


def position(
    times: ArrayLike, latitude: float, longitude: float, pressure: float = 101_325.0
) -> tuple[Numbers, Numbers]:
    """Zenith angle and azimuth of the sun as it is seen.

    Parameters
    ----------
    times
        [s since 1970-01-01 UTC]
    latitude
        [° north]
    longitude
        [° east]
    pressure
        of the air, see :func:`core.solar.air.pressure`. [Pa]

    Returns
    -------
    tuple of ndarray
        zenith angle with refraction, and azimuth clockwise from north. [°]

    Notes
    -----
    z = arccos of :func:`core.solar.air.refracted`;  α = arctan2(east, north), of :func:`vector`

    References
    ----------
    As there.

    Examples
    --------
    >>> zenith, azimuth = position(np.array([1_718_884_800]), 40.0, 0.0)
    >>> round(float(zenith[0]), 2), round(float(azimuth[0]), 1)
    (16.56, 178.6)
    """
    from core.solar.air import refracted

    east, north, up = vector(times, latitude, longitude)
    return np.degrees(np.arccos(refracted(up, pressure))), np.degrees(np.arctan2(east, north)) % 360.0


def extraterrestrial(day: ArrayLike) -> Numbers:
    """Irradiance outside the atmosphere, on a plane that faces the sun.

    Parameters
    ----------
    day
        of the year, 1 for 1 January.

    Returns
    -------
    ndarray
        [W/m2]

    Notes
    -----
    B = 2π (n - 1) / 365;  E = E0 (1.00011 + 0.034221 cos B + 0.00128 sin B + 0.000719 cos 2B + 7.7e-5 sin 2B)

    References
    ----------
    J. W. Spencer, "Fourier series representation of the position of the sun", Search 2 (1971) 172; E0 of ASTM E490-00a.

    Examples
    --------
    >>> [round(float(e), 1) for e in extraterrestrial([3, 186])]
    [1414.0, 1320.5]
    """
    b = 2.0 * np.pi / 365.0 * (np.asarray(day, dtype=np.float64) - 1.0)
    wave: Numbers = (
        1.00011 + 0.034221 * np.cos(b) + 0.00128 * np.sin(b) + 0.000719 * np.cos(2 * b) + 7.7e-05 * np.sin(2 * b)
    )
    return wave * SOLAR_CONSTANT


def day_of_year(times: ArrayLike) -> Numbers:
    """Day of the year at Greenwich.

    Parameters
    ----------
    times
        [s since 1970-01-01 UTC]

    Returns
    -------
    ndarray
        1 for 1 January.

    Examples
    --------
    >>> day_of_year([0, 1_709_164_800]).tolist()  # 1970-01-01, 2024-02-29
    [1.0, 60.0]
    """
    days = np.floor(np.asarray(times, dtype=np.float64) / DAY).astype(np.int64).astype("datetime64[D]")
    since: Numbers = (days - days.astype("datetime64[Y]").astype("datetime64[D]")).astype(np.float64)
    return since + 1.0


def extraterrestrial_at(times: ArrayLike) -> Numbers:
    """Irradiance outside the atmosphere at moments, on a plane that faces the sun.

    Parameters
    ----------
    times
        [s since 1970-01-01 UTC]

    Returns
    -------
    ndarray
        [W/m2]

    Notes
    -----
    :func:`extraterrestrial` of :func:`day_of_year`, once for each day.

    References
    ----------
    As there.

    Examples
    --------
    >>> extraterrestrial_at([172_800, 259_199]).round(1).tolist()
    [1414.0, 1414.0]
    """
    days = np.asarray(times, dtype=np.int64) // DAY
    if not days.size:
        return np.zeros(0)
    first = int(days.min())
    every = np.arange(first, int(days.max()) + 1)
    return extraterrestrial(day_of_year(every * DAY))[days - first]


def _path(moments: Numbers) -> tuple[Numbers, Numbers]:
    """Sine of the declination, and equation of time [rad], by straight lines between nodes where that saves work."""
    if moments.size < 8:
        return _exact(moments)
    first = np.floor(moments.min() / NODE)
    count = int(moments.max() / NODE - first) + 2
    if not count < moments.size:
        return _exact(moments)
    sines, equations = _exact((first + np.arange(count)) * NODE)
    place = moments / NODE - first
    below = place.astype(np.intp)
    place -= below
    above = below + 1
    low_sine, low_equation = sines[below], equations[below]
    return low_sine + place * (sines[above] - low_sine), low_equation + place * (equations[above] - low_equation)


def _exact(moments: Numbers) -> tuple[Numbers, Numbers]:
    """Sine of the declination, and equation of time. [rad]"""
    days = (moments - J2000) / DAY
    millennia = (days + DELTA_T / DAY) / 365_250.0
    longitude = (
        4.8950631134
        + 6283.3196674757 * millennia
        + 1e-8 * (_series(_L0, millennia) + millennia * _series(_L1, millennia) + 52919.0 * millennia**2)
    )  # of the sun: that of the earth + π
    node = np.radians(125.04452 - 19341.36261 * millennia)
    mean = np.radians(280.4665 + 360_007.698 * millennia)
    moon = np.radians(218.3165 + 4_812_678.813 * millennia)
    second = np.radians(1.0 / 3600.0)
    nutation = second * (
        -17.20 * np.sin(node) - 1.32 * np.sin(2 * mean) - 0.23 * np.sin(2 * moon) + 0.21 * np.sin(2 * node)
    )
    tilt = second * (84381.448 - 468.150 * millennia - 0.0059 * millennia**2) + second * (
        9.20 * np.cos(node) + 0.57 * np.cos(2 * mean) + 0.10 * np.cos(2 * moon) - 0.09 * np.cos(2 * node)
    )
    seen = longitude + nutation - 20.4898 * second
    ascension = np.arctan2(np.sin(seen) * np.cos(tilt), np.cos(seen))
    greenwich = np.radians(280.46061837 + 0.98564736629 * days + 0.000387933 * (days / 36_525.0) ** 2)
    # Greenwich's angle without its daily turn, which the caller adds as the time of day.
    equation = greenwich + nutation * np.cos(tilt) - ascension
    return np.sin(tilt) * np.sin(seen), (equation + np.pi) % (2.0 * np.pi) - np.pi


def _series(terms: Numbers, millennia: Numbers) -> Numbers:
    total = np.zeros_like(millennia)
    for amplitude, phase, frequency in terms:
        total += amplitude * np.cos(phase + frequency * millennia)
    return total
