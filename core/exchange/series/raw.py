"""What readers of all kinds of files give: moments on the file's own clock and values, by meter and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.exchange.series.refusals import Refusals
from core.i18n import T

MAX_VALUES = 20_000_000
"""Values of a file: fifty meters, ten years, quarters of an hour."""
MAX_METERS = 2_000
"""Columns and meters of a file together."""
Problem = tuple[int, int, UserError]
"""Row, column and what is wrong there."""


@dataclass(slots=True)
class Block:
    """Some rows of a file that could be read, in its order."""

    rows: NDArray[np.int32]
    """Number of each row, shape (n,)."""
    seconds: NDArray[np.int64]
    """Moments on the clock of the file, or in UTC where it says so, shape (n,). [s since 1970-01-01]"""
    values: list[NDArray[np.float64]]
    """Of each column of values, NaN where the file has none, each of shape (n,)."""
    places: list[int]
    """The most decimals of each column."""
    names: list[str] = field(default_factory=lambda: [""])
    """Of the meters."""
    kinds: NDArray[np.int64] | None = None
    """Place in ``names`` for each row; None: all are the first one's."""
    estimated: NDArray[np.bool_] | None = None
    """Whether the file calls a row an estimate; None: it does not say so of any."""
    timed: bool = True
    """Whether any row names a time of day."""
    monthly: bool = False
    """Whether all rows name months."""
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive values of one meter."""

    rows: NDArray[np.int32]
    seconds: NDArray[np.int64]
    values: NDArray[np.float64]
    estimated: NDArray[np.bool_] | None


@dataclass(slots=True)
class Stretch:
    """All values of one meter and column, in the order of the file."""

    meter: str
    """As the file names it; empty where it names none."""
    column: int
    """Which of the mapped columns of values."""
    pieces: list[Piece] = field(default_factory=list)
    places: int = 0

    @property
    def joined(self) -> Piece:
        """All pieces in one; the pieces are given up, for they can be many millions of values."""
        pieces, self.pieces = self.pieces, []
        if len(pieces) == 1:
            return pieces[0]
        estimated = None
        if any(piece.estimated is not None for piece in pieces):
            estimated = np.concatenate([_marks(piece) for piece in pieces])
        return Piece(
            np.concatenate([piece.rows for piece in pieces]),
            np.concatenate([piece.seconds for piece in pieces]),
            np.concatenate([piece.values for piece in pieces]),
            estimated,
        )


def _marks(piece: Piece) -> NDArray[np.bool_]:
    return np.zeros(len(piece.rows), np.bool_) if piece.estimated is None else piece.estimated


@dataclass(slots=True)
class Collector:
    """Takes blocks in the order of the file and sorts them by meter and column."""

    names_of_columns: dict[int, str]
    """For refusals."""
    stretches: dict[tuple[str, int], Stretch] = field(default_factory=dict)
    refusals: Refusals = field(default_factory=Refusals)
    rows: int = 0
    """That hold values."""
    values: int = 0
    timed: bool = False
    monthly: bool = True

    def add(self, block: Block) -> None:
        """The next rows.

        Raises
        ------
        UserError
            when the file has too many values or meters.
        """
        for row, column, problem in sorted(block.problems, key=lambda one: one[:2]):
            self.refusals.add(row, self.names_of_columns.get(column, ""), problem)
        if not len(block.seconds):
            return
        self.rows += len(block.seconds)
        self.values += len(block.seconds) * len(block.values)
        if self.values > MAX_VALUES:
            raise UserError(
                T("The file has more than {most} values.", most=f"{MAX_VALUES:,}"), T("Split it into several files.")
            )
        self.timed |= block.timed
        self.monthly &= block.monthly
        for name, rows in _by_meter(block):
            self._take(block, name, rows)

    def _take(self, block: Block, name: str, rows: slice | NDArray[np.int64]) -> None:
        estimated = None if block.estimated is None else block.estimated[rows]
        numbers, seconds = block.rows[rows], block.seconds[rows]
        for column, (values, places) in enumerate(zip(block.values, block.places, strict=True)):
            stretch = self.stretches.get((name, column))
            if stretch is None:
                stretch = self.stretches[name, column] = Stretch(name, column)
                self._check_meters()
            stretch.pieces.append(Piece(numbers, seconds, values[rows], estimated))
            stretch.places = max(stretch.places, places)

    def _check_meters(self) -> None:
        if len(self.stretches) > MAX_METERS:
            raise UserError(
                T("The file names more than {most} meters.", most=f"{MAX_METERS:,}"),
                T("Check which column names the meter, or split the file."),
            )


def _by_meter(block: Block) -> Iterator[tuple[str, slice | NDArray[np.int64]]]:
    """The rows of each meter, in the order of the file."""
    kinds = block.kinds
    if kinds is None or len(block.names) == 1:
        yield block.names[0], slice(None)
        return
    edges = np.flatnonzero(np.concatenate(([True], kinds[1:] != kinds[:-1], [True])))
    if len(edges) <= 4 * len(block.names):
        for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
            yield block.names[int(kinds[first])], slice(first, last)
        return
    order = np.argsort(kinds, kind="stable")
    bounds = np.searchsorted(kinds[order], np.arange(len(block.names) + 1))
    for kind, name in enumerate(block.names):
        if bounds[kind] < bounds[kind + 1]:
            yield name, order[bounds[kind] : bounds[kind + 1]]
