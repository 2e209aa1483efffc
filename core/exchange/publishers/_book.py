"""What a publisher's reader sees of a file: sheets by name, cells by row and column, each with its address."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from core.errors import UserError
from core.exchange.cells import Cell, is_blank, plain_text
from core.exchange.columns import letter
from core.exchange.numbers import parse_number
from core.exchange.read import Table, most_frequent_separator, read_table
from core.i18n import T
from core.library.units import normal

if TYPE_CHECKING:
    from core.exchange.workbook import Workbook

MOST_COLUMNS = 400
"""eGRID has nearly two hundred; a table of activity data never."""
MOST_SHEETS = 80
_LONGEST = 300
"""Of a publisher's wording; footnotes below the tables are longer."""
_LONGEST_PARAGRAPH = 3_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one sheet that hold something."""

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    """By the number of the row and of the column, both counted from 1 as a spreadsheet program does."""

    def text(self, row: int, column: int) -> str:
        """A cell in words, on one line; empty for an empty one."""
        cell = self.rows.get(row, {}).get(column)
        return " ".join(plain_text(cell)[:_LONGEST].split())

    def number(self, row: int, column: int) -> Decimal:
        """A cell as the number it shows.

        Raises
        ------
        UserError
            when it is none, or has more digits than a factor can have.
        """
        return parse_number(self.rows.get(row, {}).get(column))

    def at(self, row: int, column: int, last: int = 0) -> str:
        """The address of a cell, or of those from it to the column ``last``: ``Fuels!D23:G23``."""
        end = f":{letter(last - 1)}{row}" if last > column else ""
        return f"{self.name}!{letter(column - 1)}{row}{end}"

    def find(self, *headings: str, within: int = 80) -> tuple[int, dict[str, int]] | None:
        """The first row that holds all these headings, and their columns; None where there is none."""
        wanted = {normal(one): one for one in headings}
        for number in sorted(self.rows)[:within]:
            found = {
                key: column for column in self.rows[number] if (key := normal(self.text(number, column))) in wanted
            }
            if len(found) == len(wanted):
                return number, {wanted[key]: column for key, column in found.items()}
        return None

    def words(self, rows: int) -> str:
        """What the first rows say, paragraphs included, for recognising a publication and its edition."""
        first = sorted(self.rows)[:rows]
        cells = (self.rows[row][column] for row in first for column in sorted(self.rows[row]))
        return "\n".join(" ".join(plain_text(cell)[:_LONGEST_PARAGRAPH].split()) for cell in cells)


@dataclass(frozen=True, slots=True)
class Book:
    """A received file. Sheets are parsed when somebody looks at them, each once."""

    file: str
    """Its name as received; some publishers write the edition nowhere else."""
    names: tuple[str, ...]
    """Of the visible sheets; a csv has one, named like the file."""
    _load: Callable[[str], Sheet] = field(repr=False)

    def sheet(self, name: str) -> Sheet:
        """One sheet.

        Raises
        ------
        UserError
            when it is damaged or larger than the limits.
        """
        return self._load(name)

    def sheets(self, wanted: Callable[[str], bool] = lambda name: True) -> Iterator[Sheet]:
        """The sheets whose names are wanted, in their order."""
        return (self.sheet(name) for name in self.names if wanted(name))


def open_book(data: bytes, file: str) -> Book:
    """A workbook or csv, looked over by the same limits as activity data.

    Raises
    ------
    UserError
        for anything else, and for what is damaged or too large.
    """
    if not data.startswith(b"PK"):
        table = read_table(data, guess=most_frequent_separator)
        name = file.rpartition(".")[0] or "csv"
        return Book(file, (name,), lambda _: _sheet(name, table))
    from core.exchange.workbook import open_workbook

    book = open_workbook(data)
    names = tuple(name for name, (_, visible) in book.sheets.items() if visible)
    if len(names) > MOST_SHEETS:
        raise UserError(
            T("The workbook has more than {most} sheets.", most=MOST_SHEETS),
            T("Choose the file as the publisher gives it out."),
        )
    return Book(file, names, _loader(book))


def _loader(book: Workbook) -> Callable[[str], Sheet]:
    @cache
    def load(name: str) -> Sheet:
        return _sheet(name, book.table(name, MOST_COLUMNS))

    return load


def _sheet(name: str, table: Table) -> Sheet:
    rows = {
        number: {place: cell for place, cell in enumerate(cells, table.first_column + 1) if not is_blank(cell)}
        for number, cells in table.rows
    }
    return Sheet(name, rows)
