"""Import of a small table of records: the rows as they were understood, or each refused cell; then all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from core.exchange.tables import Found
from gui.language import _, say
from gui.settings import Settings
from gui.tables.import_parts import Complaint, closing_row, complaints, verdict
from gui.tables.table import Column, Table
from gui.widgets import as_large, heading, label

R = TypeVar("R")


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
        column.addWidget(verdict(found.already, refused=bool(found.refused), rows=bool(found.rows)))
        if found.ignored:
            words = _("Not read: {headings}.", headings=[f"“{one}”" for one in found.ignored])
            column.addWidget(label(words, "muted", wrap=True))
        self.table: Table[Complaint] | Table[Numbered[R]] = (
            self._complaints(settings) if found.refused else self._rows(columns, settings)
        )
        column.addWidget(self.table, 1)
        buttons, self.go_on = closing_row(self.accept, self.reject, len(found.rows) if self.possible else 0)
        column.addLayout(buttons)
        as_large(self, 120, 64)

    def _complaints(self, settings: Settings) -> Table[Complaint]:
        rows = [
            Complaint(place, one.row, "" if one.column is None else say(one.column), say(one.reason), say(one.remedy))
            for place, one in enumerate(self._found.refused)
        ]
        return complaints("table_refused", _("Refused cells"), rows, settings)

    def _rows(self, columns: Sequence[Column[Numbered[R]]], settings: Settings) -> Table[Numbered[R]]:
        first = Column[Numbered[R]]("row", _("Row"), lambda r: str(r.id), align="right", sort=lambda r: r.id, width=6)
        name = _("Rows that can be imported")
        table: Table[Numbered[R]] = Table("table_rows", (first, *columns), settings, name=name, editable=False)
        table.set_rows([Numbered(number, record) for number, record in self._found.rows])
        return table


def of_record(columns: Sequence[Column[R]]) -> list[Column[Numbered[R]]]:
    """Columns of records as columns of numbered ones, to be read only."""

    def wrapped(one: Column[R]) -> Column[Numbered[R]]:
        sort = one.sort
        return Column(one.key, one.title, lambda r: one.text(r.record), one.unit, one.align,
                      None if sort is None else lambda r: sort(r.record), lambda r: one.value(r.record),
                      width=one.width, stretch=one.stretch)  # fmt: skip

    return [wrapped(one) for one in columns]
