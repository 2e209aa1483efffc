"""Scenarios side by side: the same plant, several ways in which the years to come may go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.actions.ahead import Path
from core.actions.emitted import Baseline
from core.errors import UserError
from core.i18n import T
from core.ledger import Ledger, Scenario
from core.library import EXACT
from core.targets.forecast import Forecast, forecast_of

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Compared:
    """One scenario in one year."""

    scenario: str
    """Id."""
    year: int
    without: Decimal
    """Actions. [t CO2e]"""
    result: Decimal
    """With actions. [t CO2e]"""
    against_first: Decimal
    """More than in the first scenario. [t CO2e]"""
    against_base: Decimal | None
    """Change from the baseline; None where that is zero. [%]"""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Forecasts of several scenarios over the same years."""

    forecasts: tuple[Forecast, ...]
    """In the order asked for."""
    parts: tuple[str, ...]
    """What is compared."""
    rows: tuple[Compared, ...]
    """By year, then in the order of the scenarios."""

    def of(self, year: int) -> tuple[Compared, ...]:
        """All scenarios in one year."""
        return tuple(row for row in self.rows if row.year == year)


def compare(
    ledger: Ledger,
    baseline: Baseline,
    scenarios: Iterable[Scenario],
    parts: Iterable[str] = ("location",),
    *,
    shares: Path = (),
) -> Comparison:
    """Several scenarios, up to the earliest of their last years.

    Parameters
    ----------
    ledger, baseline, shares
        as of a forecast.
    scenarios
        at least one; the others are compared with the first.
    parts
        keys of the parts that are added up, or ``location`` or ``market`` alone.

    Raises
    ------
    UserError
        for no scenario, or one that cannot be calculated.
    """
    asked, keys = tuple(scenarios), tuple(parts)
    if not asked:
        raise UserError(T("There is no scenario to compare."), T("Enter one, or two for a comparison."))
    last = min(one.last_year for one in asked)
    forecasts = tuple(forecast_of(ledger, baseline, one, shares=shares, last_year=last) for one in asked)
    both = [(one.series(keys, actions=False), one.series(keys)) for one in forecasts]
    rows = [
        _row(one.scenario.id, year, without[year], result[year], both[0][1][year], result[baseline.year])
        for year in range(baseline.year, last + 1)
        for one, (without, result) in zip(forecasts, both, strict=True)
    ]
    return Comparison(forecasts, keys, tuple(rows))


def _row(scenario: str, year: int, without: Decimal, result: Decimal, first: Decimal, base: Decimal) -> Compared:
    change = EXACT.divide(EXACT.multiply(EXACT.subtract(result, base), HUNDRED), base) if base else None
    return Compared(scenario, year, without, result, EXACT.subtract(result, first), change)
