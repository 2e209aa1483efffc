"""Workbooks with interval data; what could harm is refused by :mod:`core.exchange.workbook` before it is parsed."""

from __future__ import annotations

from core.errors import UserError
from core.exchange.read import Table
from core.exchange.workbook import open_workbook
from core.i18n import T


def open_sheet(data: bytes, sheet: str = "") -> tuple[Table, tuple[str, ...]]:
    """A sheet, and the names of all visible ones with that in front.

    Raises
    ------
    UserError
        for a damaged, dangerous or too large workbook, or one without that sheet.
    """
    book = open_workbook(data)
    visible = tuple(name for name, (_, shown) in book.sheets.items() if shown)
    if sheet and sheet not in visible:
        raise UserError(
            T("The workbook has no sheet “{sheet}”.", sheet=sheet[:80]), T("Choose one of its sheets in the mapping.")
        )
    if not visible:
        raise UserError(T("The workbook has no visible sheet."), T("Show the sheet in Excel and save it again."))
    chosen = sheet or visible[0]
    return book.table(chosen), (chosen, *(name for name in visible if name != chosen))
