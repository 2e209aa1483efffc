"""What a file of interval data holds and the plant will not take up, and why. A bounded list, for files are long."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.exchange.cells import Cell, excerpt
from core.i18n import T, Text, verbatim

MOST_KEPT = 1_000
"""Refusals that are kept with their reason; all are counted."""


@dataclass(frozen=True, slots=True)
class Refused:
    """One cell that is not taken up."""

    row: int
    """As a spreadsheet program numbers it; 0: the column as a whole."""
    column: str
    """Heading or letter of the column."""
    reason: Text
    remedy: Text

    @property
    def message(self) -> Text:
        """Row, column, reason and remedy in one."""
        if not self.row:
            return T(
                "{column}: {reason} {remedy}", column=verbatim(self.column), reason=self.reason, remedy=self.remedy
            )
        return T(
            "Row {row}, {column}: {reason} {remedy}",
            row=self.row,
            column=verbatim(self.column),
            reason=self.reason,
            remedy=self.remedy,
        )


@dataclass(slots=True)
class Refusals:
    """The first refusals with their reasons, and how many there are."""

    kept: list[Refused] = field(default_factory=list)
    total: int = 0

    def add(self, row: int, column: str, problem: UserError) -> None:
        """One more."""
        self.total += 1
        if len(self.kept) < MOST_KEPT:
            self.kept.append(Refused(row, column, problem.message, problem.remedy or T("Correct the cell.")))

    def add_rows(self, rows: NDArray[np.integer], column: str, problem: UserError) -> None:
        """Many of the same reason."""
        for row in rows[: MOST_KEPT - len(self.kept)].tolist():
            self.kept.append(Refused(row, column, problem.message, problem.remedy or T("Correct the cell.")))
        self.total += len(rows)

    def take(self, others: Refusals) -> None:
        """Those of another part of the file."""
        self.kept.extend(others.kept[: MOST_KEPT - len(self.kept)])
        self.total += others.total


def quoted(cell: Cell) -> Text:
    """The beginning of a cell inside a sentence."""
    return verbatim(excerpt(cell))
