"""United Kingdom, full set: a sheet for each kind of activity, tables with a row for each thing and unit, and often one
group of columns for each vehicle fuel, load or treatment, named in the row above the headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from core.errors import UserError
from core.exchange.publishers import _desnz
from core.exchange.publishers._book import Book, Sheet
from core.exchange.publishers._types import Found, Published, Reader, Rows
from core.i18n import Name, T, Text
from core.library.units import normal

_LABELLED = ("Version:", "Year:", "Factor set:")


@dataclass(slots=True)
class _Table:
    """The headings that hold for the rows below them."""

    labels: tuple[int, ...]
    """Columns of words, from the widest to the narrowest."""
    unit: int
    year: int
    """Column of the year; 0 for none."""
    groups: dict[str, dict[str, int]]
    """Columns of the gases, by the heading of their group."""
    carried: dict[int, str] = field(default_factory=dict)
    """Words that hold until the next ones in their column."""


def _recognise(book: Book) -> bool:
    """The introduction names the publication; then several sheets must have tables."""
    for sheet in book.sheets(lambda name: name in book.names[:3]):
        if normal(_desnz.TITLE) in normal(sheet.words(12)) and len(book.names) > 2:
            return not sheet.find("ID", "GHG/Unit", "UOM")
    return False


def _read(book: Book) -> Found:
    rows = Rows()
    years: set[int] = set()
    versions: set[str] = set()
    for sheet in book.sheets():
        said = _labelled(sheet)
        year = _desnz.year_in(said.get("Year:", ""))
        if not year:
            continue  # introduction, index, definitions
        years.add(year)
        versions.add(said.get("Version:", ""))
        for row in _sheet_rows(sheet, year, rows):
            rows.add(_desnz.checked(row))
    if len(years) != 1:
        raise UserError(
            T("The sheets do not agree on the year of the publication."),
            T("Choose the workbook as the publisher gives it out, unchanged."),
        )
    version = ", ".join(sorted(versions - {""}))
    found = _desnz.factor_set(book, years.pop(), "full", version, Name("full set", "完整版"))
    return Found(found, tuple(rows.found), rows.empty)


def _labelled(sheet: Sheet) -> dict[str, str]:
    """What stands to the right of “Year:” and its neighbours near the top."""
    found: dict[str, str] = {}
    for row in sorted(sheet.rows)[:15]:
        for column in sheet.rows[row]:
            label = next((one for one in _LABELLED if normal(one) == normal(sheet.text(row, column))), None)
            if label is not None:
                right = (other for other in sorted(sheet.rows[row]) if other > column)
                found.setdefault(label, sheet.text(row, next(right, column + 1)))
    return found


def _sheet_rows(sheet: Sheet, year: int, rows: Rows) -> Iterator[Published]:
    table: _Table | None = None
    for row in sorted(sheet.rows):
        headings = _headings(sheet, row)
        if headings is not None:
            table = headings
        elif table is not None:
            yield from _table_row(sheet, row, table, year, rows)


def _headings(sheet: Sheet, row: int) -> _Table | None:
    """The table that begins with this row, which names the gases; None where it does not.

    The words for the labels and the unit stand beside the gases, or above them where cells are merged; the headings of
    groups always stand above them.
    """
    gases = {column: gas for column in sheet.rows[row] if (gas := _desnz.GASES.get(normal(sheet.text(row, column))))}
    if not gases:
        return None
    for place in (row, row - 1):
        words = {column: normal(sheet.text(place, column)) for column in sorted(sheet.rows.get(place, {}))}
        unit = next((column for column, word in words.items() if word == "unit" and column < min(gases)), 0)
        if unit:
            break
    else:
        return None
    year = next((column for column, word in words.items() if word == "year"), 0)
    labels = tuple(column for column in range(1, unit) if column in words and column != year)
    return _Table(labels, unit, year, _groups(sheet, row, unit, gases))


def _groups(sheet: Sheet, row: int, unit: int, gases: dict[int, str]) -> dict[str, dict[str, int]]:
    """Columns of the gases by the heading of their group, which stands above its first column."""
    groups: dict[str, dict[str, int]] = {}
    above = sheet.rows.get(row - 1, {})
    title = ""
    for column in range(unit + 1, max(gases) + 1):
        if column in above and normal(sheet.text(row - 1, column)) != "year":
            title = sheet.text(row - 1, column)
        if column in gases:
            groups.setdefault(title, {}).setdefault(gases[column], column)
    return groups


def _table_row(sheet: Sheet, row: int, table: _Table, year: int, rows: Rows) -> Iterator[Published]:
    unit = sheet.text(row, table.unit)
    for place, column in enumerate(table.labels):
        if column in sheet.rows[row]:
            table.carried[column] = sheet.text(row, column)
            for narrower in table.labels[place + 1 :]:
                table.carried.pop(narrower, None)
    if not unit or len(unit) > 40:
        return
    labels = [table.carried.get(column, "") for column in table.labels]
    own_year = _desnz.year_in(sheet.text(row, table.year)) if table.year else year
    for title, gases in table.groups.items():
        words = _desnz.words_of([_plain(sheet.name), *labels, title])
        present = {gas: column for gas, column in gases.items() if column in sheet.rows[row]}
        if not present:
            rows.empty += 1
            continue
        amounts, problem = _amounts(sheet, row, present)
        place_ = sheet.at(row, min(present.values()), max(present.values()))
        yield Published(words, unit, amounts, place_, _desnz.REGION, own_year or year, problem=problem)


def _amounts(sheet: Sheet, row: int, columns: dict[str, int]) -> tuple[dict[str, Decimal], Text | None]:
    amounts: dict[str, Decimal] = {}
    for gas, column in columns.items():
        try:
            amounts[gas] = sheet.number(row, column)
        except UserError as problem:
            return {}, problem.message
        if amounts[gas] < 0:
            return {}, T("The number {number} is negative.", number=amounts[gas])
    return amounts, None


def _plain(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip()


READER = Reader(
    key="desnz_full",
    title=T("UK government conversion factors, full set"),
    recognise=_recognise,
    read=_read,
    names="desnz",
)
