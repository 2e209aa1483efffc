"""Hourly matching: examples by hand, laws, days of 23 and 25 hours, gaps."""

from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.renewables import hourly as module
from core.renewables.hourly import Matched, Supply, match
from core.series import Series
from core.series.netting import Interval, sums
from core.series.zones import begin_of
from core.solar.use import match_score
from tests.documented import run_examples

UTC, BERLIN, KOLKATA = (ZoneInfo(key) for key in ("UTC", "Europe/Berlin", "Asia/Kolkata"))
NAN = float("nan")
AMOUNTS = st.floats(0, 1000)
GAPPY = st.lists(st.tuples(*(st.one_of(AMOUNTS, st.just(NAN)) for _ in range(3))), min_size=1, max_size=200)
TWO_DAYS = st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS), min_size=1, max_size=60).map(lambda rows: (rows * 192)[:192])
"""Quarters, the same ones again and again."""


def supply(values: object, kind: str = "own", key: str = "pv", start: int = 0, step: int = 3600) -> Supply:
    return Supply(key, key.upper(), kind, Series(start, step, np.array(values, dtype=np.float64)))


def hours(*values: float) -> Series:
    return Series(0, 3600, np.array(values))


def of(rows: list[tuple[float, float, float]], step: int = 900, interval: Interval = 3600) -> Matched:
    load, own, bought = np.array(rows).T
    held = [supply(own, step=step), supply(bought, "ppa_virtual", "ppa", step=step)]
    return match(Series(0, step, load), held, UTC, interval)


def test_examples_run() -> None:
    result = run_examples(module)
    assert result.attempted and not result.failed


# ------------------------------------------------------------------ by hand


def test_a_year_of_sun_matched_by_volume_leaves_the_nights() -> None:
    """The example with which hourly matching is explained: a flat megawatt, and as much energy from twelve sunny hours
    a day. 100 % by the year, 50 % by the hour, 4,380 hours without anything."""
    day = np.repeat([0.0, 2000.0, 0.0], [6, 12, 6])
    found = match(Series(0, 3600, np.full(8760, 1000.0)), [supply(np.tile(day, 365), "ppa_virtual")], UTC).total
    assert (found.volumetric, found.score, found.unmatched_hours) == (1.0, 0.5, 4380)
    assert found.unmatched == found.excess == 4_380_000.0


def test_four_hours_by_hand() -> None:
    found = match(hours(10, 10, 10, 0), [supply([4, 12, 0, 5]), supply([3, 3, 3, 3], "ppa_physical", "wind")], UTC)
    assert found.matched.tolist() == [7, 10, 3, 0]
    assert found.unmatched.tolist() == [3, 0, 7, 0]
    assert found.excess.tolist() == [0, 5, 0, 8]
    assert [part.used.tolist() for part in found.parts] == [[4, 10, 0, 0], [3, 0, 3, 0]]
    assert found.total.score == 20 / 30
    assert found.total.volumetric == 1.0, "33 of 30 kWh, which is not 110 %"
    assert found.total.unmatched_hours == 2


def test_what_is_on_the_site_is_used_first() -> None:
    wind, roof = supply([8.0], "ppa_virtual", "wind"), supply([8.0], "own", "roof")
    found = match(hours(10), [wind, roof], UTC)
    assert [(part.key, part.used.tolist()) for part in found.parts] == [("roof", [8.0]), ("wind", [2.0])]


def test_the_hour_is_that_of_the_meter_and_not_of_its_quarters() -> None:
    """Quarters are added up to the hour before they meet."""
    found = match(Series(0, 900, np.array([4.0, 0, 0, 0])), [supply([0, 0, 0, 4.0], step=900)], UTC)
    assert found.total.score == 1.0
    assert (
        match(Series(0, 900, np.array([4.0, 0, 0, 0])), [supply([0, 0, 0, 4.0], step=900)], UTC, 900).total.score == 0
    )


def test_without_supply_nothing_is_met_and_without_load_nothing_is_said() -> None:
    found = match(hours(5, 5), [], UTC).total
    assert (found.score, found.unmatched_hours, found.unmatched) == (0.0, 2, 10.0)
    found = match(hours(0, 0), [supply([1, 1])], UTC).total
    assert (found.score, found.volumetric, found.unmatched_hours, found.excess) == (None, None, 0, 2.0)


def test_what_an_inverter_takes_at_night_supplies_nothing() -> None:
    found = match(hours(5, 5), [supply([-1, 2]), supply([3, 0], "ppa_virtual", "wind")], UTC)
    assert found.matched.tolist() == [3, 2]


