"""What a file is, in which encoding and with which separator, whatever it is called."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from core.errors import UserError
from core.exchange.series import blocks, look
from core.exchange.series.blocks import Reader, encoding_of
from core.exchange.series.looking import HEAD
from tests.core.exchange.series.files import LONG, both, written
from tests.core.exchange.series.layouts import book

ROWS = [f"2024-01-0{d} {h:02d}:00,{h / 4}" for d in (1, 2, 3) for h in range(24)]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("utf-16-be", "utf-16-be"),
     ("utf-16-le", "utf-16-le"), ("gb18030", "gb18030")],
)  # fmt: skip
def test_encodings_of_chinese(encoding: str, found: str, tmp_path: Path) -> None:
    file = written(tmp_path, ROWS, "时间,一号变压器有功电量（千瓦时）", encoding=encoding)
    assert look(file).encoding == found
    (column,) = both(file, LONG).columns
    assert column.name == "一号变压器有功电量（千瓦时）"
    assert column.values == 72


def test_western_letters(tmp_path: Path) -> None:
    file = written(tmp_path, ROWS, "Zeit,Zählerstand (m³) Außenlager", encoding="latin-1")
    assert look(file).encoding == "cp1252"
    assert both(file, LONG).columns[0].name == "Zählerstand (m³) Außenlager"


def test_the_encoding_may_show_itself_late(tmp_path: Path) -> None:
    rows = [f"{row},{'x' * 40}" for row in ROWS * 400]
    rows[-1] = f"{ROWS[-1]},维修后"
    file = written(tmp_path, rows, "time,value,note", encoding="gb18030")
    assert file.stat().st_size > HEAD
    assert look(file).encoding == "ascii"
    with patch.object(blocks, "BLOCK", 1 << 18):
        assert both(file, LONG).refused_total == 0


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(separator: str, tmp_path: Path) -> None:
    file = written(tmp_path, [row.replace(",", separator) for row in ROWS], f"time{separator}value")
    assert look(file).separator == separator
    assert both(file, LONG).columns[0].values == 72


def test_a_decimal_comma_does_not_pass_for_a_separator(tmp_path: Path) -> None:
    file = written(tmp_path, [row.replace(",", ";").replace(".", ",") for row in ROWS], "Zeit;Wert")
    assert look(file).separator == ";"


def test_the_hint_of_excel_wins(tmp_path: Path) -> None:
    file = tmp_path / "hint.csv"
    file.write_bytes(b"sep=|\r\na|1,5;2\r\n")
    assert look(file).separator == "|"


def test_rows_further_back_are_looked_at_too(tmp_path: Path) -> None:
    rows = [f"2024-01-01 00:00,{i}" for i in range(60_000)]
    seen = look(written(tmp_path, rows))
    assert len(seen.rows) == 500
    assert seen.later[-1] == ["2024-01-01 00:00", "59999"]
    assert len(seen.later) > 500


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel file"),
        (b"PK\x03\x04" + b"\0" * 60, "cannot be read"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "neither xlsx nor Green Button"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\0\1\2", "neither xlsx nor Green Button"),
        (b"time,value\n\xff\xfe\xfd\xfc\x81\n", "neither xlsx nor Green Button"),
    ],
)
def test_what_is_none_of_them_is_refused(data: bytes, why: str, tmp_path: Path) -> None:
    file = tmp_path / "data.csv"
    file.write_bytes(data)
    with pytest.raises(UserError, match=why):
        look(file)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(UserError, match="cannot be opened"):
            look(path)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\r\n \t\r\n\r\n",
        b"\xef\xbb\xbf",
        b";;;\n;;;\n",
        b'"",""\n',
        "\n\n".encode("utf-16"),
        b"\n" * 2_000,
    ],
)
def test_an_empty_file_is_refused(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "empty.csv"
    file.write_bytes(data)
    with pytest.raises(UserError, match=r"“empty\.csv” is empty") as refused:
        look(file)
    assert "Export it again" in str(refused.value.remedy)


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "empty.xlsx"
    file.write_bytes(book([[None, None]], "A"))
    with pytest.raises(UserError, match=r"“empty\.xlsx” is empty"):
        look(file)


def test_blank_lines_before_the_rows_are_no_empty_file(tmp_path: Path) -> None:
    assert look(written(tmp_path, ROWS, "\n" * 700 + "time,value")).later[-1] == ["2024-01-03 23:00", "5.75"]


def test_too_large_and_too_wide(tmp_path: Path) -> None:
    file = written(tmp_path, ROWS)
    with patch.object(blocks, "MAX_BYTES", 100), pytest.raises(UserError, match="larger than"):
        look(file)
    with pytest.raises(UserError, match=r"more than 2000 columns"):
        look(written(tmp_path, [",".join("1" * 2_001)]))


def test_bytes_in_another_encoding_further_back_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "mixed.csv"
    file.write_bytes("time,Wärme\n".encode() + b"2024-01-01 00:00,1\n" * 60_000 + b"\xff\xff\n")
    with pytest.raises(UserError, match="neither xlsx nor Green Button"):
        list(Reader(file, look(file).encoding).blocks())


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "line.csv"
    file.write_bytes(b"time,value\n" + b"7" * 6_000_000)
    with pytest.raises(UserError, match="A line of the file has more than"):
        list(Reader(file, "ascii").blocks())


def test_zeros_are_no_text(tmp_path: Path) -> None:
    file = tmp_path / "zero.csv"
    file.write_bytes(b"time,value\n2024-01-01 00:00,1\n" + b"\0" * 9)
    with pytest.raises(UserError):
        list(Reader(file, "utf-8").blocks())


def test_sheets_of_a_workbook(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    file.write_bytes(book([["time", "kWh"], ["2024-01-01 00:00", 1]], "Zähler 1"))
    seen = look(file)
    assert (seen.kind, seen.sheets, seen.columns) == ("xlsx", ("Zähler 1",), 2)
    with pytest.raises(UserError, match="no sheet “x”"):
        look(file, "x")


def test_encodings_are_judged_by_what_is_there() -> None:
    assert encoding_of(b"plain") == "ascii"
    assert encoding_of("°C".encode("latin-1")) == "cp1252"
    with pytest.raises(UserError):
        encoding_of(b"\0\1\2\3")
