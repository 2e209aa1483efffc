"""Small workbooks and csv files for tests, honest and hostile ones."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from openpyxl import Workbook

from core.exchange.workbook import MAX_UNPACKED
from core.ledger import Ledger, Plant

HEAD = ("Source", "Method", "Item", "Start", "End", "Quantity", "Unit", "Estimated", "Evidence", "Note")
GRID = ("Main meter", "", "electricity", date(2024, 3, 1), date(2024, 3, 31), 1234.5, "kWh", "", "B-1", "")
EMPTY = Ledger.of([Plant("P", "CN")])


def csv_of(
    *rows: Sequence[object], head: Sequence[object] = HEAD, separator: str = ",", encoding: str = "utf-8"
) -> bytes:
    """A csv with headings."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator).writerows([head, *rows])
    return stream.getvalue().encode(encoding)


def xlsx_of(*rows: Sequence[object], head: Sequence[object] = HEAD, title: str = "Sheet1") -> bytes:
    """A workbook of one sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in (head, *rows):
        sheet.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@cache
def bomb() -> bytes:
    """A workbook that unpacks to more than anybody reads; packed fast, and once."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (MAX_UNPACKED + 1))
    return stream.getvalue()


def row(**changes: object) -> tuple[object, ...]:
    """The usual row, and what differs from it; keys as the headings in small letters."""
    values = dict(zip((name.lower() for name in HEAD), GRID, strict=True)) | changes
    return tuple(values[name.lower()] for name in HEAD)


def with_members(data: bytes, members: Mapping[str, bytes]) -> bytes:
    """A workbook with some parts exchanged or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, members.get(name, old.read(name)))
        for name in members.keys() - set(old.namelist()):
            new.writestr(name, members[name])
    return stream.getvalue()


def with_sheet(xml: str) -> bytes:
    """A workbook whose only sheet holds this data."""
    opening = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    sheet = f"{opening}{xml}</sheetData></worksheet>".encode()
    return with_members(xlsx_of(GRID), {"xl/worksheets/sheet1.xml": sheet})
