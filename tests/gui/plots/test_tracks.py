"""What of a track is seen: exact where pixels suffice, extremes where they do not, and nothing that is not there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.series import ESTIMATED, Series
from core.series.runs import runs
from gui.plots.tracks import BLOCK, Drawn, Track, extent, merged, missing

START, STEP = 1_767_196_800, 900
NAN = np.nan


def drawn(values: np.ndarray[tuple[int], np.dtype[np.float64]], estimated: list[int] | None = None) -> Drawn:
    guessed = None
    if estimated is not None:
        guessed = np.zeros(len(values), np.bool_)
        guessed[estimated] = True
    return Drawn(Track("Load", START, STEP, values, "kW", estimated=guessed), "#123456")


@given(st.integers(0, 3 * BLOCK + 7), st.lists(st.tuples(st.integers(0, 4 * BLOCK), st.integers(1, 300)), max_size=6))
def test_every_stretch_of_missing_values_is_found(count: int, holes: list[tuple[int, int]]) -> None:
    values = np.ones(count)
    for begin, long in holes:
        values[begin : begin + long] = NAN
    assert missing(values).tolist() == runs(np.isnan(values)).tolist()


def test_sums_without_a_number_are_no_missing_values() -> None:
    values = np.ones(2 * BLOCK)
    values[3], values[5] = np.inf, -np.inf
    assert missing(values).tolist() == []


def test_few_intervals_are_seen_one_by_one() -> None:
    seen = drawn(np.arange(100.0), [12]).seen(START + 10 * STEP, START + 14.5 * STEP, 50)
    assert seen.exact
    assert seen.low.tolist() == seen.high.tolist() == [10, 11, 12, 13, 14]
    assert seen.edges.tolist() == [START + n * STEP for n in range(10, 16)]
    assert seen.guessed.tolist() == [False, False, True, False, False]


def test_many_are_seen_by_their_extremes_and_no_estimate_is_lost() -> None:
    values = np.zeros(100_000)
    values[54_321] = 7
    values[60_000:60_500] = NAN
    seen = drawn(values, [70_001]).seen(START, START + STEP * len(values), 200)
    assert not seen.exact
    assert 100 <= len(seen.low) <= 201
    assert np.nanmax(seen.high) == 7
    inside = [i for i in range(len(seen.low)) if seen.edges[i] <= START + 54_321 * STEP < seen.edges[i + 1]]
    assert [seen.high[i] for i in inside] == [7]
    guessed = np.flatnonzero(seen.guessed)
    assert len(guessed) == 1
    assert seen.edges[guessed[0]] <= START + 70_001 * STEP < seen.edges[guessed[0] + 1]


def test_nothing_is_seen_outside_of_what_there_is() -> None:
    one = drawn(np.arange(4.0))
    assert one.between(START - 10 * STEP, START - STEP) == (0, 0)
    assert one.between(START + 9 * STEP, START + 12 * STEP) == (4, 4)
    assert one.number_at(START - 1) is None and one.number_at(START + 4 * STEP) is None
    assert one.number_at(START + 4 * STEP - 1) == 3
    assert np.isnan(extent(one.seen(*span, 10) for span in ((START + 9 * STEP, START + 12 * STEP),))).all()


def test_lines_go_on_to_the_next_value_beyond_the_edge() -> None:
    track = Track("Temperature", START, STEP, np.arange(20.0), "°C", kind="line")
    seen = Drawn(track, "#123456").seen(START + 5 * STEP, START + 8 * STEP, 50)
    assert seen.low.tolist() == [4, 5, 6, 7, 8]


def test_gaps_are_found_within_the_part_that_is_seen() -> None:
    values = np.ones(50)
    values[[3, 4, 20, 40]] = NAN
    spans = drawn(values).spans(drawn(values).gaps, START + 4 * STEP, START + 30 * STEP)
    assert ((spans - START) / STEP).tolist() == [[3, 5], [20, 21]]


@pytest.mark.parametrize(
    ("apart", "expected"),
    [(0.0, [(0, 2), (2.5, 3), (9, 10)]), (0.6, [(0, 3), (9, 10)]), (100.0, [(0, 10)])],
)
def test_close_spans_become_one(apart: float, expected: list[tuple[float, float]]) -> None:
    spans = np.array([[9.0, 10.0], [0.0, 2.0], [0.5, 1.0], [2.5, 3.0]])
    assert merged(spans, apart) == expected
    assert merged(np.empty((0, 2)), apart) == []


def test_a_series_brings_its_marks() -> None:
    series = Series(START, STEP, np.array([1.0, 2.0]), np.array([0, ESTIMATED], np.uint8))
    track = Track.of(series, "Load", "kW", kind="area", adds=True)
    assert (track.start, track.step, track.end) == (START, STEP, START + 2 * STEP)
    assert track.estimated is not None and track.estimated.tolist() == [False, True]
    assert (track.kind, track.right, track.adds) == ("area", False, True)
    assert Track.of(Series(START, STEP, np.ones(1)), "Load", "kW").estimated is None
