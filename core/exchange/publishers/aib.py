"""AIB, European Residual Mixes: one sheet with a row for each country, CO2 in g/kWh. The workbook does not name its
year, so it is taken from the name of the file or from another sheet.

Countries with full disclosure print ``NA`` or 0: they have no residual mix, and 0 would be a false one.
"""

from __future__ import annotations

import re

from core.errors import UserError
from core.exchange.publishers._book import Book, Sheet
from core.exchange.publishers._types import Found, Published, Reader, Rows, refused
from core.i18n import Name, T, verbatim
from core.library import FactorSet
from core.library.units import normal

_CO2 = re.compile(r"co2\(g(co2)?/kwh\)|co2g(co2)?/kwh|directco2\(gco2/kwh\)")
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_CODES = {"EL": "GR", "UK": "GB"}
"""Where the European Union's code is not that of ISO."""
_NONE = ("na", "n/a", "")


def _sheet(book: Book) -> tuple[Sheet, int, int, int] | None:
    """The sheet, the row of its headings, and the columns of country and CO2."""
    wanted = [
        name for name in book.names if "residualmix" in normal(name) and "comparison" not in name.casefold()
    ] or list(book.names[:1])
    for name in wanted:
        sheet = book.sheet(name)
        for row in sorted(sheet.rows)[:10]:
            column = next((c for c in sheet.rows[row] if _CO2.fullmatch(normal(sheet.text(row, c)))), 0)
            if column > 1:
                country = _country_column(sheet, row, column)
                if country:
                    return sheet, row, country, column
    return None


def _country_column(sheet: Sheet, head: int, before: int) -> int:
    """The column with ISO codes in nearly all rows."""
    below = [row for row in sheet.rows if row > head]
    for column in range(1, before):
        codes = [row for row in below if re.fullmatch(r"[A-Z]{2}", sheet.text(row, column))]
        if len(codes) >= max(3, len(below) // 2):
            return column
    return 0


def _recognise(book: Book) -> bool:
    named = any("residualmix" in normal(name) for name in (*book.names, book.file))
    return named and _sheet(book) is not None


def _read(book: Book) -> Found:
    found = _sheet(book)
    if found is None:
        raise UserError(T("The file holds no table of factors."), T("Choose the file as the publisher offers it."))
    sheet, head, country, column = found
    year = _year(book)
    rows = Rows()
    for row in sorted(number for number in sheet.rows if number > head):
        code = sheet.text(row, country)
        if not re.fullmatch(r"[A-Z]{2}", code):
            continue
        rows.add(_row(sheet, row, column, _CODES.get(code, code), year))
    return Found(_set(year), tuple(rows.found), rows.empty)


def _year(book: Book) -> int:
    """The year the mixes describe."""
    years = [int(one) for one in _YEAR.findall(book.file)]
    if not years:
        texts = [book.sheet(name).words(10) for name in book.names[:3]]
        years = [int(one) for text in (*book.names, *texts) for one in _YEAR.findall(text)]
    if len(set(years)) != 1:
        raise UserError(
            T("Neither the name “{name}” nor a sheet says of which year the mixes are.", name=verbatim(book.file)),
            T("Give the file a name with this year alone, like AIB-2024-residual-mix.xlsx."),
        )
    return years[0]


def _set(year: int) -> FactorSet:
    return FactorSet(
        key=f"aib_residual_{year}_workbook",
        title=Name(f"European Residual Mixes {year}, workbook", f"欧洲剩余电力组合 {year}，工作簿"),
        publisher="Association of Issuing Bodies (AIB)",
        edition=str(year),
        year=year + 1,
        published=str(year + 1),
        licence=f"Source: Association of Issuing Bodies (AIB), European Residual Mixes {year}; the user's own copy",
        note="Direct CO2.",
    )


def _row(sheet: Sheet, row: int, column: int, region: str, year: int) -> Published:
    place = sheet.at(row, column)
    blank = Published(("Residual Mixes", region), "kWh", {}, place, region, year, "g")
    none = T("The country has no residual mix: all its electricity is disclosed.")
    if normal(sheet.text(row, column)) in _NONE:
        return refused(blank, none)
    try:
        amount = sheet.number(row, column)
    except UserError as problem:
        return refused(blank, problem.message)
    if amount == 0:
        return refused(blank, none)
    if amount < 0 or amount > 2000:
        return refused(blank, T("{number} g/kWh is not possible for a residual mix.", number=amount))
    return Published(
        ("Residual Mixes", region), "kWh", {"CO2": amount}, place, region, year, "g", "electricity", "residual"
    )


READER = Reader(key="aib", title=T("AIB European Residual Mixes"), recognise=_recognise, read=_read)
