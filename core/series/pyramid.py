"""Smallest and largest values of any stretch of a long series, at once: what millions of points are drawn from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FACTOR = 256
"""Entries of a level that make one of the next: long enough for each to be one fast sweep over neighbours."""
_BLOCK = 256
"""Entries that are made together, so that their values stay in the cache of the processor."""

Floats = NDArray[np.float64]


class Pyramid:
    """The extremes of each 256 values, of each 256 of those, and so on. Missing values (NaN) have no part in them.

    Parameters
    ----------
    values
        any unit, NaN where missing, shape (n,); not copied, and not to be changed afterwards

    Examples
    --------
    >>> x, low, high = Pyramid(np.arange(100.0)).span(0, 100, 10)
    >>> x[:3].tolist(), low[:3].tolist(), high[:3].tolist()
    ([0, 10, 20], [0.0, 10.0, 20.0], [9.0, 19.0, 29.0])
    """

    __slots__ = ("_levels", "values")

    def __init__(self, values: Floats) -> None:
        self.values = values
        """What it was made of."""
        self._levels = [(values, values)]
        while len(self._levels[-1][0]) > FACTOR:
            self._levels.append(_above(*self._levels[-1]))

    def __len__(self) -> int:
        return len(self.values)

    def span(self, first: int, last: int, pixels: int) -> tuple[NDArray[np.int64], Floats, Floats]:
        """The extremes of a stretch, for a drawing of a given width.

        Parameters
        ----------
        first, last
            places of the first value and after the last one; what lies outside is left out
        pixels
            width of the drawing

        Returns
        -------
        tuple
            place of the first value of each piece, smallest and largest value in it (NaN where all are missing). Where
            there are at most two values for each pixel, each is a piece; else there are at most as many pieces as
            pixels, and one more. Pieces begin at multiples of their width, so a drawing that is moved does not flicker.
        """
        first, last = max(first, 0), min(last, len(self.values))
        count = last - first
        if count <= 2 * max(pixels, 1):
            part = self.values[first : max(first, last)]
            return np.arange(first, first + len(part), dtype=np.int64), part, part
        level, width = _width(-(-count // max(pixels, 1)), len(self._levels))
        begin, end = -(-first // width) * width, last // width * width
        if begin > end:
            return self._ends((first, last))
        low, high = (self._inside(values, op, level, width, begin, end) for values, op in self._both(level))
        x = np.arange(begin, end, width, dtype=np.int64)
        before, after = self._ends((first, begin)), self._ends((end, last))
        return (
            np.concatenate([before[0], x, after[0]]),
            np.concatenate([before[1], low, after[1]]),
            np.concatenate([before[2], high, after[2]]),
        )

    def _both(self, level: int) -> tuple[tuple[Floats, np.ufunc], tuple[Floats, np.ufunc]]:
        low, high = self._levels[level]
        return (low, np.fmin), (high, np.fmax)

    @staticmethod
    def _inside(values: Floats, op: np.ufunc, level: int, width: int, begin: int, end: int) -> Floats:
        """Extremes of whole pieces."""
        size = FACTOR**level
        entries = values[begin // size : end // size].reshape(-1, width // size)
        found: Floats = op.reduce(entries, axis=1)
        return found

    def _ends(self, piece: tuple[int, int]) -> tuple[NDArray[np.int64], Floats, Floats]:
        """A piece that is cut off by the edge of the drawing, from its values."""
        first, last = piece
        part = self.values[first:last]
        if not len(part):
            return np.zeros(0, np.int64), np.zeros(0), np.zeros(0)
        return np.array([first]), np.array([np.fmin.reduce(part)]), np.array([np.fmax.reduce(part)])


def _width(least: int, levels: int) -> tuple[int, int]:
    """The level to read, and how many values a piece has: at least ``least``, in whole entries of the level."""
    level = 0
    while level + 1 < levels and FACTOR ** (level + 1) <= least:
        level += 1
    size = FACTOR**level
    return level, -(-least // size) * size


def _above(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """The next level; the last entry may stand for fewer."""
    count = len(low)
    whole = count // FACTOR
    made = np.empty((2, -(-count // FACTOR)))
    lows, highs = (values[: whole * FACTOR].reshape(-1, FACTOR) for values in (low, high))
    for at in range(0, whole, _BLOCK):
        until = min(at + _BLOCK, whole)
        np.fmin.reduce(lows[at:until], axis=1, out=made[0, at:until])
        np.fmax.reduce(highs[at:until], axis=1, out=made[1, at:until])
    if whole < made.shape[1]:
        made[:, whole] = np.fmin.reduce(low[whole * FACTOR :]), np.fmax.reduce(high[whole * FACTOR :])
    return made[0], made[1]
