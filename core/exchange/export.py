"""Activity data to xlsx or csv, in the form that can be imported again."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

from core.disk import write_safely
from core.errors import UserError
from core.exchange.cells import clean, guard
from core.exchange.columns import COLUMNS, heading
from core.exchange.extras import parameters_text
from core.i18n import T
from core.ledger import Activity, Ledger
from core.methods import plain

_YES_NO = {"en": ("no", "yes"), "zh": ("否", "是"), "both": ("no", "yes")}


def write_activities(path: Path, ledger: Ledger, language: str = "both") -> None:
    """All activity data of a plant, ordered by id.

    Parameters
    ----------
    path
        ``.xlsx`` or ``.csv`` (UTF-8 with its mark, so that Excel shows Chinese).
    ledger
        the plant.
    language
        of the headings: ``en``, ``zh`` or ``both``.

    Raises
    ------
    UserError
        for another ending of the file, or when it cannot be written.
    """
    make = {".xlsx": _xlsx, ".csv": _csv}.get(path.suffix.casefold())
    if make is None:
        raise UserError(T("“{file}” is neither .xlsx nor .csv.", file=path.name), T("End the name with .xlsx or .csv."))
    write_safely(path, make(ledger, language))


def _rows(ledger: Ledger, language: str) -> Iterator[list[str | Decimal | date]]:
    for activity in sorted(ledger.activities, key=lambda one: one.id):
        yield [_value(activity, column.key, language) for column in COLUMNS]


def _value(activity: Activity, key: str, language: str) -> str | Decimal | date:
    if key == "parameters":
        return parameters_text(activity.parameters)
    if key == "category":
        return Decimal(activity.category) if activity.category else ""
    value: str | bool | Decimal | date = getattr(activity, key)
    return _YES_NO[language][value] if isinstance(value, bool) else value


def _csv(ledger: Ledger, language: str) -> bytes:
    stream = StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([heading(column.key, language) for column in COLUMNS])
    for row in _rows(ledger, language):
        writer.writerow([_csv_text(value) for value in row])
    return stream.getvalue().encode("utf-8-sig")


def _csv_text(value: str | Decimal | date) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    return guard(clean(value)) if isinstance(value, str) else value.isoformat()


def _xlsx(ledger: Ledger, language: str) -> bytes:
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    from core.exchange import sheets

    book = Workbook(write_only=True)
    sheet = book.create_sheet(sheets.sheet_name(sheets.DATA, language))
    for place, column in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.freeze_panes = "A2"
    head = sheets.row_cells(sheet, [heading(column.key, language, "\n") for column in COLUMNS])
    sheets.style_head(head)
    sheet.append(head)
    for row in _rows(ledger, language):
        sheet.append(sheets.row_cells(sheet, row))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
