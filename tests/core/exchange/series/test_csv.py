"""The lean reader and the one that goes row by row give the same, whatever a file holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.exchange.series import Mapping, Value, parse
from core.exchange.series import blocks as in_blocks
from core.exchange.series.csv_fast import fields_of, read_block
from core.exchange.series.plan import plan_of
from core.series import Series
from tests.core.exchange.series.files import LONG, UTC, both, mapping, messages, written

STAMPS = [f"2024-01-{d:02d} {h:02d}:{m:02d}" for d in range(1, 4) for h in range(24) for m in (0, 15, 30, 45)]
CELLS = st.one_of(
    st.floats(-1e6, 1e6).map(lambda v: f"{v:.2f}"),
    st.integers(-(10**18), 10**18).map(str),
    st.sampled_from(
        ["", " ", "n/a", "1,5", "1.234,5", "1,234", "1e-3", "1E+9", "offline", " 7 ", "5.", ".5", "\u00a0", "１２"]
    ),
)
TIMES = st.one_of(
    st.sampled_from(STAMPS), st.sampled_from(["", "Total", "2024-02-30 00:00", "2024-01-02", "01/02/2024 0:15"])
)
NAMES = st.sampled_from(
    ["A", "B", "Halle 1", " A", "A ", "Pumpe, groß", '"q"', "12345678901234567890123456789012345", ""]
)
ROWS = st.lists(st.tuples(NAMES, TIMES, CELLS, CELLS, st.sampled_from(["W", "E", "estimated", ""])), max_size=40)
TWO = Mapping(
    time=1, meter=0, status=4, values=(Value(2), Value(3, "power", "kW")), order="dmy", label="left", clock="utc",
    double="last", step=900,
)  # fmt: skip


def _quoted(text: str, separator: str) -> str:
    return '"' + text.replace('"', '""') + '"' if separator in text or '"' in text else text


@given(
    rows=ROWS,
    separator=st.sampled_from([",", ";", "\t", "|"]),
    end=st.sampled_from(["\n", "\r\n"]),
    quote=st.booleans(),
)
@settings(max_examples=100, deadline=None)
def test_fast_and_slow_are_equal(
    rows: list[tuple[str, ...]], separator: str, end: str, quote: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = [
        separator.join('"' + c.replace('"', '""') + '"' if quote else _quoted(c, separator) for c in row)
        for row in rows
    ]
    file = tmp_path_factory.mktemp("csv") / "data.csv"
    file.write_bytes(end.join(["meter,time,one,two,state", *lines, ""]).encode())
    both(file, replace(TWO, separator=separator))


@given(
    rows=st.lists(st.tuples(st.sampled_from(STAMPS), st.decimals(-1000, 1000, places=3)), min_size=1, max_size=200),
    block=st.integers(40, 400),
)
@settings(max_examples=40, deadline=None)
def test_blocks_of_any_length_give_the_same(
    rows: Sequence[tuple[str, object]], block: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = written(tmp_path_factory.mktemp("csv"), [f"{t},{v}" for t, v in rows])
    known = mapping(double="last")
    whole = both(file, known)
    with patch.object(in_blocks, "BLOCK", block):
        parts = both(file, known)
    for one, other in zip(whole.columns, parts.columns, strict=True):
        assert list(map(_plain, one.series)) == list(map(_plain, other.series))


def _plain(series: Series) -> tuple[int, int, bytes]:
    return series.start, series.step, series.values.tobytes()


def test_the_usual_form_is_read_without_a_look_at_single_rows() -> None:
    block = "".join(f"{t},{v / 8}\n" for v, t in enumerate(STAMPS)).encode()
    found = read_block(block, 2, ",", plan_of(LONG, [["time", "value"]], UTC))
    assert found is not None
    assert found.values[0].tolist() == [v / 8 for v in range(len(STAMPS))]
    assert found.rows.tolist() == list(range(2, 2 + len(STAMPS)))
    assert not found.problems


@pytest.mark.parametrize(
    "block", [b"a,b\nc\n", b"a,b,c\nd,e\nf,g,h,i\n", b'a,"b\n",c\n', b"a,b\rc,d\n", b'a"b,c\n', b"\n\na,b\n"]
)
def test_what_is_irregular_is_left_to_the_other_reader(block: bytes) -> None:
    assert fields_of(block, ",") is None


@pytest.mark.parametrize("block", [b'"a","b"\n"c","d"\n', b'"a",b\r\n"",d\r\n'])
def test_columns_that_are_quoted_as_a_whole_are_read_quickly(block: bytes) -> None:
    fields = fields_of(block, ",")
    assert fields is not None
    assert [fields.text(0, 0), fields.text(1, 1)] == ["a", "d"]


def test_a_text_of_several_lines_does_not_disturb(tmp_path: Path) -> None:
    rows = [f'{t},{i},"note {i}"' for i, t in enumerate(STAMPS)]
    rows[100] = f'{STAMPS[100]},100,"two\nlines, ""quoted"""'
    found = both(written(tmp_path, rows, "time,value,note"), LONG)
    assert found.columns[0].series[0].values.tolist() == list(range(len(STAMPS)))


