"""Self-use by the interval in which generation and load are netted."""

from __future__ import annotations

import math
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.series import Series
from core.series.netting import INTERVALS, Interval, Netted, interval_edges, interval_name, netted, sums
from tests.core.series.loads import load
from tests.core.series.shapes import repeated
from tests.core.series.store import BERLIN, KOLKATA, utc

NAN = math.nan
APRIL = utc(2024, 3, 31, 22)
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")


def quarters(*values: float, start: int = APRIL) -> Series:
    return Series(start, 900, np.array(values))


def sun(days: int, scale: float, start: int) -> Series:
    at = np.arange(days * 96) / 96
    return Series(start, 900, scale * np.clip(np.sin((at % 1 - 0.25) * 2 * np.pi), 0, None))


def test_each_interval_for_itself() -> None:
    found = netted(quarters(0, 5, 8, 2), quarters(3, 3, 3, 3), 900, BERLIN)
    assert found.self_use.tolist() == [0, 3, 3, 2]
    assert found.feed_in.tolist() == [0, 2, 5, 0]
    assert found.purchase.tolist() == [3, 0, 0, 1]
    assert found.edges.tolist() == [APRIL + 900 * i for i in range(5)]
    assert (found.generated, found.used, found.self_used, found.fed_in, found.purchased) == (15, 12, 8, 7, 4)
    assert found.self_consumption == 8 / 15 and found.self_sufficiency == 8 / 12
    assert (found.interval, found.missing) == (900, 0)


def test_the_interval_decides_the_answer() -> None:
    made, used = quarters(0, 5, 8, 2), quarters(3, 3, 3, 3)
    assert [netted(made, used, i, BERLIN).self_used for i in (900, 1800, 3600)] == [8, 11, 12]


def test_what_is_missing_in_one_is_missing_in_all_and_counted() -> None:
    found = netted(quarters(1, NAN, 3, 4, 9, 9, 9, 9), quarters(2, 2, NAN, 2, 1, 1, 1, 1), 900, BERLIN)
    for values in (found.generation, found.load, found.self_use, found.feed_in, found.purchase):
        assert np.isnan(values).tolist() == [False, True, True, False, False, False, False, False]
    assert (found.missing, found.generated, found.used) == (2, 41, 8)
    hours = netted(quarters(1, NAN, 3, 4, 9, 9, 9, 9), quarters(2, 2, NAN, 2, 1, 1, 1, 1), 3600, BERLIN)
    assert (hours.missing, hours.generated, hours.used) == (1, 36, 4)


def test_only_the_time_of_both_counts() -> None:
    found = netted(quarters(1, 1, 1, 1, start=APRIL + 1800), quarters(1, 1, 1, 1), 900, BERLIN)
    assert found.edges.tolist() == [APRIL + 1800, APRIL + 2700, APRIL + 3600]
    nothing = netted(quarters(1, start=APRIL + 9000), quarters(1), 900, BERLIN)
    assert nothing.self_use.size == 0 and nothing.missing == 0
    assert math.isnan(nothing.self_consumption) and math.isnan(nothing.self_sufficiency)


def test_what_an_inverter_takes_at_night_is_load() -> None:
    found = netted(quarters(-0.5, 2), quarters(3, 1), 900, BERLIN)
    assert (found.generation.tolist(), found.load.tolist()) == ([0, 2], [3.5, 1])
    assert (found.purchased, found.fed_in) == (3.5, 1)


def test_a_negative_load_is_refused() -> None:
    with pytest.raises(UserError, match="negative at 2024-04-01 00:15: -2"):
        netted(quarters(1, 1), quarters(1, -2), 900, BERLIN)


def test_series_coarser_than_the_interval_are_refused() -> None:
    with pytest.raises(UserError, match="steps of 3600 s cannot be netted in intervals of 15 min"):
        netted(Series(APRIL, 3600, np.ones(2)), quarters(1, 1), 900, BERLIN)
    with pytest.raises(ValueError, match="does not divide"):
        netted(quarters(1), quarters(1), 7000, BERLIN)


def test_days_and_months_are_local() -> None:
    start = utc(2024, 3, 30, 23)
    made, used = sun(40, 10, start), Series(start, 900, np.full(40 * 96, 2.0))
    days = netted(made, used, "day", BERLIN)
    assert np.diff(days.edges)[:2].tolist() == [23 * 3600, 24 * 3600]
    assert days.load[:2].tolist() == [23 * 8, 24 * 8]
    months = netted(made, used, "month", BERLIN)
    assert months.missing == 2 and months.used == 30 * 24 * 8


def test_hours_begin_by_the_clock_on_the_wall() -> None:
    edges = interval_edges(utc(2024, 4, 30, 18, 45), utc(2024, 4, 30, 20), 3600, KOLKATA)
    assert edges.tolist() == [utc(2024, 4, 30, 18, 30), utc(2024, 4, 30, 19, 30), utc(2024, 4, 30, 20, 30)]
    assert interval_edges(5, 5, 900, KOLKATA).size == 0


def test_slots_count_where_they_begin() -> None:
    """Hours of a logger on UTC, in a country whose days begin at half past."""
    edges = interval_edges(utc(2024, 4, 29, 18, 30), utc(2024, 5, 1, 18, 30), "day", KOLKATA)
    found = sums(Series(utc(2024, 4, 29, 19), 3600, np.arange(48.0)), edges)
    assert found.tolist() == [sum(range(24)), sum(range(24, 48))]


def test_names_of_intervals() -> None:
    names = [str(interval_name(i)) for i in (*INTERVALS, 10)]
    assert names == ["15 min", "60 min", "local day", "local month", "10 s"]


AMOUNTS = st.floats(0, 1e6) | st.just(NAN)


@given(repeated(st.tuples(AMOUNTS, AMOUNTS), 1, 200), st.sampled_from(INTERVALS))
def test_what_is_generated_is_used_or_fed_in(pairs: list[tuple[float, float]], interval: Interval) -> None:
    made, used = (quarters(*column) for column in zip(*pairs, strict=True))
    found = netted(made, used, interval, BERLIN)
    known = ~np.isnan(found.self_use)
    assert np.allclose(found.self_use[known] + found.feed_in[known], found.generation[known], rtol=1e-12)
    assert np.allclose(found.self_use[known] + found.purchase[known], found.load[known], rtol=1e-12)
    for values in (found.self_use, found.feed_in, found.purchase):
        assert (values[known] >= 0).all()
    assert (np.minimum(found.feed_in[known], found.purchase[known]) == 0).all()
    assert found.missing == len(known) - int(known.sum())


@pytest.mark.parametrize("zone", [BERLIN, KOLKATA, LORD_HOWE], ids=str)
@given(st.integers(0, 5), st.floats(1, 200))
def test_a_coarser_interval_never_gives_less_self_use(zone: ZoneInfo, seed: int, scale: float) -> None:
    """A whole month that every interval covers exactly."""
    month = interval_edges(APRIL + 5 * 86400, APRIL + 6 * 86400, "month", zone)
    start, count = int(month[0]), int(month[1] - month[0]) // 900
    made = sun(32, scale, start).values[:count]
    used = load(32, 20, seed=seed)[:count]
    own = [netted(Series(start, 900, made), Series(start, 900, used), i, zone) for i in INTERVALS]
    assert [part.missing for part in own[:2]] == [0, 0] or zone is LORD_HOWE
    whole: list[Netted] = [part for part in own if not part.missing]
    assert len(whole) >= 3
    for finer, coarser in pairwise(whole):
        assert coarser.self_used >= finer.self_used * (1 - 1e-12)
        assert coarser.generated == pytest.approx(finer.generated)
