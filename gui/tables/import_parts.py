"""What dialogs of imports share: whether it can be imported, what is wrong cell by cell, and the button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from core.ledger import Evidence
from gui.language import _
from gui.settings import Settings
from gui.tables.table import Column, Table
from gui.widgets import button, marked

MOST_WRAPPED = 2000
"""Longer lists keep one line for each row: measuring them all would take seconds."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """A line of the list of reasons."""

    id: int
    row: int
    column: str
    reason: str
    remedy: str


def verdict(already: Evidence | None, *, refused: bool, rows: bool) -> QWidget:
    """Whether the file can be imported, in one sentence."""
    if already is not None:
        words = _("This very file was imported before, as “{name}”. Nothing needs to be done.", name=already.name)
        return marked("info", "accent", words)
    if refused:
        words = _("All rows or none: correct these cells in the file and choose it again. Nothing was changed.")
        return marked("error", "bad", words)
    if not rows:
        return marked("warning", "warning", _("There are no rows below the headings."))
    return marked("check", "good", _("Every row can be imported, as one change that can be undone."))


def complaints(key: str, title: str, rows: Sequence[Complaint], settings: Settings) -> Table[Complaint]:
    """The list of reasons; ``key`` is that of its column widths."""
    columns = (
        Column[Complaint]("row", _("Row"), lambda r: str(r.row), align="right", sort=lambda r: r.row, width=6),
        Column[Complaint]("column", _("Column"), lambda r: r.column, width=14),
        Column[Complaint]("reason", _("Reason"), lambda r: r.reason, width=46),
        Column[Complaint]("remedy", _("What to do"), lambda r: r.remedy, stretch=True),
    )
    table: Table[Complaint] = Table(key, columns, settings, name=title)
    if len(rows) <= MOST_WRAPPED:
        table.view.wrap_rows()
    table.set_rows(rows)
    return table


def closing_row(
    accept: Callable[[], object], reject: Callable[[], object], rows: int
) -> tuple[QHBoxLayout, QPushButton]:
    """Cancel, and the button that imports so many rows; with none there is only Close."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(button(_("Cancel") if rows else _("Close"), reject))
    go_on = button(_("Import {count} rows", count=f"{rows:,}"), accept, role="primary")
    go_on.setDefault(rows > 0)
    go_on.setHidden(not rows)
    row.addWidget(go_on)
    return row, go_on
