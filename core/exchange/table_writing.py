"""Small tables of records written as csv or xlsx, so that :mod:`core.exchange.tables` takes them up again."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

from core.disk import write_safely
from core.errors import UserError
from core.exchange.cells import clean, guard
from core.exchange.tables import Field
from core.i18n import Name, T
from core.methods import plain


def write_records(
    path: Path, fields: Sequence[Field], rows: Iterable[Mapping[str, object]], language: str, title: Name
) -> None:
    """Records as ``.xlsx`` or ``.csv`` in the form that can be taken up again; no cell is run as a formula.

    Parameters
    ----------
    path
        where to.
    fields
        columns in their order.
    rows
        values by key: text, Decimal, day or whole number; None is an empty cell.
    language
        of the headings: ``en``, ``zh`` or ``both``.
    title
        of the sheet.

    Raises
    ------
    UserError
        for another ending of the file, or when it cannot be written.
    """
    heads = [Head(_head(one, language), one.width) for one in fields]
    write_table(path, title, heads, ([row.get(one.key) for one in fields] for row in rows), language)


@dataclass(frozen=True, slots=True)
class Head:
    """Of a column."""

    words: str
    width: float
    """In a workbook. [characters]"""
    stacked: str = ""
    """The words in a workbook where they have two lines there."""


def write_table(
    path: Path, title: Name, heads: Sequence[Head], rows: Iterable[Sequence[object]], language: str
) -> None:
    """Heads and cells as ``.xlsx`` with one sheet, or as ``.csv`` (UTF-8 with its mark, so that Excel shows Chinese).

    Raises
    ------
    UserError
        for another ending of the file, or when it cannot be written.
    """
    make = {".xlsx": _xlsx, ".csv": _csv}.get(path.suffix.casefold())
    if make is None:
        raise UserError(T("“{file}” is neither .xlsx nor .csv.", file=path.name), T("End the name with .xlsx or .csv."))
    write_safely(path, make(title, heads, rows, language))


def _head(one: Field, language: str) -> str:
    return f"{one.name.zh} / {one.name.en}" if language == "both" else one.name.in_language(language)


def _csv(_title: Name, heads: Sequence[Head], rows: Iterable[Sequence[object]], _language: str) -> bytes:
    stream = StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([one.words for one in heads])
    for row in rows:
        writer.writerow([_csv_text(value) for value in row])
    return stream.getvalue().encode("utf-8-sig")


def _csv_text(value: object) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else guard(clean(str(value)))


def _xlsx(title: Name, heads: Sequence[Head], rows: Iterable[Sequence[object]], language: str) -> bytes:
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    from core.exchange import sheets

    book = Workbook(write_only=True)
    sheet = book.create_sheet(sheets.sheet_name(title, language))
    for place, one in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(place)].width = one.width
    sheet.freeze_panes = "A2"
    head = sheets.row_cells(sheet, [one.stacked or one.words for one in heads])
    sheets.style_head(head)
    sheet.append(head)
    for row in rows:
        sheet.append(sheets.row_cells(sheet, [_cell(value) for value in row]))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cell(value: object) -> str | Decimal | date:
    if isinstance(value, (Decimal, date, str)):
        return value
    return Decimal(value) if isinstance(value, int) else ""
