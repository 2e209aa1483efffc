from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.i18n import Text
from gui.plots.saving import PIECE, Numbers, all_rows, csv_of, digits, numbers_of, safe, write

ROWS = [["Time", "=cmd|' /C calc'!A0 (kW)"], ["2026-03-05 14:00", "-1.5"], ["@home", ""]]


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_no_spreadsheet_runs_a_name_and_numbers_stay_numbers() -> None:
    data = b"".join(csv_of(numbers_of(ROWS)))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 3
    assert read(data) == [
        ["Time", "'=cmd|' /C calc'!A0 (kW)"],
        ["2026-03-05 14:00", "-1.5"],
        ["'@home", ""],
    ]
    assert all_rows(numbers_of(ROWS)) == read(data)


@pytest.mark.parametrize("cell", ["-1.5", "+2e-7", "-0", "-.5"])
def test_a_number_with_a_sign_is_no_formula(cell: str) -> None:
    assert safe(cell) == cell


@pytest.mark.parametrize("cell", ["-1+1", "=1", "+cmd", "@x", "\t=1", "＝1", "-"])
def test_what_could_be_a_formula_is_guarded(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False)))
def test_numbers_come_back_to_the_last_digit(values: list[float]) -> None:
    assert [float(text) for text in digits(values)] == values


def test_missing_numbers_are_empty_and_whole_ones_without_a_point() -> None:
    assert digits([math.nan, 3.0, -0.25]) == ["", "3", "-0.25"]


def test_long_tables_are_made_in_pieces_and_tell_how_far_they_are() -> None:
    asked: list[tuple[int, int]] = []
    told: list[float] = []

    def between(first: int, last: int) -> list[list[str]]:
        asked.append((first, last))
        return [[str(n)] for n in range(first, last)]

    def progress(share: float, _text: Text) -> None:
        told.append(share)

    data = b"".join(csv_of(Numbers(("n",), PIECE + 2, between), progress))
    assert asked == [(0, PIECE), (PIECE, PIECE + 2)]
    assert told == [0, PIECE / (PIECE + 2)]
    assert data.splitlines()[-1] == str(PIECE + 1).encode()


def test_a_file_that_breaks_off_leaves_the_one_before(tmp_path: Path) -> None:
    target = tmp_path / "plot.csv"
    target.write_text("before")

    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError):
        write(target, pieces())
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]
    assert write(target, [b"a", b"b"]) == target
    assert target.read_bytes() == b"ab"


def test_a_folder_that_refuses_is_told_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"plot\.csv cannot be written"):
        write(tmp_path / "missing" / "plot.csv", [b""])
