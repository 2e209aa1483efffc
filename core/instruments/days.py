"""Days and months of instruments: their own and those of the use that they cover. Nothing here knows today."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache

from core.instruments.kinds import FAMILIES
from core.ledger import Instrument
from core.ledger.codec import read_decimal
from core.library.rulebook import Rulebook


@lru_cache(maxsize=1024)
def day_of(text: str) -> date | None:
    """A day as a record writes it; None for none and for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@lru_cache(maxsize=1024)  # thousands of certificates share their few days
def months_later(day: date, months: int) -> date:
    """The same day so many months later (or earlier), or the last one of a shorter month.

    >>> months_later(date(2024, 1, 31), 1), months_later(date(2024, 1, 31), -2)
    (datetime.date(2024, 2, 29), datetime.date(2023, 11, 30))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def day_before(day: date) -> date:
    """The day before, if there is one."""
    return day - timedelta(days=1) if day > date.min else day


@lru_cache(maxsize=1024)
def window(start: date, end: date, before: int = 0, after: int = 0) -> tuple[date, date]:
    """First and last day of the calendar years of a use, with some months before and after.

    >>> window(date(2024, 3, 1), date(2024, 3, 31), before=6, after=3)
    (datetime.date(2023, 7, 1), datetime.date(2025, 3, 31))
    """
    return months_later(date(start.year, 1, 1), -before), months_later(date(end.year, 12, 31), after)


def last_use(instrument: Instrument, rules: Rulebook) -> date | None:
    """Last day on which the oldest certificates of an instrument may be used; None when the scheme has none.

    What the registry states (``expires``) is another matter, and may be earlier.
    """
    family = FAMILIES.get(instrument.scheme)
    if family == "gec":
        month = instrument.start.replace(day=1)
        last = day_before(months_later(month, months(rules, "gec_validity")))
        if instrument.start < rules["renewables.gec_old_before"].day:
            return max(last, rules["renewables.gec_old_until"].day)
        return last
    if family == "go":
        return months_later(instrument.start, months(rules, "go_validity"))
    return None


def months(rules: Rulebook, name: str) -> int:
    """A number of months; a part of a month is none."""
    return _whole(rules["renewables." + name].value)


@lru_cache(maxsize=256)
def _whole(value: str) -> int:
    return int(read_decimal(value))
