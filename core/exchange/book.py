"""Workbooks of several lists: headings that stay in view, and cells that stay what they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from core.i18n import Localised, Name

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell as SheetCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Value: TypeAlias = "str | Decimal | date | Localised | None"
Rows: TypeAlias = Iterable[Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One list."""

    name: Name
    """Without a slash; of both languages together Excel reads 31 letters."""
    head: Sequence[Localised]
    widths: Sequence[int]
    """[characters]"""
    rows: Rows


def write_book(path: Path, lists: Iterable[Sheet], language: str) -> None:
    """Write a workbook of lists.

    Parameters
    ----------
    path
        ``.xlsx`` to write.
    lists
        in their order.
    language
        of headings and of what has a name in two languages: ``zh``, ``en`` or ``both``.

    Raises
    ------
    UserError
        when the file cannot be written.

    Notes
    -----
    Texts are written as texts, so none becomes a formula; numbers are numbers, with the 15 digits that Excel keeps.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for one in lists:
        _add_sheet(book, one, language)
    from core.exchange import sheets

    sheets.save(book, path)


def _add_sheet(book: Workbook, one: Sheet, language: str) -> None:
    from openpyxl.utils import get_column_letter

    from core.exchange import sheets

    sheet = book.create_sheet(sheets.sheet_name(one.name, language))
    for place, width in enumerate(one.widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    headings = sheets.row_cells(sheet, [sheets.in_words(name, language, "\n") for name in one.head])
    sheets.style_head(headings)
    sheet.append(headings)
    for row in one.rows:
        sheet.append([_cell(sheet, value, language) for value in row])


def _cell(sheet: WriteOnlyWorksheet, value: Value, language: str) -> SheetCell:
    from openpyxl.cell import WriteOnlyCell

    from core.exchange import sheets

    cell: SheetCell = WriteOnlyCell(sheet)
    if isinstance(value, Decimal):
        cell.value = float(f"{value:.15g}")
        cell.number_format = "General" if abs(value) < 1 or value % 1 == 0 else "#,##0.######"
    elif isinstance(value, (str, date)):
        sheets.put(cell, value)
    elif value is not None:
        sheets.put_text(cell, sheets.in_words(value, language))
    return cell
