"""Curtailment: power held at a limit while the sun would give more."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.i18n import T, Text
from core.series import Series
from core.solar.availability import DEAD
from core.solar.grid import Flags, Floats, Grid, amounts_on, grid_of, levels_on

NEAR = 0.02
"""How near to the limit counts as at the limit: the accuracy of meter and controller. Ours. [1]"""
NOTE = T("Curtailed energy was never generated: it is no generation, avoids nothing and earns no certificate.")
"""What has to be said beside it."""


@dataclass(frozen=True, slots=True, eq=False)
class Curtailment:
    """What a limit kept from being generated."""

    grid: Grid
    held: Flags
    """Intervals at the limit in which the model would give more."""
    energy: Floats
    """Not generated, for each interval. [kWh]"""
    ratio: float
    """Measured over expected outside the limit, by which the model is scaled. [1]"""

    @property
    def total(self) -> float:
        """[kWh]"""
        return float(self.energy.sum())

    @property
    def hours(self) -> float:
        """Time at the limit. [h]"""
        return int(self.held.sum()) * self.grid.hours

    @property
    def note(self) -> Text:
        """That this is no generation."""
        return NOTE

    def within(self, start: int, end: int) -> float:
        """Not generated from ``start`` on and before ``end`` [s since 1970-01-01 UTC]. [kWh]"""
        return float(self.energy[self.grid.part(start, end)].sum())


def curtailment(energy: Series, expected: Series, limit: float | Series) -> Curtailment:
    """What a limit of the power kept from being generated.

    Parameters
    ----------
    energy
        generation. [kWh]
    expected
        what the model gives for the same weather **without** this limit. [kWh]
    limit
        of contract, feed-in or controller, one number or as it was set at each time; mean power. [kW]

    Returns
    -------
    Curtailment
        intervals in which something is missing have none.

    Raises
    ------
    UserError
        for intervals that do not fit each other.

    Notes
    -----
    Held: E/τ ≥ 0.98 limit and k E_expected > E. Curtailed: k E_expected - E. k = Σ E / Σ E_expected over the intervals
    below the limit in which the system ran, so that a model that is too bright curtails nothing; 1 without any.

    Examples
    --------
    >>> expected = Series(0, 3600, np.array([40.0, 80.0, 120.0]))
    >>> found = curtailment(Series(0, 3600, np.array([40.0, 80.0, 100.0])), expected, 100.0)
    >>> found.total, found.held.tolist()
    (20.0, [False, False, True])
    """
    limits = (limit,) if isinstance(limit, Series) else ()
    grid = grid_of(energy, expected, *limits)
    measured, could = amounts_on(grid, energy), amounts_on(grid, expected)
    most = (levels_on(grid, limit) if isinstance(limit, Series) else np.full(grid.count, float(limit))) * grid.hours
    at_limit = measured >= (1.0 - NEAR) * most
    free = (measured > DEAD * could) & (measured < (1.0 - NEAR) * most)
    below = float(could[free].sum())
    ratio = float(measured[free].sum()) / below if below > 0 else 1.0
    held = at_limit & (ratio * could > measured)
    return Curtailment(grid, held, np.where(held, ratio * could - measured, 0.0), ratio)
