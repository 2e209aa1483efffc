"""A table that was copied with its headings: which of its columns go where, in whatever order they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import UserError
from core.i18n import T
from gui.tables.model import Column, Refusal

FEWEST = 2
"""Headings that are known, before a first row is taken for headings: a single cell may be a word by chance."""


@dataclass(frozen=True, slots=True)
class Headed:
    """Cells in the order of the columns of the grid."""

    columns: list[int]
    cells: list[list[str]]
    refused: tuple[Refusal, ...] = ()
    """Headings that no column has; then nothing is pasted."""


def under_headings(
    cells: Sequence[Sequence[str]], columns: Sequence[Column[Any]], named: Callable[[str], str] | None
) -> Headed | None:
    """None where the first row holds no headings. Columns that follow from the others are left out.

    The order is that of the grid, for what a cell means may follow from those left of it.
    """
    places = [_place(text.strip(), columns, named) for text in cells[0]]
    known = [place for place in places if place is not None]
    said = sum(bool(text.strip()) for text in cells[0])
    if len(cells) < 2 or len(known) < min(FEWEST, said) or 2 * len(known) <= said or len(set(known)) < len(known):
        return None
    strange = [text for text, place in zip(cells[0], places, strict=True) if text.strip() and place is None]
    if strange:
        return Headed([], [], tuple(_unknown(text.strip()) for text in strange))
    taken = sorted((place, at) for at, place in enumerate(places) if place is not None and columns[place].edit)
    rows = [[row[at] if at < len(row) else "" for _place, at in taken] for row in cells[1:]]
    return Headed([place for place, _at in taken], rows)


def _place(text: str, columns: Sequence[Column[Any]], named: Callable[[str], str] | None) -> int | None:
    """Of the column that a heading means."""
    words = text.casefold()
    for place, column in enumerate(columns):
        if words and words in (column.heading.casefold(), column.title.casefold()):
            return place
    key = named(text) if named is not None and text else ""
    return next((place for place, column in enumerate(columns) if key and column.key == key), None)


def _unknown(text: str) -> Refusal:
    error = UserError(
        T("No column is called “{heading}”.", heading=text),
        T("Copy without this column, or give it the name of a column of the table."),
    )
    return Refusal(1, text, text, error)
