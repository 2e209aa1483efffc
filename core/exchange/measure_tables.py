"""The table of a measure from csv or xlsx: headings in either language, numbers and dates as the import reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

from core.errors import UserError
from core.exchange.cells import Cell, is_blank, narrow, plain_text
from core.exchange.dates import Span, parse_span
from core.exchange.numbers import decimal_sign, parse_number
from core.exchange.read import Table, load, most_frequent_separator, read_table
from core.i18n import T
from core.library.units import normal
from core.savings import Column, Kind, Refused, read, write

_BRACKETS = re.compile(r"[(（\[【].*$")
_TIMED = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})[T ]([0-9]{1,2}):([0-9]{2})(?::00)?")
SEARCHED = 20
"""Rows in which headings are looked for."""
MOST_REFUSED = 1000
START, END = "start", "end"


@dataclass(frozen=True, slots=True)
class MeasureTable:
    """What a file holds for a kind of measure."""

    data: bytes = field(repr=False)
    """Canonical bytes, to be kept; empty when something was refused."""
    rows: int
    columns: tuple[str, ...]
    """Keys of the columns that were found."""
    ignored: tuple[str, ...]
    """Headings that mean nothing here."""
    refused: tuple[Refused, ...]
    """Cells that cannot be understood; then nothing is taken."""


def read_measure_table(source: Path | bytes, kind: Kind) -> MeasureTable:
    """The table of a kind from a file.

    Parameters
    ----------
    source
        the file or its bytes.
    kind
        whose columns are looked for.

    Raises
    ------
    UserError
        when the file as a whole cannot be read, or lacks the headings.
    """
    table = read_table(load(source), guess=most_frequent_separator)
    place, found = _headings(table, kind.columns)
    body = table.rows[place + 1 :]
    heads = [plain_text(cell).strip() for cell in table.rows[place][1]]
    ignored = tuple(head for at, head in enumerate(heads) if head and at not in found.values())
    columns = [column for column in kind.columns if column.key in found]
    refused: list[Refused] = []
    cells = _canonical(table, body, columns, found, refused)
    if refused:
        return MeasureTable(b"", len(body), tuple(found), ignored, tuple(refused[:MOST_REFUSED]))
    _, wrong = read(cells, kind.columns)
    numbers = [number for number, _ in body]
    moved = tuple(Refused(numbers[one.row - 2], one.column, one.reason, one.remedy) for one in wrong)
    return MeasureTable(b"" if moved else write(cells), len(body), tuple(cells[0]), ignored, moved[:MOST_REFUSED])


def _headings(table: Table, columns: Sequence[Column]) -> tuple[int, dict[str, int]]:
    """The row with the headings, and the place of each column in it."""
    names = {
        normal(spelling): column.key
        for column in columns
        for spelling in (column.key, column.title.in_language("en"), column.title.in_language("zh"))
    }
    best: tuple[int, dict[str, int]] = (0, {})
    for place, (_, cells) in enumerate(table.rows[:SEARCHED]):
        found: dict[str, int] = {}
        for at, cell in enumerate(cells):
            key = names.get(normal(_BRACKETS.sub("", narrow(plain_text(cell)))))
            if key is not None:
                found.setdefault(key, at)
        if len(found) > len(best[1]):
            best = (place, found)
    lacking = [column for column in columns if column.required and column.key not in best[1]]
    if lacking or not best[1]:
        raise UserError(
            T("The file lacks the column “{column}”.", column=(lacking or list(columns))[0].title),
            T("Give the columns these headings: {columns}.", columns=[column.key for column in columns]),
        )
    return best


def _canonical(
    table: Table,
    body: Sequence[tuple[int, list[Cell]]],
    columns: Sequence[Column],
    found: Mapping[str, int],
    refused: list[Refused],
) -> list[list[str]]:
    """Headings and rows as they are kept; a first day that names a month brings its last day along."""
    signs = {
        column.key: decimal_sign((row[found[column.key]] for _, row in body), semicolons=table.separator == ";")
        for column in columns
        if column.form == "number"
    }
    lines: list[dict[str, str]] = []
    for number, row in body:
        line: dict[str, str] = {}
        for column in columns:
            cell = row[found[column.key]]
            try:
                line[column.key] = _cell(cell, column, signs.get(column.key, "."), table.epoch)
                if column.key == START:
                    line[END] = _end_of(cell, table.epoch)
            except UserError as error:
                refused.append(Refused(number, column.key, error.message, error.remedy or T("Correct the cell.")))
                line[column.key] = ""
            if column.key == END and is_blank(cell) and START in found:
                line[END] = _end_of(row[found[START]], table.epoch) if line[START] else ""
        lines.append(line)
    keys = [column.key for column in columns]
    if END not in keys and any(line.get(END) for line in lines):
        keys.append(END)
    return [keys, *([line[key] for key in keys] for line in lines)]


def _cell(cell: Cell, column: Column, sign: str, epoch: date | None) -> str:
    if is_blank(cell):
        return ""
    if column.form == "number":
        return f"{parse_number(cell, sign):f}"
    if column.form == "moment":
        timed = _timed(cell)
        return timed if timed else parse_span(cell, epoch=epoch)[1 if column.key == END else 0].isoformat()
    return _word(cell, column)


def _timed(cell: Cell) -> str:
    """A day with its time of day; empty where there is none."""
    if isinstance(cell, datetime):
        return "" if cell.time() == time() else cell.isoformat(timespec="minutes")
    match = _TIMED.fullmatch(narrow(plain_text(cell)).strip()) if isinstance(cell, str) else None
    if match is None:
        return ""
    year, month, day, hour, minute = (int(part) for part in match.groups())
    try:
        return datetime(year, month, day, hour, minute).isoformat(timespec="minutes")
    except ValueError:
        raise UserError(
            T("“{day}” is not a date.", day=plain_text(cell)[:40]),
            T("Write year, month and day, like 2026-03-31."),
        ) from None


def _end_of(cell: Cell, epoch: date | None) -> str:
    """The last day of a month or a longer span that one cell names; empty for a single day."""
    if is_blank(cell) or _timed(cell):
        return ""
    span: Span = parse_span(cell, epoch=epoch)
    return "" if span[0] == span[1] else span[1].isoformat()


def _word(cell: Cell, column: Column) -> str:
    said = normal(plain_text(cell))
    for key, title in column.words:
        if said in (normal(key), normal(title.in_language("en")), normal(title.in_language("zh"))):
            return key
    raise UserError(
        T("“{value}” is not a choice here.", value=plain_text(cell)[:40]),
        T("Choose one of: {known}.", known=[key for key, _ in column.words]),
    )


def template(kind: Kind, lang: str) -> bytes:
    """An empty table to fill in, as csv that Excel opens: headings with their units, and the rows of the example.

    Parameters
    ----------
    kind
        whose table it is.
    lang
        ``en`` or ``zh``.
    """
    heads = {column.key: column for column in kind.columns}
    first, *rows = kind.example_data.splitlines()
    names = []
    for key in first.split(","):
        title, unit = heads[key].title.in_language(lang), heads[key].unit
        names.append(f"{title} ({unit})" if unit else title)
    return "".join(f"{line}\r\n" for line in (",".join(names), *rows)).encode("utf-8-sig")
