"""Excel workbooks, and what hostile ones try."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from core.errors import UserError
from core.exchange import workbook
from core.exchange.dates import EPOCH_1904, parse_date
from core.exchange.read import read_table
from tests.core.exchange.books import GRID, HEAD, saved, with_members, with_sheet, xlsx_of

SHEET = "xl/worksheets/sheet1.xml"
NAMES = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")


def test_values_keep_their_kinds() -> None:
    table = read_table(xlsx_of(GRID))
    assert table.sheet == "Sheet1"
    assert table.rows[0] == (1, list(HEAD))
    number, cells = table.rows[1]
    assert number == 2
    assert cells[3:7] == [date(2024, 3, 1), date(2024, 3, 31), 1234.5, "kWh"]
    assert cells[7] is None


def test_rows_and_columns_are_counted_from_the_corner_of_the_sheet() -> None:
    book = Workbook()
    book.worksheets[0]["C5"] = "Source"
    book.worksheets[0]["C9"] = "x"
    table = read_table(saved(book))
    assert table.rows == ((5, ["Source"]), (9, ["x"]))
    assert table.first_column == 2


def test_an_empty_workbook_has_no_rows() -> None:
    assert read_table(saved(Workbook())).rows == ()


def test_the_named_sheet_is_read_else_the_first_visible_one() -> None:
    book = Workbook()
    book.worksheets[0].append(["hidden"])
    book.create_sheet("Cover").append(["cover"])
    book.worksheets[0].sheet_state = "hidden"
    book.active = 1
    assert read_table(saved(book)).sheet == "Cover"
    book.create_sheet("2024 活动数据").append(["data"])
    assert read_table(saved(book)).rows == ((1, ["data"]),)


def test_formulas_are_their_last_values() -> None:
    cells = '<row r="1"><c r="A1" t="str"><f>CMD|"/c calc"!A0</f><v>5</v></c><c r="B1"><f>1+1</f><v>2</v></c></row>'
    assert read_table(with_sheet(cells)).rows == ((1, ["5", 2.0]),)
    assert read_table(xlsx_of(("=1+1",), head=("Source",))).rows == ((1, ["Source"]),)


def test_days_of_a_macintosh() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.worksheets[0].append([datetime(2024, 3, 5), 45356 - 1462])
    table = read_table(saved(book))
    assert table.epoch == EPOCH_1904
    assert [parse_date(cell, epoch=table.epoch) for cell in table.rows[0][1]] == [date(2024, 3, 5)] * 2


def test_wide_sheets_beside_the_data_do_no_harm() -> None:
    book = Workbook()
    book.worksheets[0].append(list(HEAD))
    book.create_sheet("Profile").append(list(range(400)))
    assert len(read_table(saved(book)).rows) == 1


def test_styled_empty_cells_far_away_do_no_harm() -> None:
    cells = '<row r="1"><c r="A1"><v>5</v></c><c r="XFD1" s="0"/></row><row r="1048576"><c r="A1048576" s="0"/></row>'
    empty = '<row r="1"><c r="A1"><v>5</v></c></row><row r="1048576" hidden="1"/>'
    assert read_table(with_sheet(empty)).rows == ((1, [5.0]),)
    with pytest.raises(UserError, match="rows"):  # a row that is not closed at once may hold cells without address
        read_table(with_sheet(cells))


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "rows"),
        ("<row r='1'><c r = 'A200001'><v>1</v></c></row>", "rows"),
        ('<row r="200001"><c><v>1</v></c></row>', "rows"),
        ('<row r="200000"><c><v>1</v></c></row><row><c><v>1</v></c></row>', "rows"),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "columns"),
        ('<row r="1"><c s=">" r="ZZ1"><v>1</v></c></row>', "columns"),
        ('<row r="1">' + "<c><v>1</v></c>" * 201 + "</row>", "columns"),
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="199999"><c r="GR199999"><v>1</v></c></row>', "columns"),
        ('<x:row r="1">' + "<x:c><x:v>1</x:v></x:c>" * 201 + "</x:row>", "columns"),
        ('<row r="1">' + '<c><v>1</v></c><q r="A1"/>' * 201 + "</row>", "columns"),
        ('<row r="1">' + "<c><v>1</v></c>" * 201 + "</row>" + '<row r="1"/><q r="A1"/>' * 999, "columns"),
        ("<row><c><v>1</v></c></row>" * 200_001, "rows"),
        ('<row r="1"><c r="GR1"><v>1</v></c><c><v>1</v></c></row>', "columns"),
        ('<row r="99999999999999999999"><c><v>1</v></c></row>', "rows"),
        ('<row r="1"><c r="AAAAAAAAAA1"><v>1</v></c></row>', "columns"),
    ],
)
def test_cells_far_away_are_refused_before_memory_is_asked_for_them(cells: str, why: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(UserError, match=why):
            read_table(with_sheet(cells))
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_three_hundred_thousand_rows_are_refused() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 300_001))
    with pytest.raises(UserError, match="more than 200,000 rows"):
        read_table(with_sheet(rows))


@pytest.mark.parametrize("member", ["xl/media/a.bin", "xl/worksheets/a.xml"])
def test_bombs_that_say_or_hide_their_size(member: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 30_000_000)
    bomb = with_members(xlsx_of(GRID), {member: b" " * 50_000_000})
    with pytest.raises(UserError, match="unpacks to more"):
        read_table(bomb)
    size = struct.pack("<I", 50_000_000)
    assert bomb.count(size) == 2
    with pytest.raises(UserError, match="unpacks to more"):
        read_table(bomb.replace(size, struct.pack("<I", 10)))


def test_a_part_of_another_size_than_it_says() -> None:
    book = with_members(xlsx_of(GRID), {"xl/media/a.bin": b" " * 54_321})
    with pytest.raises(UserError, match="cannot be read"):
        read_table(book.replace(struct.pack("<I", 54_321), struct.pack("<I", 54_320)))


def test_one_long_text_repeated_for_ever() -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 50_001))
    texts = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>%b</t></si></sst>'
    data = with_members(with_sheet(cells), {"xl/sharedStrings.xml": texts % (b"x" * 100_000)})
    with pytest.raises(UserError, match="unpacks to more"):
        read_table(data)


def test_too_many_parts() -> None:
    with pytest.raises(UserError, match="unpacks to more"):
        read_table(with_members(xlsx_of(GRID), {f"xl/{n}.bin": b"" for n in range(3000)}))


def test_entities_are_not_expanded() -> None:
    book = zipfile.ZipFile(io.BytesIO(xlsx_of(GRID))).read(NAMES[0])
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + book
    for name in (*NAMES, SHEET):
        with pytest.raises(UserError, match="cannot be read"):
            read_table(with_members(xlsx_of(GRID), {name: bomb}))


def test_two_parts_of_one_name() -> None:
    stream = io.BytesIO(xlsx_of(GRID))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("XL/Worksheets/sheet1.xml", b"<worksheet/>")
    with pytest.raises(UserError, match="cannot be read"):
        read_table(stream.getvalue())


@pytest.mark.parametrize("name", [*NAMES, SHEET, "xl/styles.xml", "[Content_Types].xml", "xl/sharedStrings.xml"])
@pytest.mark.parametrize(
    "content", [b"", b"<", b"<a/>", b"\xff\xfe<\0a\0/\0>\0", b"<worksheet><sheetData><row><c><v>1"]
)
def test_broken_parts_are_read_or_refused_and_never_crash(name: str, content: bytes) -> None:
    try:
        read_table(with_members(xlsx_of(GRID), {name: content}))
    except UserError as refused:
        assert refused.remedy is not None


def test_other_zips_are_named() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", "<a/>")
    with pytest.raises(UserError, match="not an Excel workbook"):
        read_table(stream.getvalue())


def test_locked_members_are_refused() -> None:
    data = bytearray(xlsx_of(GRID))
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    with pytest.raises(UserError, match="cannot be read"):
        read_table(bytes(data))


def test_a_truncated_workbook_is_refused_wherever_it_was_cut() -> None:
    data = xlsx_of(GRID)
    for length in range(2, len(data) - 1, 97):
        with pytest.raises(UserError):
            read_table(data[:length])


@given(st.data())
def test_a_damaged_workbook_is_read_or_refused(data: st.DataObject) -> None:
    book = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 4))):
        book[data.draw(st.integers(0, len(book) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_table(bytes(book))
    except UserError as refused:
        assert refused.remedy is not None


WHOLE = xlsx_of(GRID)


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/macrosheets/sheet1.xml", "macros"),
        ("xl/activeX/activeX1.xml", "macros"),
        ("xl/embeddings/oleObject1.bin", "macros"),
        ("xl/externalLinks/externalLink1.xml", "other files"),
        ("xl/connections.xml", "other files"),
        ("xl/queryTables/queryTable1.xml", "other files"),
    ],
)
def test_a_form_from_outside_may_hold_values_alone(part: str, why: str) -> None:
    book = workbook.open_workbook(with_members(xlsx_of(GRID), {part: b"<a/>"}))
    assert book.table("Sheet1").rows  # an own table is read all the same, for nothing of it is run
    with pytest.raises(UserError, match=why):
        workbook.only_values(book)
    workbook.only_values(workbook.open_workbook(xlsx_of(GRID)))
