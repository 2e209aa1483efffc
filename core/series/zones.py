"""The clock on the wall of a plant: its time zone, and where its local months and days begin in UTC.

Series are kept in UTC; people, bills and tariffs go by the local calendar, whose days have 23 or 25 hours twice a year
where clocks are changed, and whose hours begin at half past in some countries.
"""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.i18n import T
from core.ledger import Plant

DAY = 86_400
"""Seconds of a day without change of the clock."""
_EPOCH = date(1970, 1, 1)
_FIRST_YEAR, _LAST_YEAR = 1970, 2199
_NO_PLACES = frozenset({"Factory", "localtime", "posixrules"})


def zone_of(plant: Plant) -> ZoneInfo:
    """The time zone by which a plant lives.

    Returns
    -------
    ZoneInfo
        the plant's own; else that of its region or country where only one has held since 2000.

    Raises
    ------
    UserError
        when there are several, or the plant names one that does not exist.

    Examples
    --------
    >>> zone_of(Plant("Hillside", "CN")).key
    'Asia/Shanghai'
    """
    if plant.timezone:
        return zone_named(plant.timezone)
    found = _zones_by_place().get(plant.region) or _zones_by_place().get(plant.country)
    if found is None:
        raise UserError(
            T("The time zone of the plant is not known: {place} has several.", place=plant.region or plant.country),
            T("Choose it in the description of the plant."),
        )
    return ZoneInfo(found)


def zone_named(text: str) -> ZoneInfo:
    """A time zone by its IANA name, whatever the case it was typed in.

    Raises
    ------
    UserError
        when the IANA database has none of that name; abbreviations such as CST mean several.
    """
    found = _names_by_lower().get(text.strip().lower())
    if found is None:
        raise UserError(
            T("“{zone}” is not the name of a time zone.", zone=text),
            T("Use the name of the IANA database, e.g. Asia/Shanghai or Europe/Berlin."),
        )
    return ZoneInfo(found)


def zone_names() -> tuple[str, ...]:
    """All names that can be chosen, in the order of the alphabet."""
    return tuple(sorted(_names_by_lower().values()))


@cache
def _zones_by_place() -> dict[str, str]:
    text = (files("resources") / "timezones.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["code"]: row["zone"] for row in rows}


@cache
def _names_by_lower() -> dict[str, str]:
    names = (files("tzdata") / "zones").read_text("utf-8").split()
    return {name.lower(): name for name in names if name not in _NO_PLACES}


def begin_of(day: date, zone: ZoneInfo) -> int:
    """When a local day begins. Where midnight is skipped, the first moment after it. [s since 1970-01-01 UTC]

    Raises
    ------
    UserError
        for a year before 1970 or after 2199.
    """
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise UserError(
            T("The year {year} is outside {first} to {last}.", year=day.year, first=_FIRST_YEAR, last=_LAST_YEAR),
            T("Check the dates."),
        )
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())


def local_date(utc: int, zone: ZoneInfo) -> date:
    """The local day of a moment.

    Parameters
    ----------
    utc
        moment [s since 1970-01-01 UTC]
    zone
        whose calendar is asked
    """
    return datetime.fromtimestamp(utc, zone).date()


def month_bounds(first: date, last: date, zone: ZoneInfo) -> list[tuple[date, int, int]]:
    """The local months from that of ``first`` to that of ``last``.

    Returns
    -------
    list
        first day of each month, its beginning and its end [s since 1970-01-01 UTC].
    """
    days, edges = month_edges(month_number(first), month_number(last), zone)
    starts = edges.tolist()
    return list(zip(days, starts[:-1], starts[1:], strict=True))


@lru_cache(maxsize=256)
def month_edges(first: int, last: int, zone: ZoneInfo) -> tuple[tuple[date, ...], NDArray[np.int64]]:
    """As :func:`month_bounds`, kept for the next meter.

    Parameters
    ----------
    first, last
        first and last month, counted from January of the year 0 [months]

    Returns
    -------
    tuple
        first day of each month; their beginnings and the end of the last [s since 1970-01-01 UTC].
    """
    days = [month_day(number) for number in range(first, last + 2)]
    edges = np.array([begin_of(day, zone) for day in days] if last >= first else [0], dtype=np.int64)
    edges.flags.writeable = False
    return tuple(days[:-1]), edges


def month_number(day: date) -> int:
    """A month counted from January of the year 0. [months]"""
    return day.year * 12 + day.month - 1


def month_day(number: int) -> date:
    """First day of a month by its number."""
    return date(number // 12, number % 12 + 1, 1)


def day_bounds(first: date, last: date, zone: ZoneInfo) -> NDArray[np.int64]:
    """Where the local days from ``first`` to ``last`` begin, and where the last one ends. [s since 1970-01-01 UTC]"""
    count = (last - first).days + 2
    if count < 2:
        return np.zeros(0, dtype=np.int64)
    return np.array([begin_of(first + timedelta(days=i), zone) for i in range(count)], dtype=np.int64)


def offsets(moments: NDArray[np.int64], zone: ZoneInfo) -> NDArray[np.int64]:
    """How far the local clock is ahead of UTC at each moment.

    Parameters
    ----------
    moments
        [s since 1970-01-01 UTC], any shape

    Returns
    -------
    NDArray
        [s], the same shape.
    """
    if moments.size == 0:
        return np.zeros(moments.shape, dtype=np.int64)
    years = range(_year(int(moments.min())), _year(int(moments.max())) + 1)
    known = [_changes(year, zone) for year in years]
    when = np.concatenate([times for times, _ in known])
    ahead = np.concatenate([values for _, values in known])
    return ahead[np.searchsorted(when, moments, side="right") - 1]


def local_parts(starts: NDArray[np.int64], zone: ZoneInfo) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The local day of each moment, and the time on the clock.

    Parameters
    ----------
    starts
        moments [s since 1970-01-01 UTC]
    zone
        whose clock is read

    Returns
    -------
    tuple
        local day, counted from 1970-01-01 [d]; time shown by the clock, of which an hour comes twice on a day of 25
        hours [s].
    """
    local = starts + offsets(starts, zone)
    days = local // DAY
    return days, local - days * DAY


def day_of(number: int) -> date:
    """The date of a day counted from 1970-01-01."""
    return _EPOCH + timedelta(days=number)


def _year(moment: int) -> int:
    return datetime.fromtimestamp(moment, UTC).year


@lru_cache(maxsize=1024)
def _changes(year: int, zone: ZoneInfo) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Since when which offset holds in a year of UTC. Clocks are never changed twice within a day."""
    begin, end = (int(datetime(y, 1, 1, tzinfo=UTC).timestamp()) for y in (year, year + 1))
    times, values = [begin], [_offset(begin, zone)]
    for after in (*range(begin + DAY, end - 1, DAY), end - 1):
        if _offset(after, zone) != values[-1]:
            times.append(_first(values[-1], times[-1], after, zone))
            values.append(_offset(after, zone))
    return np.array(times, dtype=np.int64), np.array(values, dtype=np.int64)


def _first(old: int, before: int, after: int, zone: ZoneInfo) -> int:
    """The first moment at which the offset ``old`` holds no longer."""
    before = max(before, after - DAY)
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (middle, after) if _offset(middle, zone) == old else (before, middle)
    return after


def _offset(moment: int, zone: ZoneInfo) -> int:
    found = datetime.fromtimestamp(moment, zone).utcoffset()
    return int(found.total_seconds()) if found is not None else 0
