"""Small tables in one cell: whatever stands in them comes back, and a wrong cell is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.entering.forms import Entered
from core.entering.rows import MOST_ROWS, RowColumn, kept_rows, parse_rows, written_rows
from core.entering.words import shown, understood
from core.errors import UserError
from core.i18n import T
from core.ledger import Ledger

TEXT = RowColumn("text", T("Text"), required=True)
DAY = RowColumn("due", T("Day"), "day")
AMOUNT = RowColumn("amount", T("Quantity"), "number")
COLUMNS = (TEXT, DAY, AMOUNT)
FINDINGS = Entered("findings", "rows", columns=COLUMNS)
CELLS = st.text(st.sampled_from('ab |｜;；"\n\t=＝1') | st.characters(codec="utf-8"), max_size=8)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=4).filter(any), max_size=5)


@given(ROWS)
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    kept = tuple(map(tuple, rows))
    assert parse_rows(written_rows(kept)) == kept


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        ("", ()),
        (" ; \n ；", ()),
        ("a|b", (("a", "b"),)),
        ("a ｜ b； c", (("a", "b"), ("c",))),
        ("a | b\nc | d\n", (("a", "b"), ("c", "d"))),
        ('"a | b" | "say ""x"""', (("a | b", 'say "x"'),)),
        ('5" pipe | b', (('5" pipe', "b"),)),
        ("| b", (("", "b"),)),
    ],
)
def test_rows_are_understood(said: str, rows: object) -> None:
    assert parse_rows(said) == rows
    assert understood(Ledger(), FINDINGS, said) == rows


def test_rows_are_shown_as_they_are_typed() -> None:
    assert shown(Ledger(), FINDINGS, (("a; b", "2026-01-05", ""),), "zh") == '"a; b" | 2026-01-05 |'


def test_cells_are_kept_as_their_columns_ask() -> None:
    rows = (("Guard", "31.5.2026", "1,200.50"), ("Exit",), ("Door", "2026-05", "1.2万"))
    assert kept_rows(rows, COLUMNS) == (
        ("Guard", "2026-05-31", "1200.50"), ("Exit", "", ""), ("Door", "2026-05-01", "12000"),
    )  # fmt: skip


def test_rows_may_have_more_cells_where_that_is_said() -> None:
    assert kept_rows((("a", "", "", "x", "y"),), COLUMNS, more=True) == (("a", "", "", "x", "y"),)
    with pytest.raises(UserError, match="Row 2 has 4 cells; the table has 3 columns"):
        kept_rows((("a",), ("a", "", "", "x")), COLUMNS)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("", "2026-05-31"), "Row 1, Text: “Text” is missing."),
        (("a", "soon"), "Row 1, Day: "),
        (("a", "", "many"), "Row 1, Quantity: "),
        (("x" * 2001,), "Row 1, Text: This is longer than 2000 characters."),
    ],
)
def test_a_wrong_cell_is_named(row: tuple[str, ...], words: str) -> None:
    with pytest.raises(UserError) as refused:
        kept_rows((row,), COLUMNS)
    assert str(refused.value.message).startswith(words)
    assert refused.value.remedy is not None


@pytest.mark.parametrize("said", ['"a | b', 'a | "b;c', '"'])
def test_an_open_quote_is_refused(said: str) -> None:
    with pytest.raises(UserError, match="quote"):
        parse_rows(said)


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(UserError, match="more than 5000 rows"):
        parse_rows("a;" * (MOST_ROWS + 1))
