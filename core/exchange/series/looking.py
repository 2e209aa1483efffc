"""A first look at a file: what it is, how it is written, and its first rows. Nothing is understood yet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from pathlib import Path

from core.disk import cannot_open
from core.errors import UserError
from core.exchange.cells import Cell, is_blank
from core.exchange.read import MAX_BYTES as MAX_WORKBOOK
from core.exchange.read import load
from core.exchange.series.blocks import checked_size, encoding_of, unreadable
from core.exchange.series.mapping import MOST_COLUMNS
from core.exchange.series.stamps import Reading
from core.i18n import T, verbatim

HEAD = 1 << 20
"""Bytes that are looked at."""
SHOWN = 500
"""Rows from the beginning: more than a day of five minutes."""
CHUNKS, CHUNK = 12, 2_048
"""Places further back that are looked at, and bytes there."""
SEPARATORS = (";", ",", "\t", "|")
_NUMBER = re.compile(r" *[-+]?[0-9][0-9.,' ]*")
_SOMETHING = re.compile(r"[^\s,;|\"]")
_JUDGED = 80
"""Rows by which the separator is found."""
Row = tuple[int, list[Cell]]
"""Number as a spreadsheet program shows it, and the cells."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a file shows before it is read."""

    path: Path
    kind: str
    """``csv``, ``xlsx`` or ``green_button``."""
    size: int
    """[bytes]"""
    encoding: str = ""
    separator: str = ""
    sheets: tuple[str, ...] = ()
    """Visible sheets of a workbook, the one that was looked at first."""
    rows: tuple[Row, ...] = field(default=(), repr=False)
    """The first ones, blank ones too."""
    later: tuple[list[Cell], ...] = field(default=(), repr=False)
    """Rows from further back and from the end, in the order of the file."""
    epoch: date | None = None
    """Day 0 of a workbook."""

    @property
    def name(self) -> str:
        """Of the file."""
        return self.path.name

    @property
    def columns(self) -> int:
        """Of the widest row."""
        return max((len(cells) for _, cells in self.rows), default=0)


def look(path: Path, sheet: str = "", separator: str = "") -> Look:
    """Look at a file, whatever its name says.

    Parameters
    ----------
    path
        the file.
    sheet
        of a workbook; empty: the first visible one.
    separator
        of a csv; empty: the one with which most cells are times and numbers.

    Raises
    ------
    UserError
        when it cannot be read, is empty, damaged or too large, or is none of the kinds that are read here.
    """
    try:
        with path.open("rb") as stream:
            size = checked_size(stream.seek(0, 2))
            stream.seek(0)
            head = stream.read(HEAD)
    except OSError as error:
        raise cannot_open(path, error) from error
    if head.startswith(b"PK"):
        return _workbook(path, size, sheet)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise UserError(
            T("This is an old Excel file (.xls) or one with a password."),
            T("Save it in Excel as .xlsx without a password."),
        )
    encoding = encoding_of(head)
    if _is_xml(head, encoding):
        return Look(path, "green_button", size, encoding)
    return _text(path, size, head, encoding, separator)


def _is_xml(head: bytes, encoding: str) -> bool:
    text = head[:2_000].decode("utf-8" if encoding == "ascii" else encoding, "ignore").lstrip("\ufeff \r\n\t")
    return text.startswith(("<?xml", "<feed", "<ns", "<atom:", "<entry", "<espi:"))


def _text(path: Path, size: int, head: bytes, encoding: str, separator: str) -> Look:
    text = _decoded(head, encoding, whole=size <= len(head)).removeprefix("\ufeff")
    if size <= len(head) and not _SOMETHING.search(text):
        raise _empty(path)
    found = separator or hint_of(text) or _separator(text)
    rows: tuple[Row, ...] = tuple(
        (number, [*record]) for number, record in zip(range(1, SHOWN + 1), records(text, found), strict=False)
    )
    if max((len(cells) for _, cells in rows), default=0) > MOST_COLUMNS:
        raise UserError(
            T("The file has more than {most} columns.", most=MOST_COLUMNS), T("Keep the columns of time and values.")
        )
    later = () if size <= len(head) and len(rows) < SHOWN else tuple(_further_back(path, size, encoding, found))
    return Look(path, "csv", size, encoding, found, rows=rows, later=later)


