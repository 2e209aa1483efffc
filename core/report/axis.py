"""Round numbers along an axis."""

from __future__ import annotations

import math

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers from at or below ``low`` to at or above ``high``, evenly spaced, few enough to be read.

    Examples
    --------
    >>> ticks(0.0, 2637.0)
    [0.0, 1000.0, 2000.0, 3000.0]
    >>> ticks(0.79, 0.88)
    [0.78, 0.8, 0.82, 0.84, 0.86, 0.88]
    """
    span = high - low
    if not span > 0:
        span = abs(high) or 1.0
        low, high = low - span / 2, high + span / 2
    rough = span / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(one * power for one in _STEPS if one * power >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [float(f"{place * step:.12g}") for place in range(first, last + 1)]


def tick_text(value: float) -> str:
    """``1,500``, ``0.85``: with the figures that it needs."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return "−" + text[1:] if text.startswith("-") else text
