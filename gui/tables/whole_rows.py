"""Tables of which a whole row is chosen, not a cell."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QItemSelectionModel

from gui.tables.table import Table


def choose_whole_rows(table: Table[Any]) -> None:
    """From now on a row of this table is chosen as a whole, however it came to be."""
    view = table.view
    view.setSelectionBehavior(view.SelectionBehavior.SelectRows)
    flag = QItemSelectionModel.SelectionFlag
    chosen = view.selectionModel()
    chosen.selectionChanged.connect(lambda _new, _old: chosen.select(chosen.selection(), flag.Select | flag.Rows))
