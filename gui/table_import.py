"""Import of a small table of records: the rows as they were understood, or each refused cell; then all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.exchange.tables import Found
from gui.language import _, say
from gui.settings import Settings
from gui.table import Column, Table
from gui.widgets import as_large, button, heading, label, marked

R = TypeVar("R")
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


@dataclass(frozen=True)  # slots and a type argument do not go together before Python 3.12
class Numbered(Generic[R]):
    """A record with the number of its row in the file."""

    id: int
    record: R


class TableImportDialog(QDialog, Generic[R]):
    """Shows what a file holds; accepted means: import it."""

    def __init__(
        self,
        title: str,
        found: Found[R],
        columns: Sequence[Column[Numbered[R]]],
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.possible = found.possible
        self._found = found
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(heading(found.name))
        column.addWidget(self._verdict())
        if found.ignored:
            words = _("Not read: {headings}.", headings=[f"“{one}”" for one in found.ignored])
            column.addWidget(label(words, "muted", wrap=True))
        self.table: Table[Complaint] | Table[Numbered[R]] = (
            self._complaints(settings) if found.refused else self._rows(columns, settings)
        )
        column.addWidget(self.table, 1)
        column.addLayout(self._buttons())
        as_large(self, 120, 64)

    def _verdict(self) -> QWidget:
        found = self._found
        if found.already is not None:
            words = _("This very file was imported before, as “{name}”. Nothing needs to be done.",
                      name=found.already.name)  # fmt: skip
            return marked("info", "accent", words)
        if found.refused:
            words = _("All rows or none: correct these cells in the file and choose it again. Nothing was changed.")
            return marked("error", "bad", words)
        if not found.rows:
            return marked("warning", "warning", _("There are no rows below the headings."))
        return marked("check", "good", _("Every row can be imported, as one change that can be undone."))

    def _complaints(self, settings: Settings) -> Table[Complaint]:
        rows = [
            Complaint(place, one.row, "" if one.column is None else say(one.column), say(one.reason), say(one.remedy))
            for place, one in enumerate(self._found.refused)
        ]
        columns = (
            Column[Complaint]("row", _("Row"), lambda r: str(r.row), align="right", sort=lambda r: r.row, width=6),
            Column[Complaint]("column", _("Column"), lambda r: r.column, width=14),
            Column[Complaint]("reason", _("Reason"), lambda r: r.reason, width=44),
            Column[Complaint]("remedy", _("What to do"), lambda r: r.remedy, stretch=True),
        )
        table: Table[Complaint] = Table("table_refused", columns, settings, name=_("Refused cells"))
        if len(rows) <= MOST_WRAPPED:
            table.view.wrap_rows()
        table.set_rows(rows)
        return table

    def _rows(self, columns: Sequence[Column[Numbered[R]]], settings: Settings) -> Table[Numbered[R]]:
        first = Column[Numbered[R]]("row", _("Row"), lambda r: str(r.id), align="right", sort=lambda r: r.id, width=6)
        name = _("Rows that can be imported")
        table: Table[Numbered[R]] = Table("table_rows", (first, *columns), settings, name=name, editable=False)
        table.set_rows([Numbered(number, record) for number, record in self._found.rows])
        return table

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("Cancel") if self.possible else _("Close"), self.reject))
        if self.possible:
            words = _("Import {count} rows", count=f"{len(self._found.rows):,}")
            self.go_on = button(words, self.accept, role="primary")
            self.go_on.setDefault(True)
            row.addWidget(self.go_on)
        return row


def of_record(columns: Sequence[Column[R]]) -> list[Column[Numbered[R]]]:
    """Columns of records as columns of numbered ones, to be read only."""

    def wrapped(one: Column[R]) -> Column[Numbered[R]]:
        sort = one.sort
        return Column(one.key, one.title, lambda r: one.text(r.record), one.unit, one.align,
                      None if sort is None else lambda r: sort(r.record), lambda r: one.value(r.record),
                      width=one.width, stretch=one.stretch)  # fmt: skip

    return [wrapped(one) for one in columns]
