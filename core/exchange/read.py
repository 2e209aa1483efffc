"""A file as rows of cells with the row numbers that the person sees. What could harm is refused before it is parsed."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

from core.disk import read_within
from core.errors import UserError
from core.exchange.cells import Cell
from core.exchange.columns import SEARCHED, recognise
from core.i18n import T, Text

MAX_BYTES = 50_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file that hold something."""

    rows: tuple[tuple[int, list[Cell]], ...]
    """Number of the row as a spreadsheet program shows it, and its cells; all rows are equally long."""
    media_type: str
    sheet: str = ""
    separator: str = ""
    """Of a csv."""
    epoch: date | None = None
    """Day 0 of a workbook; None for a csv."""
    first_column: int = 0
    """Place in the sheet of the first cell of a row."""


def load(source: Path | bytes) -> bytes:
    """The bytes of a file that is small enough.

    Raises
    ------
    UserError
        when it cannot be read or is too large.
    """
    too_large = UserError(T("The file is larger than {most} MB.", most=MAX_BYTES // 1_000_000), _split_it())
    if isinstance(source, Path):
        return read_within(source, MAX_BYTES, too_large)
    if len(source) > MAX_BYTES:
        raise too_large
    return source


def read_table(data: bytes, *, guess: Callable[[str], str] | None = None) -> Table:
    """The rows of an xlsx or csv file, recognised by its content and not by its name.

    ``guess`` finds the separator of a csv that holds no activity data.

    Raises
    ------
    UserError
        for anything that is neither, is damaged, or exceeds 200,000 rows or 200 columns.
    """
    if data.startswith(b"PK"):
        from core.exchange.workbook import read_workbook

        return read_workbook(data)
    refuse_old(data)
    return _read_csv(decode(data), guess or _separator)


def refuse_old(data: bytes) -> None:
    """Refuse the container of old Excel files, in which a workbook with a password is wrapped too.

    Raises
    ------
    UserError
        when it is one.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UserError(
            T("This is an old Excel file (.xls) or one with a password."),
            T("Save it in Excel as .xlsx without a password."),
        )


def decode(data: bytes) -> str:
    """Text from UTF-8, UTF-16 with its mark, or GB18030.

    Raises
    ------
    UserError
        when it is none of them: what would only look like Chinese is not accepted.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    if b"\0" in data:
        raise _unreadable()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = _strict(data, "gb18030")
    if not _looks_chinese(text):
        raise _unreadable()
    return text


def _strict(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unreadable() from error
    if "\0" in text:
        raise _unreadable()
    return text


def _looks_chinese(text: str) -> bool:
    """Bytes of a western encoding often form rare Chinese characters by accident; real text has common ones."""
    foreign = [c for c in text if ord(c) > 127]
    common = "".join(foreign).encode("gb2312", "ignore").decode("gb2312")
    return len(common) >= 0.9 * len(foreign)


def most_frequent_separator(text: str) -> str:
    """The separator that the first lines hold most of."""
    return max(SEPARATORS, key=text[:10_000].count)


def _separator(text: str) -> str:
    """The separator with which most headings of activity data are recognised."""
    return max(SEPARATORS, key=lambda one: _columns_found(text, one))


def _read_csv(text: str, guess: Callable[[str], str]) -> Table:
    hint, text = _hint(text)
    separator = hint or guess(text)
    rows: list[tuple[int, list[Cell]]] = []
    width = 0
    for number, record in enumerate(_records(text, separator), 2 if hint else 1):
        if number > MAX_ROWS:
            raise UserError(T("The file has more than {most} rows.", most=f"{MAX_ROWS:,}"), _split_it())
        if len(record) > MAX_COLUMNS:
            raise UserError(
                T("Row {row} has more than {most} columns.", row=number, most=MAX_COLUMNS),
                T("Keep only the columns of the template."),
            )
        if record and not "".join(record).isspace() and any(record):
            rows.append((number, list(record)))
            width = max(width, len(record))
    for _, cells in rows:
        cells.extend([None] * (width - len(cells)))
    return Table(tuple(rows), CSV, separator=separator)


def _hint(text: str) -> tuple[str, str]:
    """Excel's own first line ``sep=;``."""
    first, _, rest = text.partition("\n")
    first = first.strip().casefold()
    if first.startswith("sep=") and first[4:] in (*SEPARATORS, ""):
        return first[4:] or "\t", rest
    return "", text


def _columns_found(text: str, separator: str) -> int:
    """The most headings that any of the first rows has with this separator."""
    best = 0
    try:
        for _, record in zip(range(SEARCHED), _records(text, separator), strict=False):
            best = max(best, len({recognise(cell) for cell in record[:MAX_COLUMNS]} - {""}))
    except UserError:
        return best
    return best


def _records(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    return (record for _, record in numbered(reader, 1))


def numbered(reader: Iterator[list[str]], first: int) -> Iterator[tuple[int, list[str]]]:
    """Rows of a csv with their numbers, the first one being ``first``.

    Raises
    ------
    UserError
        when its quotation marks do not fit together.
    """
    number = first - 1
    while True:
        number += 1
        try:
            record = next(reader, None)
        except csv.Error as error:
            raise UserError(
                T("Row {row} cannot be read: {why}.", row=number, why=str(error)),
                T("Check the quotation marks in this row, or save the file as xlsx."),
            ) from error
        if record is None:
            return
        yield number, record


def _unreadable() -> UserError:
    return UserError(
        T("The file is neither xlsx nor a csv in UTF-8 or GB18030."),
        T("Save it in Excel as “Excel workbook (.xlsx)” or “CSV UTF-8”."),
    )


def _split_it() -> Text:
    return T("Split it into several files.")
