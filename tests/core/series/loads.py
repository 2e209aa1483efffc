"""Loads as plants have them: by day and night, week and season, with noise."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

QUARTERS = 96
"""Quarters of an hour in a day."""


def load(days: int, scale: float, seed: int = 1, decimals: int = 1) -> NDArray[np.float64]:
    """Energy of each quarter of an hour, with as many digits as meters print. [kWh]"""
    rng = np.random.default_rng(seed)
    at = np.arange(days * QUARTERS) / QUARTERS
    shift = np.clip(np.sin((at % 1 - 0.25) * 2 * np.pi), -0.3, 1.0)
    week = np.where(at.astype(int) % 7 < 5, 1.0, 0.45)
    season = 1 + 0.15 * np.cos(at / 365 * 2 * np.pi)
    noise = 1 + 0.05 * rng.standard_normal(at.size)
    values: NDArray[np.float64] = np.abs(scale * (0.25 + (0.5 + 0.5 * shift) * week) * season * noise)
    return np.round(values, decimals)
