"""Moments in all their forms, one by one and thousands at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.exchange.series import stamps_fast
from core.exchange.series.stamps import DAY, Reading, read_value
from tests.core.exchange.series.files import laid_out

QUARTER = int(datetime(2024, 3, 5, 0, 15, tzinfo=UTC).timestamp())
FORMS = [
    ("2024-03-05 00:15", ""),
    ("2024-03-05 00:15:00", ""),
    ("2024-03-05T00:15:00.000", ""),
    ("2024/3/5 0:15", ""),
    ("2024.03.05 00.15", ""),
    ("2024年3月5日 0时15分", ""),
    ("2024年03月05日00:15", ""),
    ("20240305 0015", ""),
    ("20240305001500", ""),
    ("20240305T0015", ""),
    ("05.03.2024 00:15", "dmy"),
    ("5.3.24 0:15", "dmy"),
    ("05/03/2024, 00:15", "dmy"),
    ("3/5/2024 12:15 AM", "mdy"),
    ("03-05-24 00:15", "mdy"),
    ("24-03-05 00:15", "ymd"),
    ("5-Mar-2024 00:15", ""),
    ("5. März 2024 00:15", ""),
    ("Mar 5, 2024 12:15 am", ""),
    ("２０２４-03-05　00:15", ""),
    ("2024/3/5 上午 12:15", ""),
]


@pytest.mark.parametrize(("text", "order"), FORMS)
def test_one_moment_in_many_forms(text: str, order: str) -> None:
    found = Reading(order).read(text)
    assert (found.seconds, found.ahead, found.timed, found.monthly) == (QUARTER, False, True, False)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2024-03-05T00:15:00+08:00", QUARTER - 28_800),
        ("2024-03-05 00:15 -0500", QUARTER + 18_000),
        ("2024-03-05T00:15Z", QUARTER),
        ("05.03.2024 00:15 CEST", QUARTER - 7_200),
        ("2024-03-05 00:15 UTC", QUARTER),
        ("2024-03-05 00:15+05:30", QUARTER - 19_800),
    ],
)
def test_a_distance_from_utc_is_taken_off(text: str, seconds: int) -> None:
    found = Reading("dmy", stamped=True).read(text)
    assert (found.seconds, found.ahead) == (seconds, True)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("24:00", DAY), ("0:15", 900), ("2400", DAY), ("0015", 900), ("235959", DAY - 1), ("7", 25_200),
     ("1:15 PM", 47_700), ("12:00 a.m.", 0), ("下午 1:15", 47_700), ("3时", 10_800), ("8点15分", 29_700)],
)  # fmt: skip
def test_times_of_day(text: str, seconds: int) -> None:
    assert Reading(clock=True).read(text).seconds == seconds


def test_intervals_have_a_beginning_and_an_end() -> None:
    for text in ("2024-03-05 00:15-00:30", "2024-03-05 00:15 - 00:30", "2024-03-05 00:15–00:30"):
        assert Reading().read(text).seconds == QUARTER
        assert Reading(last=True).read(text).seconds == QUARTER + 900
    assert Reading(clock=True, last=True).read("23:45 - 00:00").seconds == DAY
    assert Reading(clock=True, last=True).read("23:45-24:00").seconds == DAY


def test_a_day_and_a_month_alone() -> None:
    assert Reading().read("2024-03-05").timed is False
    assert Reading().read("2024-03").monthly
    assert Reading().read("2024年3月").seconds == int(datetime(2024, 3, 1, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("text", "order", "why"),
    [
        ("03/05/2024 00:15", "", "can be day 3 of month 5, or month 3 of day 5"),
        ("03/05/2024 00:15", "ymd", "does not begin with the year"),
        ("2024-02-30 00:15", "", "does not exist"),
        ("2024-13-01", "", "does not exist"),
        ("1989-01-01", "", "outside the years"),
        ("2024-01-01 24:15", "", "not a time of day"),
        ("2024-01-01 00:60", "", "not a time of day"),
        ("13:15 PM", "", "not a time"),
        ("5 Foo 2024", "", "not a time"),
        ("Total", "", "not a time"),
        ("2024-01-01 00:15 +25:00", "", "not a time of day"),
        ("", "", "not a time"),
        ("x" * 100, "", "not a time"),
    ],
)
def test_what_is_no_moment_is_refused(text: str, order: str, why: str) -> None:
    with pytest.raises(UserError, match=why):
        Reading(order, stamped=True).read(text)


def test_cells_of_a_workbook_are_rounded_to_the_second() -> None:
    assert read_value(datetime(2024, 3, 5, 0, 14, 59, 999_999)).seconds == QUARTER
    assert read_value(date(2024, 3, 5)).seconds == QUARTER - 900
    assert read_value(time(0, 15), clock=True).seconds == 900
    assert read_value(timedelta(days=1), clock=True).seconds == DAY
    with pytest.raises(UserError):
        read_value(timedelta(days=2), clock=True)


MOMENTS = st.datetimes(datetime(1991, 1, 1), datetime(2098, 1, 1)).map(lambda t: t.replace(microsecond=0))
WRITERS = st.sampled_from(
    ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M", "%d/%m/%y %H:%M:%S", "%Y年%m月%d日 %H:%M", "%Y%m%d%H%M",
     "%d-%b-%Y %I:%M %p", "%Y/%m/%d", "%Y-%m", "%Y-%m-%d %H:%M:%S+08:00", "%H:%M", "%Y-%m-%d %H:%M-%H:%M"]
)  # fmt: skip
TEXTS = st.one_of(
    st.tuples(MOMENTS, WRITERS).map(lambda one: one[0].strftime(one[1])),
    st.text(st.sampled_from("0123456789-/.: TZ+年月日ap"), max_size=24),
    st.sampled_from(["2024-02-30 00:00", "2024-01-01 24:00", "2024-01-01 24:01", "", "Total", "x" * 50]),
)


@given(st.lists(TEXTS, min_size=1, max_size=30), st.booleans(), st.booleans())
def test_thousands_at_once_are_as_one_by_one_or_left(texts: list[str], clock: bool, stamped: bool) -> None:
    reading = Reading("dmy", clock, stamped)
    buffer, starts, ends = laid_out(texts)
    found = stamps_fast.decode(buffer, starts, ends - starts, reading)
    for place, text in enumerate(texts):
        if found.read[place]:
            one = reading.read(text)
            assert found.seconds[place] == one.seconds
            assert (found.ahead[place], found.timed[place], found.monthly[place]) == (one.ahead, one.timed, one.monthly)


@given(st.lists(MOMENTS, min_size=1, max_size=50), st.sampled_from(["%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M:%S"]))
def test_the_usual_forms_are_all_read_at_once(moments: list[datetime], writer: str) -> None:
    buffer, starts, ends = laid_out([moment.strftime(writer) for moment in moments])
    found = stamps_fast.decode(buffer, starts, ends - starts, Reading("dmy"))
    assert found.read.all()
    assert found.seconds.tolist() == [int(moment.replace(tzinfo=UTC).timestamp()) for moment in moments]


@given(st.lists(MOMENTS, min_size=1, max_size=20))
def test_numbers_without_leading_zeros_have_many_forms_and_are_read_too(moments: list[datetime]) -> None:
    texts = [f"{t.month}/{t.day}/{t.year} {t.hour}:{t.minute:02d}" for t in moments]
    buffer, starts, ends = laid_out(texts)
    found = stamps_fast.decode(buffer, starts, ends - starts, Reading("mdy"))
    assert found.read.all()
    assert found.seconds.tolist() == [int(t.replace(second=0, tzinfo=UTC).timestamp()) for t in moments]
