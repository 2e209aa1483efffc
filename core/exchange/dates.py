"""Dates as people write them in Chinese and in English. A form that has two meanings is refused, not guessed.

Read are: ``2024-03-05``, ``2024/3/5``, ``2024.3.5``, ``20240305``, ``2024年3月5日``, ``5 March 2024``, ``Mar 5, 2024``,
``5.3.2024`` (with points the day is first everywhere), ``25/3/2024`` and ``3/25/2024`` (only one meaning), months
(``2024-03``, ``202403``, ``2024年3月``, ``March 2024``, ``3/2024``), quarters (``2024Q1``, ``2024年第一季度``) and
years (``2024``, ``2024年``). Refused are ``03/04/2024``, two-digit years and times of day other than midnight.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from core.errors import UserError
from core.exchange.cells import Cell, excerpt, narrow, plain_text
from core.i18n import T

Span = tuple[date, date]
FIRST_YEAR, LAST_YEAR = 1990, 2099
OLDEST_YEAR = 1800
"""First year of what may have been built long ago; no plant generated electricity before."""
BUILT = "commissioned"
"""The field that says when something was built."""
EPOCH_1900 = date(1899, 12, 30)
EPOCH_1904 = date(1904, 1, 1)
"""Day 0 of a workbook from an old Macintosh."""

_MONTHS = {name.casefold(): i for i, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_QUARTERS = {**{str(i): i for i in range(1, 5)}, "一": 1, "二": 2, "三": 3, "四": 4}
_MIDNIGHT = re.compile(r"[t ] ?0{1,2}:00(?::00(?:\.0+)?)?z?$")


def parse_date(cell: Cell, *, end: bool = False, epoch: date | None = None, first: int = FIRST_YEAR) -> date:
    """A day; of a month, quarter or year the first day, or the last one for an ``end``.

    Parameters
    ----------
    cell
        what the file holds.
    end
        whether the day ends a span.
    epoch
        day 0 of the workbook, for days that Excel stored as numbers; None: the cell comes from text.
    first
        the first year that may be meant; :data:`OLDEST_YEAR` for what may have been built long ago.

    Raises
    ------
    UserError
        for what is no date, has two meanings, or lies outside ``first`` to 2099.

    Examples
    --------
    >>> parse_date("2024年2月", end=True)
    datetime.date(2024, 2, 29)
    """
    return parse_span(cell, epoch=epoch, first=first)[1 if end else 0]


def parse_span(cell: Cell, *, epoch: date | None = None, first: int = FIRST_YEAR) -> Span:
    """First and last day of what the cell names: the same day twice, or a whole month, quarter or year."""
    try:
        found = _span(cell, epoch)
    except _Outside:
        raise _outside(cell, first) from None
    if found[0].year < first:
        raise _outside(cell, first)
    return found


class _Outside(Exception):
    """A year of which nothing is told; which years could be is known further up."""


def _span(cell: Cell, epoch: date | None) -> Span:
    if isinstance(cell, datetime):
        if cell.time() != time():
            raise _with_time(cell)
        return _day(cell.year, cell.month, cell.day, cell)
    if isinstance(cell, date):
        return _day(cell.year, cell.month, cell.day, cell)
    if isinstance(cell, (bool, time, timedelta)):
        raise _no_date(cell)
    if isinstance(cell, (int, float)) and epoch is not None:
        serial = _serial(cell, epoch)
        if serial is not None:
            return serial
    return _from_text(cell)


def _serial(cell: int | float, epoch: date) -> Span | None:
    """A day Excel stored as a number without the format of a date; years and months like 202403 have other lengths."""
    if 10_000 <= cell <= 99_999 and cell == int(cell):
        found = epoch + timedelta(days=int(cell))
        return _day(found.year, found.month, found.day, cell)
    return None


def _from_text(cell: Cell) -> Span:
    raw = plain_text(cell)
    if len(raw) > 60:
        raise _no_date(cell)
    text = " ".join(narrow(raw).casefold().split())
    text = _MIDNIGHT.sub("", text)
    if re.search(r"\d:\d", text):
        raise _with_time(cell)
    for pattern, read in _FORMS:
        match = pattern.fullmatch(text)
        if match is not None:
            return read(match, cell)
    raise _no_date(cell)


def _day(year: int, month: int, day: int, cell: Cell) -> Span:
    _check_year(year)
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise UserError(
            T("The day “{value}” does not exist.", value=excerpt(cell)), T("Correct the day, the month or the year.")
        ) from error
    return found, found


def _months(year: int, month: int, count: int, cell: Cell) -> Span:
    _check_year(year)
    if not 1 <= month <= 12:
        raise UserError(T("The month “{value}” does not exist.", value=excerpt(cell)), T("Months are 1 to 12."))
    last = month + count - 1
    return date(year, month, 1), date(year, last, calendar.monthrange(year, last)[1])


def _check_year(year: int) -> None:
    if not OLDEST_YEAR <= year <= LAST_YEAR:
        raise _Outside


def _outside(cell: Cell, first: int) -> UserError:
    return UserError(
        T("“{value}” lies outside the years {first} to {last}.", value=excerpt(cell), first=first, last=LAST_YEAR),
        T("Write the year with four digits, like 2024-03-31."),
    )


def _year_first(match: re.Match[str], cell: Cell) -> Span:
    year, month, day = match.groups()
    if day is None:
        return _months(int(year), int(month), 1, cell)
    return _day(int(year), int(month), int(day), cell)


def _quarter(match: re.Match[str], cell: Cell) -> Span:
    return _months(int(match[1]), 3 * _QUARTERS[match[2]] - 2, 3, cell)


def _day_month(match: re.Match[str], cell: Cell) -> Span:
    """``25/3/2024`` has one meaning, ``03/04/2024`` has two."""
    one, other, year = int(match[1]), int(match[2]), int(match[3])
    if one <= 12 and other <= 12 and one != other:
        raise UserError(
            T(
                "“{value}” has two meanings: {one} or {other}.",
                value=excerpt(cell),
                one=_day(year, other, one, cell)[0],
                other=_day(year, one, other, cell)[0],
            ),
            T("Write the date as year-month-day, like 2024-03-31."),
        )
    return _day(year, one, other, cell) if other > 12 else _day(year, other, one, cell)


def _named(name: str, cell: Cell) -> int:
    month = _MONTHS.get(name)
    if month is None:
        raise _no_date(cell)
    return month


def _short_year(match: re.Match[str], cell: Cell) -> Span:
    raise UserError(
        T("The year of “{value}” has only two digits.", value=excerpt(cell)),
        T("Write the year with four digits, like 2024-03-31."),
    )


def _no_date(cell: Cell) -> UserError:
    return UserError(
        T("“{value}” is not a date.", value=excerpt(cell)), T("Write the date like 2024-03-31 or 2024年3月31日.")
    )


def _with_time(cell: Cell) -> UserError:
    return UserError(
        T("“{value}” holds a time of day.", value=excerpt(cell)),
        T("Write only the day; the last day of a bill is included."),
    )


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Cell], Span]], ...] = (
    (re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?"), _year_first),
    (re.compile(r"([0-9]{4})/([0-9]{1,2})(?:/([0-9]{1,2}))?"), _year_first),
    (re.compile(r"([0-9]{4})\. ?([0-9]{1,2})\. ?([0-9]{1,2})\.?"), _year_first),
    # 2024.1 may be what Excel left of 2024.10, so with a point a month needs both digits.
    (re.compile(r"([0-9]{4})\.([0-9]{2})()?"), lambda m, c: _months(int(m[1]), int(m[2]), 1, c)),
    (re.compile(r"([0-9]{4}) ?年 ?([0-9]{1,2}) ?月(?:份| ?([0-9]{1,2}) ?[日号])?"), _year_first),
    (re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})?"), _year_first),
    (re.compile(r"([0-9]{4}) ?年?度?"), lambda m, c: _months(int(m[1]), 1, 12, c)),
    (re.compile(r"([0-9]{4})[ -]?q([1-4])"), _quarter),
    (re.compile(r"([0-9]{4}) ?年 ?第?([1-4一二三四]) ?季度"), _quarter),
    (re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})"), _day_month),
    (re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})"), lambda m, c: _day(int(m[3]), int(m[2]), int(m[1]), c)),
    (re.compile(r"([0-9]{1,2})[/.-]([0-9]{4})"), lambda m, c: _months(int(m[2]), int(m[1]), 1, c)),
    (re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ ./-]{0,2}([a-z]{3,9})\.?[ ,./-]{0,2}([0-9]{4})"),
     lambda m, c: _day(int(m[3]), _named(m[2], c), int(m[1]), c)),
    (re.compile(r"([a-z]{3,9})\.? ?([0-9]{1,2})(?:st|nd|rd|th)?[ ,]{1,2}([0-9]{4})"),
     lambda m, c: _day(int(m[3]), _named(m[1], c), int(m[2]), c)),
    (re.compile(r"([a-z]{3,9})\.?[ ,./-]{0,2}([0-9]{4})"), lambda m, c: _months(int(m[2]), _named(m[1], c), 1, c)),
    (re.compile(r"([0-9]{4})[ -]([a-z]{3,9})"), lambda m, c: _months(int(m[1]), _named(m[2], c), 1, c)),
    (re.compile(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2}|[0-9]{2} ?年.*|[a-z]{3,9}[ -][0-9]{2}"), _short_year),
)  # fmt: skip
