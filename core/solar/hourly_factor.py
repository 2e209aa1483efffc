"""Avoided emissions hour by hour, with a table of factors that the user brings."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from core.errors import UserError
from core.i18n import T, verbatim
from core.methods import KG
from core.series import Series
from core.solar.avoided import Avoided, Named
from core.solar.grid import amounts_on, grid_of, levels_on

HOUR = 3600
_KWH = Decimal("1E-6")


@dataclass(frozen=True, slots=True)
class FactorTable:
    """Who published hourly factors, as the user knows it."""

    name: str
    publisher: str
    edition: str
    year: int
    gas: str = "CO2"
    """``CO2`` or ``CO2e``."""


@dataclass(frozen=True, slots=True)
class Hourly:
    """Emissions avoided hour by hour."""

    avoided: Avoided
    """With the mean factor weighted by the generation."""
    plain_mean: float
    """Mean of the factors over the same hours without weight, for comparison. [t/MWh]"""
    present: int
    """Hours with energy and a factor."""
    expected: int
    """Hours there are."""


def avoided_hourly(energy: Series, factors: Series, table: FactorTable) -> Hourly:
    """Emissions avoided hour by hour.

    Parameters
    ----------
    energy
        self-used or fed in. [kWh]
    factors
        of the grid at each time. [kg/kWh]
    table
        who published them.

    Returns
    -------
    Hourly
        over intervals with both.

    Raises
    ------
    UserError
        without an interval with both, for a factor below zero, or intervals that do not fit each other.

    Notes
    -----
    t = Σ_h E_h EF_h / 1000. The mean factor is t over Σ E of the hours in which both are known: PV generates by day,
    so it differs from the plain mean of the hours.

    Examples
    --------
    >>> sun, grid = Series(0, 3600, np.array([100.0, 300.0])), Series(0, 3600, np.array([0.8, 0.4]))
    >>> found = avoided_hourly(sun, grid, FactorTable("Grid by the hour", "Operator", "2024", 2024))
    >>> str(found.avoided.tonnes), str(found.avoided.factor.value), round(found.plain_mean, 3)
    ('0.200000000', '0.500000000', 0.6)
    """
    grid = grid_of(energy, factors)
    made, factor = amounts_on(grid, energy), levels_on(grid, factors)
    both = np.isfinite(made) & np.isfinite(factor)
    if not both.any():
        raise UserError(
            T("The table of factors and the generation have no time in common."), T("Use a table of the same year.")
        )
    if factor[both].min() < 0:
        raise UserError(T("A factor of the table is below 0."), T("Correct the table of factors."))
    total, tonnes = float(made[both].sum()), float((made[both] * factor[both]).sum()) / 1000.0
    mean = 1000.0 * tonnes / total if total > 0 else 0.0
    named = Named(
        "hourly",
        verbatim(table.name),
        _decimal(mean, KG),
        table.gas,
        table.publisher,
        table.edition,
        table.year,
        "",
        "",
        "USER",
    )
    kept = Avoided(_decimal(total, _KWH), named, _decimal(tonnes, KG))
    return Hourly(kept, float(factor[both].mean()), int(both.sum()), grid.count)


def _decimal(value: float, digits: Decimal) -> Decimal:
    return Decimal(repr(value)).quantize(digits)
