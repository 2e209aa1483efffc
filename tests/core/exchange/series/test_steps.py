"""Steps, gaps, changes of the step, values that come twice: nothing is guessed away."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exchange.series import Parsed, Value
from core.exchange.series.steps import FURTHEST, grid_of, nearest_step, usual_step
from tests.core.exchange.series.files import both, mapping, messages, written

DAY = datetime(2024, 5, 1)


def rows_of(minutes: list[float], values: list[object] | None = None) -> list[str]:
    """Rows at these minutes of a day."""
    known = range(len(minutes)) if values is None else values
    return [f"{DAY + timedelta(minutes=m):%Y-%m-%d %H:%M:%S},{v}" for m, v in zip(minutes, known, strict=True)]


def plain(found: Parsed) -> list[tuple[float, int, list[float | None]]]:
    """Series of the first column: minutes after the beginning, step in minutes, values."""
    start = int((DAY - datetime(1970, 1, 1)).total_seconds())
    return [
        ((s.start - start) / 60, s.step // 60, [None if np.isnan(v) else float(v) for v in s.values])
        for s in found.columns[0].series
    ]


def test_a_jump_is_a_gap(tmp_path: Path) -> None:
    found = both(written(tmp_path, rows_of([0, 15, 60, 75])), mapping())
    assert plain(found) == [(0, 15, [0, 1, None, None, 2, 3])]
    assert (found.columns[0].values, found.columns[0].missing) == (4, 2)


def test_a_long_gap_costs_no_memory(tmp_path: Path) -> None:
    far = FURTHEST / 60 + 60
    found = both(written(tmp_path, rows_of([0, 15, 30, far, far + 15])), mapping())
    assert [len(s) for s in found.columns[0].series] == [3, 2]


def test_order_does_not_matter(tmp_path: Path) -> None:
    found = both(written(tmp_path, rows_of([45, 0, 30, 15], [3, 0, 2, 1])), mapping())
    assert plain(found) == [(0, 15, [0, 1, 2, 3])]


@pytest.mark.parametrize(("label", "start"), [("left", 0), ("right", -15), ("instant", 0)])
def test_what_a_time_names(label: str, start: int, tmp_path: Path) -> None:
    power = (Value(1, "power", "kW"),)
    found = both(written(tmp_path, rows_of([0, 15, 30])), mapping(label=label, values=power))
    assert plain(found) == [(start, 15, [0, 1, 2])]


def test_columns_of_one_file_may_differ_in_what_a_time_names(tmp_path: Path) -> None:
    rows = [f"{row},7" for row in rows_of([0, 15, 30])]
    values = (Value(1), Value(2, "power", "kW", label="instant"))
    found = both(written(tmp_path, rows, "time,a,b"), mapping(label="right", values=values))
    first, second = (column.series[0].start for column in found.columns)
    assert second - first == 900
    assert [column.label for column in found.columns] == ["right", "instant"]


def test_equal_rows_are_counted_once(tmp_path: Path) -> None:
    found = both(written(tmp_path, rows_of([0, 15, 15, 30, 30, 30], [1, 2, 2, 3, 3, 3])), mapping())
    assert plain(found) == [(0, 15, [1, 2, 3])]
    assert (found.columns[0].same, found.refused_total) == (3, 0)


@pytest.mark.parametrize(("double", "value"), [("first", 2.0), ("last", 9.0)])
def test_of_two_values_the_mapping_says_which(double: str, value: float, tmp_path: Path) -> None:
    found = both(written(tmp_path, rows_of([0, 15, 15, 30], [1, 2, 9, 3])), mapping(double=double))
    assert plain(found) == [(0, 15, [1, value, 3])]
    assert str(found.columns[0].notes[0]) == (
        f"1 times have several different values; the {double} one in the file is taken."
    )


def test_two_values_are_refused_and_neither_is_taken(tmp_path: Path) -> None:
    found = both(written(tmp_path, rows_of([0, 15, 15, 30], [1, 2, 9, 3])), mapping())
    assert plain(found) == [(0, 15, [1, None, 3])]
    assert messages(found) == [
        f"Row {row}, value: The file has another value for the same time. Delete one of the rows, or say in the "
        "mapping that the first or the last one counts."
        for row in (3, 4)
    ]


def test_what_lies_between_is_refused(tmp_path: Path) -> None:
    found = both(written(tmp_path, rows_of([0, 15, 22, 30, 45])), mapping())
    assert plain(found) == [(0, 15, [0, 1, 3, 4])]
    assert messages(found) == [
        "Row 4, value: The time lies between the regular ones, which are 15 minutes apart. Correct the time, or allow "
        "a tolerance in the mapping."
    ]


def test_times_without_any_step_are_refused_as_a_whole(tmp_path: Path) -> None:
    found = both(written(tmp_path, rows_of([0, 7, 21, 22, 59, 64, 101])), mapping())
    assert found.columns == ()
    assert found.refused_total == 7
    assert messages(found)[0].startswith("value: The times of 7 values are irregular")


def test_a_single_value_has_no_length(tmp_path: Path) -> None:
    found = both(written(tmp_path, rows_of([30])), mapping())
    assert "only one value, at 2024-05-01 00:30, so the length of its interval is not known" in messages(found)[0]
    known = both(written(tmp_path, rows_of([30])), mapping(step=900))
    assert plain(known) == [(30, 15, [0])]


def test_a_tolerance_moves_late_times_to_the_regular_ones(tmp_path: Path) -> None:
    late = [0.05, 5.1, 10.0, 15.2, 19.9, 25.0, 30.3, 35.1, 45.0]
    strict = both(written(tmp_path, rows_of(late)), mapping())
    assert strict.refused_total
    found = both(written(tmp_path, rows_of(late)), mapping(tolerance=30))
    assert plain(found) == [(0, 5, [0, 1, 2, 3, 4, 5, 6, 7, None, 8])]
    tight = both(written(tmp_path, rows_of(late)), mapping(tolerance=10))
    assert len(messages(tight)) == 2


@pytest.mark.parametrize(("label", "border"), [("left", 48), ("right", 49)])
def test_a_change_of_the_step_makes_two_series(label: str, border: int, tmp_path: Path) -> None:
    hours, quarters = [60.0 * i for i in range(48)], [48 * 60 + 15.0 * i for i in range(96)]
    found = both(written(tmp_path, rows_of([*hours, *quarters])), mapping(label=label))
    first, second = found.columns[0].series
    assert (first.step, second.step) == (3600, 900)
    assert len(first) == border
    assert first.end == second.start
    assert found.refused_total == 0


def test_a_coarser_stretch_of_less_than_a_day_is_a_gap(tmp_path: Path) -> None:
    found = both(
        written(tmp_path, rows_of([*range(0, 600, 15), *range(600, 900, 60), *range(900, 1200, 15)])), mapping()
    )
    ((_, step, values),) = plain(found)
    assert step == 15
    assert values.count(None) == 5 * 3


def test_a_given_step_is_kept_to(tmp_path: Path) -> None:
    found = both(written(tmp_path, rows_of([0, 60, 120, 180])), mapping(step=900))
    assert plain(found)[0][1] == 15
    assert plain(found)[0][2].count(None) == 9


@given(st.lists(st.integers(0, 2_000), min_size=2, unique=True), st.sampled_from([60, 300, 900, 3600]))
def test_every_moment_is_on_a_grid_or_beside_it(places: list[int], step: int) -> None:
    moments = np.array(sorted(places), dtype=np.int64) * step
    grid = grid_of(moments, step=0, ends=False)
    taken = [int(place) for run in grid.runs for place in run.places]
    assert sorted([*taken, *grid.beside.tolist()]) == list(range(len(moments)))
    for run in grid.runs:
        assert not ((moments[run.places] - moments[run.places[0]]) % run.step).any()
        assert 86_400 % run.step == 0


def test_a_clock_that_was_set_right_begins_another_series(tmp_path: Path) -> None:
    before, after = [15.0 * i for i in range(200)], [15.0 * i + 7 for i in range(205, 400)]
    found = both(written(tmp_path, rows_of([*before, *after])), mapping())
    assert found.refused_total == 0
    assert [(len(s), s.step) for s in found.columns[0].series] == [(200, 900), (195, 900)]


def test_a_clock_that_was_set_back_overlaps_and_is_refused_there(tmp_path: Path) -> None:
    before, after = [15.0 * i for i in range(200)], [15.0 * i - 5 for i in range(200, 400)]
    found = both(written(tmp_path, rows_of([*before, *after])), mapping())
    assert messages(found) == [
        "Row 202, value: The interval begins before the one of the row before it has ended. Check whether a time is "
        "the beginning or the end of its interval."
    ]
    assert sum(len(s) for s in found.columns[0].series) == 399


def test_the_usual_step_divides_a_day_and_fits_most() -> None:
    assert usual_step(np.array([0, 900, 1800, 9000])) == 900
    assert usual_step(np.array([0, 700, 1400, 2100])) == 0
    assert usual_step(np.array([0, 900, 1811, 2722, 3633])) == 0
    assert usual_step(np.array([0])) == 0
    assert nearest_step(np.array([0, 301, 599, 905])) == 300
    assert nearest_step(np.array([5])) == 0


def test_estimates_keep_their_marks_through_gaps_and_order(tmp_path: Path) -> None:
    rows = [f"{row},{'E' if i == 1 else 'W'}" for i, row in enumerate(rows_of([30, 15, 0, 60], [2, 1, 0, 4]))]
    found = both(written(tmp_path, rows, "time,value,state"), mapping(status=2))
    (series,) = found.columns[0].series
    assert series.marks is not None
    assert series.marks.tolist() == [0, 1, 0, 0, 0]
