"""Thousands of rows narrowed while somebody types: every word anywhere in the row, whatever its case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from benchmarks import data
from benchmarks.harness import Pair, Scale, timed
from core.ledger import Activity
from gui.tables.model import Column, TableModel

COLUMNS: tuple[Column[Activity], ...] = (
    Column("source", "Source", lambda one: one.source),
    Column("item", "Item", lambda one: one.item),
    Column("start", "From", lambda one: one.start.isoformat()),
    Column("end", "To", lambda one: one.end.isoformat()),
    Column("quantity", "Quantity", lambda one: str(one.quantity)),
    Column("unit", "Unit", lambda one: one.unit),
)
TYPED = ("e", "el", "ele", "elec", "2023", "2023-0", "2023-06", "")


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """As many rows as the larger inventory has lines; both must leave the same."""
    app = QCoreApplication.instance() or QCoreApplication([])
    held = data.records(scale.many)
    model: TableModel[Activity] = TableModel(COLUMNS, parent=app)
    model.set_rows(held)
    proxy = _proxy(held)
    for word in TYPED:
        model.set_filter(word)
        proxy.setFilterFixedString(word)
        if len(model.visible) != proxy.rowCount():
            raise RuntimeError(f"both ways should leave the same rows of “{word}”")
    yield Pair(
        f"Narrow {scale.many:,} rows of {len(COLUMNS)} columns by one more letter",
        "Qt's `QSortFilterProxyModel` over items, one phrase in any column",
        timed(_typing(model.set_filter)),
        timed(_typing(proxy.setFilterFixedString)),
        runs=11,
    )


def _typing(narrow: Callable[[str], None]) -> Callable[[], None]:
    """The next letters each time."""
    words = cycle(TYPED)
    return lambda: narrow(next(words))


def _proxy(held: tuple[Activity, ...]) -> QSortFilterProxyModel:
    items = QStandardItemModel(len(held), len(COLUMNS))
    for row, one in enumerate(held):
        for place, column in enumerate(COLUMNS):
            items.setItem(row, place, QStandardItem(column.text(one)))
    proxy = QSortFilterProxyModel()
    items.setParent(proxy)
    proxy.setSourceModel(items)
    proxy.setFilterKeyColumn(-1)
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    return proxy