def _empty(path: Path) -> UserError:
    return UserError(
        T("“{file}” is empty.", file=verbatim(path.name)),
        T("Export it again from the meter, the logger or the portal, and look whether rows stand in it."),
    )


def _decoded(data: bytes, encoding: str, *, whole: bool) -> str:
    """Whole lines of it."""
    if whole:
        return _strict(data, encoding)
    text = data.decode("utf-8" if encoding == "ascii" else encoding, "ignore")
    return text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode("utf-8" if encoding == "ascii" else encoding)
    except UnicodeDecodeError as error:
        raise unreadable() from error


def records(text: str, separator: str) -> Iterator[list[str]]:
    """Rows of a csv; where quotation marks are wrong, what came before them."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    try:
        yield from reader
    except csv.Error:
        return


def hint_of(text: str) -> str:
    """The separator that Excel's own first line ``sep=;`` names, else nothing."""
    first = text[:20].partition("\n")[0].strip().casefold()
    return first[4:] if first.startswith("sep=") and first[4:] in SEPARATORS else ""


def _separator(text: str) -> str:
    """The one with which most cells are times or numbers, in more than one column."""
    lines = text.splitlines(keepends=True)
    # The rows of values stand at the end of what is looked at, headings before them.
    sample = "".join(lines[-_JUDGED - 1 : -1] if len(lines) > _JUDGED else lines)
    return max(SEPARATORS, key=lambda one: _score(sample, one))


def _score(text: str, separator: str) -> tuple[float, int]:
    good = cells = columns = 0
    for record in records(text, separator):
        filled = [cell for cell in record[:300] if cell.strip()]
        if len(record) > 1:
            good += sum(map(_plausible, filled))
            columns = max(columns, len(record))
        cells += len(filled)
    return (good / cells if cells else 0.0), columns


def _plausible(cell: str) -> bool:
    """A number or a time."""
    if _NUMBER.fullmatch(cell):
        return True
    return is_moment(cell) or is_moment(cell, clock=True)


def is_moment(cell: str, *, clock: bool = False) -> bool:
    """Whether a text can be a moment in some order of day and month, or a time of day."""
    for order in ("mdy",) if clock else ("dmy", "mdy", "ymd"):
        for stamped in (False, True):
            try:
                Reading(order, clock, stamped).read(cell)
            except UserError:
                continue
            return True
    return False


def _further_back(path: Path, size: int, encoding: str, separator: str) -> Iterator[list[Cell]]:
    """Some whole rows at places spread over the file, and its last ones."""
    if encoding.startswith("utf-16"):
        return
    with path.open("rb") as stream:
        for place in range(1, CHUNKS + 1):
            stream.seek(max(0, min(size - CHUNK, place * size // CHUNKS)))
            raw = stream.read(CHUNK)
            text = raw.decode("utf-8" if encoding == "ascii" else encoding, "ignore")
            lines = text[text.find("\n") + 1 :]
            if place < CHUNKS:
                lines = lines[: lines.rfind("\n") + 1]
            for record in records(lines, separator):
                yield [*record]


def _workbook(path: Path, size: int, sheet: str) -> Look:
    from core.exchange.series.sheet import open_sheet

    if size > MAX_WORKBOOK:
        raise UserError(
            T("The workbook is larger than {most} MB.", most=MAX_WORKBOOK // 1_000_000),
            T("Save it as CSV and import that."),
        )
    table, sheets = open_sheet(load(path), sheet)
    rows = tuple((number, list(cells)) for number, cells in table.rows[:SHOWN])
    if len(sheets) == 1 and not any(filled(list(cells)) for _, cells in table.rows):
        raise _empty(path)
    rest = table.rows[SHOWN:]
    later = tuple(list(cells) for _, cells in (*rest[:: max(1, len(rest) // 200)], *rest[-20:]))
    return Look(path, "xlsx", size, sheets=sheets, rows=rows, later=later, epoch=table.epoch)


def filled(cells: list[Cell]) -> int:
    """How many cells of a row hold something."""
    return sum(not is_blank(cell) for cell in cells)
