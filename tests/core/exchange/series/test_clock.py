"""Days of 23 and 25 hours, and halves of an hour: every moment of UTC comes back from what a clock shows."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exchange.series.clock import changes_between, to_utc
from core.series.zones import offsets
from tests.core.exchange.series.files import both, mapping, messages, written

BERLIN, HOWE, SHANGHAI = (ZoneInfo(name) for name in ("Europe/Berlin", "Australia/Lord_Howe", "Asia/Shanghai"))
ZONES = st.sampled_from(
    [
        BERLIN,
        HOWE,
        SHANGHAI,
        *map(ZoneInfo, ("America/Chicago", "Asia/Kolkata", "Africa/Casablanca", "America/Santiago")),
    ]
)
SPRING, AUTUMN = datetime(2024, 3, 31), datetime(2024, 10, 27)
"""Days on which clocks were changed in Berlin."""


def utc_of(day: datetime, zone: ZoneInfo, step: int = 900) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """All beginnings of intervals of a local day."""
    first, last = (int(d.replace(tzinfo=zone).timestamp()) for d in (day, day + timedelta(days=1)))
    return np.arange(first, last, step, dtype=np.int64)


def shown(utc: np.ndarray[tuple[int], np.dtype[np.int64]], zone: ZoneInfo) -> list[str]:
    """What a clock shows."""
    return [f"{datetime.fromtimestamp(int(t), zone):%Y-%m-%d %H:%M}" for t in utc]


@given(
    ZONES,
    st.integers(631_152_000, 2_000_000_000),
    st.sampled_from([300, 900, 1800, 3600]),
    st.booleans(),
    st.booleans(),
)
def test_a_stretch_in_order_comes_back(zone: ZoneInfo, start: int, step: int, falling: bool, ends: bool) -> None:
    utc = start // 3600 * 3600 + step * np.arange(40 * 86_400 // step, dtype=np.int64)
    local = utc + offsets(utc, zone)
    found = to_utc(local[::-1] if falling else local, zone, ends=ends)
    assert (found.utc[::-1] if falling else found.utc).tolist() == utc.tolist()
    assert found.skipped is None
    assert found.once == 0


@given(ZONES, st.integers(631_152_000, 2_000_000_000), st.sampled_from([900, 1800]))
def test_ends_that_the_clock_would_have_shown_come_back_too(zone: ZoneInfo, start: int, step: int) -> None:
    """03:00 twice and 02:00 once: ends are written in the time in which their interval began."""
    utc = start // 3600 * 3600 + step * np.arange(40 * 86_400 // step, dtype=np.int64)
    local = utc + offsets(utc - step, zone)
    assert to_utc(local, zone, ends=True).utc.tolist() == utc.tolist()


def test_changes_of_berlin_and_of_half_an_hour() -> None:
    day = (SPRING - datetime(1970, 1, 1)).days
    (change,) = changes_between(day - 3, day + 3, BERLIN)
    assert (change.utc, change.before, change.after) == (1_711_846_800, 3600, 7200)
    day = (datetime(2024, 4, 7) - datetime(1970, 1, 1)).days
    (change,) = changes_between(day - 3, day + 3, HOWE)
    assert change.before - change.after == 1800
    assert changes_between(19_000, 20_000, SHANGHAI) == ()


@pytest.mark.parametrize(("day", "count"), [(SPRING, 92), (AUTUMN, 100)])
@pytest.mark.parametrize("falling", [False, True])
def test_a_day_of_23_and_of_25_hours(day: datetime, count: int, falling: bool, tmp_path: Path) -> None:
    utc = utc_of(day, BERLIN)
    rows = [f"{text},{i}" for i, text in enumerate(shown(utc, BERLIN))]
    found = both(written(tmp_path, rows[::-1] if falling else rows), mapping(clock="local"), BERLIN)
    assert (found.refused_total, found.columns[0].notes) == (0, ())
    (series,) = found.columns[0].series
    assert (series.start, series.step) == (int(utc[0]), 900)
    assert series.values.tolist() == list(range(count))


def test_ends_of_intervals_on_a_day_of_25_hours(tmp_path: Path) -> None:
    utc = utc_of(AUTUMN, BERLIN)
    for texts in (shown(utc + 900, BERLIN), _in_old_time(utc)):
        rows = [f"{text},{i}" for i, text in enumerate(texts)]
        found = both(written(tmp_path, rows), mapping(clock="local", label="right"), BERLIN)
        (series,) = found.columns[0].series
        assert (series.start, found.refused_total) == (int(utc[0]), 0)
        assert series.values.tolist() == list(range(100))


def _in_old_time(utc: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[str]:
    """Ends in the time in which their interval began: 03:00 comes twice."""
    return [
        f"{datetime.fromtimestamp(int(t), BERLIN).replace(tzinfo=None) + timedelta(minutes=15):%Y-%m-%d %H:%M}"
        for t in utc
    ]


def test_the_end_of_the_last_interval_before_the_change_in_spring(tmp_path: Path) -> None:
    rows = ["2024-03-31 01:45,1", "2024-03-31 02:00,2", "2024-03-31 03:15,3", "2024-03-31 03:30,4"]
    found = both(written(tmp_path, rows), mapping(clock="local", label="right"), BERLIN)
    assert found.refused_total == 0
    assert found.columns[0].series[0].values.tolist() == [1, 2, 3, 4]


def test_values_in_the_skipped_hour_are_refused_with_what_to_do(tmp_path: Path) -> None:
    rows = [f"2024-03-31 {h:02d}:{m:02d},{h}" for h in range(6) for m in (0, 15, 30, 45)]
    found = both(written(tmp_path, rows), mapping(clock="local"), BERLIN)
    assert found.refused_total == 4
    assert messages(found)[0] == (
        "Row 10, value: The clock of the plant skips this hour in spring. If the clock of the logger is not changed, "
        "choose its distance from UTC as the clock in the mapping."
    )
    steady = both(written(tmp_path, rows), mapping(clock="offset:+01:00"), BERLIN)
    assert (steady.refused_total, len(steady.columns[0].series[0])) == (0, 24)


def test_empty_values_in_the_skipped_hour_are_nothing(tmp_path: Path) -> None:
    rows = [f"2024-03-31 {h:02d}:00,{'' if h == 2 else h}" for h in range(6)]
    found = both(written(tmp_path, rows), mapping(clock="local"), BERLIN)
    assert found.refused_total == 0
    assert found.columns[0].series[0].values.tolist() == [0, 1, 3, 4, 5]


def test_a_repeated_hour_that_is_there_once_is_noticed(tmp_path: Path) -> None:
    rows = [f"2024-10-27 {h:02d}:{m:02d},{h}" for h in range(6) for m in (0, 15, 30, 45)]
    found = both(written(tmp_path, rows), mapping(clock="local"), BERLIN)
    (column,) = found.columns
    assert "twice in autumn stands in the file once (4 values)" in str(column.notes[0])
    assert (column.values, column.missing) == (24, 4)
    assert np.flatnonzero(np.isnan(column.series[0].values)).tolist() == [12, 13, 14, 15]


def test_a_file_that_begins_in_the_second_pass(tmp_path: Path) -> None:
    rows = ["2024-10-27 02:30,1", "2024-10-27 02:45,2", "2024-10-27 03:00,3", "2024-10-27 03:15,4"]
    found = both(written(tmp_path, rows), mapping(clock="local"), BERLIN)
    assert found.columns[0].series[0].start == int(datetime(2024, 10, 27, 2, 30, fold=1, tzinfo=BERLIN).timestamp())
    assert found.columns[0].missing == 0


def test_a_file_that_begins_in_the_first_pass(tmp_path: Path) -> None:
    rows = [
        "2024-10-27 02:30,1",
        "2024-10-27 02:45,2",
        "2024-10-27 02:00,3",
        "2024-10-27 02:15,4",
        "2024-10-27 02:30,5",
    ]
    found = both(written(tmp_path, rows), mapping(clock="local"), BERLIN)
    assert found.columns[0].series[0].start == int(datetime(2024, 10, 27, 2, 30, fold=0, tzinfo=BERLIN).timestamp())
    assert found.columns[0].series[0].values.tolist() == [1, 2, 3, 4, 5]


def test_unsorted_rows_take_the_first_of_two_equal_times_for_the_first(tmp_path: Path) -> None:
    utc = utc_of(AUTUMN, BERLIN, 3600)
    rows = [f"{text},{i}" for i, text in enumerate(shown(utc, BERLIN))]
    mixed = [rows[i] for i in (5, 2, 3, 0, 1, *range(6, 25), 4)]
    found = both(written(tmp_path, mixed), mapping(clock="local"), BERLIN)
    assert found.columns[0].series[0].values.tolist() == list(range(25))


@pytest.mark.parametrize(
    ("clock", "hours"), [("utc", 0), ("offset:+08:00", 8), ("offset:-05:00", -5), ("offset:+05:30", 5.5)]
)
def test_other_clocks(clock: str, hours: float, tmp_path: Path) -> None:
    found = both(written(tmp_path, ["2024-10-27 02:00,1", "2024-10-27 02:15,2"]), mapping(clock=clock), BERLIN)
    assert found.columns[0].series[0].start == 1_729_994_400 - hours * 3600


def test_each_time_may_state_its_own_distance(tmp_path: Path) -> None:
    utc = utc_of(AUTUMN, BERLIN)
    rows = [f"{datetime.fromtimestamp(int(t), BERLIN).isoformat()},{i}" for i, t in enumerate(utc)]
    found = both(written(tmp_path, rows), mapping(clock="stamped"), BERLIN)
    assert found.columns[0].series[0].values.tolist() == list(range(100))
    wrong = both(written(tmp_path, rows), mapping(clock="local"), BERLIN)
    assert "says how far its clock is ahead of UTC. Choose the clock “as each time says”" in messages(wrong)[0]
    bare = both(written(tmp_path, ["2024-10-27 02:00,1", "2024-10-27 02:15,2"]), mapping(clock="stamped"), BERLIN)
    assert "does not say how far its clock is ahead of UTC" in messages(bare)[0]
