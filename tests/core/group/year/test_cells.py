"""Sums of whole numbers stay exact, however many and however large."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.group.year import cells
from core.group.year.cells import gather, part_of, sums, times
from tests.core.group.plants import Row, packed

WIDE = st.integers(-(2**63) + 1, 2**63 - 1)


@given(st.lists(st.tuples(st.integers(0, 5), WIDE)))
def test_sums_never_wrap(pairs: list[tuple[int, int]]) -> None:
    expected: dict[int, int] = {}
    for key, amount in pairs:
        expected[key] = expected.get(key, 0) + amount
    keys, amounts = (np.array([pair[at] for pair in pairs], dtype=np.int64) for at in (0, 1))
    assert sums(keys, amounts) == expected
    assert sums(keys * 100_000 - 7, amounts) == {key * 100_000 - 7: total for key, total in expected.items()}


@given(st.lists(WIDE, min_size=1), st.decimals(0, 1, places=9), st.decimals(0, 1, places=30))
def test_a_share_is_rounded_once_half_to_even(amounts: list[int], short: Decimal, long: Decimal) -> None:
    wide = Context(prec=80, rounding=ROUND_HALF_EVEN)
    values = np.array(amounts, dtype=np.int64)
    found = times(values, np.zeros(len(amounts), dtype=np.int64), [short])
    assert found.tolist() == [int(wide.multiply(Decimal(a), short).to_integral_value()) for a in amounts]
    small = values // 2**20
    found = times(small, np.zeros(len(amounts), dtype=np.int64), [long])
    assert found.tolist() == [part_of(int(a), long) for a in small]


def test_halves_go_to_the_even_neighbour() -> None:
    amounts = np.array([1, 3, 5, -1, -3, -5])
    assert times(amounts, np.zeros(6, dtype=np.int64), [Decimal("0.5")]).tolist() == [0, 2, 2, 0, -2, -2]


@pytest.mark.parametrize("count", [1, 2, 63, 64, 65, 130])
def test_cells_do_not_depend_on_how_many_reports_are_read_together(count: int) -> None:
    row: Row = ("scope1", 0, "CO2", 3, "Boiler", "a1", 2)
    other: Row = ("scope3", 4, "CH4", 3, "Truck", "a2", 5)
    tables = [[row, (*row[:5], "a2", 7), other] if n % 3 else [] for n in range(count)]
    found = gather(packed(table, (2024, 2)) for table in tables)
    assert found.columns["report"].tolist() == [n for n, table in enumerate(tables) for _ in table[:2]]
    assert set(found.amounts.tolist()) <= {9, 5}
    assert set(found.columns["month"].tolist()) <= {2024 * 12 + 1 + 3}
    ordered = list(zip(*(found.columns[name].tolist() for name in ("report", "scope", "category")), strict=True))
    assert all(one < after for one, after in pairwise(ordered))


def test_a_cell_that_no_plant_emits_is_refused() -> None:
    largest = 10**18
    rows: list[Row] = [("scope1", 0, "CO2", 0, "Boiler", f"a{n}", largest) for n in range(10)]
    with pytest.raises(UserError, match="more than anything"):
        gather([packed(rows)])
    mixed = [*rows[:5], *((*row[:6], -largest) for row in rows[5:])]
    assert gather([packed(mixed)]).amounts.tolist() == [0]
    assert cells.gather([]).amounts.tolist() == []