def test_an_open_quotation_mark_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path, [f"{STAMPS[0]},1", f'"{STAMPS[1]},2', *(f"x{i:060000d},3" for i in range(5))])
    for fast in (True, False):
        with pytest.raises(UserError, match="Row 3 cannot be read: field larger"):
            parse(file, LONG, UTC, fast=fast)


def test_rows_of_other_lengths_in_the_middle_are_read_all_the_same(tmp_path: Path) -> None:
    rows = [f"{t},{i}" for i, t in enumerate(STAMPS)]
    rows[50] += ",too,many"
    rows[60:60] = ["", " , "]
    found = both(written(tmp_path, rows), LONG)
    assert found.columns[0].series[0].values.tolist() == list(range(len(STAMPS)))


def test_old_line_ends(tmp_path: Path) -> None:
    file = tmp_path / "mac.csv"
    file.write_bytes("\r".join(["time,value", *(f"{t},{i}" for i, t in enumerate(STAMPS))]).encode())
    assert both(file, LONG).columns[0].values == len(STAMPS)


def test_a_last_line_without_an_end(tmp_path: Path) -> None:
    file = tmp_path / "open.csv"
    file.write_bytes(b"time,value\n2024-01-01 00:00,1\n2024-01-01 00:15,2")
    assert both(file, LONG).columns[0].series[0].values.tolist() == [1.0, 2.0]


def test_every_refused_cell_says_row_column_reason_and_remedy(tmp_path: Path) -> None:
    rows = [f"{t},{i}" for i, t in enumerate(STAMPS[:96])]
    rows[3] = "yesterday,3"
    rows[5] = f"{STAMPS[5]},broken"
    rows[7] = ",7"
    rows[9] = f"{STAMPS[9]},1e99"
    found = both(written(tmp_path, rows), LONG)
    assert found.refused_total == 4
    assert messages(found) == [
        "Row 5, time: “yesterday” is not a time. Check which columns hold the time and how many rows stand before the "
        "first value.",
        "Row 7, value: “broken” is not a number. Write only digits and a decimal point, like 1234.5; the unit has its "
        "own column.",
        "Row 9, time: The time is empty. Fill it in, or delete the row.",
        "Row 11, value: “1e99” is written with an exponent and may have lost digits. Format the column as a number "
        "with all digits and save the file again.",
    ]
    assert np.isnan(found.columns[0].series[0].values[[3, 5, 7, 9]]).all()


def test_a_million_refusals_are_counted_and_a_thousand_kept(tmp_path: Path) -> None:
    rows = [f"{STAMPS[0]},1", f"{STAMPS[1]},1", *["x,1"] * 5_000]
    found = both(written(tmp_path, rows), LONG)
    assert (found.refused_total, len(found.refused)) == (5_000, 1_000)


def test_meters_are_told_apart_however_their_rows_are_mixed(tmp_path: Path) -> None:
    names = ["Pumpe A", "Pumpe B", "Pumpe mit einem recht langen Namen", "C"]
    rows = [f"{name},{t},{place * 1000 + i}" for i, t in enumerate(STAMPS) for place, name in enumerate(names)]
    found = both(written(tmp_path, rows, "meter,time,value"), mapping(meter=0, time=1, values=(Value(2),)))
    assert [column.name for column in found.columns] == names
    for place, column in enumerate(found.columns):
        assert column.series[0].values.tolist() == [place * 1000 + i for i in range(len(STAMPS))]
