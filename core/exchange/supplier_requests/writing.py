"""The workbook that a supplier fills in: both languages side by side, marked cells, lists to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from core.disk import write_safely
from core.errors import UserError
from core.exchange.supplier_lines import ANSWERED, LIMITS, MOST_LINES, PLACES, STANDARDS
from core.exchange.supplier_requests.form import (
    COLUMNS,
    FILLED,
    HELP,
    HIDDEN,
    KEPT,
    PARTS,
    SHEET,
    choices,
    mark_of,
    request_named,
)
from core.i18n import Localised, Name, T, Text
from core.inventory import choices_of
from core.ledger import DataRequest, Ledger, Supplier

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell as SheetCell
    from openpyxl.worksheet.worksheet import Worksheet

TITLE = Name("Request for carbon data of what you deliver", "供货产品碳数据请求")
TO_FILL, GIVEN = "FFF4CC", "EEF2F4"
"""Colours of cells: yellow to be filled in, grey to be left as they are."""
_SENTENCES: tuple[Text, ...] = (
    T("Fill in the yellow cells of the first sheet, one row for each line, and send the workbook back as .xlsx."),
    T("The grey cells stay as they are: a workbook with other lines or another number cannot be taken up."),
    T("Footprint: greenhouse gases of one unit in kg CO₂e with all that comes before it; without use and end of life."),
    T("The unit is the one in the column “Unit of quantity”: per tonne, per piece, per square metre."),
    T("System boundary: from the cradle to your gate, or to our plant with delivery included. A footprint of your own "
      "works alone is kept and not counted."),
    T("Share of primary data: 80 means 80 %. Leave it empty where it is not known."),
    T("Delivered by and distance: how the goods come to our plant, one way in kilometres. Leave both empty where "
      "delivery is part of the footprint."),
    T("Mass of one unit: what a piece, a litre or a square metre weighs with its packaging; only where delivery is "
      "stated and the unit is no mass."),
    T("Leave a line empty where you have no figure yet; a later workbook replaces an earlier one."),
    T("Macros, links to other files and password protection are refused."),
)  # fmt: skip


def write_request(path: Path, ledger: Ledger, key: str, language: str = "both") -> None:
    """The workbook for a supplier.

    Parameters
    ----------
    path
        ``.xlsx`` to write.
    ledger
        of the plant that asks.
    key
        id of the request.
    language
        that stands first, ``en`` or ``zh``; ``both``: Chinese. The other one always stands beside it.

    Raises
    ------
    UserError
        for another ending of the file, a request that does not exist or has too many lines, and when it cannot be
        written.

    Notes
    -----
    No cell is run as a formula. Whatever a person may not change is locked, without a password.
    """
    if path.suffix.casefold() != ".xlsx":
        raise UserError(T("“{file}” is not an .xlsx file.", file=path.name), T("End the name with .xlsx."))
    request, supplier = request_named(ledger, key)
    if len(request.asked) > MOST_LINES:
        raise UserError(
            T("The request has more than {most} lines.", most=MOST_LINES), T("Split it into several requests.")
        )
    data = _written(ledger, request, supplier, ("en", "zh") if language == "en" else ("zh", "en"))
    write_safely(path, data)


def _written(ledger: Ledger, request: DataRequest, supplier: Supplier, languages: Sequence[str]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.workbook.protection import WorkbookProtection
    from openpyxl.worksheet.worksheet import Worksheet

    from core.exchange import sheets

    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = sheets.sheet_name(SHEET, "both")
    top = _head(sheet, ledger, request, supplier, languages)
    _lines(sheet, request, top, languages)
    _instructions(book, languages)
    _hidden(book, request, languages)
    _validations(sheet, top + 1, top + len(request.asked))
    sheet.protection.enable()
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    book.security = WorkbookProtection(lockStructure=True)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _both(words: Localised, languages: Sequence[str], between: str = PARTS) -> str:
    return between.join(dict.fromkeys(words.in_language(one) for one in languages))


def _head(
    sheet: Worksheet, ledger: Ledger, request: DataRequest, supplier: Supplier, languages: Sequence[str]
) -> int:  # fmt: skip
    """Who asks whom for what; gives the row of the headings."""
    from openpyxl.styles import Font

    from core.exchange import sheets

    plant = ledger.plant
    period = choices_of(ledger.audit(request.year), request.year).period
    said: list[tuple[Localised, str | date]] = [
        (Name("Number of the request", "请求编号"), request.id),
        (Name("Asked by", "请求方"), ", ".join(part for part in (plant.organisation, plant.name) if part)),
        (Name("Asked of", "供应商"), supplier.name),
        (Name("First day", "起始日期"), period.start),
        (Name("Last day", "截止日期（含）"), period.end),
    ]
    if request.due:
        said.append((Name("Answer by", "请于此日前答复"), date.fromisoformat(request.due)))
    _put(sheet, 1, 1, _both(TITLE, languages))
    sheets.cell_at(sheet, 1, 1).font = Font(bold=True, color="1F4E5F", size=14)
    for row, (label, value) in enumerate(said, 2):
        _put(sheet, row, 1, _both(label, languages))
        _put(sheet, row, 2, value)
    row = len(said) + 2
    _put(sheet, row, 1, _both(T("Fill in the yellow cells only; the second sheet says how."), languages))
    return row + 2


def _lines(sheet: Worksheet, request: DataRequest, top: int, languages: Sequence[str]) -> None:
    from openpyxl.styles import PatternFill, Protection

    from core.exchange import sheets

    for place, column in enumerate(COLUMNS, 1):
        cell = _put(sheet, top, place, _both(column.name, languages, "\n"))
        sheets.style_head([cell])
    sheet.row_dimensions[top].height = 48
    sheets.set_widths(sheet, [26, *(one.width for one in COLUMNS[1:])])
    sheet.freeze_panes = f"C{top + 1}"
    yellow, grey = PatternFill("solid", fgColor=TO_FILL), PatternFill("solid", fgColor=GIVEN)
    for row, asked in enumerate(request.asked, top + 1):
        number, what, _item, quantity, unit = asked
        given: tuple[str | Decimal, ...] = (Decimal(number), what, Decimal(quantity), unit)
        for place, value in enumerate(given, 1):
            cell = _put(sheet, row, place, value)
            cell.fill, cell.alignment = grey, sheets.WRAPPED
        for place in range(len(KEPT) + 1, len(COLUMNS) + 1):
            cell = sheets.cell_at(sheet, row, place)
            cell.fill, cell.protection = yellow, Protection(locked=False)


def _put(sheet: Worksheet, row: int, place: int, value: str | Decimal | date) -> SheetCell:
    from core.exchange import sheets

    cell = sheets.cell_at(sheet, row, place)
    sheets.put(cell, value)
    return cell


def _instructions(book: Workbook, languages: Sequence[str]) -> None:
    from core.exchange import sheets

    sheet = book.create_sheet(sheets.sheet_name(HELP, "both"))
    for row, sentence in enumerate(_SENTENCES, 1):
        for place, one in enumerate(languages, 1):
            cell = sheets.cell_at(sheet, row, place)
            sheets.put_text(cell, sentence.in_language(one))
            cell.alignment = sheets.WRAPPED
    sheets.set_widths(sheet, [76] * len(languages))
    sheet.protection.enable()


def _hidden(book: Workbook, request: DataRequest, languages: Sequence[str]) -> None:
    """The number of the request with what tells it from others, and the lists."""
    from core.exchange import sheets

    sheet = book.create_sheet(HIDDEN)
    for row, words in enumerate((("request", request.id), ("mark", mark_of(request))), 1):
        for place, word in enumerate(words, 1):
            sheets.put_text(sheets.cell_at(sheet, row, place), word)
    for place, words_ in enumerate(_lists(languages).values(), 4):
        for row, word in enumerate(words_, 1):
            sheets.put_text(sheets.cell_at(sheet, row, place), word)
    sheet.protection.enable()
    sheet.sheet_state = "hidden"


def _lists(languages: Sequence[str]) -> dict[str, list[str]]:
    found = {key: [_both(name, languages) for name in known.values()] for key, known in choices().items()}
    return {**found, "standard": list(STANDARDS)}


def _validations(sheet: Worksheet, first: int, last: int) -> None:
    """Lists to choose from, and numbers within their limits; another standard may be written."""
    from openpyxl.utils import get_column_letter, quote_sheetname
    from openpyxl.worksheet.datavalidation import DataValidation

    letters = {one.key: get_column_letter(len(KEPT) + place) for place, one in enumerate(FILLED, 1)}
    for place, (key, words) in enumerate(_lists(("zh", "en")).items(), 4):
        column = get_column_letter(place)
        rule = DataValidation("list", formula1=f"{quote_sheetname(HIDDEN)}!${column}$1:${column}${len(words)}",
                              allow_blank=True, showErrorMessage=key != "standard")  # fmt: skip
        rule.add(f"{letters[key]}{first}:{letters[key]}{last}")
        sheet.add_data_validation(rule)
    for key, most in LIMITS.items():
        assert ANSWERED[PLACES[key]].form == "number"
        rule = DataValidation("decimal", operator="between", formula1="0", formula2=f"{most:f}", allow_blank=True,
                              showErrorMessage=True)  # fmt: skip
        rule.add(f"{letters[key]}{first}:{letters[key]}{last}")
        sheet.add_data_validation(rule)
