from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.tables import tsv


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("a", [["a"]]),
        ("a\tb\r\n1\t2\r\n", [["a", "b"], ["1", "2"]]),
        ("a\t\n\t2\n", [["a", ""], ["", "2"]]),
        ('"two\nlines"\t"say ""no"""\n柴油\t1,234.5\n', [["two\nlines", 'say "no"'], ["柴油", "1,234.5"]]),
        ('"a\tb"\r\n\r\nc\r\n', [["a\tb"], [""], ["c"]]),
        ("a\n\nb\n", [["a"], [""], ["b"]]),
        ("a\rb", [["a"], ["b"]]),
    ],
)
def test_cells_of_excel_are_read(text: str, rows: list[list[str]]) -> None:
    assert tsv.parse(text) == rows


cell = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=8)
block = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=5)
)


@given(block)
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    assert tsv.parse(tsv.write(rows)) == rows
