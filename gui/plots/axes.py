"""Numbers at an axis: where it begins and ends, the round numbers between, and how they are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

DIGITS = 4
"""Of a number under the mouse."""
MOST = 5
"""Steps of a number axis."""
FROM_ZERO = 0.6
"""An axis begins at zero when the least value is below this share of the largest."""
ALIKE = 1e-9
"""Values no further apart, relative to themselves, are drawn as one."""
NOTHING = 1e-30
"""Smaller values are drawn as zero."""
ROUND = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Ruler:
    """A number axis."""

    low: float
    high: float
    step: float
    form: Callable[[float], str] | None = None
    """How a number is written; None: with the digits of the step."""

    @property
    def ticks(self) -> list[float]:
        """Multiples of the step from end to end."""
        return [
            n * self.step for n in range(ceil(self.low / self.step - 1e-9), floor(self.high / self.step + 1e-9) + 1)
        ]

    @property
    def words(self) -> list[str]:
        """The ticks, all with the same decimals."""
        write = self.form or self._number
        return [write(tick) for tick in self.ticks]

    @property
    def parts(self) -> int:
        """Steps from end to end."""
        return round((self.high - self.low) / self.step)

    def share(self, value: float) -> float:
        """Where a value stands, 0 at the low end, 1 at the high one."""
        return (value - self.low) / (self.high - self.low)

    def _number(self, value: float) -> str:
        if value == 0:
            return "0"
        power = floor(log10(self.step) + 1e-9)
        if not -6 <= power <= 12:
            return f"{value:.6g}"
        return f"{value:,.{max(0, -power)}f}".replace("-", "−")


def ruler(low: float, high: float, *, zero: bool = False, parts: int = MOST) -> Ruler:
    """Around values, from round number to round number; from zero if that is near or asked for."""
    low, high = (low, high) if isfinite(low) and isfinite(high) else (0.0, 1.0)
    if zero or 0 < low < FROM_ZERO * high:
        low = min(low, 0.0)
    if zero or FROM_ZERO * low < high < 0:
        high = max(high, 0.0)
    size = max(abs(low), abs(high))
    if size < NOTHING:
        low, high = 0.0, 1.0
    elif high - low <= ALIKE * size:
        low, high = low - abs(low) / 2, high + abs(high) / 2
    step = round_up((high - low) / parts)
    return Ruler(floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step, step)


def tight(low: float, high: float) -> Ruler:
    """From the least to the largest value themselves, for a scale whose whole length is needed to tell them apart."""
    rough = ruler(low, high)
    return Ruler(low, high, round_up((high - low) / MOST)) if rough.high - rough.low > high - low > 0 else rough


def beside(other: Ruler, low: float, high: float, *, zero: bool = False) -> Ruler:
    """As :func:`ruler`, with as many steps as another axis of the plot, so that both share the lines of the grid."""
    made = ruler(low, high, zero=zero, parts=other.parts)
    step = made.step
    while True:
        begin = floor(made.low / step + 1e-9) * step
        if begin + other.parts * step >= made.high - 1e-9 * step:
            return Ruler(begin, begin + other.parts * step, step)
        step = round_up(step * 1.01)


def round_up(step: float) -> float:
    """The next of 1, 2, 5, 10, 20 … that is not smaller."""
    magnitude = 10.0 ** floor(log10(step))
    return next(factor * magnitude for factor in ROUND if factor * magnitude >= step * (1 - 1e-9))


def reading(value: float) -> str:
    """A number under the mouse: four digits, thousands apart, no zeros at the end."""
    if not isfinite(value):
        return "–"
    if value == 0 or abs(value) < 1e-4:
        return f"{value:.4g}"
    places = max(0, DIGITS - 1 - floor(log10(abs(value))))
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if places else text
