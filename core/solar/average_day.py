"""Average days of each month: from twelve sums to the light and the warmth of their hours.

One sun a month stands for all its days, but dull and clear days are told apart: with their mean alone, modules would be
too cool and inverters never at their limit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.solar.clearness import days_of, diffuse_of_day
from core.solar.plane import Sky
from core.solar.sky import LOWEST
from core.solar.sun import Numbers, extraterrestrial
from core.solar.weather import Climate

DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.float64)
AVERAGE_DAYS = np.array([17, 47, 75, 105, 135, 162, 198, 228, 258, 288, 318, 344], dtype=np.float64)
"""Days of the year whose irradiation outside the atmosphere is nearest to the mean of their month (S. A. Klein,
"Calculation of monthly average insolation on tilted surfaces", Solar Energy 19 (1977) 325-329)."""
MOMENTS = 48
"""Between sunrise and sunset, in equal steps."""
KINDS = 5
"""Days from dull to clear that stand for a month."""


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """Average days: one row for each month, one column for each moment between sunrise and sunset."""

    direction: tuple[Numbers, Numbers, Numbers]
    """Of the sun: east, north, up. [1]"""
    hours: Numbers
    """For how long each moment stands. [h]"""
    angle: NDArray[np.float64]
    """Hour angle of each moment. [rad]"""
    sunset: Numbers
    """Hour angle of the sunset of each month; 0: the sun does not rise. [rad]"""
    extra: Numbers
    """Irradiance outside the atmosphere. [W/m2]"""

    @property
    def horizontal(self) -> Numbers:
        """Irradiation outside the atmosphere on a horizontal plane, of each day. [kWh/m2]"""
        return _sum(self.extra * self.direction[2] * self.hours) / 1000.0


def days_at(latitude: float) -> Days:
    """The average days of a latitude.

    Parameters
    ----------
    latitude
        [° north]

    Returns
    -------
    Days
        twelve suns; in a month without sunrise all hours are 0.

    Notes
    -----
    δ = 23.45° sin(360° (284 + n) / 365);  cos ωs = -tan φ tan δ

    References
    ----------
    J. A. Duffie, W. A. Beckman, Solar Engineering of Thermal Processes (2013), eq. 1.6.1a, 1.6.10, table 1.6.1.

    Examples
    --------
    >>> [round(float(h), 2) for h in days_at(40.0).horizontal[[0, 5]]]
    [4.23, 11.59]
    """
    phi = np.radians(np.clip(latitude, -89.9, 89.9))
    declination = np.radians(23.45) * np.sin(2.0 * np.pi * (284.0 + AVERAGE_DAYS) / 365.0)
    sunset = np.arccos(np.clip(-np.tan(phi) * np.tan(declination), -1.0, 1.0))
    place = (np.arange(MOMENTS) + 0.5) / MOMENTS * 2.0 - 1.0
    angle = sunset[:, None] * place
    sin_d, cos_d = np.sin(declination)[:, None], np.cos(declination)[:, None]
    along = cos_d * np.cos(angle)
    up = np.maximum(sin_d * np.sin(phi) + along * np.cos(phi), 0.0)
    north = sin_d * np.cos(phi) - along * np.sin(phi)
    hours = np.repeat(sunset[:, None] * (24.0 / np.pi / MOMENTS), MOMENTS, axis=1)
    extra = np.repeat(extraterrestrial(AVERAGE_DAYS)[:, None], MOMENTS, axis=1)
    return Days((-cos_d * np.sin(angle), north, up), hours, angle, sunset, extra)


def spread(days: Days, irradiation: Numbers, diffuse: Numbers) -> tuple[Numbers, Numbers]:
    """Global and diffuse irradiance at the moments of average days.

    Parameters
    ----------
    days
        of the latitude.
    irradiation, diffuse
        of each day, global and diffuse; one column for each month. [kWh/m2]

    Returns
    -------
    tuple of ndarray
        global and diffuse horizontal irradiance, which add up to the days. [W/m2]

    Notes
    -----
    rd ∝ cos ω - cos ωs;  rt ∝ (a + b cos ω)(cos ω - cos ωs), a = 0.409 + 0.5016 sin(ωs - 60°),
    b = 0.6609 - 0.4767 sin(ωs - 60°)

    References
    ----------
    B. Y. H. Liu, R. C. Jordan, Solar Energy 4 (1960) 1-19;
    M. Collares-Pereira, A. Rabl, Solar Energy 22 (1979) 155-164.

    Examples
    --------
    >>> days = days_at(40.0)
    >>> ghi, dhi = spread(days, np.full(12, 4.0), np.full(12, 2.0))
    >>> [round(float(total), 6) for total in (np.sum(ghi * days.hours, axis=-1) / 1000)[:2]]
    [4.0, 4.0]
    """
    sunset = days.sunset[:, None]
    shape = np.maximum(np.cos(days.angle) - np.cos(sunset), 0.0)
    late = np.sin(sunset - np.radians(60.0))
    bulge = (0.409 + 0.5016 * late + (0.6609 - 0.4767 * late) * np.cos(days.angle)) * shape
    return _scaled(bulge, irradiation, days.hours), _scaled(shape, diffuse, days.hours)


def temperatures(days: Days, mean: Numbers, clearness: Numbers) -> Numbers:
    """Temperature of the air at the moments of average days.

    Parameters
    ----------
    days
        of the latitude.
    mean
        of day and night, of each month. [°C]
    clearness
        of each month. [1]

    Returns
    -------
    ndarray
        [°C]

    Notes
    -----
    T = Tm + A (0.4632 cos(t - 3.805) + 0.0984 cos(2t - 0.360) + 0.0168 cos(3t - 0.822) + 0.0138 cos(4t - 3.513)),
    A = max(25.8 K - 5.21, 0), t = 2π (h - 1) / 24, h solar time

    References
    ----------
    D. G. Erbs, S. A. Klein, W. A. Beckman, "Estimation of degree-days and ambient temperature bin data from
    monthly-average temperatures", ASHRAE Journal 25 (1983) 60-65.

    Examples
    --------
    >>> warm = temperatures(days_at(40.0), np.full(12, 20.0), np.full(12, 0.5))[5]
    >>> round(float(warm.min()), 1), round(float(warm.max()), 1)
    (16.5, 24.0)
    """
    swing = np.maximum(25.8 * clearness - 5.21, 0.0)[:, None]
    t = days.angle + np.pi - 2.0 * np.pi / 24.0
    wave = 0.4632 * np.cos(t - 3.805) + 0.0984 * np.cos(2.0 * t - 0.360)
    wave += 0.0168 * np.cos(3.0 * t - 0.822) + 0.0138 * np.cos(4.0 * t - 3.513)
    return mean[:, None] + swing * wave


def average_sky(days: Days, climate: Climate) -> tuple[Sky, Numbers]:
    """The skies above average days of a climate, from dull to clear.

    Parameters
    ----------
    days
        of its latitude.
    climate
        irradiation of each month, and its diffuse part where known.

    Returns
    -------
    tuple
        the sky by kind of day, month and moment, and the clearness of each month. [1]

    Notes
    -----
    K = H / H0 of the month -> :func:`core.solar.clearness.days_of` -> diffuse part of each day (Erbs), scaled to that
    of the month where it is known -> moments of the day; Gb = (G - Gd) / cos z

    References
    ----------
    As in :func:`days_at`, :func:`spread` and :mod:`core.solar.clearness`.

    Examples
    --------
    >>> sky, clearness = average_sky(days_at(40.0), Climate(np.full(12, 90.0), np.zeros(12)))
    >>> sky.ghi.shape, clearness.round(2).tolist()[:2]
    ((5, 12, 48), [0.69, 0.56])
    """
    outside, daily = days.horizontal, climate.ghi / DAYS
    clearness = np.divide(daily, outside, out=np.zeros(12), where=outside > 0)
    kinds = days_of(clearness, KINDS)
    total = kinds * outside
    diffuse = total * diffuse_of_day(kinds, days.sunset)
    if climate.diffuse is not None:
        mean = diffuse.mean(axis=0)
        diffuse *= np.divide(climate.diffuse / DAYS, mean, out=np.zeros(12), where=mean > 0)
    ghi, dhi = spread(days, total, np.minimum(diffuse, total))
    up = days.direction[2]
    dni = np.maximum(ghi - dhi, 0.0) / np.maximum(up, LOWEST)
    none = np.zeros(0)
    return Sky(*days.direction, ghi, dni, ghi - dni * up, days.extra, none, none), clearness


def _sum(values: Numbers) -> Numbers:
    """Of each day."""
    total: Numbers = np.sum(values, axis=-1)
    return total


def _scaled(shape: Numbers, total: Numbers, hours: Numbers) -> Numbers:
    """A course of the day with this sum. [W/m2]"""
    whole = _sum(shape * hours)
    return shape * np.divide(1000.0 * total, whole, out=np.zeros_like(total), where=whole > 0)[..., None]
