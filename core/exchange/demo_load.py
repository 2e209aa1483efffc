"""What a plant of the demo uses: shifts and rests in such sizes that purchases and feed-in are those of its bills."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
DAY, HOUR = 86_400, 3_600.0
HOLIDAYS = (101, 501, 1001, 1002, 1003)
"""Month and day."""
HALVINGS = 60
"""After so many nothing changes any more."""


def noise(places: NDArray[np.int64], salt: int) -> Values:
    """Numbers from 0 to 1 that look like chance and are the same on every machine (the mixing of SplitMix64)."""
    with np.errstate(over="ignore"):
        z = places.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(salt)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((z ^ (z >> np.uint64(31))) >> np.uint64(11)).astype(np.float64) / 2.0**53


def load_of(
    local: NDArray[np.int64], generation: Values, months: Iterable[tuple[slice, float, float]]
) -> NDArray[np.float64]:
    """The load of a plant with a roof.

    Parameters
    ----------
    local
        beginning of each interval on the clock of the plant. [s since 1970-01-01 there]
    generation
        of the roof. [kWh]
    months
        where each month lies, what is bought in it, and what is fed in. [kWh, kWh]

    Returns
    -------
    NDArray
        [kWh]; while the plant rests so much is used that Σ max(G - L, 0) is what is fed in, at work so much that
        Σ max(L - G, 0) is what is bought.
    """
    shape, rest = _shifts(local), _rests(local)
    load = np.zeros(len(local))
    for span, bought, fed in months:
        made = generation[span]
        idle = _rested(made, shape[span] * rest[span], fed)
        load[span] = _worked(made, idle, shape[span] * ~rest[span], bought)
    return load


def _rested(made: Values, shape: Values, fed: float) -> Values:
    """The load of the rests, by which the feed-in becomes that of the bill."""
    resting = shape > 0.0
    sun, still = made[resting], shape[resting]
    size = _solved(lambda one: -float(np.maximum(sun - one * still, 0.0).sum()), -fed)
    return size * shape


def _worked(made: Values, idle: Values, shape: Values, bought: float) -> Values:
    """The whole load, by which the purchases become those of the bill."""
    size = _solved(lambda one: float(np.maximum(idle + one * shape - made, 0.0).sum()), bought)
    return idle + size * shape


def _solved(growing: Callable[[float], float], wanted: float) -> float:
    """Where a function that grows has a value; 0 where it begins above."""
    low, high = 0.0, 1.0
    while growing(high) < wanted:
        high *= 2.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if growing(middle) < wanted else (low, middle)
    return high


def _clock(local: NDArray[np.int64]) -> tuple[Values, NDArray[np.int64]]:
    """Hour of the day, and day of the week with 0 for Monday."""
    return local % DAY / HOUR, (local // DAY + 3) % 7


def _shifts(local: NDArray[np.int64]) -> Values:
    """Two shifts, a third that runs on half, a little less on Saturdays; no day is like the other."""
    hour, weekday = _clock(local)
    working = np.where((hour >= 7.5) & (hour < 23.5), 1.0, 0.55)
    lunch = np.where((hour >= 11.5) & (hour < 12.25), 0.88, 1.0)
    week = np.where(weekday == 5, 0.9, 1.0)
    chance = (0.97 + 0.06 * noise(local // DAY, 22)) * (0.96 + 0.08 * noise(local // 900, 21))
    used: Values = np.where(_rests(local), 1.0, working * lunch * week) * chance
    return used


def _rests(local: NDArray[np.int64]) -> NDArray[np.bool_]:
    """From Saturday, 14:00, to Monday, 6:00, and on the public holidays of China that have a fixed date."""
    hour, weekday = _clock(local)
    days = (local // DAY).astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    date = (months.astype(np.int64) % 12 + 1) * 100 + (days - months).astype(np.int64) + 1
    weekend = (weekday == 6) | ((weekday == 5) & (hour >= 14.0)) | ((weekday == 0) & (hour < 6.0))
    found: NDArray[np.bool_] = weekend | np.isin(date, HOLIDAYS)
    return found
