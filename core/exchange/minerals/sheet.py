"""One sheet of a workbook by addresses, as a person reads it: ``D8``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from core.errors import UserError
from core.exchange.cells import Cell, clean, is_blank, plain_text, unguard
from core.exchange.dates import parse_date

if TYPE_CHECKING:
    from core.exchange.workbook import Workbook

LONGEST = 2_000
"""Characters of a cell that are kept; the whole text stands in the kept workbook."""
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_FAILED = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!).*")
"""What a formula leaves that found nothing."""

Told = Callable[[str, str], None]
"""Is told the address of a cell and the text of which only the beginning is kept."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one sheet that hold something."""

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    """By the number of the row and the place of the column, both counted from 1."""
    epoch: date | None = None
    told: Told | None = field(default=None, repr=False)

    @classmethod
    def of(cls, book: Workbook, name: str, told: Told | None = None) -> Sheet | None:
        """The sheet with this name, whatever its capitals and spaces; None where there is none.

        Raises
        ------
        UserError
            when it is damaged or larger than the limits.
        """
        wanted = _bare(name)
        found = next((one for one in book.sheets if _bare(one) == wanted), None)
        if found is None:
            return None
        table = book.table(found)
        rows = {
            number: {
                place: cell for place, cell in enumerate(cells, table.first_column + 1) if not is_blank(cell)
            }
            for number, cells in table.rows
        }  # fmt: skip
        return cls(found, rows, table.epoch, told)

    def cell(self, address: str) -> Cell:
        """What a cell holds; the value that was stored, where it is a formula."""
        row, column = place_of(address)
        return self.rows.get(row, {}).get(column)

    def text(self, address: str) -> str:
        """A cell in words: no control characters, ends trimmed, nothing where a formula failed."""
        said = unguard(clean(plain_text(self.cell(address))).strip())
        if _FAILED.fullmatch(said):
            return ""
        if len(said) > LONGEST:
            if self.told is not None:
                self.told(f"{self.name}!{address}", said)
            return said[:LONGEST]
        return said

    def line(self, address: str) -> str:
        """A cell in words on one line."""
        return " ".join(self.text(address).split())

    def day(self, address: str) -> tuple[str, str]:
        """A cell as ISO date, or else nothing and what is written there."""
        said = self.line(address)
        if not said:
            return "", ""
        cell = self.cell(address)
        if isinstance(cell, datetime):  # whoever pressed Ctrl+; and Ctrl+: in one cell meant the day
            cell = cell.date()
        try:
            return parse_date(cell, epoch=self.epoch).isoformat(), ""
        except UserError:
            return "", said

    def texts(self, last_row: int) -> Iterator[str]:
        """Everything that the first rows say."""
        for row in sorted(self.rows):
            if row > last_row:
                return
            yield from (clean(plain_text(cell)) for _, cell in sorted(self.rows[row].items()))


def place_of(address: str) -> tuple[int, int]:
    """Row and column of an address.

    Examples
    --------
    >>> place_of("AA12")
    (12, 27)
    """
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise ValueError(address)
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - 64
    return int(match[2]), column


def _bare(name: str) -> str:
    return "".join(name.split()).casefold()
