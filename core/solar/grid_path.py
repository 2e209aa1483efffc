"""How the factor of the grid goes on: as it is, by a percentage a year, or by a table of the user."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np

from core.errors import UserError
from core.i18n import T, Text


@dataclass(frozen=True, slots=True)
class GridPath:
    """A grid factor over years."""

    value: float
    """In ``year``. [t/MWh]"""
    year: int
    """Which the value describes."""
    decline: float = 0.0
    """Of each year from the one before; not used with a table. [1/a]"""
    table: tuple[tuple[int, float], ...] = ()
    """Years and factors of the user; empty: ``decline`` holds. [t/MWh]"""
    name: str = ""
    """The factor with publisher and edition, for people."""

    @property
    def text(self) -> Text:
        """How it goes on."""
        if self.table:
            return T(
                "By the table, in a straight line between its years, and as in its last year {last} from then on.",
                last=str(max(year for year, _ in self.table)),
            )
        if self.decline:
            return T("Falling by {percent} % of the year before in each year.", percent=f"{100 * self.decline:g}")
        return T("Staying as it is.")

    def at(self, year: int) -> float:
        """The factor of a year.

        Parameters
        ----------
        year
            calendar year; one before ``year`` has its factor.

        Returns
        -------
        float
            [t/MWh]

        Raises
        ------
        UserError
            for a factor below zero, a decline of 100 % or more, or a table with a year twice.

        Notes
        -----
        EF_y = EF_0 (1 - g)^{y - y_0}. With a table: linear between the years stated, ``value`` being one of them unless
        the table states its year; the last one holds on.

        Examples
        --------
        >>> GridPath(0.5, 2024, decline=0.1).at(2026)
        0.405
        >>> GridPath(0.5, 2024, table=((2030, 0.2), (2034, 0.0))).at(2027)
        0.35
        """
        self._check()
        if not self.table:
            return float(self.value * (1.0 - self.decline) ** max(year - self.year, 0))
        stated = dict(self.table)
        if self.year < min(stated):
            stated[self.year] = self.value
        years = sorted(stated)
        return round(float(np.interp(year, years, [stated[y] for y in years])), 12)

    def _check(self) -> None:
        numbers = (self.value, *(factor for _, factor in self.table))
        if any(not isfinite(number) or number < 0 for number in numbers):
            raise UserError(T("A grid factor is 0 or more."), T("Correct the factors of the years to come."))
        if not -1.0 < self.decline < 1.0:
            raise UserError(T("A grid factor cannot fall by 100 % a year."), T("Enter a decline in % a year."))
        if len({year for year, _ in self.table}) < len(self.table):
            raise UserError(
                T("The table of grid factors has a year twice."), T("Correct the factors of the years to come.")
            )
