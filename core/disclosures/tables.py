"""Reads the tables of this room: head lines ``# key: value``, headings, rows; limits come first."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from core.errors import UserError
from core.i18n import Name, T, Text

LARGEST = 1_000_000
"""Of a whole table. [characters]"""
MOST_ROWS = 2_000
LONGEST = 2_000
"""Of a cell: columns and choices of a data point stand in one. [characters]"""


@dataclass(frozen=True, slots=True)
class Row:
    """One row, which knows where it stands."""

    file: str
    number: int
    """As a person counts the lines of the file."""
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def wrong(self, column: str, reason: Text, remedy: Text | None = None) -> UserError:
        """What to raise for one of its cells."""
        return UserError(
            T("{file}, row {row}, column {column}: {reason}", file=self.file, row=self.number, column=column,
              reason=reason),
            remedy or T("Correct the cell and read the file again."),
        )  # fmt: skip

    def one_of(self, column: str, allowed: Collection[str]) -> str:
        """The cell, which must be one of some words."""
        if self[column] not in allowed:
            raise self.wrong(
                column,
                T("“{value}” is not known here.", value=self[column][:40]),
                T("Use one of these words: {words}.", words=sorted(allowed)),
            )
        return self[column]

    def short(self, column: str, longest: int, *, needed: bool = True) -> str:
        """The cell as a short text."""
        if needed and not self[column]:
            raise self.wrong(column, T("The cell is empty."), T("Fill it in and read the file again."))
        if len(self[column]) > longest:
            raise self.wrong(
                column,
                T("The text has more than {most} characters.", most=longest),
                T("Say it shorter, in your own words."),
            )
        return self[column]

    def name(self, stem: str, longest: int) -> Name | None:
        """``stem_en`` and ``stem_zh``; a missing Chinese name is the English one."""
        english, chinese = (self.short(f"{stem}_{lang}", longest, needed=False) for lang in ("en", "zh"))
        if chinese and not english:
            raise self.wrong(f"{stem}_en", T("The cell is empty."), T("Fill it in and read the file again."))
        return Name(english, chinese or english) if english else None

    def needed_name(self, stem: str, longest: int) -> Name:
        """As :meth:`name`, and it must be there."""
        self.short(f"{stem}_en", longest)
        found = self.name(stem, longest)
        assert found is not None
        return found


def read_rows(text: str, name: str, columns: Sequence[str], heads: Collection[str]) -> tuple[dict[str, str], list[Row]]:
    """Head and rows of a table.

    Parameters
    ----------
    text
        the whole file.
    name
        of the file, for errors.
    columns
        headings that it must have, in their order.
    heads
        keys that may stand in its head.

    Raises
    ------
    UserError
        naming file, row and column of what is wrong.
    """
    if len(text) > LARGEST:
        raise UserError(
            T("{file} is larger than {most} characters.", file=name, most=LARGEST), T("Choose the right file.")
        )
    lines = text.removeprefix("\ufeff").splitlines()
    above = list(takewhile(lambda line: line.startswith("#"), lines))
    if len(lines) - len(above) > MOST_ROWS + 1:
        raise UserError(T("{file} has more than {most} rows.", file=name, most=MOST_ROWS), T("Choose the right file."))
    head = _head(above, name, heads)
    cells = _cells(lines[len(above) :], name, len(above))
    _, found = next(cells, (0, []))
    if found != list(columns):
        raise _headings(name, columns, found)
    return head, [_row(name, number, columns, row) for number, row in cells]


def _head(lines: Sequence[str], name: str, known: Collection[str]) -> dict[str, str]:
    head: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        key, colon, value = line.lstrip("# ").partition(":")
        row = Row(name, number, {})
        if not colon or key.strip() not in known or key.strip() in head:
            raise row.wrong(
                "#",
                T("“{value}” is not known here.", value=line[:40]),
                T("Use one of these words: {words}.", words=sorted(known)),
            )
        _printable(row, "#", value.strip())
        head[key.strip()] = value.strip()
    return head


def _cells(lines: Sequence[str], name: str, before: int) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, by the number of their line."""
    reader = csv.reader(lines, strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UserError(
                T("{file}, row {row}: the row cannot be read as csv.", file=name, row=before + reader.line_num),
                T("Correct the quotation marks of the row."),
            ) from error
        if any(row):
            yield before + reader.line_num, row


def _row(name: str, number: int, columns: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) != len(columns):
        raise UserError(
            T("{file}, row {row}: the number of columns differs from the header.", file=name, row=number),
            T("Correct the row and read the file again."),
        )
    row = Row(name, number, {column: cell.strip() for column, cell in zip(columns, cells, strict=True)})
    for column, cell in row.cells.items():
        _printable(row, column, cell)
    return row


def _printable(row: Row, column: str, text: str) -> None:
    if len(text) > LONGEST or not text.isprintable():
        raise row.wrong(column, T("A text is too long or holds signs that cannot be seen."))


def _headings(name: str, columns: Sequence[str], found: Sequence[str]) -> UserError:
    lacking = next((one for one in columns if one not in found), "")
    if lacking:
        reason = T("{file} lacks the column “{column}”.", file=name, column=lacking)
    else:
        reason = T("{file} has columns that are not known, or in another order.", file=name)
    return UserError(reason, T("Give the columns these headings: {columns}.", columns=list(columns)))
