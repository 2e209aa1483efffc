"""A stretch of equal steps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MEASURED, ESTIMATED = 0, 1
"""Marks of a value."""


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Values in equal steps of time; what is missing is NaN and stays so.

    Each value belongs to the interval that begins at its time: an amount (kWh) is what passed in it, a level (W/m2, °C)
    its mean over it.
    """

    start: int
    """Beginning of the first interval. [s since 1970-01-01 UTC]"""
    step: int
    """Length of an interval; a divisor of a day. [s]"""
    values: NDArray[np.float64]
    """In the meter's unit, multiplier applied."""
    marks: NDArray[np.uint8] | None = None
    """``MEASURED`` or ``ESTIMATED`` for each value; None: all are measured."""

    def __len__(self) -> int:
        return len(self.values)

    @property
    def end(self) -> int:
        """End of the last interval. [s since 1970-01-01 UTC]"""
        return self.start + self.step * len(self.values)

    @property
    def starts(self) -> NDArray[np.int64]:
        """Beginning of each interval. [s since 1970-01-01 UTC]"""
        return self.start + self.step * np.arange(len(self.values), dtype=np.int64)

    @property
    def hours(self) -> float:
        """Length of an interval. [h]"""
        return self.step / 3600.0
