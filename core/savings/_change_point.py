"""Models of energy over temperature that bend: three, four and five parameters, with the bends searched on a grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.errors import UserError
from core.i18n import T
from core.savings._least_squares import Array, Fit, least_squares

COARSE = 41
"""Places of the first grid for one bend."""
COARSE_TWO = 17
"""The same for each of two."""
FINE = 9
"""Places of each finer grid."""
ROUNDS = 7
"""Finer grids, each a quarter as wide: the last step is far below a thousandth of a degree."""
KINDS = ("3ph", "3pc", "4p", "5p")


@dataclass(frozen=True, slots=True)
class Bent:
    """A model with its bends."""

    fit: Fit
    bends: tuple[float, ...]
    """Change points, ascending. [°C]"""


def slopes(kind: str, temperature: Array, bends: tuple[float, ...]) -> Array:
    """The columns that a bent line adds to its base.

    Parameters
    ----------
    kind
        ``3ph`` heating, ``3pc`` cooling, ``4p`` both sides of one bend, ``5p`` both with a level
        between. [1]
    temperature
        mean of each period; shape (n,). [°C]
    bends
        one, of ``5p`` two. [°C]

    Returns
    -------
    ndarray
        degrees below or above a bend, never negative; shape (n, 1 or 2). [K]

    Notes
    -----
    E = β₀ + β₁ (T_b - T)⁺ (3PH), β₀ + β₁ (T - T_b)⁺ (3PC), β₀ + β₁ (T_b - T)⁺ + β₂ (T - T_b)⁺ (4P),
    β₀ + β₁ (T_h - T)⁺ + β₂ (T - T_c)⁺ (5P). Kissock, Haberl and Claridge, Inverse Modeling Toolkit, ASHRAE Transactions
    109(2), 2003 (RP-1050); ASHRAE Guideline 14-2014, annex D.

    Examples
    --------
    >>> slopes("4p", np.array([5.0, 15.0, 20.0]), (15.0,)).tolist()
    [[10.0, 0.0], [0.0, 0.0], [0.0, 5.0]]
    """
    below, above = np.maximum(bends[0] - temperature, 0.0), np.maximum(temperature - bends[-1], 0.0)
    columns = {"3ph": [below], "3pc": [above]}.get(kind, [below, above])
    return np.column_stack(columns)


def bent_line(kind: str, base: Array, temperature: Array, measured: Array) -> Bent:
    """The bent line that leaves the smallest sum of squares.

    Parameters
    ----------
    kind
        see :func:`slopes`. [1]
    base
        columns that do not depend on the temperature, the first being the length of each period, by which slopes are
        multiplied; shape (n, k). [d]
    temperature
        mean of each period; shape (n,). [°C]
    measured
        energy of each period; shape (n,). [unit of the energy]

    Returns
    -------
    Bent
        fit and bends. [°C]

    Raises
    ------
    UserError
        when no bend between the temperatures gives a model, for they are too few or too much alike.

    Notes
    -----
    A grid over the temperatures, then seven grids around the best place, each a quarter as wide. At least two
    temperatures stay on each side that has a slope. Kissock, Haberl and Claridge (2003), as above.

    Examples
    --------
    >>> temperature = np.arange(0.0, 24.0, 2.0)
    >>> energy = 100.0 + 5.0 * np.maximum(15.3 - temperature, 0.0)
    >>> round(bent_line("3ph", np.ones((12, 1)), temperature, energy).bends[0], 3)
    15.3
    """
    ordered = np.unique(temperature)
    if len(ordered) < 4:
        raise _alike()
    low, high = float(ordered[1]), float(ordered[-2])
    best: Bent | None = None
    for bends in _first(kind, low, high):
        best = _better(best, kind, base, temperature, measured, bends)
    if best is None:
        raise _alike()
    width = (high - low) / ((COARSE_TWO if kind == "5p" else COARSE) - 1)
    for _ in range(ROUNDS):
        for bends in _around(best.bends, width, low, high):
            best = _better(best, kind, base, temperature, measured, bends) or best
        width /= 4.0
    return best


def _first(kind: str, low: float, high: float) -> Iterator[tuple[float, ...]]:
    if kind != "5p":
        yield from ((float(place),) for place in np.linspace(low, high, COARSE))
        return
    places = [float(place) for place in np.linspace(low, high, COARSE_TWO)]
    for position, one in enumerate(places):
        for other in places[position:]:
            yield one, other


def _around(bends: tuple[float, ...], width: float, low: float, high: float) -> Iterator[tuple[float, ...]]:
    grids = [
        [float(place) for place in np.linspace(max(low, bend - width), min(high, bend + width), FINE)] for bend in bends
    ]
    if len(grids) == 1:
        yield from ((place,) for place in grids[0])
        return
    for one in grids[0]:
        for other in grids[1]:
            if one <= other:
                yield one, other


def _better(
    best: Bent | None, kind: str, base: Array, temperature: Array, measured: Array, bends: tuple[float, ...]
) -> Bent | None:
    """The better of what is known and these bends."""
    matrix = np.column_stack([base, slopes(kind, temperature, bends) * base[:, :1]])
    try:
        fit = least_squares(matrix, measured, searched=len(bends))
    except UserError:
        if len(measured) <= matrix.shape[1] + len(bends):
            raise
        return best  # no slope can be told at this place
    return Bent(fit, bends) if best is None or fit.sse < best.fit.sse else best


def _alike() -> UserError:
    return UserError(
        T("The temperatures of the baseline are too few or too much alike for a change point."),
        T("Enter a baseline of a whole year, or choose a model without a change point."),
    )
