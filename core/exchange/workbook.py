"""Excel workbooks: looked over as a zip of XML first, because the fast parser trusts what it is given.

A few bytes can claim a cell in the last row and column, for which the parser would ask for gigabytes; or unpack to
terabytes; or repeat one long text a million times. All three are counted here before anything is parsed.
"""

from __future__ import annotations

import copy
import re
import zlib
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from python_calamine import CalamineError, CalamineWorkbook

from core.errors import UserError
from core.exchange.cells import Cell, is_blank
from core.exchange.dates import EPOCH_1900, EPOCH_1904
from core.exchange.read import MAX_COLUMNS, MAX_ROWS, XLSX, Table
from core.i18n import T, Text
from core.library.units import normal

MAX_UNPACKED = 256_000_000
MAX_MEMBERS = 2_000
BLOCK = 1_000_000
MAX_CELLS = 4_000_000
"""Rows times columns of a sheet."""
MAX_TEXT = 1_000_000_000
"""Bytes that the texts of a sheet could fill at most."""
SHEET_NAMES = ("activitydata", "活动数据")
"""A sheet whose name contains one of these is the one to read."""

_RUNS = ("vbaproject.bin", "xl/macrosheets/", "xl/activex/", "xl/embeddings/", "xl/dialogsheets/")
"""Parts of a workbook that are programs, or files that may be."""
_ELSEWHERE = ("xl/externallinks/", "xl/connections.xml", "xl/querytables/", "xl/ddelinks/")
"""Parts that bring values from somewhere else."""
_BOOK, _RELATIONS, _TEXTS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedstrings.xml"
_EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,7}")?/>')
_EMPTY_ROW = re.compile(rb'<row r="[0-9]{1,7}"(?: [\w:]+="[^"<>]*")*/>')
# A literal letter first and its left neighbour after it: several times faster than the natural order.
_PLACE = re.compile(rb"""r(?<![:\w.-]r)\s*=\s*["']\s*([A-Za-z]*)([0-9]*)""")
_CELL = re.compile(rb"c(?<=[<:]c)[\s>/]")
_ROW = re.compile(rb"row(?<=[<:]row)[\s>/]")
_CELL_WITH_PLACE = re.compile(rb'c(?<=[<:]c) r="[A-Z]{1,3}[0-9]{1,7}"')
_ROW_WITH_PLACE = re.compile(rb'row(?<=[<:]row) r="[0-9]{1,7}"')
_SHARED = re.compile(rb"""t\s*=\s*["']s["']""")


def read_workbook(data: bytes) -> Table:
    """The rows of the sheet “Activity data”, else of the first visible one.

    Raises
    ------
    UserError
        for a damaged or dangerous workbook, or one that is too large.
    """
    book = open_workbook(data)
    return book.table(_choose(book.sheets))


def open_workbook(data: bytes, most: int | None = None) -> Workbook:
    """A workbook that was measured; its sheets are parsed one by one, when they are asked for.

    Parameters
    ----------
    data
        the file.
    most
        to which it may unpack; None: :data:`MAX_UNPACKED`. [bytes]

    Raises
    ------
    UserError
        for a damaged or dangerous workbook, or one that is too large.
    """
    parts = _unpack(data, MAX_UNPACKED if most is None else most)
    return Workbook(data, parts, _sheets(parts))


@dataclass(frozen=True, slots=True)
class Workbook:
    """The parts of a workbook that unpacked within the limits."""

    data: bytes = field(repr=False)
    parts: dict[str, bytes] = field(repr=False)
    sheets: dict[str, tuple[str, bool]]
    """By name: the part that holds the sheet and whether it is visible."""

    def table(self, name: str, most_columns: int = MAX_COLUMNS) -> Table:
        """The rows of one sheet.

        Raises
        ------
        UserError
            when the sheet is damaged or larger than the limits.
        """
        _check_sheet(self.parts[self.sheets[name][0]], self.parts.get(_TEXTS, b""), most_columns)
        try:
            with CalamineWorkbook.from_filelike(BytesIO(self.data)) as book:
                sheet = book.get_sheet_by_name(name)
                cells = sheet.to_python(skip_empty_area=True)
                corner = sheet.start or (0, 0)
        except CalamineError as error:
            raise _damaged(str(error)) from error
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # how the parser's own bugs arrive: outside of Exception
                raise
            raise _damaged("") from error
        rows: tuple[tuple[int, list[Cell]], ...] = tuple(
            (number, [None if cell == "" else cell for cell in row])
            for number, row in enumerate(cells, corner[0] + 1)
            if not all(map(is_blank, row))
        )
        return Table(rows, XLSX, name, epoch=_epoch(self.parts[_BOOK]), first_column=corner[1])


def only_values(book: Workbook) -> None:
    """Refuse a form from outside that brings programs, or values from other files: nothing of it belongs in a form.

    Formulas are no harm, for only the values that were stored beside them are read.

    Raises
    ------
    UserError
        naming which of the two it is.
    """
    if any(mark in part for part in book.parts for mark in _RUNS):
        raise UserError(
            T("The workbook holds macros or embedded files."),
            T("Ask for it without, or save it in Excel as .xlsx: macros are left out then."),
        )
    if any(part.startswith(mark) for part in book.parts for mark in _ELSEWHERE):
        raise UserError(
            T("The workbook takes values from other files."),
            T("Break these links in Excel, on the tab “Data” under “Edit links”, save it and read it again."),
        )


