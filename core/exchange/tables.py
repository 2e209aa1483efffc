"""Small tables of records from csv or xlsx: headings in either language, each refused cell with its reason.

Key figures, benchmarks and the management plan share this: a file is taken up as a whole or not at all. Back into a
file they go with :mod:`core.exchange.table_writing`.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePath
from typing import Any, Generic, TypeVar

from core.errors import UserError
from core.exchange.cells import LONGEST, Cell, is_blank, narrow, parse_text, plain_text
from core.exchange.dates import parse_span
from core.exchange.numbers import decimal_sign, parse_number
from core.exchange.read import SEPARATORS, load, most_frequent_separator, read_table
from core.i18n import Name, T, Text, verbatim
from core.ledger import Evidence, Ledger, Step, named_by
from core.library.units import normal

R = TypeVar("R")
Reader = Callable[[Cell], Any]
_BRACKETS = re.compile(r"[(（\[【].*$")
SEARCHED = 20
"""Rows in which headings are looked for."""
SEARCHED_TEXT = 20_000
"""Characters of a text in which its separator is looked for."""
MOST_REFUSED = 1000
START, END = "start", "end"


@dataclass(frozen=True, slots=True)
class Field:
    """One column."""

    key: str
    """Field of the record."""
    name: Name
    form: str = "text"
    """``text``, ``number`` or ``day``."""
    required: bool = False
    aliases: tuple[str, ...] = ()
    width: int = 18
    """In a written workbook. [characters]"""
    longest: int = LONGEST
    """Of a text. [characters]"""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a row cannot be taken up."""

    row: int
    """As a spreadsheet program numbers it."""
    column: Name | None
    """None: the row as a whole."""
    reason: Text
    remedy: Text

    @property
    def message(self) -> Text:
        """Row, column, reason and remedy in one."""
        if self.column is None:
            return T("Row {row}: {reason} {remedy}", row=self.row, reason=self.reason, remedy=self.remedy)
        return T(
            "Row {row}, {column}: {reason} {remedy}",
            row=self.row,
            column=self.column,
            reason=self.reason,
            remedy=self.remedy,
        )


class CellError(UserError):
    """What ``make`` says of one cell of the row."""

    def __init__(self, column: Name, reason: Text, remedy: Text | None, message: Text) -> None:
        super().__init__(message, remedy)
        self.column, self.reason = column, reason


@dataclass(frozen=True)  # slots and a type argument do not go together before Python 3.12
class Found(Generic[R]):
    """What a file holds."""

    name: str
    """File name as received."""
    rows: tuple[tuple[int, R], ...]
    """Number of the row and the record without id; empty when a row was refused."""
    refused: tuple[Refused, ...]
    ignored: tuple[str, ...]
    """Headings that mean nothing here."""
    already: Evidence | None
    """The earlier import of the very same file."""
    sha256: str
    media_type: str
    data: bytes = field(repr=False)
    """The file itself, to be kept as a blob."""

    @property
    def possible(self) -> bool:
        """Whether it can be taken up."""
        return bool(self.rows) and not self.refused and self.already is None


def read_records(
    source: Path | bytes,
    fields: Sequence[Field],
    make: Callable[[Mapping[str, Any]], R],
    ledger: Ledger,
    name: str = "",
) -> Found[R]:
    """The records of a file.

    Parameters
    ----------
    source
        the file or its bytes.
    fields
        columns that are looked for, in any order.
    make
        a record of the values by key, those of empty cells left out; it refuses what it cannot believe (UserError).
    ledger
        the plant now, which may have taken up the very same file.
    name
        file name as received; empty: that of the path.

    Raises
    ------
    UserError
        when the file as a whole cannot be read, or lacks a required heading.
    """
    data = load(source)
    table = read_table(data, guess=lambda text: _separator(text, fields))
    name = _file_name(name or (source.name if isinstance(source, Path) else ""))
    if not table.rows:
        raise UserError(T("“{name}” holds no rows.", name=verbatim(name)), T("Fill in rows below the headings."))
    at, places = _headings(table.rows, fields)
    heads = [plain_text(cell).strip() for cell in table.rows[at][1]]
    body = table.rows[at + 1 :]
    semicolons = table.separator == ";"
    signs = {
        one.key: decimal_sign((cells[places[one.key]] for _, cells in body), semicolons=semicolons)
        for one in fields
        if one.form == "number" and one.key in places
    }
    rows, refused = _records(body, _Columns(tuple(fields), places, signs, table.epoch), make)
    digest = hashlib.sha256(data).hexdigest()
    return Found(
        name=name,
        rows=() if refused else tuple(rows),
        refused=tuple(refused[:MOST_REFUSED]),
        ignored=tuple(head for place, head in enumerate(heads) if head and place not in places.values()),
        already=_earlier(ledger, digest),
        sha256=digest,
        media_type=table.media_type,
        data=data,
    )


def _separator(text: str, fields: Sequence[Field]) -> str:
    """The one under which most headings are found; cells may hold lists with separators of their own."""
    names = _spellings(fields)
    usual = most_frequent_separator(text)
    lines = text[:SEARCHED_TEXT].splitlines()[:SEARCHED]

    def found(sign: str) -> int:
        return max((sum(bool(_heading(cell, names)) for cell in row) for row in csv.reader(lines, delimiter=sign)),
                   default=0)  # fmt: skip

    return max(SEPARATORS, key=lambda sign: (found(sign), sign == usual))


