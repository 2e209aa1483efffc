"""Rows that stand together are added up exactly or not at all."""

from __future__ import annotations

from itertools import groupby

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.group.runs import LIMIT, starts_of, summed, wide

Pairs = list[tuple[int, int, int]]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(-LIMIT, LIMIT)), max_size=12))
def test_runs_are_what_stands_together_and_never_wrap(rows: Pairs) -> None:
    first, second, amounts = (np.array([row[at] for row in rows], dtype=np.int64) for at in range(3))
    starts = starts_of((first, second), len(rows))
    expected = [sum(row[2] for row in own) for _, own in groupby(rows, key=lambda row: row[:2])]
    found = summed(amounts, starts)
    if rows:
        assert wide(amounts, starts) == expected
    if any(abs(total) > LIMIT for total in expected):
        assert found is None
    else:
        assert found is not None
        assert found.tolist() == expected
