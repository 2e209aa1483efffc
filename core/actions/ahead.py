"""What of the years to come the plan does not decide: the factor of the grid and the share of renewable electricity."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.actions.emitted import HUNDRED, ONE, ZERO, Baseline, Emitted, kept
from core.errors import UserError
from core.i18n import T
from core.library import EXACT

Path = tuple[tuple[int, Decimal], ...]
"""Years and numbers, of which those between are on a straight line; the first and the last hold on."""


def on_path(path: Path, year: int) -> Decimal:
    """The number of a year.

    Parameters
    ----------
    path
        at least one year with its number. [any unit]
    year
        calendar year.

    Returns
    -------
    Decimal
        [the same unit]

    Notes
    -----
    Linear between two years stated, as at the first before it, as at the last after it.

    Examples
    --------
    >>> str(on_path(((2024, Decimal(60)), (2027, Decimal(100))), 2026))
    '86.66666666666666666666666666666667'
    """
    stated = sorted(path)
    before = max((one for one in stated if one[0] <= year), default=stated[0])
    after = min((one for one in stated if one[0] >= year), default=stated[-1])
    if before[0] >= after[0]:
        return before[1]
    run, way = Decimal(after[0] - before[0]), Decimal(year - before[0])
    return EXACT.add(before[1], EXACT.divide(EXACT.multiply(EXACT.subtract(after[1], before[1]), way), run))


@dataclass(frozen=True, slots=True)
class Ahead:
    """How the grid and the share of renewable electricity go on after the year of the baseline."""

    year: int
    """Of the baseline."""
    decline: Decimal = ZERO
    """Of the grid factor, each year from the one before; not used with a table. [%/a]"""
    grid: Path = ()
    """Years and grid factors, of that of the baseline; empty: ``decline`` holds. [%]"""
    share: Path = ()
    """Years and share of renewable electricity; empty: it stays as it is. [%]"""
    now: Decimal = ZERO
    """The share in the year of the baseline, where the path does not state it. [%]"""

    def __post_init__(self) -> None:
        if not -HUNDRED < self.decline < HUNDRED or any(value < 0 for _, value in self.grid) or not self._whole:
            raise UserError(T("A grid factor is 0 or more."), T("Correct the factors of the years to come."))
        if any(not ZERO <= value <= HUNDRED for _, value in (*self.share, (self.year, self.now))):
            raise UserError(
                T("A share of renewable electricity lies between 0 % and 100 %."),
                T("Correct the shares of the years to come."),
            )
        if any(len({year for year, _ in path}) < len(path) for path in (self.grid, self.share)):
            raise UserError(
                T("A table of the years to come has a year twice."), T("Correct the values of the years to come.")
            )

    def grid_part(self, year: int) -> Decimal:
        """The grid factor, of that of the baseline.

        Notes
        -----
        G = (1 - d)^(y - y0), or by the table, in which the year of the baseline is 100 % where the table begins later;
        else its numbers are taken of the one of that year.

        Examples
        --------
        >>> str(Ahead(2024, decline=Decimal(5)).grid_part(2026))
        '0.9025'
        """
        if not self.grid:
            return EXACT.power(EXACT.divide(EXACT.subtract(HUNDRED, self.decline), HUNDRED), max(year - self.year, 0))
        return EXACT.divide(on_path(self._stated, max(year, self.year)), self._whole)

    @property
    def _stated(self) -> Path:
        """The table, with the year of the baseline where it begins later."""
        later = all(year > self.year for year, _ in self.grid)
        return (*self.grid, (self.year, HUNDRED)) if later else self.grid

    @property
    def _whole(self) -> Decimal:
        """What the table has for the year of the baseline."""
        return on_path(self._stated, self.year)

    def share_in(self, year: int) -> Decimal:
        """Share of renewable electricity. [%]"""
        if not self.share:
            return self.now
        return on_path(tuple({self.year: self.now, **dict(self.share)}.items()), max(year, self.year))

    def all_renewable(self, year: int) -> bool:
        """Whether no electricity is left that no instrument covers."""
        return self.share_in(year) == HUNDRED

    def supply(self, cell: Emitted, year: int) -> tuple[Decimal, Decimal]:
        """What becomes of tonnes of a source because the grid or the contracts change, its need being as it was.

        Parameters
        ----------
        cell
            of the baseline.
        year
            calendar year.

        Returns
        -------
        tuple of Decimal
            location-based and market-based. [t CO2e]

        Notes
        -----
        Location: L × G. Market: M × (100 - share) / (100 - share of the baseline). Where the baseline is all
        renewable and the share falls again, what is no longer covered counts with the location-based factor of the
        baseline. The market-based factor of what no instrument covers does not fall with the grid: no rule says so.
        """
        if not cell.electric:
            return cell.location, cell.market
        location = EXACT.multiply(cell.location, self.grid_part(year))
        now, then = self.share_in(self.year), self.share_in(year)
        if now == then:
            return location, cell.market
        if now == HUNDRED:
            return location, EXACT.divide(EXACT.multiply(cell.location, EXACT.subtract(HUNDRED, then)), HUNDRED)
        scale = EXACT.divide(EXACT.subtract(HUNDRED, then), EXACT.subtract(HUNDRED, now))
        return location, EXACT.multiply(cell.market, scale)

    def tonnes(self, cell: Emitted, year: int, need: Decimal = ONE) -> tuple[Decimal, Decimal]:
        """Location- and market-based tonnes of a source whose need has become ``need`` times that of the baseline."""
        location, market = self.supply(cell, year)
        return kept(EXACT.multiply(location, need)), kept(EXACT.multiply(market, need))


def as_now(baseline: Baseline) -> Ahead:
    """Grid and contracts stay as they are in the baseline."""
    return Ahead(baseline.year, now=baseline.share)
