"""Columns with numbers, as the tables of all tabs have them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from PySide6.QtWidgets import QSplitter, QWidget

from gui.group.cards import beside
from gui.tables.table import Column
from gui.ways import words

Row = TypeVar("Row")
WIDE, NARROW = 650, 350
"""Of table and plot beside each other: what a table says counts more."""
NOWHERE = Decimal("-Infinity")
"""Where rows without a number are sorted."""


def with_plot(table: QWidget, plot: QWidget) -> QSplitter:
    """A table and what it looks like; the line between them can be dragged."""
    made = beside(table, plot)
    for place, share in enumerate((WIDE, NARROW)):
        made.setStretchFactor(place, share)
    made.setSizes([WIDE, NARROW])
    return made


def number_column(
    key: str,
    title: str,
    value: Callable[[Row], Decimal | None],
    unit: str = "",
    *,
    show: Callable[[Decimal | None], str] = words.amount,
    width: int = 11,
    hidden: bool = False,
) -> Column[Row]:
    """Rounded for reading, with all digits for copying and exporting."""

    def sort(row: Row) -> Decimal:
        found = value(row)
        return NOWHERE if found is None else found

    return Column(key, title, lambda row: show(value(row)), unit, "right", sort, lambda row: words.digits(value(row)),
                  width=width, hidden=hidden)  # fmt: skip
