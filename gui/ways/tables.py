"""Columns with numbers, as the tables of all tabs have them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from gui.table import Column
from gui.ways import words

Row = TypeVar("Row")
NOWHERE = Decimal("-Infinity")
"""Where rows without a number are sorted."""


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