def _spellings(fields: Sequence[Field]) -> Mapping[str, str]:
    return {
        normal(spelling): one.key for one in fields for spelling in (one.key, one.name.en, one.name.zh, *one.aliases)
    }


def _headings(rows: Sequence[tuple[int, list[Cell]]], fields: Sequence[Field]) -> tuple[int, dict[str, int]]:
    """The row with the headings, and the place of each column in it."""
    names = _spellings(fields)
    best: tuple[int, dict[str, int]] = (0, {})
    for place, (_, cells) in enumerate(rows[:SEARCHED]):
        found: dict[str, int] = {}
        for position, cell in enumerate(cells):
            key = _heading(cell, names)
            if key:
                found.setdefault(key, position)
        if len(found) > len(best[1]):
            best = (place, found)
    lacking = [one.name for one in fields if one.required and one.key not in best[1]]
    if lacking:
        raise UserError(
            T("The file lacks the column “{column}”.", column=lacking[0]),
            T("Give the columns these headings: {columns}.", columns=[one.name for one in fields]),
        )
    return best


def _heading(cell: Cell, names: Mapping[str, str]) -> str:
    """``开始 / Start (first day)`` and each part of it."""
    said = narrow(plain_text(cell)).replace("\n", "/")
    parts = (said, *said.split("/"))
    found = {key for part in parts if (key := names.get(normal(without_brackets(part)).strip("*:：")))}
    return found.pop() if len(found) == 1 else ""


def without_brackets(heading: str) -> str:
    """``Quantity [MWh]`` as it is read: ``Quantity``."""
    return _BRACKETS.sub("", heading).strip()


@dataclass(frozen=True, slots=True)
class _Columns:
    """How the cells of a file are read."""

    fields: tuple[Field, ...]
    places: Mapping[str, int]
    """Of those that the file has, in a row."""
    signs: Mapping[str, str]
    """The decimal sign of each column of numbers."""
    epoch: date | None
    """Day 0 of a workbook; None for a csv."""


def _records(
    body: Iterable[tuple[int, Sequence[Cell]]], columns: _Columns, make: Callable[[Mapping[str, Any]], R]
) -> tuple[list[tuple[int, R]], list[Refused]]:
    """What can be believed, each with the number of its row, and what cannot."""
    refused: list[Refused] = []
    rows: list[tuple[int, R]] = []
    for number, cells in body:
        unread = len(refused)
        said = _values(number, cells, columns, refused)
        if len(refused) > unread:
            continue
        try:
            rows.append((number, make(said)))
        except UserError as error:
            refused.append(_refused(number, error))
    return rows, refused


def _values(number: int, cells: Sequence[Cell], columns: _Columns, refused: list[Refused]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for one in columns.fields:
        cell = cells[columns.places[one.key]] if one.key in columns.places else None
        if is_blank(cell):
            if one.required:
                refused.append(Refused(number, one.name, T("The cell is empty."), T("Fill it in, or delete the row.")))
            continue
        try:
            if one.form == "number":
                said[one.key] = parse_number(cell, columns.signs[one.key])
            elif one.form == "day":
                first, last = parse_span(cell, epoch=columns.epoch)
                said[one.key] = last if one.key == END else first
                if one.key == START and first != last:
                    said.setdefault(END, last)
            else:
                said[one.key] = parse_text(cell, one.longest)
        except UserError as error:
            refused.append(Refused(number, one.name, error.message, error.remedy or _correct()))
    return said


def _refused(number: int, error: UserError) -> Refused:
    if isinstance(error, CellError):
        return Refused(number, error.column, error.reason, error.remedy or _correct())
    return Refused(number, None, error.message, error.remedy or _correct())


def _correct() -> Text:
    return T("Correct the cell.")


def _file_name(name: str) -> str:
    return PurePath(name.replace("\\", "/")).name[:255] or "import"


def _earlier(ledger: Ledger, digest: str) -> Evidence | None:
    """The very same file, as long as something that was taken up from it is there."""
    held = next((one for one in ledger.evidence if one.kind == "import" and one.sha256 == digest), None)
    if held is None or held.activities:
        return held
    records = (record for kind in ledger.records.values() for record in kind.values())
    return held if held.id in named_by(records, "evidence") else None


def accepted(found: Found[R]) -> tuple[R, ...]:
    """The records of a file that is taken up.

    Raises
    ------
    UserError
        when any row was refused, none is there, or the file was imported before.
    """
    name = verbatim(found.name)
    if found.already is not None:
        raise UserError(
            T("“{name}” was already imported, as “{earlier}”.", name=name, earlier=verbatim(found.already.name)),
            T("Nothing needs to be done. To import it again, undo the earlier import first."),
        )
    if found.refused:
        raise UserError(
            T(
                "“{name}” was not imported: {count} rows are refused. {first}",
                name=name,
                count=len({one.row for one in found.refused}),
                first=found.refused[0].message,
            ),
            T("Correct the rows in the file and import it again; nothing was changed."),
        )
    if not found.rows:
        raise UserError(T("“{name}” holds no rows.", name=name), T("Fill in rows below the headings."))
    return tuple(record for _, record in found.rows)


def keeping_file(found: Found[R], ledger: Ledger, key: str) -> tuple[str, tuple[Step, ...]]:
    """The id under which a file that is taken up is kept, and the step that keeps it under a new id unless it is."""
    held = next((one for one in ledger.evidence if one.kind == "import" and one.sha256 == found.sha256), None)
    if held is not None:
        return held.id, ()
    made = Evidence(key, found.name, "import", found.sha256, len(found.data), found.media_type)
    return key, (Step("evidence", key, None, made),)
