"""Moments as loggers, inverters and utilities write them, read without guessing.

A text is first taken apart by its form, where the digits of the year, the month ... stand; then the numbers are checked
and put together. Two texts of one form differ in their digits alone, so :mod:`core.exchange.series.stamps_fast` takes
thousands of them apart at once.

Read are ``2024-03-05 00:15``, ``2024/3/5 0:15:00``, ``2024-03-05T00:15:00.000+08:00``, ``2024年3月5日 0时15分``,
``20240305 0015``, ``05.03.2024 00:15``, ``3/5/2024 12:15 AM``, ``5-Mar-2024 00:15``, ``2024-03`` for a month, and 24:00
for the end of a day. Of ``03/05/2024`` the mapping says which is the day.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from core.errors import UserError
from core.exchange.cells import Cell, narrow
from core.exchange.dates import FIRST_YEAR, LAST_YEAR
from core.exchange.series.refusals import quoted
from core.i18n import T

DAY = 86_400
_EPOCH = date(1970, 1, 1).toordinal()
LONGEST = 40
"""Characters of a text that says a moment."""

_ZONES = {"z": 0, "utc": 0, "gmt": 0, "cet": 3600, "mez": 3600, "cest": 7200, "mesz": 7200}
_MONTHS = {name.casefold(): i for i, name in enumerate(calendar.month_abbr) if name}
_MONTHS |= {"mär": 3, "mrz": 3, "mai": 5, "okt": 10, "dez": 12}

_S = r"(?P<s>[-/.]) ?"
_DATES = (
    r"(?P<y>[0-9]{4})" + _S + r"(?P<m>[0-9]{1,2})(?P=s) ?(?P<d>[0-9]{1,2})",
    r"(?P<y>[0-9]{4}) ?年 ?(?P<m>[0-9]{1,2}) ?月 ?(?P<d>[0-9]{1,2}) ?[日号]",
    r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
    r"(?P<a>[0-9]{1,2})" + _S + r"(?P<b>[0-9]{1,2})(?P=s) ?(?P<y>[0-9]{4}|[0-9]{2})",
    r"(?P<d>[0-9]{1,2})[-/. ]{1,2}(?P<n>[a-zä]{3,9})[-/., ]{1,2}(?P<y>[0-9]{4}|[0-9]{2})",
    r"(?P<n>[a-zä]{3,9})[. ]{1,2}(?P<d>[0-9]{1,2})[, ]{1,2}(?P<y>[0-9]{4})",
)
_MONTH = r"(?P<y>[0-9]{4})(?:[-/]| ?年 ?)(?P<m>[0-9]{1,2})(?: ?月)?"
_HALF = r"(?P<{0}>[ap]\.?m\.?|上午|下午)"
_TIME = (
    r"(?:" + _HALF.format("p") + r" ?)?(?P<H>[0-9]{1,2})"
    r"(?:[:.](?P<M>[0-9]{2})(?:[:.](?P<S>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r"|[时時点點](?:(?P<N>[0-9]{1,2})分?)?)?"
    r"(?: ?" + _HALF.format("q") + r")?"
    r" ?(?P<z>" + "|".join(_ZONES) + r")?(?: ?(?P<o>[-+])(?P<oh>[0-9]{2}):?(?P<om>[0-9]{2})?)?"
)
_COMPACT = r"(?P<H>[0-9]{2})(?P<M>[0-9]{2})(?P<S>[0-9]{2})? ?(?P<z>z)?"
_BETWEEN = r"(?:t|,? {1,3}| ?[-_|] ?|(?<=[日号]))"
_MOMENTS = tuple(
    re.compile(form)
    for form in (
        *(date_form + r"(?:" + _BETWEEN + _TIME + r")?" for date_form in _DATES),
        _DATES[2] + r"[t _-]?" + _COMPACT,
        _MONTH,
    )
)
_CLOCK = re.compile(_TIME)
_BARE_CLOCK = re.compile(r"(?P<H>[0-9]{1,2})(?P<M>[0-9]{2})|(?P<h>[0-9]{2})(?P<k>[0-9]{2})(?P<S>[0-9]{2})")
_RANGE = re.compile(
    r"(.*[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?) ?(?:[-–—~～至]|to|bis) ?([0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?)"
)
"""``00:00 - 00:15``, with or without a date before it."""

Span = tuple[int, int]
"""First character and the one after the last."""


@dataclass(frozen=True, slots=True)
class Form:
    """Where the numbers of a moment stand in its text, and what is said by words."""

    year: Span | None = None
    month: Span | None = None
    day: Span | None = None
    hour: Span | None = None
    minute: Span | None = None
    second: Span | None = None
    ahead_hours: Span | None = None
    ahead_minutes: Span | None = None
    named: int = 0
    """The month, where it is written as a word."""
    half: str = ""
    """``a`` before noon, ``p`` after noon."""
    behind: int = 1
    """-1 where the stated distance from UTC is to be taken off."""
    zone: int | None = None
    """The stated distance from UTC, where it is a word. [s]"""

    @property
    def ahead(self) -> bool:
        """Whether the text says how far its clock is ahead of UTC."""
        return self.zone is not None or self.ahead_hours is not None

    @property
    def timed(self) -> bool:
        """Whether it names a time of day."""
        return self.hour is not None

    @property
    def monthly(self) -> bool:
        """Whether it names a month and no day."""
        return self.year is not None and self.day is None


@dataclass(frozen=True, slots=True)
class Moment:
    """What a text says."""

    seconds: int
    """On the clock of the file, or UTC where the text states its distance. [s since 1970-01-01]"""
    ahead: bool
    """Whether the text states its distance from UTC."""
    timed: bool
    """Whether it names a time of day."""
    monthly: bool = False
    """Whether it names a month and no day."""


def tidy(text: str) -> str:
    """Width, case and outer white space do not matter."""
    return narrow(text).strip().lower()


@lru_cache(maxsize=4096)
def _match(text: str, clock: bool) -> re.Match[str] | None:
    if len(text) > LONGEST:
        return None
    if clock:
        return _CLOCK.fullmatch(text) or _BARE_CLOCK.fullmatch(text)
    return next((found for form in _MOMENTS if (found := form.fullmatch(text))), None)


@dataclass(frozen=True, slots=True)
class Reading:
    """How the moments of a column are to be read."""

    order: str = ""
    """Of ``03/05/2024``: ``dmy``, ``mdy``, ``ymd``, or empty where nobody has said it."""
    clock: bool = False
    """Whether they are times of day alone."""
    stamped: bool = False
    """Whether each states its distance from UTC; else ``00:00-01:00`` is the interval between two times."""
    last: bool = False
    """Of an interval, whether its end is meant."""

    def form_of(self, text: str) -> Form:
        """Where the numbers of one moment stand in the tidied text.

        Raises
        ------
        UserError
            for what is no moment, has two meanings, or is an interval.
        """
        known = tidy(text)
        found = _match(known, self.clock)
        groups = found.groupdict() if found else {}
        if found is None or (groups.get("o") == "-" and not self.stamped):
            raise _no_clock(text) if self.clock else _no_moment(text)
        spans = {name: found.span(name) for name, value in groups.items() if value}
        year, month, day = (None, None, None) if self.clock else _date_spans(found, spans, self.order, text)
        half = groups.get("p") or groups.get("q") or ""
        word = groups.get("z")
        return Form(
            year,
            month,
            day,
            spans.get("H") or spans.get("h"),
            spans.get("M") or spans.get("N") or spans.get("k"),
            spans.get("S"),
            spans.get("oh"),
            spans.get("om"),
            _month_named(groups.get("n"), text),
            {"a": "a", "上": "a", "p": "p", "下": "p", "": ""}[half[:1]],
            -1 if groups.get("o") == "-" else 1,
            _ZONES[word] if word and "oh" not in spans else None,
        )

    def read(self, text: str) -> Moment:
        """A moment, or a time of day, from a text.

        Raises
        ------
        UserError
            for what is none, does not exist, or has two meanings.

        Examples
        --------
        >>> Reading().read("2024-01-01 00:15").seconds
        1704068100
        >>> Reading(clock=True).read("24:00").seconds
        86400
        """
        interval = None if self.stamped or len(text) > LONGEST else _RANGE.fullmatch(tidy(text))
        if interval is None:
            return self._one(text)
        first = self._one(interval[1])
        length = (Reading(clock=True)._one(interval[2]).seconds - first.seconds) % DAY
        return replace(first, seconds=first.seconds + length) if self.last else first

    def _one(self, text: str) -> Moment:
        known = tidy(text)
        form = self.form_of(text)

        def number(span: Span | None, otherwise: int = 0) -> int:
            return otherwise if span is None else int(known[span[0] : span[1]])

        day = 0
        if not self.clock:
            day = _day(_full_year(number(form.year)), form.named or number(form.month), number(form.day, 1), text)
        clock = _clock(number(form.hour), number(form.minute), number(form.second), form.half, text)
        ahead = _ahead(form, number(form.ahead_hours), number(form.ahead_minutes), text) if form.ahead else 0
        return Moment(day * DAY + clock - ahead, form.ahead, form.timed, form.monthly)


def _date_spans(
    found: re.Match[str], spans: dict[str, Span], order: str, text: str
) -> tuple[Span, Span | None, Span | None]:
    year = spans["y"]
    if "a" not in spans:
        return year, spans.get("m"), spans.get("d")
    one, other = spans["a"], spans["b"]
    if order == "ymd":
        if year[1] - year[0] == 4:
            raise _other_order(text)
        return one, other, year
    if order not in ("dmy", "mdy"):
        raise _two_meanings(text, int(found["a"]), int(found["b"]))
    return (year, other, one) if order == "dmy" else (year, one, other)


def _month_named(word: str | None, text: str) -> int:
    if word is None:
        return 0
    month = _MONTHS.get(word[:3])
    if month is None:
        raise _no_moment(text)
    return month


def _full_year(year: int) -> int:
    """Two digits are of this century: loggers are young."""
    return year + 2000 if year < 100 else year


def _day(year: int, month: int, day: int, text: str) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise out_of_years(text)
    try:
        return date(year, month, day).toordinal() - _EPOCH
    except ValueError as error:
        raise UserError(
            T("The day “{value}” does not exist.", value=quoted(text)), T("Correct the day, the month or the year.")
        ) from error


def _clock(hour: int, minute: int, second: int, half: str, text: str) -> int:
    if half:
        if not 1 <= hour <= 12:
            raise _no_clock(text)
        hour = hour % 12 + (12 if half == "p" else 0)
    seconds = hour * 3600 + minute * 60 + second
    if minute > 59 or second > 59 or seconds > DAY:
        raise _no_clock(text)
    return seconds


def _ahead(form: Form, hours: int, minutes: int, text: str) -> int:
    if form.zone is not None:
        return form.zone
    if hours > 14 or minutes > 59:
        raise _no_clock(text)
    return form.behind * (hours * 3600 + minutes * 60)


def read_value(cell: datetime | date | time | timedelta, *, clock: bool = False) -> Moment:
    """A moment from a cell that a workbook keeps as one. Excel's binary fractions are rounded to the second."""
    if isinstance(cell, datetime):
        whole = cell + timedelta(seconds=1) if cell.microsecond >= 500_000 else cell
        day = _day(whole.year, whole.month, whole.day, str(cell))
        seconds = whole.hour * 3600 + whole.minute * 60 + whole.second
        return Moment(seconds if clock else day * DAY + seconds, False, True)
    if isinstance(cell, date):
        return Moment(_day(cell.year, cell.month, cell.day, str(cell)) * DAY, False, False)
    if isinstance(cell, time):
        return Moment(cell.hour * 3600 + cell.minute * 60 + cell.second + (cell.microsecond >= 500_000), False, True)
    seconds = round(cell.total_seconds())
    if not 0 <= seconds <= DAY:
        raise _no_clock(cell)
    return Moment(seconds, False, True)


def out_of_years(cell: Cell) -> UserError:
    """The year is none in which there were loggers."""
    return UserError(
        T("“{value}” lies outside the years {first} to {last}.", value=quoted(cell), first=FIRST_YEAR, last=LAST_YEAR),
        T("Check which columns hold the time, and how it is written."),
    )


def _no_moment(text: str) -> UserError:
    return UserError(
        T("“{value}” is not a time.", value=quoted(text)),
        T("Check which columns hold the time and how many rows stand before the first value."),
    )


def _no_clock(cell: Cell) -> UserError:
    return UserError(
        T("“{value}” is not a time of day.", value=quoted(cell)), T("Check which column holds the time of day.")
    )


def _two_meanings(text: str, one: int, other: int) -> UserError:
    return UserError(
        T("“{value}” can be day {one} of month {other}, or month {one} of day {other}.",
          value=quoted(text), one=one, other=other),
        T("Say in the mapping whether the day or the month comes first."),
    )  # fmt: skip


def _other_order(text: str) -> UserError:
    return UserError(
        T("“{value}” does not begin with the year.", value=quoted(text)),
        T("Say in the mapping whether the day or the month comes first."),
    )
