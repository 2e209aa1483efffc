"""Small tables in one cell: ``Late training | 2026-03-31 | ; Broken guard | 2026-05-31 | 2026-05-02``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from core.errors import UserError
from core.exchange.dates import parse_date
from core.exchange.numbers import parse_number
from core.i18n import Localised, T
from core.ledger.codec import decimal_text

Rows: TypeAlias = "tuple[tuple[str, ...], ...]"
CELL, ROW, QUOTE = "|", ";", '"'
_CELLS, _ROWS = "|｜", ";；\n"
MOST_ROWS = 5000
LONGEST_CELL = 2000
"""Characters."""


@dataclass(frozen=True, slots=True)
class RowColumn:
    """One column of such a table."""

    key: str
    name: Localised
    form: str = "text"
    """``text``, ``number`` (kept as plain digits) or ``day`` (kept as ISO date)."""
    required: bool = False


def parse_rows(text: str) -> Rows:
    """The cells of each row; what stands in quotes is one cell, whatever is in it.

    Raises
    ------
    UserError
        for a quote that does not end, and for too many rows.

    Examples
    --------
    >>> parse_rows('Guard | 2026-05-31 ; "a; b" |')
    (('Guard', '2026-05-31'), ('a; b', ''))
    """
    rows: list[list[str]] = [[]]
    for cell, end in _cells_of(text):
        rows[-1].append(cell)
        if end not in _CELLS:
            rows.append([])
    found = tuple(tuple(row) for row in rows if any(row))
    if len(found) > MOST_ROWS:
        raise UserError(T("There are more than {most} rows.", most=MOST_ROWS), T("Split it, or keep it as evidence."))
    return found


def _cells_of(text: str) -> Iterable[tuple[str, str]]:
    """Each cell and the sign after it; a line break after the last one."""
    cell, quoted, within, place = "", False, False, 0
    while place < len(text):
        sign = text[place]
        place += 1
        if within:
            if sign == QUOTE and text[place : place + 1] == QUOTE:
                cell, place = cell + QUOTE, place + 1
            elif sign == QUOTE:
                within = False
            else:
                cell += sign
        elif sign == QUOTE and not cell.strip() and not quoted:
            cell, quoted, within = "", True, True
        elif sign in _CELLS or sign in _ROWS:
            yield (cell if quoted else cell.strip()), sign
            cell, quoted = "", False
        elif not (quoted and sign.isspace()):
            cell += sign
    if within:
        raise UserError(T("A quote is opened and not closed."), T("Write a quote inside of a cell twice."))
    yield (cell if quoted else cell.strip()), "\n"


def written_rows(rows: Rows) -> str:
    """As they are typed again.

    >>> written_rows((("a; b", ""), ("c", "d")))
    '"a; b" | ; c | d'
    """
    return f"{ROW} ".join(f" {CELL} ".join(map(_quoted, row)).rstrip(" ") for row in rows)


def _quoted(cell: str) -> str:
    if cell == cell.strip() and not any(sign in cell for sign in (*_CELLS, *_ROWS, QUOTE)):
        return cell
    return f"{QUOTE}{cell.replace(QUOTE, QUOTE * 2)}{QUOTE}"


def kept_rows(rows: Rows, columns: Sequence[RowColumn], *, more: bool = False) -> Rows:
    """The rows as they are kept: a cell for each column, numbers as plain digits, days as ISO dates.

    Parameters
    ----------
    rows
        as they were typed.
    columns
        of the table.
    more
        whether a row may have further cells.

    Raises
    ------
    UserError
        naming row and column of the first cell that cannot be.
    """
    return tuple(_kept(number, row, columns, more=more) for number, row in enumerate(rows, 1))


def _kept(number: int, row: tuple[str, ...], columns: Sequence[RowColumn], *, more: bool) -> tuple[str, ...]:
    if len(row) > len(columns) and not more:
        raise UserError(
            T("Row {row} has {count} cells; the table has {columns} columns.", row=number, count=len(row),
              columns=len(columns)),
            T("Set a cell that holds | or ; in quotes."),
        )  # fmt: skip
    padded = (*row, *[""] * (len(columns) - len(row)))
    own = tuple(_cell(number, column, cell) for column, cell in zip(columns, padded, strict=False))
    return (*own, *padded[len(columns) :])


def _cell(number: int, column: RowColumn, cell: str) -> str:
    try:
        if not cell.strip() and column.required:
            raise UserError(T("“{field}” is missing.", field=column.name), T("Enter it."))
        if len(cell) > LONGEST_CELL:
            raise UserError(T("This is longer than {most} characters.", most=LONGEST_CELL), T("Shorten it."))
        return READERS[column.form](cell) if cell.strip() else cell.strip()
    except UserError as error:
        said = T("Row {row}, {column}: {reason}", row=number, column=column.name, reason=error.message)
        raise UserError(said, error.remedy) from None


READERS: dict[str, Callable[[str], str]] = {
    "text": str,
    "number": lambda cell: decimal_text(parse_number(cell)),
    "day": lambda cell: parse_date(cell).isoformat(),
}
"""By form of the column."""
