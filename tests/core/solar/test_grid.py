"""Series laid over each other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.series import Series
from core.solar import grid as module
from core.solar.grid import Grid, amounts_on, estimated_on, grid_of, levels_on
from tests.documented import run_examples

NAN = float("nan")


def test_examples_run() -> None:
    result = run_examples(module)
    assert result.attempted and not result.failed


@given(st.integers(0, 40), st.integers(1, 60), st.integers(0, 10), st.integers(1, 12))
def test_nothing_is_lost_or_made(first: int, count: int, later: int, hours: int) -> None:
    """Sums over a coarser grid are the sum, where whole intervals are covered."""
    fine = Series(900 * 4 * first, 900, np.arange(1.0, 4 * count + 1))
    coarse = Series(3600 * later, 3600, np.ones(hours))
    grid = grid_of(fine, coarse)
    assert grid.step == 3600 and grid.start <= min(fine.start, coarse.start) and grid.end >= max(fine.end, coarse.end)
    assert np.nansum(amounts_on(grid, fine)) == fine.values.sum()
    assert np.isfinite(amounts_on(grid, fine)).sum() == count
    assert np.nansum(amounts_on(grid, coarse)) == hours


def test_what_is_missing_in_part_is_missing() -> None:
    grid = Grid(0, 3600, 3)
    quarters = Series(0, 900, np.array([1, 1, 1, 1, 2, 2, NAN, 2, 3, 3.0]))
    assert amounts_on(grid, quarters) == pytest.approx([4, NAN, NAN], nan_ok=True)
    assert levels_on(grid, quarters) == pytest.approx([1, NAN, NAN], nan_ok=True)


def test_one_estimated_quarter_makes_an_estimated_hour() -> None:
    marks = np.array([0, 0, 0, 0, 0, 1, 0, 0], dtype=np.uint8)
    series = Series(0, 900, np.ones(8), marks)
    assert estimated_on(Grid(0, 3600, 3), series).tolist() == [False, True, False]
    assert not estimated_on(Grid(0, 3600, 2), Series(0, 3600, np.ones(2))).any()


def test_a_part_is_what_begins_in_it() -> None:
    grid = Grid(1800, 3600, 4)
    assert grid.part(0, 99_999) == slice(0, 4)
    assert grid.part(1800, 5400) == slice(0, 1)
    assert grid.part(1801, 5401) == slice(1, 2)
    assert grid.part(50_000, 60_000) == slice(4, 4)
    assert grid.part(-5, -1) == slice(0, 0)


def test_an_asked_step_is_laid_on_the_hours_of_utc() -> None:
    found = grid_of(Series(900, 900, np.ones(4)), step=3600)
    assert found == Grid(0, 3600, 2)


@pytest.mark.parametrize(
    ("series", "step"),
    [
        ((Series(0, 900, np.ones(4)), Series(0, 1200, np.ones(3))), None),
        ((Series(0, 3600, np.ones(4)), Series(600, 1800, np.ones(3))), None),
        ((Series(0, 3600, np.ones(4)),), 900),
        ((Series(0, 3600, np.ones(4)),), 5400),
    ],
)
def test_intervals_that_do_not_fit(series: tuple[Series, ...], step: int | None) -> None:
    with pytest.raises(UserError, match="minutes"):
        grid_of(*series, step=step)
