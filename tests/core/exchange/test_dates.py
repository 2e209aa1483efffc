"""Dates in Chinese and English forms; two meanings are refused."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.exchange.cells import Cell
from core.exchange.dates import EPOCH_1900, EPOCH_1904, OLDEST_YEAR, parse_date, parse_span

DAY = date(2024, 3, 5)
DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05", "2024-3-5", "2024/3/5", "2024/03/05", "2024.3.5", "20240305", "2024年3月5日", "2024年03月05日",
        "2024 年 3 月 5 日", "2024年3月5号", "２０２４年３月５日", "２０２４－０３－０５", "5 March 2024",
        "05 Mar 2024",
        "5-Mar-2024", "March 5, 2024", "Mar 5 2024", "5th March 2024", "mar. 5, 2024", "5.3.2024", "05. 03. 2024",
        " 2024-03-05 ", "2024-03-05 00:00:00", "2024-03-05T00:00:00", "2024-03-05T00:00Z", "2024/3/5 0:00",
    ],
)  # fmt: skip
def test_days(text: str) -> None:
    assert parse_span(text) == (DAY, DAY)


@pytest.mark.parametrize(
    "text",
    ["2024-02", "2024/2", "2024.02", "202402", "2024年2月", "2024年02月份", "Feb 2024", "February 2024", "2024 Feb",
     "2/2024", "02.2024", "Feb-2024"],
)  # fmt: skip
def test_a_month_is_its_first_and_its_last_day(text: str) -> None:
    assert parse_date(text) == date(2024, 2, 1)
    assert parse_date(text, end=True) == date(2024, 2, 29)


@pytest.mark.parametrize("text", ["2024Q2", "2024-Q2", "2024年第二季度", "2024年2季度"])
def test_quarters(text: str) -> None:
    assert parse_span(text) == (date(2024, 4, 1), date(2024, 6, 30))


@pytest.mark.parametrize("cell", ["2024", "2024年", "2024年度", 2024, 2024.0])
def test_years(cell: Cell) -> None:
    assert parse_span(cell, epoch=EPOCH_1900) == (date(2024, 1, 1), date(2024, 12, 31))


def test_one_meaning_needs_no_question() -> None:
    assert parse_date("25/3/2024") == date(2024, 3, 25)
    assert parse_date("3/25/2024") == date(2024, 3, 25)
    assert parse_date("4/4/2024") == date(2024, 4, 4)


@pytest.mark.parametrize("text", ["03/04/2024", "3-4-2024", "12/11/2024"])
def test_two_meanings_are_refused_and_both_are_named(text: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_date(text)
    assert caught.value.message.msgid == "“{value}” has two meanings: {one} or {other}."
    assert caught.value.remedy is not None
    one, other = caught.value.message.args["one"], caught.value.message.args["other"]
    assert isinstance(one, date) and isinstance(other, date)
    assert (one.month, one.day) == (other.day, other.month) and one != other


@pytest.mark.parametrize(
    "cell",
    ["", "x", "2024-13-01", "2024-02-30", "32 March 2024", "5 Foo 2024", "24-03-05", "5.3.24", "24年3月5日", "Mar 24",
     "2024.1", "1989-12-31", "2100-01-01", "20241301", "2024-00", "0/2024", "2024Q5", "45356", "2024-03-05 12:30",
     "9" * 100_000, "2024-03-05; rm", "२०२४-०३-०५" * 9, True, None, time(3, 4), timedelta(days=3), 2024.5, 1e300,
     datetime(2024, 3, 5, 12), date(1900, 1, 1)],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_remedy(cell: Cell) -> None:
    with pytest.raises(UserError) as caught:
        parse_date(cell)
    assert caught.value.remedy is not None
    assert len(str(caught.value.message)) < 200


def test_excel_days() -> None:
    assert parse_date(DAY) == DAY
    assert parse_date(datetime(2024, 3, 5)) == DAY
    assert parse_date(45356.0, epoch=EPOCH_1900) == DAY
    assert parse_date(45356 - 1462, epoch=EPOCH_1904) == DAY
    assert parse_date(202403.0, epoch=EPOCH_1900, end=True) == date(2024, 3, 31)
    assert parse_date(20240305.0, epoch=EPOCH_1900) == DAY


@pytest.mark.parametrize("serial", [45356.5, float("nan"), float("inf"), 10_000, 99_999, -45356])
def test_wrong_serials(serial: float) -> None:
    with pytest.raises(UserError):
        parse_date(serial, epoch=EPOCH_1900)


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日", "%d.%m.%Y", "%d %B %Y", "%b %d, %Y"]))
def test_every_day_comes_back(day: date, form: str) -> None:
    assert parse_span(day.strftime(form)) == (day, day)


@given(st.text(alphabet="0123456789-/. 年月日qmar", max_size=12))
def test_anything_is_a_date_or_refused(text: str) -> None:
    try:
        first, last = parse_span(text)
    except UserError:
        return
    assert first <= last
    assert 1990 <= first.year == last.year <= 2099


@pytest.mark.parametrize("text", ["1985-06-01", "1985年6月1日", "1 June 1985", "19850601", date(1985, 6, 1)])
def test_what_was_built_long_ago_is_asked_for_with_an_earlier_first_year(text: Cell) -> None:
    """A bill of 1985 is a slip of the pen, a dam of 1985 is not."""
    with pytest.raises(UserError, match="1990 to 2099"):
        parse_date(text)
    assert parse_date(text, first=OLDEST_YEAR) == date(1985, 6, 1)


@pytest.mark.parametrize("text", ["1799-12-31", "0000-01-01", "2100-01-01", date(1, 1, 1), date(9999, 12, 31)])
def test_nothing_was_built_before_there_was_electricity(text: Cell) -> None:
    with pytest.raises(UserError, match="1800 to 2099"):
        parse_date(text, first=OLDEST_YEAR)
