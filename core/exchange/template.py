"""The workbook that people fill in: headings with help, lists to choose from, examples and instructions beside it.

Only the sheet of activity data is ever imported, so the examples cannot get into a plant by accident.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from core.exchange import sheets
from core.exchange.columns import COLUMNS, TITLE, heading
from core.exchange.extras import parameters_text
from core.exchange.meaning import takes
from core.i18n import Name, T, Text
from core.library import Library
from core.methods import Method, Parameter, all_methods

FILLABLE = 10_000
"""Rows with lists to choose from."""


def write_template(path: Path, language: str, library: Library) -> None:
    """An xlsx to fill in.

    Parameters
    ----------
    path
        where to write it.
    language
        ``en``, ``zh`` or ``both``.
    library
        items and units to choose from.

    Raises
    ------
    UserError
        when the file cannot be written.
    """
    book = Workbook()
    data = book.active
    assert isinstance(data, Worksheet)
    data.title = sheets.sheet_name(TITLE, language)
    _headings(data, language)
    _examples(_add(book, sheets.EXAMPLES, language), language)
    _methods(_add(book, sheets.METHODS, language), library, language)
    _items(_add(book, sheets.ITEMS, language), library, language)
    _units(_add(book, sheets.UNITS, language), library, language)
    _instructions(_add(book, sheets.HELP, language), language)
    _choices(data, library, language)
    sheets.save(book, path)


def _add(book: Workbook, name: Name, language: str) -> Worksheet:
    sheet = book.create_sheet(sheets.sheet_name(name, language))
    assert isinstance(sheet, Worksheet)
    return sheet


def _headings(sheet: Worksheet, language: str) -> None:
    for place, column in enumerate(COLUMNS, 1):
        cell = sheets.cell_at(sheet, 1, place)
        sheets.put_text(cell, heading(column.key, language, "\n") + (" *" if column.required else ""))
        comment = Comment(sheets.in_words(column.help, language, "\n"), "Plant Carbon Audit")
        comment.width, comment.height = 320, 120
        cell.comment = comment
        if column.key in ("start", "end"):
            sheet.column_dimensions[get_column_letter(place)].number_format = sheets.DATE_FORMAT
    sheets.style_head(sheets.first_row(sheet))
    sheets.set_widths(sheet, [column.width for column in COLUMNS])
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = "A2"


def _examples(sheet: Worksheet, language: str) -> None:
    """One row for each method; what is invented says so."""
    head = [heading(column.key, language, "\n") for column in COLUMNS]
    sheets.fill(sheet, head, (), [column.width for column in COLUMNS])
    note = sheets.in_words(T("Example with invented figures; this sheet is never imported."), language)
    for number, method in enumerate(all_methods().values(), 2):
        values: dict[str, str | Decimal | date] = {
            "source": sheets.in_words(method.title, language),
            "method": method.key,
            "item": method.example["item"],
            "start": date(2024, 3, 1),
            "end": date(2024, 3, 31),
            "quantity": Decimal("1234.5"),
            "unit": method.example["unit"],
            "estimated": "no" if language != "zh" else "否",
            "evidence": f"2024-03-{number - 1:03d}",
            "note": note,
            "category": "",
            "parameters": parameters_text(method.example_parameters),
        }
        for place, column in enumerate(COLUMNS, 1):
            cell = sheets.cell_at(sheet, number, place)
            sheets.put(cell, values[column.key])


def _methods(sheet: Worksheet, library: Library, language: str) -> None:
    head = _words(language, Name("Key", "代码"), Name("English", "英文"), Name("Chinese", "中文"),
                  Name("Items", "项目"), Name("Units", "单位"), Name("Parameters", "参数"),
                  Name("Scope 3 categories", "范围三类别"), Name("Standard", "依据"))  # fmt: skip
    rows = [
        (
            method.key,
            method.title.in_language("en"),
            method.title.in_language("zh"),
            _kinds(method, library),
            ", ".join(unit.key for unit in library.units.all.values() if takes(method, unit)),
            "; ".join(_parameter(parameter, language) for parameter in method.parameters),
            ", ".join(str(category) for category in method.categories),
            method.source,
        )
        for method in all_methods().values()
    ]
    sheets.fill(sheet, head, rows, (26, 30, 24, 46, 46, 60, 18, 60))


def _parameter(parameter: Parameter, language: str) -> str:
    """``treatment (Treatment): landfill, incineration`` or ``distance (Distance, km) *``."""
    title = ", ".join(filter(None, (sheets.in_words(parameter.title, language), parameter.unit)))
    choices = ", ".join(key for key, _ in parameter.choices)
    said = ": ".join(filter(None, (f"{parameter.key} ({title})", choices)))
    return said + (" *" if parameter.required else "")


def _kinds(method: Method, library: Library) -> str:
    """The first items a method takes."""
    keys = [item.key for item in library.items.values() if item.kind in method.kinds]
    return ", ".join(keys[:6]) + (", …" if len(keys) > 6 else "")


def _items(sheet: Worksheet, library: Library, language: str) -> None:
    head = _words(language, Name("Key", "代码"), Name("English", "英文"), Name("Chinese", "中文"),
                  Name("Methods", "方法"), Name("Usual unit", "常用单位"), Name("Other names", "其他名称"))  # fmt: skip
    methods = all_methods().values()
    rows = [
        (
            item.key,
            item.name.en,
            item.name.zh,
            ", ".join(method.key for method in methods if item.kind in method.kinds),
            item.unit,
            "; ".join(item.aliases),
        )
        for item in library.items.values()
    ]
    sheets.fill(sheet, head, rows, (24, 36, 30, 42, 14, 70))


def _units(sheet: Worksheet, library: Library, language: str) -> None:
    head = _words(
        language, Name("Key", "代码"), Name("English", "英文"), Name("Chinese", "中文"), Name("Methods", "方法")
    )
    methods = all_methods().values()
    rows = [
        (unit.key, unit.name.en, unit.name.zh, ", ".join(m.key for m in methods if takes(m, unit)))
        for unit in library.units.all.values()
        if any(takes(method, unit) for method in methods)
    ]
    sheets.fill(sheet, head, rows, (16, 20, 24, 90))


def _words(language: str, *names: Name) -> list[str]:
    return [sheets.in_words(name, language) for name in names]


def _instructions(sheet: Worksheet, language: str) -> None:
    for number, sentence in enumerate(_sentences(), 1):
        for place, one in enumerate(sheets.languages(language), 1):
            cell = sheets.cell_at(sheet, number, place)
            sheets.put_text(cell, sentence.in_language(one))
            cell.alignment = sheets.WRAPPED
    sheets.set_widths(sheet, [76] * len(sheets.languages(language)))


def _sentences() -> tuple[Text, ...]:
    return (
        T("Fill in the first sheet, one row for each bill or meter reading; columns with * are required."),
        T("The other sheets are for reading and are never imported."),
        T("Dates: 2024-03-31, 2024/3/31, 31 March 2024 or 2024年3月31日. 03/04/2024 has two meanings and is refused."),
        T("A month in the start alone (2024-03) means the whole month; the end is the last day and is included."),
        T("Quantities: 1234.5 or 1,234.5. The unit stands in its own column."),
        T("For fuels say whether kWh are of the net or the gross calorific value."),
        T("Electricity from renewable sources counts as such only with the number of its contract or certificate."),
        T("The order of the columns is free; columns with other headings are not read."),
        T("The file is imported as a whole or not at all; each refused cell is named with its reason."),
    )


def _choices(sheet: Worksheet, library: Library, language: str) -> None:
    """Lists to choose from; other spellings that the program knows may be typed all the same."""
    units = sum(any(takes(m, unit) for m in all_methods().values()) for unit in library.units.all.values())
    title = "C" if language == "zh" else "A" if language == "both" else "B"
    _list(sheet, "method", _range(sheets.METHODS, title, len(all_methods()), language))
    _list(sheet, "unit", _range(sheets.UNITS, "A", units, language))
    _list(sheet, "estimated", '"否,是"' if language == "zh" else '"no,yes"')


def _range(name: Name, column: str, count: int, language: str) -> str:
    return f"{quote_sheetname(sheets.sheet_name(name, language))}!${column}$2:${column}${count + 1}"


def _list(sheet: Worksheet, key: str, choices: str) -> None:
    letter = get_column_letter(1 + next(i for i, column in enumerate(COLUMNS) if column.key == key))
    validation = DataValidation("list", formula1=choices, allow_blank=True, showErrorMessage=False)
    validation.add(f"{letter}2:{letter}{FILLABLE + 1}")
    sheet.add_data_validation(validation)
