"""Labels of a time axis and moments in words, on ordinary days and on those of 23 and 25 hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.language import set_language
from gui.plots.clock import DAY, HOUR, PACES, Pace, interval, pace, ticks

BERLIN, SHANGHAI, KATHMANDU = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Shanghai"), ZoneInfo("Asia/Kathmandu")


def at(zone: ZoneInfo, year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> float:
    return datetime(year, month, day, hour, minute, tzinfo=zone).timestamp()


def words(zone: ZoneInfo, first: float, last: float, unit: Pace) -> list[str]:
    return [tick.words for tick in ticks(first, last, zone, unit)]


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", ["4 Mar 12:00", "18:00", "5 Mar", "06:00", "12:00"]),
        ("zh", ["3月4日 12:00", "18:00", "3月5日", "06:00", "12:00"]),
    ],
)
def test_hours_name_their_day_once(lang: str, expected: list[str]) -> None:
    set_language(lang)
    begin = at(SHANGHAI, 2026, 3, 4, 12)
    assert words(SHANGHAI, begin, begin + DAY, Pace("clock", 6 * HOUR, 6 * HOUR)) == expected


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("en", ["2025-12-29", "2026-01-01", "8 Jan"]), ("zh", ["2025年12月29日", "2026年1月1日", "1月8日"])],
)
def test_days_name_their_year_once(lang: str, expected: list[str]) -> None:
    set_language(lang)
    found = words(SHANGHAI, at(SHANGHAI, 2025, 12, 28), at(SHANGHAI, 2026, 1, 9), Pace("day", 7, 7 * DAY))
    assert found == expected[1:]
    found = words(SHANGHAI, at(SHANGHAI, 2025, 12, 29), at(SHANGHAI, 2026, 1, 9), Pace("day", 14, 14 * DAY))
    assert found == expected[1:2]
    one = words(SHANGHAI, at(SHANGHAI, 2025, 12, 29), at(SHANGHAI, 2025, 12, 29, 1), Pace("day", 1, DAY))
    assert one == expected[:1]


@pytest.mark.parametrize(
    ("lang", "expected"), [("en", ["2026-03", "2026-04", "2026-05"]), ("zh", ["2026年3月", "2026年4月", "2026年5月"])]
)
def test_months_are_written_as_everywhere(lang: str, expected: list[str]) -> None:
    set_language(lang)
    found = words(BERLIN, at(BERLIN, 2026, 3, 1), at(BERLIN, 2026, 5, 31), Pace("month", 1, 28 * DAY))
    assert found == expected


def test_an_hour_that_the_clock_skips_has_no_tick() -> None:
    first, last = at(BERLIN, 2026, 3, 29), at(BERLIN, 2026, 3, 29, 6)
    found = ticks(first, last, BERLIN, Pace("clock", HOUR, HOUR))
    assert [tick.words for tick in found] == ["29 Mar", "01:00", "03:00", "04:00", "05:00", "06:00"]
    assert {b.at - a.at for a, b in pairwise(found)} == {HOUR}
    assert last - first == 5 * HOUR


def test_an_hour_that_the_clock_shows_twice_has_two() -> None:
    first, last = at(BERLIN, 2026, 10, 25), at(BERLIN, 2026, 10, 25, 5)
    found = ticks(first, last, BERLIN, Pace("clock", HOUR, HOUR))
    assert [tick.words for tick in found] == ["25 Oct", "01:00", "02:00", "02:00", "03:00", "04:00", "05:00"]
    assert {b.at - a.at for a, b in pairwise(found)} == {HOUR}


def test_wide_steps_of_the_clock_stay_on_the_clock_over_a_change() -> None:
    found = words(BERLIN, at(BERLIN, 2026, 3, 28, 18), at(BERLIN, 2026, 3, 29, 12), Pace("clock", 6 * HOUR, 6 * HOUR))
    assert found == ["28 Mar 18:00", "29 Mar", "06:00", "12:00"]


def test_midnight_is_midnight_where_hours_begin_at_a_quarter() -> None:
    found = ticks(at(KATHMANDU, 2026, 1, 1), at(KATHMANDU, 2026, 1, 2), KATHMANDU, Pace("clock", 12 * HOUR, 12 * HOUR))
    assert [tick.words for tick in found] == ["1 Jan", "12:00", "2 Jan"]
    assert found[0].at % HOUR == 900


@given(
    st.integers(int(at(BERLIN, 2023, 1, 1)), int(at(BERLIN, 2027, 1, 1))),
    st.floats(3600, 40 * 365 * DAY),
    st.integers(2, 40),
)
def test_labels_keep_their_distance_and_come_in_their_order(first: int, long: float, most: int) -> None:
    chosen = pace(lambda _unit: long / most)
    found = ticks(first, first + long, BERLIN, chosen)
    assert len(found) <= 1.35 * most + 2  # the last days of a month are left out, not moved
    for one, other in pairwise(found):
        assert other.at - one.at >= min(0.7 * long / most, PACES[-1].shortest)
    assert all(first <= tick.at <= first + long for tick in found)


def test_the_finest_pace_is_limited() -> None:
    assert pace(lambda _unit: 1.0).shortest == 60
    assert pace(lambda _unit: 1.0, least=DAY) == Pace("day", 1, DAY)


@pytest.mark.parametrize(
    ("begin", "end", "en", "zh"),
    [
        ((2026, 3, 5, 14), (2026, 3, 5, 14, 15), "2026-03-05 14:00–14:15", "2026年3月5日 14:00–14:15"),
        ((2026, 3, 5, 23, 45), (2026, 3, 6), "2026-03-05 23:45–24:00", "2026年3月5日 23:45–24:00"),
        ((2026, 3, 5), (2026, 3, 6), "2026-03-05", "2026年3月5日"),
        ((2026, 3, 5), (2026, 3, 8), "2026-03-05 – 2026-03-07", "2026年3月5日 – 2026年3月7日"),
        ((2026, 3, 1), (2026, 4, 1), "2026-03", "2026年3月"),
        (
            (2026, 3, 5, 14),
            (2026, 3, 6, 2),
            "2026-03-05 14:00 – 2026-03-06 02:00",
            "2026年3月5日 14:00 – 2026年3月6日 02:00",
        ),
    ],
)
def test_a_stretch_of_time_is_said_in_few_words(begin: tuple[int, ...], end: tuple[int, ...], en: str, zh: str) -> None:
    for lang, expected in (("en", en), ("zh", zh)):
        set_language(lang)
        assert interval(at(SHANGHAI, *begin), at(SHANGHAI, *end), SHANGHAI) == expected


def test_the_hour_that_comes_twice_says_which_one_it_is() -> None:
    begin = datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp()
    assert interval(begin, begin + 900, BERLIN) == "2026-10-25 02:30 (UTC+0200)–02:45 (UTC+0200)"
    assert interval(begin + 3600, begin + 4500, BERLIN) == "2026-10-25 02:30 (UTC+0100)–02:45 (UTC+0100)"


def test_a_day_of_23_hours_is_one_day() -> None:
    begin = datetime(2026, 3, 29, tzinfo=BERLIN)
    assert interval(begin.timestamp(), (begin + timedelta(days=1)).timestamp(), BERLIN) == "2026-03-29"