# ------------------------------------------------------------------ laws


@given(GAPPY)
def test_the_score_is_a_share_and_never_above_the_volume(rows: list[tuple[float, float, float]]) -> None:
    found = of(rows, step=3600).total
    for score in (found.score, found.volumetric):
        assert score is None or 0 <= score <= 1
    if found.score is not None and found.volumetric is not None:
        assert found.score <= found.volumetric
    assert found.unmatched_hours <= found.present <= found.expected == len(rows)


@given(TWO_DAYS)
def test_a_longer_interval_never_lowers_the_score(rows: list[tuple[float, float, float]]) -> None:
    ways: tuple[Interval, ...] = (900, 1800, 3600, 14_400, "day")
    scores = [of(rows, interval=way).total.score or 0.0 for way in ways]
    assert all(finer <= longer + 1e-12 for finer, longer in pairwise(scores))


@given(GAPPY)
def test_the_score_is_one_less_what_was_short(rows: list[tuple[float, float, float]]) -> None:
    """The formula that matched.energy publishes: 1 - sum of max(0, load - generation) over the load."""
    load, own, bought = np.array(rows).T
    known = np.isfinite(load + own + bought)
    used = load[known].sum()
    found = of(rows, step=3600).total
    assert found.present == known.sum()
    if used > 0:
        short = np.maximum(load - own - bought, 0.0)[known].sum()
        assert found.score == pytest.approx(1 - short / used, abs=1e-9)
    else:
        assert found.score is None


@given(GAPPY)
def test_an_hour_with_a_gap_is_in_no_sum(rows: list[tuple[float, float, float]]) -> None:
    """Whatever stands in the other columns of such an hour changes nothing."""
    found, blank = of(rows, step=3600), [(NAN, NAN, NAN) if any(map(math.isnan, row)) else row for row in rows]
    assert of(blank, step=3600).total == found.total
    gaps = sum(any(map(math.isnan, row)) for row in rows)
    assert found.total.expected - found.total.present == gaps == np.isnan(found.matched).sum()


@given(GAPPY)
def test_what_parts_have_met_makes_the_matched(rows: list[tuple[float, float, float]]) -> None:
    found = of(rows, step=3600)
    together = sum(part.used for part in found.parts)
    assert np.allclose(together, found.matched, equal_nan=True)
    for part in found.parts:
        known = ~np.isnan(part.used)
        assert (part.used[known] <= part.given[known]).all() and (part.used[known] >= 0).all()


@given(TWO_DAYS)
def test_months_and_hours_of_the_clock_make_the_whole(rows: list[tuple[float, float, float]]) -> None:
    found = of(rows)
    for parts in ([score for _, score in found.months], found.clock_hours):
        for key in ("load", "supply", "matched", "unmatched_hours", "present", "expected"):
            assert sum(getattr(one, key) for one in parts) == pytest.approx(getattr(found.total, key))


@given(GAPPY, st.sampled_from([UTC, BERLIN, KOLKATA]), st.integers(-3, 3))
def test_sums_are_those_of_the_netting(rows: list[tuple[float, float, float]], zone: ZoneInfo, later: int) -> None:
    """The fast way adds up what the slow one does, wherever a series begins and ends."""
    load = Series(900 * later, 900, np.array([row[0] for row in rows]))
    found = match(load, [supply(np.ones(40), step=900)], zone, start=0, end=36_000)
    assert np.allclose(found.load, sums(load, found.edges), equal_nan=True)


# ------------------------------------------------------------------ clock


def year(zone: ZoneInfo, first: date, last: date) -> tuple[int, int]:
    return begin_of(first, zone), begin_of(last + timedelta(days=1), zone)


def test_a_day_of_23_and_one_of_25_hours() -> None:
    start, end = year(BERLIN, date(2024, 1, 1), date(2024, 12, 31))
    count = (end - start) // 3600
    found = match(Series(start, 3600, np.ones(count)), [supply(np.zeros(count), start=start)], BERLIN)
    by_month = {day.month: score.expected for day, score in found.months}
    assert (by_month[3], by_month[10], sum(by_month.values())) == (743, 745, 8784)
    heat = found.heat()
    assert heat.first == date(2024, 1, 1) and heat.sums.shape == (24, 366)
    spring, autumn = date(2024, 3, 31).timetuple().tm_yday - 1, date(2024, 10, 27).timetuple().tm_yday - 1
    assert math.isnan(heat.sums[2, spring]), "that hour never was"
    assert heat.sums[2, autumn] == 2.0, "that hour came twice"
    assert np.nansum(heat.sums) == found.total.unmatched == count


