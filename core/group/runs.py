"""Exact sums of rows that stand together: sorted tables are added up in one pass, without wrapping."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

LIMIT = 2**63 - 1
Ints = NDArray[np.int64]


def starts_of(columns: Iterable[NDArray[np.generic]], total: int) -> Ints:
    """Where a row differs from the one before it.

    >>> starts_of([np.array([1, 1, 2, 2]), np.array([5, 5, 5, 6])], 4)
    array([0, 2, 3])
    """
    new = np.zeros(total, dtype=np.bool_)
    new[:1] = True
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(new)


def summed(amounts: Ints, starts: Ints) -> Ints | None:
    """Sums of runs; None where 64 bits do not hold one."""
    if not len(starts):
        return amounts[:0]
    longest = int(np.diff(starts, append=len(amounts)).max())
    largest = max(int(amounts.max()), -int(amounts.min()))
    if longest * largest > LIMIT and any(abs(value) > LIMIT for value in wide(amounts, starts)):
        return None
    return np.add.reduceat(amounts, starts)


def wide(amounts: Ints, starts: Ints) -> list[int]:
    """Sums of runs as integers of any size: the upper and the lower halves of the numbers apart."""
    upper, lower = np.add.reduceat(amounts >> 32, starts), np.add.reduceat(amounts & 0xFFFF_FFFF, starts)
    return [(int(high) << 32) + int(low) for high, low in zip(upper, lower, strict=True)]
