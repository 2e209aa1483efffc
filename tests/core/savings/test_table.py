"""The kept table: exactly what was written is read, and what is wrong is told with its place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.i18n import T
from core.savings import Column, all_kinds, parse, read, write
from core.savings._table import MOST_BYTES

COLUMNS = (
    Column("start", T("First day"), form="moment", required=True),
    Column("energy", T("Energy"), required=True),
    Column("other", T("Another variable"), minimum=None),
    Column("phase", T("Time"), form="word", words=(("out", T("left out")),)),
)
HEAD = "start,energy,other,phase\n"
DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))


@given(st.lists(st.tuples(DAYS, st.decimals(0, 10**9, places=3), st.decimals(-9, 9, places=2)), min_size=1))
def test_what_was_written_is_read(rows: list[tuple[object, Decimal, Decimal]]) -> None:
    data = write([("start", "energy", "other"), *((str(d), f"{n:f}", f"{o:f}") for d, n, o in rows)])
    table = parse(data, COLUMNS)
    assert [(r.moments["start"].date(), r.numbers["energy"], r.numbers["other"]) for r in table.rows] == rows
    assert table.complete("energy") and not table.touched("phase")


@pytest.mark.parametrize("kind", [key for key, kind in all_kinds().items() if kind.columns])
def test_examples_are_canonical(kind: str) -> None:
    data = all_kinds()[kind].example_data.encode()
    assert write(line.split(",") for line in data.decode().splitlines()) == data


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no rows"),
        (HEAD, "no rows"),
        ("start,power\n2024-01-01,1\n", "“power” is not a column"),
        ("start,energy,energy\n2024-01-01,1,1\n", "stands twice"),
        ("start,other\n2024-01-01,1\n", "lacks the column energy"),
        (HEAD + "2024-01-01,1\n", "Row 2, column –: The row has 2 cells, the headings 4"),
        (HEAD + "2024-01-01,1,,\n2024-06-31,1,,\n", "Row 3, column start: “2024-06-31” is not a date"),
        (HEAD + "2024-01-01T25:00,1,,\n", "column start"),
        (HEAD + "01.02.2024,1,,\n", "column start"),
        (HEAD + "2024-01-01,1e5,,\n", "Row 2, column energy: “1e5” is not a number"),
        (HEAD + "2024-01-01,NaN,,\n", "is not a number"),
        (HEAD + "2024-01-01,-1,,\n", "-1 is out of range"),
        (HEAD + "2024-01-01,,,\n", "The cell is empty"),
        (HEAD + "2024-01-01,1,,maybe\n", "“maybe” is not a choice"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, words: str) -> None:
    with pytest.raises(UserError, match=words) as refused:
        parse(text.encode(), COLUMNS)
    assert refused.value.remedy is not None


def test_every_wrong_cell_is_told_not_only_the_first() -> None:
    cells = [["start", "energy"], ["x", "y"], ["2024-01-01", "1"], ["2024-01-02", ""]]
    _, refused = read(cells, COLUMNS)
    assert [(one.row, one.column) for one in refused] == [(2, "start"), (2, "energy"), (4, "energy")]


def test_what_could_harm_is_refused_before_it_is_read() -> None:
    for data, words in ((b"x" * (MOST_BYTES + 1), "larger than"), (b"\xff\xfe", "UTF-8")):
        with pytest.raises(UserError, match=words):
            parse(data, COLUMNS)
    with pytest.raises(UserError, match="more than 40000 rows"):
        parse(("energy,start\n" + "1,2024-01-01\n" * 40_001).encode(), COLUMNS)


def test_a_separator_in_a_cell_is_a_bug() -> None:
    with pytest.raises(ValueError, match="separator"):
        write([("start",), ("1,5",)])
