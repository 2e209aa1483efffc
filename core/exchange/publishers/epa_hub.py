"""US EPA, GHG Emission Factors Hub: one sheet with the tables 1 to 12 below each other. Headings say gas and unit in
words, like ``g CH4 per mmBtu``, and change within a table, so each number is read under the last heading above it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as field_
from decimal import Decimal

from core.errors import UserError
from core.exchange.publishers._book import Book, Sheet
from core.exchange.publishers._types import NOT_A_FACTOR, Found, Published, Reader, Rows, refused
from core.i18n import Name, T, Text
from core.library import FactorSet
from core.library.units import normal

_TABLE = re.compile(r"Table\s+([0-9]{1,2})\b.*")
_AMOUNT = re.compile(r"\b(kg|g|lb)\s*(CO2|CH4|N2O)?\s*(?:per|/)\s*([A-Za-z][A-Za-z0-9 .\-]*)")
_GAS = re.compile(r"\b(CO2|CH4|N2O)\b")
_YEAR = re.compile(r"\b(20[0-9]{2})\b")
_EGRID = re.compile(r"\beGRID\s?(20[0-9]{2})")
_UNITS = ("unit", "units")
_STATED = {1, 2, 6, 7, 8, 10}
"""Tables with gases for a unit; 3 to 5 complete them with CH4 and N2O by vehicle, 11 and 12 are GWPs."""
_TREATMENTS, _WASTE_UNIT = 9, "short ton"
_NONE = ("na", "n/a", "-", "–")
_BELOW = 400
_FOOTNOTE = re.compile(r"(?<=[a-z)])[A-H]$| [A-H]$")
"""Letters that point at notes below the tables: “TruckC”, “Passenger Car A”."""


@dataclass(slots=True)
class _Heads:
    """What the columns of a table mean from here on."""

    amounts: dict[int, tuple[str, str, str]] = field_(default_factory=dict)
    """By column: unit above the line, gas, unit below."""
    unit: int = 0
    """Column of the unit where the headings leave it open."""


def _hub(book: Book) -> Sheet | None:
    for sheet in book.sheets(lambda name: name in book.names[:4]):
        if sheet.find("Table 1", within=_BELOW) and "stationarycombustion" in normal(sheet.words(60)):
            return sheet
    return None


def _recognise(book: Book) -> bool:
    return len(book.names) <= 12 and _hub(book) is not None


def _read(book: Book) -> Found:
    sheet = _hub(book)
    if sheet is None:
        raise UserError(T("The file holds no table of factors."), T("Choose the file as the publisher offers it."))
    year = _year(sheet, book)
    rows = Rows()
    tables = list(_tables(sheet))
    for number, lines in tables:
        for row in _waste(sheet, lines, year, rows) if number == _TREATMENTS else _table(sheet, number, lines, year):
            rows.add(row)
    return Found(_set(year), tuple(rows.found), rows.empty)


def _year(sheet: Sheet, book: Book) -> int:
    """Of the edition: “Last Modified: 5 June 2024”, else the name of the file."""
    modified = [line for line in sheet.words(40).splitlines() if "modified" in line.casefold()]
    found = _YEAR.search(" ".join(modified)) or re.search(r"(20[0-9]{2})", book.file)
    if found is None:
        raise UserError(
            T("Neither the sheet nor the name of the file says of which year the edition is."),
            T("Give the file a name with the year, like ghg-emission-factors-hub-2025.xlsx."),
        )
    return int(found[1])


def _set(year: int) -> FactorSet:
    return FactorSet(
        key=f"us_epa_hub_{year}_workbook",
        title=Name(f"GHG Emission Factors Hub {year}, workbook", f"美国温室气体排放因子中心 {year}，工作簿"),
        publisher="US Environmental Protection Agency (EPA)",
        edition=str(year),
        year=year,
        published=str(year),
        licence="US Government work, public domain",
        note="Per mmBtu on the higher heating value. CH4 and N2O are masses.",
    )


def _tables(sheet: Sheet) -> Iterator[tuple[int, list[int]]]:
    """The number of each table and the rows down to the next one."""
    number = 0
    lines: list[int] = []
    for row in sorted(sheet.rows):
        first = sheet.text(row, min(sheet.rows[row], default=1))
        found = _TABLE.fullmatch(first)
        if found and int(found[1]) != number:
            if number:
                yield number, lines
            number, lines = int(found[1]), []
        else:
            lines.append(row)
    if number:
        yield number, lines


def _table(sheet: Sheet, number: int, lines: list[int], year: int) -> Iterator[Published]:
    heads = _Heads()
    described = _described(sheet, lines) if number == 6 else 0
    for row in lines:
        if _new_heads(sheet, row, heads):
            continue
        by_unit = _columns(sheet, row, heads)
        name_column = min(sheet.rows[row])
        name = _FOOTNOTE.sub("", sheet.text(row, name_column))
        if not by_unit or name_column in heads.amounts or not name:
            continue
        for unit, columns in by_unit.items():
            yield _row(sheet, row, number, name, unit, columns, described or year)


def _described(sheet: Sheet, lines: list[int]) -> int:
    """The year of the eGRID edition that table 6 repeats; 0 if it does not say."""
    found = [match for row in lines for column in sheet.rows[row] if (match := _EGRID.search(sheet.text(row, column)))]
    return int(found[0][1]) if found else 0


def _new_heads(sheet: Sheet, row: int, heads: _Heads) -> bool:
    """Whether the row is one of headings; then they hold from now on."""
    amounts: dict[int, tuple[str, str, str]] = {}
    unit = 0
    for column in sorted(sheet.rows[row]):
        text = unicodedata.normalize("NFKC", sheet.text(row, column))  # CO₂ or CO2
        found = _AMOUNT.search(text)
        gas = found and (found[2] or (_GAS.search(text) or [""])[0])
        if found and gas and len(text) < 60:
            key = (found[1], str(gas), found[3].strip())
            if not any(key[1:] == other[1:] for other in amounts.values()):  # non-baseload rates stand to the right
                amounts[column] = key
        elif normal(text) in _UNITS:
            unit = column
    if not amounts:
        return False
    heads.amounts, heads.unit = amounts, unit
    return True


def _columns(sheet: Sheet, row: int, heads: _Heads) -> dict[str, dict[str, tuple[int, str]]]:
    """By unit below the line: column and unit above it of each gas that the row holds."""
    found: dict[str, dict[str, tuple[int, str]]] = {}
    stated = sheet.text(row, heads.unit) if heads.unit else ""
    for column, (above, gas, below) in heads.amounts.items():
        cell = sheet.text(row, column)
        if not cell or normal(cell) in _NONE:
            continue
        unit = stated if normal(below) in _UNITS else below
        if unit:
            found.setdefault(unit, {})[gas] = (column, above)
    return found


def _row(
    sheet: Sheet, row: int, number: int, name: str, unit: str, columns: dict[str, tuple[int, str]], year: int
) -> Published:
    places = [column for column, _ in columns.values()]
    words = (f"Table {number}", name)
    region = f"US-{name}" if number == 6 and re.fullmatch(r"[A-Z]{4}", name) else "US"
    dated = year if number in (6, 8, 10) else 0
    blank = Published(words, unit, {}, sheet.at(row, min(places), max(places)), region, dated)
    if number not in _STATED:
        return Published(words, unit, {}, blank.place, region, dated, skipped=NOT_A_FACTOR)
    amounts, problem = _amounts(sheet, row, columns)
    if problem is not None:
        return refused(blank, problem)
    of = "lb" if "lb" in {above for _, above in columns.values()} else "kg"
    electricity = (
        ("electricity", "location") if number == 6 and (region != "US" or "us" in name.casefold()) else ("", "")
    )
    return Published(words, unit, amounts, blank.place, region, dated, of, *electricity)


def _amounts(sheet: Sheet, row: int, columns: dict[str, tuple[int, str]]) -> tuple[dict[str, Decimal], Text | None]:
    amounts: dict[str, Decimal] = {}
    masses = {above for _, above in columns.values()}
    if "lb" in masses and len(masses) > 1:
        return {}, T("The gases stand in different units: {units}.", units=sorted(masses))
    for gas, (column, above) in columns.items():
        try:
            amount = sheet.number(row, column)
        except UserError as problem:
            return {}, problem.message
        if amount < 0:
            return {}, T("The number {number} is negative.", number=amount)
        amounts[gas] = amount.scaleb(-3) if above == "g" else amount
    return amounts, None


def _waste(sheet: Sheet, lines: list[int], year: int, rows: Rows) -> Iterator[Published]:
    """Table 9: a column for each treatment, in t CO2e for a short ton."""
    treatments: dict[int, str] = {}
    for row in lines:
        words = {column: sheet.text(row, column) for column in sorted(sheet.rows[row])}
        if "material" in (normal(text) for text in words.values()):
            treatments = {
                column: _FOOTNOTE.sub("", text) for column, text in words.items() if normal(text) != "material"
            }
            continue
        first = min(words)
        for column, treatment in treatments.items():
            if column == first or column not in words:
                continue
            if normal(words[column]) in _NONE:
                rows.empty += 1
                continue
            row_words = ("Table 9", _FOOTNOTE.sub("", words[first]), treatment)
            blank = Published(row_words, _WASTE_UNIT, {}, sheet.at(row, column), "US", year, "t")
            amounts, problem = _amounts(sheet, row, {"CO2e": (column, "t")})
            if problem is None:
                yield Published(row_words, _WASTE_UNIT, amounts, blank.place, "US", year, "t")
            elif re.search(r"[0-9]", words[column]) and len(words[column]) < 30:
                yield refused(blank, problem)


READER = Reader(
    key="epa_hub",
    title=T("US EPA GHG Emission Factors Hub"),
    recognise=_recognise,
    read=_read,
    names="epa",
)
