"""From power to energy, and energy into other steps."""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.series.series import Series

Label: TypeAlias = Literal["left", "right", "instantaneous"]
"""What a value of power at a time means: the mean of the interval that begins there, of the one that ends there, or the
power at that moment."""
Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]


def energy(power: Series, label: Label = "left") -> Series:
    """The energy of each interval of a series of power.

    Parameters
    ----------
    power
        in equal steps; ``right``: the value of an interval is the mean of the one before it [kW]
    label
        what a value means

    Returns
    -------
    Series
        energy of the interval that begins at each time [kWh]; of moments one fewer. Missing where a power is missing
        that it needs, never interpolated.

    Notes
    -----
    Means: E = P × h. Moments: E = (P + P of the next moment) / 2 × h (trapezoid rule).

    Examples
    --------
    >>> energy(Series(0, 900, np.array([4.0, 8.0]))).values.tolist()
    [1.0, 2.0]
    """
    if label == "instantaneous":
        values = (power.values[1:] + power.values[:-1]) / 2 * power.step / 3600.0
        marks = None if power.marks is None else np.maximum(power.marks[1:], power.marks[:-1])
        return Series(power.start, power.step, values, marks)
    start = power.start - power.step if label == "right" else power.start
    return Series(start, power.step, power.values * power.step / 3600.0, power.marks)
