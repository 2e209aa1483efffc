"""The table of a measure: a canonical csv kept as a blob. Bytes in, rows out; nothing is guessed.

UTF-8 without a mark, one line of headings (keys of columns), then one line for each row; numbers in plain digits, days
as ``2024-03-31``, days with their time as ``2024-03-31T14:00``. What is not known is empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.errors import UserError
from core.i18n import T, Text
from core.ledger.codec import read_decimal
from core.savings._asking import Column

MOST_BYTES = 4_000_000
MOST_ROWS = 40_000
"""Four years of hours."""
_MOMENT = re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9](T[0-2][0-9]:[0-5][0-9])?")
_LONGEST_CELL = 60


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell that cannot be understood."""

    row: int
    """As a spreadsheet program counts, the headings being row 1."""
    column: str
    reason: Text
    remedy: Text

    @property
    def error(self) -> UserError:
        """The same, to be raised."""
        return UserError(
            T("Row {row}, column {column}: {reason}", row=self.row, column=self.column, reason=self.reason), self.remedy
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One period."""

    number: int
    """As a spreadsheet program counts."""
    numbers: Mapping[str, Decimal]
    moments: Mapping[str, datetime]
    words: Mapping[str, str]
    timed: frozenset[str] = frozenset()
    """Columns in which a time of day stands."""


@dataclass(frozen=True, slots=True)
class Table:
    """All rows."""

    rows: tuple[Row, ...]

    def complete(self, key: str) -> bool:
        """Whether every row has a number in this column."""
        return bool(self.rows) and all(key in row.numbers for row in self.rows)

    def touched(self, key: str) -> bool:
        """Whether some row has a number in this column."""
        return any(key in row.numbers for row in self.rows)


def parse(data: bytes, columns: Sequence[Column]) -> Table:
    """The rows of a kept table.

    Parameters
    ----------
    data
        as :func:`write` makes it.
    columns
        that may stand in it.

    Raises
    ------
    UserError
        for the first cell that cannot be understood, with its row and column, and for tables that are too large.
    """
    cells = list(_lines(data))
    table, refused = read(cells, columns)
    if refused:
        raise refused[0].error
    return table


def _lines(data: bytes) -> Iterator[list[str]]:
    if len(data) > MOST_BYTES:
        raise UserError(
            T("The table is larger than {most} MB.", most=MOST_BYTES // 1_000_000), T("Use longer periods.")
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise UserError(T("The table is not written in UTF-8."), T("Read it in again.")) from None
    for line in text.split("\n"):
        if line:
            yield line.split(",")


def read(cells: Sequence[Sequence[str]], columns: Sequence[Column]) -> tuple[Table, tuple[Refused, ...]]:
    """Rows of canonical cells, headings first; what cannot be understood is told cell by cell.

    Raises
    ------
    UserError
        when there are no rows, too many, or the headings are wrong.
    """
    if len(cells) < 2:
        raise UserError(T("The table has no rows."), T("Enter at least one row below the headings."))
    if len(cells) - 1 > MOST_ROWS:
        raise UserError(T("The table has more than {most} rows.", most=MOST_ROWS), T("Use longer periods."))
    known = _headings(cells[0], columns)
    refused: list[Refused] = []
    rows = [_row(number, line, known, refused) for number, line in enumerate(cells[1:], start=2)]
    return Table(tuple(rows)), tuple(refused)


def _headings(line: Sequence[str], columns: Sequence[Column]) -> list[Column]:
    by_key = {column.key: column for column in columns}
    for key in line:
        if key not in by_key:
            raise UserError(
                T("“{column}” is not a column of this table.", column=key[:_LONGEST_CELL]),
                T("Use the columns: {columns}.", columns=list(by_key)),
            )
    if len(set(line)) != len(line):
        raise UserError(T("A column stands twice in the table."), T("Remove one of them."))
    lacking = [column.key for column in columns if column.required and column.key not in line]
    if lacking:
        raise UserError(T("The table lacks the column {column}.", column=lacking[0]), T("Add it with its numbers."))
    return [by_key[key] for key in line]


def _row(number: int, line: Sequence[str], columns: Sequence[Column], refused: list[Refused]) -> Row:
    numbers: dict[str, Decimal] = {}
    moments: dict[str, datetime] = {}
    words: dict[str, str] = {}
    timed: set[str] = set()
    if len(line) != len(columns):
        reason = T("The row has {count} cells, the headings {heads}.", count=len(line), heads=len(columns))
        refused.append(Refused(number, "–", reason, T("Give each row as many cells as there are headings.")))
        return Row(number, numbers, moments, words)
    for column, cell in zip(columns, line, strict=True):
        try:
            if not cell:
                _check_empty(column)
            elif column.form == "number":
                numbers[column.key] = _number(cell, column)
            elif column.form == "moment":
                moments[column.key] = _moment(cell)
                if "T" in cell:
                    timed.add(column.key)
            else:
                words[column.key] = _word(cell, column)
        except UserError as error:
            refused.append(Refused(number, column.key, error.message, error.remedy or T("Correct the cell.")))
    return Row(number, numbers, moments, words, frozenset(timed))


def _check_empty(column: Column) -> None:
    if column.required:
        raise UserError(T("The cell is empty."), T("Enter what was measured, or remove the row."))


def _number(cell: str, column: Column) -> Decimal:
    try:
        value = read_decimal(cell)
    except ValueError:
        raise UserError(
            T("“{value}” is not a number.", value=cell[:_LONGEST_CELL]), T("Enter plain digits, like 38.93.")
        ) from None
    low, high = column.minimum, column.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        raise UserError(
            T("{value} is out of range.", value=value),
            T(
                "Enter a number from {low} to {high}.",
                low="…" if low is None else low,
                high="…" if high is None else high,
            ),
        )
    return value


def _moment(cell: str) -> datetime:
    if _MOMENT.fullmatch(cell):
        try:
            return datetime.fromisoformat(cell)
        except ValueError:
            pass  # such as the 31st of June
    raise UserError(
        T("“{day}” is not a date.", day=cell[:_LONGEST_CELL]), T("Write year, month and day, like 2026-03-31.")
    )


def _word(cell: str, column: Column) -> str:
    keys = [key for key, _ in column.words]
    if cell not in keys:
        raise UserError(
            T("“{value}” is not a choice here.", value=cell[:_LONGEST_CELL]), T("Choose one of: {known}.", known=keys)
        )
    return cell


def write(cells: Iterable[Sequence[str]]) -> bytes:
    """Canonical bytes of canonical cells, headings first.

    Raises
    ------
    ValueError
        when a cell holds a comma or a line break, which no number, day or key does.
    """
    lines = []
    for line in cells:
        if any("," in cell or "\n" in cell for cell in line):
            raise ValueError("a cell holds a separator")
        lines.append(",".join(line))
    return "".join(f"{line}\n" for line in lines).encode()