def test_hours_begin_at_half_past_where_the_clock_does() -> None:
    start, end = year(KOLKATA, date(2024, 1, 1), date(2024, 1, 1))
    values = np.tile(np.arange(4.0), 24)
    found = match(Series(start, 900, values), [supply(values, start=start, step=900)], KOLKATA)
    assert found.edges[0] == start and found.edges[0] % 3600 == 1800
    assert found.load.tolist() == [6.0] * 24 and found.total.score == 1.0 and end == found.edges[-1]


def test_the_heat_is_what_was_not_met() -> None:
    found = match(hours(*range(48)), [supply([10.0] * 48)], UTC)
    assert found.heat().sums[:, 1].tolist() == [max(hour + 24 - 10, 0) for hour in range(24)]
    assert found.heat(found.excess).sums[3, 0] == 7.0
    assert [score.unmatched_hours for score in found.clock_hours][:12] == [1] * 11 + [2]


def test_the_interval_decides_the_score() -> None:
    """A year of equal days, and one with the sun of its summer alone."""
    start, end = year(UTC, date(2023, 1, 1), date(2023, 12, 31))
    load = Series(start, 3600, np.ones((end - start) // 3600))
    summer = np.zeros((365, 24))
    summer[151:212, 6:18] = 12.0  # June and July
    sun = supply(summer.ravel(), start=start)
    ways: tuple[Interval, ...] = (3600, "day", "month")
    found = [match(load, [sun], UTC, way).total for way in ways]
    assert [one.matched for one in found] == [61 * 12, 61 * 24, 61 * 24]
    assert [one.expected for one in found] == [8760, 365, 12]
    assert {one.volumetric for one in found} == {1.0}


def test_days_and_months_have_no_clock() -> None:
    found = match(hours(*range(48)), [supply([10.0] * 48)], UTC, "day")
    assert len(found.matched) == 2
    for ask in (found.heat, lambda: found.clock_hours):
        with pytest.raises(ValueError, match="clock"):
            ask()


# ------------------------------------------------------------------ time and gaps


def test_time_that_is_asked_for_and_not_there_is_missing() -> None:
    found = match(hours(1, 1), [supply([1, 1, 1, 1])], UTC, start=0, end=6 * 3600).total
    assert (found.present, found.expected, found.score) == (2, 6, 1.0)
    assert found.coverage == 1 / 3


def test_a_supply_that_begins_later_leaves_a_gap_and_no_zero() -> None:
    found = match(hours(1, 1, 1), [supply([1], start=7200)], UTC)
    assert np.isnan(found.matched[:2]).all() and found.total.present == 1
    assert found.total.score == 1.0
    assert found.load.tolist() == [1, 1, 1], "the load stays known"


def test_nothing_at_all() -> None:
    found = match(Series(0, 3600, np.zeros(0)), [], UTC)
    assert (found.total.score, found.total.coverage, found.months) == (None, 0.0, ())
    assert found.heat().sums.shape == (24, 0)


def test_data_by_the_day_cannot_be_matched_by_the_hour() -> None:
    with pytest.raises(UserError, match=r"86400 s cannot be matched in intervals of 60 min"):
        match(Series(0, 86_400, np.ones(2)), [], UTC)
    with pytest.raises(UserError, match="7200"):
        match(hours(1, 1), [supply([1], step=7200)], UTC)


def test_a_load_below_zero_is_told_with_its_time() -> None:
    with pytest.raises(UserError, match=r"negative at 1970-01-01 01:00.*-3"):
        match(hours(1, -3), [], UTC)


@pytest.mark.parametrize("interval", [0, 7000])
def test_no_interval_that_divides_no_day(interval: int) -> None:
    with pytest.raises(ValueError, match="does not divide"):
        match(hours(1), [], UTC, interval)


def test_rounding_leaves_no_hour_unmet() -> None:
    """0.1 + 0.2 is a little more than 0.3 and less than 0.30000001."""
    found = match(hours(0.3, 0.30000001), [supply([0.1, 0.1]), supply([0.2, 0.2], key="b")], UTC).total
    assert found.unmatched_hours == 0
    assert match(hours(0.31), [supply([0.3])], UTC).total.unmatched_hours == 1


@given(TWO_DAYS)
def test_with_one_roof_it_is_the_score_of_the_solar_page(rows: list[tuple[float, float, float]]) -> None:
    load, own, _ = (Series(0, 900, column) for column in np.array(rows).T)
    found = match(load, [Supply("pv", "Roof", "own", own)], UTC).total
    assert found.score == pytest.approx(match_score(own, load, UTC).self_sufficiency)
