"""Limits of a table come before its contents, and its rows know where they stand."""

from __future__ import annotations

import pytest

from core.disclosures.tables import LARGEST, MOST_ROWS, read_rows
from core.errors import UserError


def read(text: str) -> list[tuple[int, dict[str, str]]]:
    return [(row.number, dict(row.cells)) for row in read_rows(text, "t.csv", ["a", "b"], ["title"])[1]]


def test_rows_are_numbered_as_a_person_counts_lines() -> None:
    text = '\ufeff# title: Words: with a colon\na,b\n1, 2 \n\n,\n3,"x,""y"""\n'
    assert read(text) == [(3, {"a": "1", "b": "2"}), (6, {"a": "3", "b": 'x,"y"'})]
    assert read_rows(text, "t.csv", ["a", "b"], ["title"])[0] == {"title": "Words: with a colon"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n" + "1,2\n" * (MOST_ROWS + 1), f"more than {MOST_ROWS} rows"),
        ("a" * (LARGEST + 1), "larger than"),
        ("", "lacks the column “a”"),
        ("a\n1\n", "lacks the column “b”"),
        ("b,a\n", "another order"),
        ("a,b,c\n", "not known"),
        ("a,b\n1\n", "row 2: the number of columns"),
        ('a,b\n1,"x"y\n', "row 2: the row cannot be read"),
        ('a,b\n1,"x\n', "row 2: the row cannot be read"),
        ("a,b\n1,x\x07\n", "row 2, column b"),
        ("a,b\n1," + "x" * 3_000, "row 2, column b"),
        ("# moon: x\na,b\n", "row 1, column #"),
        ("# title\na,b\n", "row 1, column #"),
        ("# title: x\n# title: y\na,b\n", "row 2, column #"),
    ],
)  # fmt: skip
def test_what_is_no_such_table_is_refused_with_a_remedy(text: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        read(text)
    assert said in str(caught.value.message)
    assert caught.value.remedy is not None
