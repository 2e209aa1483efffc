"""Time at an axis and in words: the calendar and the clock of the plant, also on days of 23 and 25 hours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Literal
from zoneinfo import ZoneInfo

from core.i18n import show_date, show_month
from core.series.wording import moment
from gui.language import language

MINUTE, HOUR, DAY = 60, 3600, 86_400
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
Unit = Literal["clock", "day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis."""

    at: float
    """On a time axis [s since 1970-01-01 UTC]."""
    words: str


@dataclass(frozen=True, slots=True)
class Pace:
    """How far the ticks of a time axis are apart."""

    unit: Unit
    count: int
    """Seconds for ``clock``, else so many of the unit."""
    shortest: int
    """The least time between two of them. [s]"""


PACES = (
    *(Pace("clock", MINUTE * n, MINUTE * n) for n in (1, 2, 5, 10, 15, 30)),
    *(Pace("clock", HOUR * n, HOUR * n) for n in (1, 2, 3, 6, 12)),
    *(Pace("day", n, DAY * n) for n in (1, 2, 7, 14)),
    *(Pace("month", n, 28 * DAY * n) for n in (1, 2, 3, 6)),
    *(Pace("year", n, 365 * DAY * n) for n in (1, 2, 5, 10, 20, 50)),
)


def pace(room: Callable[[Unit], float], *, least: int = 0) -> Pace:
    """The finest pace whose labels have room.

    Parameters
    ----------
    room
        time that a label of a unit takes on the axis [s]
    least
        no ticks closer than this [s]
    """
    return next((one for one in PACES if one.shortest >= max(least, room(one.unit))), PACES[-1])


def sample(unit: Unit) -> str:
    """A label as wide as they become."""
    return {"year": _year(2028), "month": show_month(date(2028, 12, 1), language())}.get(
        unit, day_word(date(2028, 12, 28))
    )


def ticks(first: float, last: float, zone: ZoneInfo, pace: Pace) -> list[Tick]:
    """The ticks between two moments; each label says only what has changed since the one before.

    An hour that the clock skips has no tick, one that it shows twice has two.
    """
    made: list[Tick] = []
    before: datetime | None = None
    for local in _places(first, last, zone, pace):
        at = local.timestamp()
        if first <= at <= last:
            made.append(Tick(at, _word(local, before, pace.unit)))
            before = local
    return made


def day_word(day: date) -> str:
    """``3月5日`` or ``5 Mar``."""
    return f"{day.month}月{day.day}日" if language() == "zh" else f"{day.day} {MONTHS[day.month - 1]}"


def interval(begin: float, end: float, zone: ZoneInfo) -> str:
    """A stretch of time in as few words as say it: a month, days, or hours of the clock."""
    one, other = _local(begin, zone), _local(end, zone)
    lang = language()
    if _midnight(one) and _midnight(other):
        last = other.date() - timedelta(days=1)
        if one.day == 1 and other.day == 1 and (last.year, last.month) == (one.year, one.month):
            return show_month(one.date(), lang)
        return show_date(one.date(), lang) + (f" – {show_date(last, lang)}" if last > one.date() else "")
    whole = moment(round(end), zone).in_language(lang)
    if _midnight(other) and other.date() - one.date() == timedelta(days=1):
        whole = "24:00"
    if one.date() == other.date() or whole == "24:00":
        whole = whole.removeprefix(show_date(other.date(), lang)).strip()
        return f"{moment(round(begin), zone).in_language(lang)}–{whole}"
    return f"{moment(round(begin), zone).in_language(lang)} – {whole}"


def _places(first: float, last: float, zone: ZoneInfo, pace: Pace) -> Iterator[datetime]:
    """Candidates in their order, some of them before and after what is asked for."""
    begin, end = _local(first, zone).date(), _local(last, zone).date()
    if pace.unit == "clock":
        for number in range((end - begin).days + 1):
            yield from _clock(begin + timedelta(days=number), zone, pace.count)
    elif pace.unit == "year":
        for year in range(begin.year - begin.year % pace.count, end.year + 1, pace.count):
            yield datetime(max(1, year), 1, 1, tzinfo=zone)
    else:
        for year, month in _months(begin, end):
            yield from _in_month(year, month, zone, pace)


def _in_month(year: int, month: int, zone: ZoneInfo, pace: Pace) -> Iterator[datetime]:
    if pace.unit == "month":
        if (month - 1) % pace.count == 0:
            yield datetime(year, month, 1, tzinfo=zone)
        return
    length = (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days
    for day in range(1, length + 1, pace.count):
        if length - day + 1 >= 0.75 * pace.count:  # else it would stand too close to the first of the next month
            yield datetime(year, month, day, tzinfo=zone)


def _clock(day: date, zone: ZoneInfo, step: int) -> list[datetime]:
    """Each step of the clock on a day: none for what it skips, two for what it shows twice."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    changes = midnight.utcoffset() != (midnight + timedelta(days=1)).utcoffset()
    plain = [midnight + timedelta(seconds=second) for second in range(0, DAY, step)]
    if not changes:
        return plain
    found = {local.replace(fold=fold).astimezone(UTC) for local in plain for fold in (0, 1)}
    shown = {local.replace(tzinfo=None) for local in plain}
    both = [(there, there.astimezone(zone)) for there in sorted(found)]
    return [local for _there, local in both if local.replace(tzinfo=None, fold=0) in shown]


def _months(begin: date, end: date) -> Iterator[tuple[int, int]]:
    for number in count(begin.year * 12 + begin.month - 1):
        year, month = number // 12, number % 12 + 1
        if (year, month) > (end.year, end.month):
            return
        yield year, month


def _word(local: datetime, before: datetime | None, unit: Unit) -> str:
    if unit == "year":
        return _year(local.year)
    if unit == "month":
        return show_month(local.date(), language())
    if unit == "day":
        new_year = before is None or before.year != local.year
        return show_date(local.date(), language()) if new_year else day_word(local.date())
    clock = f"{local:%H:%M}"
    if before is not None and before.date() == local.date():
        return clock
    return day_word(local.date()) if _midnight(local) else f"{day_word(local.date())} {clock}"


def _year(year: int) -> str:
    return f"{year}年" if language() == "zh" else str(year)


def _local(moment: float, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(moment, zone)


def _midnight(local: datetime) -> bool:
    return (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)
