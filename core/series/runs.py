"""Stretches of neighbours that have something in common."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def runs(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    """First place and the place after the last of each unbroken stretch of True; shape (k, 2).

    Examples
    --------
    >>> runs(np.array([True, True, False, True])).tolist()
    [[0, 2], [3, 4]]
    """
    edges = np.flatnonzero(np.diff(mask, prepend=False, append=False))
    return edges.reshape(-1, 2).astype(np.int64)


def equal_runs(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """First place and the place after the last of each stretch of equal values; a missing one equals nothing.

    Examples
    --------
    >>> equal_runs(np.array([1.0, 1.0, np.nan, np.nan, 1.0])).tolist()
    [[0, 2], [2, 3], [3, 4], [4, 5]]
    """
    if not len(values):
        return np.empty((0, 2), np.int64)
    edges = np.concatenate(([0], np.flatnonzero(values[1:] != values[:-1]) + 1, [len(values)]))
    return np.column_stack((edges[:-1], edges[1:])).astype(np.int64)
