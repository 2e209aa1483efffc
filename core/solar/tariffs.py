"""Tariffs by time: which price holds at which minute of the week."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.i18n import T
from core.ledger.energy import Tariff

DAY, WEEK = 1440, 7 * 1440
"""[min]"""
_DAYS = re.compile(r"([1-7])(?:-([1-7]))?")
_TIMES = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)-([01]?\d|2[0-4]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Band:
    """One price of a tariff and when it holds."""

    when: str
    """As typed, e.g. ``1-5 08:00-12:00``."""
    price: Decimal
    """Per kWh."""
    minutes: frozenset[int]
    """Minutes of the week from Monday 00:00 on that it names; an earlier band may have some of them."""


def bands_of(tariff: Tariff) -> tuple[Band, ...]:
    """The bands of a tariff, read.

    Parameters
    ----------
    tariff
        its bands are ``days times`` and a price: days of the week, 1 is Monday, as ``1-5``, ``6,7`` or ``1``; times
        from-to by the local clock, past midnight too (``22:00-06:00`` goes on in the next day).

    Returns
    -------
    tuple of Band

    Raises
    ------
    UserError
        for a band that cannot be read.

    Examples
    --------
    >>> from datetime import date
    >>> year = date(2024, 1, 1), date(2024, 12, 31)
    >>> peak = Tariff("t", "Peak", "CNY", *year, (("1-5 08:00-12:00", "1.2"), ("1-7 00:00-24:00", "0.6")))
    >>> [(band.when, len(band.minutes)) for band in bands_of(peak)]
    [('1-5 08:00-12:00', 1200), ('1-7 00:00-24:00', 10080)]
    """
    return tuple(Band(when, _price(tariff, when, price), _minutes(tariff, when)) for when, price in tariff.bands)


def week_of(tariff: Tariff) -> tuple[tuple[Band, ...], NDArray[np.int64]]:
    """The bands of a tariff and the one that holds at each minute of the week.

    Parameters
    ----------
    tariff
        the first band that fits holds.

    Returns
    -------
    tuple
        bands; place of the band for each minute from Monday 00:00 on, -1 where none fits, shape (10080,).

    Raises
    ------
    UserError
        for a band that cannot be read.

    Examples
    --------
    >>> from datetime import date
    >>> night = Tariff("t", "Night", "EUR", date(2024, 1, 1), date(2024, 12, 31), (("7 22:00-06:00", "0.2"),))
    >>> found = week_of(night)[1]
    >>> int(found[0]), int(found[360]), int(found[-1]), int((found == 0).sum())
    (0, -1, 0, 480)
    """
    bands = bands_of(tariff)
    week = np.full(WEEK, -1, dtype=np.int64)
    for place in range(len(bands) - 1, -1, -1):
        week[sorted(bands[place].minutes)] = place
    return bands, week


def check_tariffs(tariffs: tuple[Tariff, ...]) -> None:
    """Refuse tariffs of which two hold on one day, or with different currencies.

    Raises
    ------
    UserError
        saying which.

    Examples
    --------
    >>> check_tariffs(())
    """
    for one, other in combinations(tariffs, 2):
        if one.currency != other.currency:
            raise UserError(
                T("The tariffs {one} and {other} have different currencies.", one=one.name, other=other.name),
                T("Choose tariffs of one currency."),
            )
        if one.start <= other.end and other.start <= one.end:
            raise UserError(
                T("The tariffs {one} and {other} hold on the same days.", one=one.name, other=other.name),
                T("Choose one of them, or correct their first and last days."),
            )


def _price(tariff: Tariff, when: str, price: str) -> Decimal:
    try:
        found = Decimal(price)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise UserError(
            T(
                "The price “{price}” of {when} in the tariff {tariff} is no number.",
                price=price,
                when=when,
                tariff=tariff.name,
            ),
            T("Enter the price per kWh."),
        )
    return found


def _minutes(tariff: Tariff, when: str) -> frozenset[int]:
    said = when.split()
    days = [_DAYS.fullmatch(part) for part in said[0].split(",")] if len(said) == 2 else [None]
    times = _TIMES.fullmatch(said[1]) if len(said) == 2 else None
    if times is None or not all(days):
        raise _unreadable(tariff, when)
    hours = [int(part) for part in times.groups()]
    begin, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    if begin >= DAY or end > DAY or begin == end:
        raise _unreadable(tariff, when)
    length = (end - begin) % DAY or DAY
    found: set[int] = set()
    for match in days:
        if match is not None:
            first, last = int(match[1]), int(match[2] or match[1])
            for day in range(first, last + 1 if last >= first else last + 8):
                start = (day - 1) % 7 * DAY + begin
                found.update(minute % WEEK for minute in range(start, start + length))
    return frozenset(found)


def _unreadable(tariff: Tariff, when: str) -> UserError:
    return UserError(
        T("“{when}” in the tariff {tariff} says no days and times.", when=when, tariff=tariff.name),
        T("Write days of the week and times, e.g. 1-5 08:00-12:00 or 1-7 00:00-24:00."),
    )
