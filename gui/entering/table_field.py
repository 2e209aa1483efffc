"""A form field that is a small table: rows are typed at its end, and a row without words is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.entering.rows import READERS, RowColumn, Rows, kept_rows
from core.errors import UserError
from core.i18n import T
from gui.fields import Field
from gui.language import say
from gui.solar.inputs import DraftTable
from gui.tables.table import Column

SEEN = 4
"""Rows that are seen at once."""
MORE = 4
"""Further cells that are offered where a row may have them."""
WIDTHS = {"text": 26, "number": 12, "day": 14}
"""By form of the column. [digits]"""


@dataclass(frozen=True, slots=True)
class Line:
    """One row; two rows with the same words are still two."""

    id: int
    cells: tuple[str, ...]


class RowsField(Field):
    """Rows of words, numbers and days."""

    def __init__(
        self, title: str, columns: Sequence[RowColumn], rows: Rows = (), hint: str = "", *, more: bool = False
    ) -> None:
        self._box = QWidget()
        self._place = QVBoxLayout(self._box)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._ids = count()
        self._more = more
        self.columns: tuple[RowColumn, ...] = ()
        super().__init__(title, self._box, hint)
        self._build(tuple(columns), max(map(len, rows), default=0))
        if not columns:  # else it is shown with the form it stands in, not on its own
            self.hide()
        self.set(rows)

    def show_columns(self, columns: Sequence[RowColumn]) -> None:
        """Another table; what was typed goes with the columns it was typed into."""
        if tuple(columns) != self.columns:
            self._place.removeWidget(self.table)
            self.table.deleteLater()
            self._build(tuple(columns))
            self.setVisible(bool(columns))

    def _build(self, columns: tuple[RowColumn, ...], cells: int = 0) -> None:
        self.columns = columns
        further = max(MORE, cells - len(columns)) if self._more else 0
        self._width = len(columns) + further
        shown = [_column(place, one) for place, one in enumerate(columns)]
        shown += [_column(len(columns) + place, RowColumn("", T("Cell {number}", number=place + 1)))
                  for place in range(further)]  # fmt: skip
        self.table: DraftTable[Line] = DraftTable(
            shown, name=self.title, rows=SEEN, blank=self._blank, identity=lambda one: one.id
        )  # fmt: skip
        self.table.changed.connect(self._touched)
        self._place.addWidget(self.table)
        self._box.setFocusProxy(self.table)

    def _blank(self) -> Line:
        return Line(next(self._ids), ("",) * self._width)

    def _touched(self) -> None:
        self.complain("")
        self.changed.emit()

    def set(self, rows: Rows) -> None:
        """Show these rows."""
        lines = [Line(next(self._ids), (*row, *[""] * (self._width - len(row)))) for row in rows]
        self.table.show_records(lines)

    def read(self) -> Rows:
        """The rows as they are kept, without those in which nothing stands.

        Raises
        ------
        UserError
            naming the first cell that cannot be; the field shows it too.
        """
        said = tuple(_ended(one.cells, len(self.columns)) for one in self.table.records if any(one.cells))
        try:
            rows = kept_rows(said, self.columns, more=self._more)
        except UserError as error:
            raise self._refuse(error) from None
        self.complain("")
        return rows


def _ended(cells: tuple[str, ...], least: int) -> tuple[str, ...]:
    """Without the empty further cells at the end."""
    last = max((place for place, cell in enumerate(cells, 1) if cell), default=0)
    return cells[: max(least, last)]


def _column(place: int, one: RowColumn) -> Column[Line]:
    def text(line: Line) -> str:
        return line.cells[place]

    def edit(line: Line, words: str) -> Line:
        said = READERS[one.form](words.strip()) if words.strip() else ""
        return replace(line, cells=(*line.cells[:place], said, *line.cells[place + 1 :]))

    title = say(one.name)
    number = one.form == "number"
    return Column(str(place), title, text, align="right" if number else "left", edit=edit, width=WIDTHS[one.form])
