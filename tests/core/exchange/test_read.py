"""Csv files as programs in China and Europe write them, and files that are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.exchange.read import MAX_BYTES, MAX_ROWS, decode, load, read_table
from tests.core.exchange.books import HEAD, csv_of

CHINESE = ("排放源", "项目", "开始日期", "结束日期", "数量", "单位", "备注")
BILL = ("锅炉房", "天然气", "2024年3月", "", "1234.5", "立方米", "估算，见附件")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators(encoding: str, separator: str) -> None:
    table = read_table(csv_of(BILL, head=CHINESE, separator=separator, encoding=encoding))
    assert [cells for _, cells in table.rows] == [list(CHINESE), list(BILL)]
    assert table.separator == separator
    assert table.media_type == "text/csv"


def test_utf_16_big_endian() -> None:
    data = b"\xfe\xff" + csv_of(BILL, head=CHINESE).decode().encode("utf-16-be")
    assert read_table(data).rows[1][1] == list(BILL)


def test_rows_are_numbered_as_a_spreadsheet_program_does() -> None:
    text = 'Source,Note\r\n\r\n"two\r\nlines",x\r\n , \r\nlast\r\n'
    table = read_table(text.encode())
    assert [(number, cells[0]) for number, cells in table.rows] == [(1, "Source"), (3, "two\r\nlines"), (5, "last")]
    assert {len(cells) for _, cells in table.rows} == {2}


def test_the_hint_of_excel_names_the_separator() -> None:
    table = read_table(b"sep=;\r\n" + csv_of(("a", "b"), head=("Source", "Item, or fuel"), separator=";"))
    assert table.rows == ((2, ["Source", "Item, or fuel"]), (3, ["a", "b"]))


def test_an_empty_file_has_no_rows() -> None:
    assert read_table(b"").rows == ()
    assert read_table(b"\xef\xbb\xbf").rows == ()


@pytest.mark.parametrize("encoding", ["cp1250", "cp1252", "utf-16-le", "utf-32", "shift_jis"])
def test_other_encodings_are_refused_and_never_read_as_rare_chinese(encoding: str) -> None:
    word = "カタカナのガソリン半角ｶﾅ" if encoding == "shift_jis" else "Kotłownia główna"
    text = f"Source,Item\n{word},x\n" if encoding != "cp1252" else "Source,Item\nChaudière à gaz, Gießerei,x\n"
    with pytest.raises(UserError, match="neither xlsx nor a csv"):
        decode(text.encode(encoding))


@given(st.text(alphabet=st.characters(codec="gb2312", exclude_categories=["Cc"]), max_size=60))
def test_chinese_text_survives_gb18030(text: str) -> None:
    assert decode(text.encode("gb18030")) in (text, *([text.encode("gb18030").decode()] if _both(text) else []))


def _both(text: str) -> bool:
    """A few short texts are valid in either encoding; then UTF-8 is meant."""
    try:
        text.encode("gb18030").decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n\0\1\2", b"\x89PNG\r\n\x1a\n\0\0", b"\0" * 100, b"\xff" * 50, b"\xff\xfea", b"Source,Item\n\xe6\x9f"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UserError, match="neither xlsx nor a csv"):
        read_table(data)


def test_old_and_locked_excel_files_are_told_apart() -> None:
    with pytest.raises(UserError, match="password"):
        read_table(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)


def test_a_huge_field_is_refused_with_its_row() -> None:
    with pytest.raises(UserError, match="Row 2 cannot be read: field larger"):
        read_table(csv_of(("x" * 200_000,)))


def test_a_quotation_mark_too_many_is_refused_with_its_row() -> None:
    with pytest.raises(UserError, match="Row 3 cannot be read"):
        read_table(csv_of(HEAD) + b'"open,1\r\n')


def test_too_many_rows_and_columns() -> None:
    head = ",".join(HEAD).encode()
    with pytest.raises(UserError, match="more than 200,000 rows"):
        read_table(head + b"\na,b" * 300_000)
    assert len(read_table(head + b"\na,b" * (MAX_ROWS - 1)).rows) == MAX_ROWS
    with pytest.raises(UserError, match="Row 2 has more than 200 columns"):
        read_table(head + b"\n" + b"," * 200)


def test_too_many_bytes(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="larger than 50 MB"):
        load(b"x" * (MAX_BYTES + 1))
    large = tmp_path / "large.csv"
    with large.open("wb") as stream:
        stream.truncate(MAX_BYTES * 100)
    with pytest.raises(UserError, match="larger than 50 MB"):
        load(large)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"missing\.csv” cannot be opened"):
        load(tmp_path / "missing.csv")
    with pytest.raises(UserError):
        load(tmp_path)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(data: bytes) -> None:
    try:
        table = read_table(data)
    except UserError as refused:
        assert refused.remedy is not None
        return
    assert len({len(cells) for _, cells in table.rows}) <= 1
