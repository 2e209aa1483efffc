"""US EPA, eGRID: total output emission rates of the subregions and of the country. Row 1 of a sheet explains, row 2
holds the codes by which the columns are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from core.errors import UserError
from core.exchange.cells import excerpt
from core.exchange.publishers._book import Book, Sheet
from core.exchange.publishers._types import Found, Published, Reader, Rows, refused
from core.i18n import Name, T
from core.library import FactorSet

_SHEET = re.compile(r"(SRL|US)([0-9]{2})")
_REVISION = re.compile(r"rev(?:ision)?[ _.]*([0-9])", re.IGNORECASE)
_GASES = {"CO2": "CO2RTA", "CH4": "CH4RTA", "N2O": "N2ORTA"}
_CH4, _N2O = Decimal(28), Decimal(265)
_UNIT = re.compile(r"\((lb|kg|g)/(MWh|GWh)\)")
"""In the explanation above a code; the same codes stand in the metric edition, and older ones give CH4 per GWh."""
_SHARE = Decimal("0.01")
"""How far the printed CO2e may be from the sum: editions before 2022 used other GWPs, which is far less than this."""


@dataclass(frozen=True, slots=True)
class _Kind:
    prefix: str
    """Of the codes: SRCO2RTA, USCO2RTA."""
    name: str
    """Column that names the area; empty for the country."""


_KINDS = {"SRL": _Kind("SR", "SUBRGN"), "US": _Kind("US", "")}


def _recognise(book: Book) -> bool:
    return any(name.startswith("SRL") and _SHEET.fullmatch(name) for name in book.names)


def _read(book: Book) -> Found:
    rows = Rows()
    years: set[int] = set()
    for name in book.names:
        found = _SHEET.fullmatch(name)
        if found is None:
            continue
        years.add(2000 + int(found[2]))
        for row in _rows(book.sheet(name), _KINDS[found[1]], 2000 + int(found[2])):
            rows.add(row)
    if len(years) != 1:
        raise UserError(
            T("The workbook holds sheets of more than one year."),
            T("Keep the sheets of one year, and import the others from files of their own."),
        )
    return Found(_set(years.pop(), book), tuple(rows.found), rows.empty)


def _set(year: int, book: Book) -> FactorSet:
    first = book.sheet(book.names[0]).words(30)
    revision = _REVISION.search(book.file) or _REVISION.search(first)
    words = f"eGRID{year}" + (f" revision {revision[1]}" if revision else "")
    return FactorSet(
        key=f"us_egrid_{year}_" + (f"rev{revision[1]}" if revision else "workbook"),
        title=Name(f"{words}, total output emission rates", f"美国eGRID{year}电网排放率，{words}"),
        publisher="US Environmental Protection Agency (EPA)",
        edition=words,
        year=year + 2,
        published=str(year + 2),
        licence="US Government work, public domain",
        note="eGRID exists in revisions that differ. CO2, CH4 and N2O are masses.",
    )


def _rows(sheet: Sheet, kind: _Kind, year: int) -> Iterator[Published]:
    codes = {gas: f"{kind.prefix}{code}" for gas, code in _GASES.items()}
    total = f"{kind.prefix}C2ERTA"
    head = sheet.find("YEAR", *([kind.name] if kind.name else []), *codes.values(), within=5)
    if head is None:
        raise UserError(
            T("The sheet {sheet} lacks the columns {codes}.", sheet=sheet.name, codes=list(codes.values())),
            T("Choose the workbook as the publisher gives it out, unchanged."),
        )
    number, columns = head
    sums = sheet.find(total, within=5)
    read = _Columns(
        {gas: columns[code] for gas, code in codes.items()},
        sums[1][total] if sums else 0,
        *_units(sheet, number, {gas: columns[code] for gas, code in codes.items()}),
    )
    for row in sorted(one for one in sheet.rows if one > number):
        area = sheet.text(row, columns[kind.name]) if kind.name else ""
        if kind.name and not re.fullmatch(r"[A-Z]{4}", area):
            continue
        one = replace(_row(sheet, row, f"US-{area}" if area else "US", read), year=year)
        stated = sheet.text(row, columns["YEAR"])
        if one.problem is None and stated != str(year):
            one = refused(one, T("The row is of the year {stated}, the sheet of {year}.", stated=stated, year=year))
        yield one


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the numbers stand and what they are in."""

    gases: dict[str, int]
    total: int
    """Column of CO2e; 0 for none."""
    of: str
    """Unit above the line, of all gases."""
    shift: dict[str, int]
    """Power of ten that makes a number one per MWh."""


def _units(sheet: Sheet, head: int, columns: dict[str, int]) -> tuple[str, dict[str, int]]:
    """The unit of mass, and by gas the power of ten that leads from GWh to MWh."""
    found = {gas: _UNIT.search(sheet.text(head - 1, column)) for gas, column in columns.items()}
    masses = {match[1] if match else "" for match in found.values()}
    if len(masses) != 1 or "" in masses:
        raise UserError(
            T("The sheet {sheet} does not say one unit for all gases above their codes.", sheet=sheet.name),
            T("Choose the workbook as the publisher gives it out, unchanged."),
        )
    shift = {gas: -3 if match and match[2] == "GWh" else 0 for gas, match in found.items()}
    return masses.pop(), shift


def _row(sheet: Sheet, row: int, region: str, read: _Columns) -> Published:
    place = ", ".join(sheet.at(row, column) for column in sorted(read.gases.values()))
    words = ("eGRID", region)
    blank = Published(words, "MWh", {}, place, region, of=read.of)
    try:
        amounts = {gas: sheet.number(row, column).scaleb(read.shift[gas]) for gas, column in read.gases.items()}
        printed = sheet.number(row, read.total) if read.total else None
    except UserError as problem:
        return refused(blank, problem.message)
    if min(amounts.values()) < 0:
        return refused(blank, T("The number {number} is negative.", number=min(amounts.values())))
    summed = amounts["CO2"] + _CH4 * amounts["CH4"] + _N2O * amounts["N2O"]
    if printed is not None and abs(summed - printed) > _SHARE * max(summed, printed):
        return refused(
            blank, T("CO₂, CH₄ and N₂O make {sum}, but CO₂e is {total}.", sum=excerpt(f"{summed:.3f}"), total=printed)
        )
    return replace(blank, amounts=amounts, item="electricity", use="location")


READER = Reader(key="egrid", title=T("US EPA eGRID"), recognise=_recognise, read=_read)
