"""What the written workbooks have in common."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet

from core.disk import write_safely
from core.exchange.cells import clean, guard
from core.i18n import Localised, Name

HEAD_FONT = Font(bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor="1F4E5F")
HEAD_PLACE = Alignment(wrap_text=True, vertical="center")
WRAPPED = Alignment(wrap_text=True, vertical="top")
DATE_FORMAT = "yyyy-mm-dd"

EXAMPLES = Name("Examples", "示例")
METHODS = Name("Methods", "方法")
ITEMS = Name("Items", "项目")
UNITS = Name("Units", "单位")
HELP = Name("Instructions", "填写说明")

LONGEST_SHEET = 31
"""Letters of the name of a sheet that Excel reads."""


def save(book: Workbook, path: Path) -> None:
    """Write a workbook whole or not at all; openpyxl itself leaves half of one behind when the disk refuses.

    Raises
    ------
    UserError
        when the folder or the disk refuses.
    """
    stream = BytesIO()
    book.save(stream)
    write_safely(path, stream.getvalue())


def languages(language: str) -> tuple[str, ...]:
    """``both`` -> Chinese and English."""
    return ("zh", "en") if language == "both" else (language,)


def in_words(value: Localised, language: str, separator: str = " / ") -> str:
    """A name or sentence in one language or in both."""
    return separator.join(dict.fromkeys(value.in_language(one) for one in languages(language)))


def sheet_name(name: Name, language: str) -> str:
    """Excel allows no slash in the name of a sheet, and not more letters; the first language stays whole."""
    return in_words(name, language, " ")[:LONGEST_SHEET].rstrip()


def put_text(cell: SheetCell, text: str) -> None:
    """A text that stays a text, whatever it begins with: no formula is ever written, so only a guard needs a guard."""
    kept = clean(text)
    cell.value = guard(kept) if kept[:1] == "'" else kept
    cell.data_type = "s"
    if kept[:1] in ("=", "+", "-", "@"):
        cell.quotePrefix = True


def put_number(cell: SheetCell, value: Decimal) -> None:
    """A number where Excel keeps all its digits, else the digits as text."""
    short = float(value)
    if Decimal(f"{short:.15g}") == value:
        cell.value = short
    else:
        put_text(cell, f"{value:f}")


def put(cell: SheetCell, value: str | Decimal | date) -> None:
    """A value of a record."""
    if isinstance(value, Decimal):
        put_number(cell, value)
    elif isinstance(value, str):
        if value:
            put_text(cell, value)
    elif value.year >= 1900:
        cell.value = value
        cell.number_format = DATE_FORMAT
    else:
        put_text(cell, value.isoformat())


def row_cells(sheet: WriteOnlyWorksheet, values: Sequence[str | Decimal | date]) -> list[SheetCell]:
    """A row for a sheet that is written as a stream."""
    cells = []
    for value in values:
        cell = WriteOnlyCell(sheet)
        put(cell, value)
        cells.append(cell)
    return cells


def style_head(cells: Sequence[SheetCell]) -> None:
    """The look of a row of headings."""
    for cell in cells:
        cell.font = HEAD_FONT
        cell.fill = HEAD_FILL
        cell.alignment = HEAD_PLACE


def cell_at(sheet: Worksheet, row: int, column: int) -> SheetCell:
    """A cell to write into; none of our sheets has merged ones."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, SheetCell)
    return cell


def first_row(sheet: Worksheet) -> list[SheetCell]:
    """The headings."""
    return [cell_at(sheet, 1, column) for column in range(1, sheet.max_column + 1)]


def set_widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    """Width of the columns. [characters]"""
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width


def fill(sheet: Worksheet, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    """A list with headings that stay in view."""
    for number, row in enumerate((head, *rows), 1):
        for place, text in enumerate(row, 1):
            put_text(cell_at(sheet, number, place), text)
    style_head(first_row(sheet))
    sheet.freeze_panes = "A2"
    set_widths(sheet, widths)
