"""United Kingdom, flat file: one sheet, one number a row, four rows for the four sums of gases."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from core.errors import UserError
from core.exchange.cells import excerpt
from core.exchange.publishers import _desnz
from core.exchange.publishers._book import Book, Sheet
from core.exchange.publishers._types import Found, Published, Reader, Rows
from core.i18n import Name, T, Text
from core.library.units import normal

_LEVELS = ("Level 1", "Level 2", "Level 3", "Level 4", "Column Text")
_HEADINGS = ("ID", "Scope", *_LEVELS, "UOM", "GHG/Unit")
_VALUE = re.compile(r"ghgconversionfactor(20[0-9]{2})")


@dataclass(slots=True)
class _Group:
    """The rows of one activity and unit: one for each gas."""

    words: tuple[str, ...]
    unit: str
    factor: bool
    rows: list[int] = field(default_factory=list)
    amounts: dict[str, Decimal] = field(default_factory=dict)
    problem: Text | None = None

    def place(self, sheet: Sheet, column: int) -> str:
        """``Factors by Category!J7:J10``, or the cells one by one where others stand between them."""
        first, last = self.rows[0], self.rows[-1]
        cells = [sheet.at(row, column).partition("!")[2] for row in self.rows]
        if last - first + 1 == len(self.rows) > 1:
            cells = [f"{cells[0]}:{cells[-1]}"]
        return f"{sheet.name}!{', '.join(cells)}"


def _table(book: Book) -> tuple[Sheet, int, dict[str, int], int, int] | None:
    """The sheet, the row of its headings, their columns, the column of the numbers and the year they are for."""
    for sheet in book.sheets(lambda name: len(book.names) == 1 or "factors" in name.casefold()):
        found = sheet.find(*_HEADINGS)
        if found is None:
            continue
        row, columns = found
        for column in sheet.rows[row]:
            heading = _VALUE.fullmatch(normal(sheet.text(row, column)))
            if heading:
                return sheet, row, columns, column, int(heading[1])
    return None


def _recognise(book: Book) -> bool:
    return _table(book) is not None


def _read(book: Book) -> Found:
    table = _table(book)
    if table is None:
        raise UserError(T("The file holds no table of factors."), T("Choose the file as the publisher offers it."))
    sheet, head, columns, value, year = table
    rows = Rows()
    for group in _groups(sheet, head, columns, value):
        place = group.place(sheet, value)
        if not group.factor:
            rows.add(_desnz.other_number(group.words, group.unit, place))
        elif not group.amounts and group.problem is None:
            rows.empty += 1
        else:
            amounts = {} if group.problem is not None else group.amounts
            row = Published(group.words, group.unit, amounts, place, _desnz.REGION, year, problem=group.problem)
            rows.add(_desnz.checked(row))
    found = _desnz.factor_set(book, year, "flat", _version(sheet), Name("flat file", "平面文件"))
    return Found(found, tuple(rows.found), rows.empty)


def _groups(sheet: Sheet, head: int, columns: dict[str, int], value: int) -> Iterable[_Group]:
    """The rows by activity and unit; an id that comes twice is a problem of its group."""
    seen: dict[str, int] = {}
    groups: dict[tuple[object, ...], _Group] = {}
    for row in sorted(number for number in sheet.rows if number > head):
        words = _desnz.words_of(sheet.text(row, columns[level]) for level in _LEVELS)
        unit, gas = sheet.text(row, columns["UOM"]), sheet.text(row, columns["GHG/Unit"])
        if not words or not unit:
            continue
        factor = _desnz.is_factor(gas)
        name = tuple(normal(word) for word in words)
        group = groups.setdefault((name, normal(unit), factor), _Group(words, unit, factor))
        group.rows.append(row)
        key = sheet.text(row, columns["ID"]).casefold()
        if key and key in seen:
            group.problem = group.problem or T("The ID {id} stands in row {row} already.", id=key, row=seen[key])
        seen.setdefault(key, row)
        if factor:
            _take(group, sheet, row, value, _desnz.GASES[normal(gas)])
    return groups.values()


def _take(group: _Group, sheet: Sheet, row: int, value: int, gas: str) -> None:
    """One number into its group."""
    if value not in sheet.rows[row]:
        return
    try:
        amount = sheet.number(row, value)
    except UserError as problem:
        group.problem = group.problem or problem.message
        return
    if amount < 0:
        group.problem = T("The number {number} is negative.", number=amount)
    elif group.amounts.get(gas, amount) != amount:
        group.problem = T("{gas} is printed twice, with another number in {cell}.", gas=gas, cell=sheet.at(row, value))
    else:
        group.amounts[gas] = amount


def _version(sheet: Sheet) -> str:
    """What stands beside “Version”, or behind it."""
    found = re.search(r"\bversion:?\s+v?([0-9]+(?:\.[0-9]+)*)", sheet.words(6), re.IGNORECASE)
    return excerpt(found[1]) if found else ""


READER = Reader(
    key="desnz_flat",
    title=T("UK government conversion factors, flat file"),
    recognise=_recognise,
    read=_read,
    names="desnz",
)
