"""How clear the days of a month are, and how much of the light of a day is diffuse."""

from __future__ import annotations

import numpy as np

from core.solar.sun import Numbers

DULLEST = 0.05
"""Clearness of the dullest day of any month. [1]"""
_FITTED = (0.2, 0.75)
"""Monthly clearness between which the distribution was fitted; beyond, the nearest one is stretched."""


def days_of(clearness: Numbers, count: int) -> Numbers:
    """Clearness of equally frequent days of a month, from dull to clear.

    Parameters
    ----------
    clearness
        of each month: irradiation / that outside the atmosphere. [1]
    count
        of days for each month.

    Returns
    -------
    ndarray
        one row for each of them, whose mean is that of the month. [1]

    Notes
    -----
    F(K) = (exp(γ K₀) - exp(γ K)) / (exp(γ K₀) - exp(γ K₁)), K₀ = 0.05, K₁ = 0.6313 + 0.267 K̄ - 11.9 (K̄ - 0.75)⁸,
    ξ = (K₁ - K₀) / (K₁ - K̄), γ = -1.498 + (1.184 ξ - 27.182 exp(-1.5 ξ)) / (K₁ - K₀); days at F = (i + 0.5) / n

    References
    ----------
    P. Bendt, M. Collares-Pereira, A. Rabl, "The frequency distribution of daily insolation values", Solar Energy 27
    (1981) 1-5; fit of γ and K₁ by M. E. Herzog, as in K. M. Knight, S. A. Klein, J. A. Duffie, "A methodology for the
    synthesis of hourly weather data", Solar Energy 46 (1991) 109-120.

    Examples
    --------
    >>> days_of(np.array([0.5]), 5).round(2).ravel().tolist()
    [0.2, 0.4, 0.54, 0.64, 0.72]
    """
    mean = np.clip(clearness, *_FITTED)
    most = 0.6313 + 0.267 * mean - 11.9 * (mean - 0.75) ** 8
    xi = (most - DULLEST) / (most - mean)
    gamma = -1.498 + (1.184 * xi - 27.182 * np.exp(-1.5 * xi)) / (most - DULLEST)
    share = ((np.arange(count) + 0.5) / count)[:, None]
    made: Numbers = np.log((1.0 - share) * np.exp(gamma * DULLEST) + share * np.exp(gamma * most)) / gamma
    middle: Numbers = made.mean(axis=0)
    return made * (clearness / middle)


def diffuse_of_day(clearness: Numbers, sunset: Numbers) -> Numbers:
    """Diffuse part of the irradiation of a day.

    Parameters
    ----------
    clearness
        of the day: irradiation / that outside the atmosphere. [1]
    sunset
        hour angle of its sunset, by which winter is told. [rad]

    Returns
    -------
    ndarray
        [1]

    Notes
    -----
    ωs <= 81.4°: 1 - 0.2727 K + 2.4495 K² - 11.9514 K³ + 9.3879 K⁴, from K = 0.715 on 0.143;
    ωs > 81.4°: 1 + 0.2832 K - 2.5557 K² + 0.8448 K³, from K = 0.722 on 0.175

    References
    ----------
    D. G. Erbs, S. A. Klein, J. A. Duffie, Solar Energy 28 (1982) 293-302; J. A. Duffie, W. A. Beckman, Solar
    Engineering of Thermal Processes (2013), eq. 2.11.1.

    Examples
    --------
    >>> diffuse_of_day(np.array([0.2, 0.5, 0.8]), np.full(3, np.pi / 2)).round(3).tolist()
    [0.961, 0.608, 0.175]
    """
    k = clearness
    winter = np.where(k < 0.715, 1.0 + k * (-0.2727 + k * (2.4495 + k * (-11.9514 + k * 9.3879))), 0.143)
    rest = np.where(k < 0.722, 1.0 + k * (0.2832 + k * (-2.5557 + k * 0.8448)), 0.175)
    return np.where(sunset <= np.radians(81.4), winter, rest)