def _unpack(data: bytes, most: int) -> dict[str, bytes]:
    """All XML parts by lower-case name, after the whole was measured."""
    parts: dict[str, bytes] = {}
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise _bomb()
            left = most
            for member in members:
                key = member.filename.replace("\\", "/").casefold()
                if key in parts or member.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or member.flag_bits & 1:
                    raise _damaged(member.filename[:80])
                kept = key.endswith((".xml", ".rels"))
                size, parts[key] = _content(archive, member, left, kept=kept)
                left -= size
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as error:
        raise _damaged(str(error)) from error
    if _BOOK not in parts or _RELATIONS not in parts:
        raise UserError(T("This is not an Excel workbook (.xlsx)."), T("Save it in Excel as .xlsx or as CSV UTF-8."))
    return parts


def _content(archive: ZipFile, member: ZipInfo, left: int, *, kept: bool) -> tuple[int, bytes]:
    """How much a member really unpacks to, for the size it claims may be a lie; and what is in it, if wanted."""
    opened = copy.copy(member)
    opened.file_size = left + 2 * BLOCK  # reading stops at the size it is told
    size, blocks = 0, []
    with archive.open(opened) as stream:
        while block := stream.read(BLOCK):
            size += len(block)
            if size > left:
                raise _bomb()
            if kept:
                blocks.append(block)
    if size != member.file_size:
        raise _damaged(member.filename[:80])
    return size, b"".join(blocks)


def _tree(content: bytes) -> ElementTree.Element:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content or len(content) > 5_000_000:
        raise _damaged("workbook.xml")
    try:
        return ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise _damaged(str(error)) from error


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _sheets(parts: dict[str, bytes]) -> dict[str, tuple[str, bool]]:
    """Sheets by name: the part that holds it and whether it is visible."""
    targets: dict[str, str] = {}
    for one in _tree(parts[_RELATIONS]):
        key = one.get("Id", "")
        if key in targets:
            raise _damaged("workbook.xml.rels")
        targets[key] = one.get("Target", "")
    sheets: dict[str, tuple[str, bool]] = {}
    for one in _tree(parts[_BOOK]).iter():
        if _local(one.tag) != "sheet":
            continue
        key = next((value for name, value in one.items() if _local(name) == "id"), "")
        target = targets.get(key, "").removeprefix("/")
        path = (target if target.startswith("xl/") else f"xl/{target}").casefold()
        name = one.get("name", "")
        if name in sheets:
            raise _damaged(name[:80])
        if path in parts and "chartsheet" not in path:
            sheets[name] = (path, one.get("state", "visible") == "visible")
    return sheets


def _choose(sheets: dict[str, tuple[str, bool]]) -> str:
    visible = [name for name, (_, shown) in sheets.items() if shown]
    if not visible:
        raise _damaged("workbook.xml")
    named = [name for name in visible if any(wanted in normal(name) for wanted in SHEET_NAMES)]
    return (named or visible)[0]


def _check_sheet(xml: bytes, texts: bytes, most_columns: int) -> None:
    """No cell outside the limits, and no more text than fits in memory."""
    if b"\0" in xml or b"\0" in texts or b"<!DOCTYPE" in xml or b"<!DOCTYPE" in texts:
        raise _damaged("worksheet")
    filled = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", xml))
    places = _PLACE.findall(filled)
    last_row = max((int(row or 0) if len(row) < 9 else MAX_ROWS + 1 for row in {row for _, row in places}), default=0)
    last_column = max(map(_place_of, {column for column, _ in places}), default=0)
    # What has no address, or not in the usual place, may stand to the right of or below all that has.
    if len(_CELL.findall(filled)) > len(_CELL_WITH_PLACE.findall(filled)):
        last_column += max(len(_CELL.findall(row)) for row in _ROW.split(filled))
    last_row += len(_ROW.findall(filled)) - len(_ROW_WITH_PLACE.findall(filled))
    if last_row > MAX_ROWS:
        raise UserError(T("The file has more than {most} rows.", most=f"{MAX_ROWS:,}"), _split_it())
    if last_column > most_columns or last_row * last_column > MAX_CELLS:
        raise UserError(
            T("The sheet has more than {most} columns.", most=most_columns), T("Keep only the columns of the template.")
        )
    longest = max(map(len, texts.split(b"<si")), default=0)
    if longest * len(_SHARED.findall(filled)) > MAX_TEXT:
        raise _bomb()


def _place_of(column: bytes) -> int:
    """``A`` -> 1, ``AA`` -> 27; anything longer than Excel knows -> far outside."""
    if len(column) > 3:
        return 1_000_000
    place = 0
    for byte in column.upper():
        place = place * 26 + byte - 64
    return place


def _epoch(book: bytes) -> date:
    for one in _tree(book).iter():
        if _local(one.tag) == "workbookPr":
            return EPOCH_1904 if one.get("date1904", "0") in ("1", "true") else EPOCH_1900
    return EPOCH_1900


def _damaged(why: str) -> UserError:
    return UserError(
        T("The Excel workbook cannot be read: {why}", why=why[:120]),
        T("Open it in Excel, save it again as .xlsx and import that file."),
    )


def _bomb() -> UserError:
    return UserError(
        T("The workbook unpacks to more than can be read."), T("Copy the rows into the template and import that.")
    )


def _split_it() -> Text:
    return T("Split it into several files.")
