"""Weather that could be: made from published statistics and a seed, for no weather file may be copied into here.

Days get their clearness from the distribution that the months of real places follow, hours get theirs around the mean
course of such a day, with a memory. Nothing of it was measured.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.solar.model import Site
from core.solar.sun import elevation, extraterrestrial_at
from core.solar.weather import Hourly

Numbers = NDArray[np.float64]
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
START_2021 = 1_609_459_200
"""[s since 1970-01-01 UTC]"""


@dataclass(frozen=True)
class Place:
    """A place with what its months are like."""

    site: Site
    offset: int
    """[s]"""
    clearness: tuple[float, ...]
    """Of each month. [1]"""
    temperature: tuple[float, ...]
    """[°C]"""


SINGAPORE = Place(
    Site(1.3, 103.8, 15.0),
    28_800,
    (0.46, 0.49, 0.48, 0.47, 0.46, 0.46, 0.46, 0.45, 0.45, 0.43, 0.40, 0.41),
    (26.5, 27.1, 27.5, 28.0, 28.3, 28.3, 27.9, 27.9, 27.6, 27.6, 27.0, 26.4),
)
BEIJING = Place(
    Site(39.9, 116.4, 50.0),
    28_800,
    (0.56, 0.56, 0.54, 0.53, 0.53, 0.48, 0.44, 0.46, 0.50, 0.52, 0.52, 0.53),
    (-3.1, 0.2, 6.7, 14.8, 20.8, 24.9, 26.7, 25.5, 20.7, 13.7, 5.0, -0.9),
)
KROSNO = Place(
    Site(49.7, 21.8, 280.0),
    3_600,
    (0.34, 0.37, 0.40, 0.43, 0.45, 0.45, 0.46, 0.47, 0.43, 0.40, 0.33, 0.30),
    (-2.0, -0.8, 3.2, 8.9, 13.6, 17.1, 18.8, 18.4, 13.7, 9.0, 4.1, -0.5),
)
PLACES = {"Singapore": SINGAPORE, "Beijing": BEIJING, "Krosno": KROSNO}


def weather(place: Place, step: int = 3_600, years: int = 1, seed: int = 1) -> Hourly:
    """Common years of weather of a place, from 2021 on (leap days are left to the calendar and get no weather)."""
    rng = np.random.default_rng(seed)
    count = years * 365 * 86_400 // step
    start = START_2021 - place.offset
    times = start + step * np.arange(count, dtype=np.int64) + step // 2
    up = np.sin(np.radians(elevation(times, place.site.latitude, place.site.longitude)))
    day = np.arange(count) * step // 86_400
    daily = _days(place, years, rng)
    clearness = _course(daily[day], up, 86_400 // step, rng)
    extra = extraterrestrial_at(times)
    ghi = clearness * extra * np.maximum(up, 0.0)
    dni, dhi = _diffuse(ghi, clearness, up, extra, rng)
    return Hourly(
        place.site, start, step, ghi, dni, dhi, _warmth(place, daily, count, step, rng), _wind(count, step, rng),
        offset=place.offset,
    )  # fmt: skip


def _days(place: Place, years: int, rng: np.random.Generator) -> Numbers:
    """Clearness of each day: the quantiles of its month's distribution in the order of a process with a memory."""
    days = [_quantiles(place.clearness[month], LENGTHS[month], rng) for _ in range(years) for month in range(12)]
    return np.concatenate(days)


def _quantiles(mean: float, length: int, rng: np.random.Generator) -> Numbers:
    """P. Bendt, M. Collares-Pereira, A. Rabl, Solar Energy 27 (1981) 1-5; fit of M. E. Herzog (1985)."""
    least, most = 0.05, 0.6313 + 0.267 * mean - 11.9 * (mean - 0.75) ** 8
    xi = (most - least) / (most - mean)
    gamma = -1.498 + (1.184 * xi - 27.182 * np.exp(-1.5 * xi)) / (most - least)
    share = (np.arange(length) + 0.5) / length
    ordered = np.log((1 - share) * np.exp(gamma * least) + share * np.exp(gamma * most)) / gamma
    order: NDArray[np.intp] = np.argsort(np.argsort(_memory(length, 0.3, rng)))
    made: Numbers = np.asarray(ordered)[order]
    return made


def _course(daily: Numbers, up: Numbers, per_day: int, rng: np.random.Generator) -> Numbers:
    """Clearness of each step: lower when the sun is low, and changing (R. Aguiar, M. Collares-Pereira, 1992)."""
    height = np.maximum(up, 0.0)
    peak = np.repeat(height.reshape(-1, per_day).max(axis=1), per_day)
    weight = 0.75 + 0.35 * height / np.maximum(peak, 1e-9)
    share = np.repeat(_per_day(height, per_day) / np.maximum(_per_day(height * weight, per_day), 1e-9), per_day)
    mean = daily * weight * share
    swing = 0.16 * np.sin(np.pi * np.clip(mean / 0.85, 0.0, 1.0))
    made = np.clip(mean + swing * _memory(len(up), 0.55 ** (24.0 / per_day), rng), 0.02, 0.82)
    # The day keeps its clearness.
    made *= np.repeat(_per_day(height * mean, per_day) / np.maximum(_per_day(height * made, per_day), 1e-9), per_day)
    capped: Numbers = np.minimum(made, 0.82)
    return capped


def _per_day(values: Numbers, per_day: int) -> Numbers:
    total: Numbers = values.reshape(-1, per_day).sum(axis=1)
    return total


def _diffuse(
    ghi: Numbers, clearness: Numbers, up: Numbers, extra: Numbers, rng: np.random.Generator
) -> tuple[Numbers, Numbers]:
    """Around the correlation of J. F. Orgill, K. G. T. Hollands, Solar Energy 19 (1977): not that of our own split."""
    share = np.where(clearness < 0.35, 1 - 0.249 * clearness, 1.557 - 1.84 * clearness)
    share = np.clip(np.where(clearness > 0.75, 0.177, share) + 0.05 * rng.standard_normal(len(ghi)), 0.08, 1.0)
    dni = np.where(up > 0.03, ghi * (1 - share) / np.maximum(up, 0.03), 0.0)
    dni = np.minimum(dni, 0.78 * extra)
    return dni, ghi - dni * np.maximum(up, 0.0)


def _warmth(place: Place, daily: Numbers, count: int, step: int, rng: np.random.Generator) -> Numbers:
    """Warmer in clear weather, warmest in the afternoon."""
    month = np.repeat(np.tile(np.arange(12), len(daily) // 365), np.tile(LENGTHS, len(daily) // 365))
    mean = np.array(place.temperature)[month] + 2.5 * _memory(len(daily), 0.7, rng)
    hour = (np.arange(count) * step % 86_400 + step / 2) / 3_600
    swing = np.maximum(22.0 * daily - 3.0, 1.0)
    day = np.arange(count) * step // 86_400
    warmth: Numbers = mean[day] + 0.5 * swing[day] * np.cos(2 * np.pi * (hour - 14.8) / 24)
    return warmth


def _wind(count: int, step: int, rng: np.random.Generator) -> Numbers:
    made: Numbers = 2.5 * np.exp(0.5 * _memory(count, 0.85 ** (step / 3_600), rng) - 0.125)
    return made


def _memory(count: int, keeps: float, rng: np.random.Generator) -> Numbers:
    """Standard normal numbers of which each remembers a share of the one before."""
    fresh = rng.standard_normal(count) * np.sqrt(1 - keeps**2)
    made = np.empty(count)
    last = rng.standard_normal()
    for place, value in enumerate(fresh):
        last = keeps * last + value
        made[place] = last
    return made
