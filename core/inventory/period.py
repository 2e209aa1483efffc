"""Spans of days, and how a bill is cut at their ends."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.i18n import T
from core.ledger import Activity
from core.library import EXACT
from core.methods import Portion, TraceStep


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def overlap(self, other: Period) -> Period | None:
        """The days in both, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start <= end else None


def year_of(year: int) -> Period:
    """The calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def months_of(period: Period) -> tuple[Period, ...]:
    """The calendar months that the period touches, whole."""
    months: list[Period] = []
    year, month = period.start.year, period.start.month
    while (year, month) <= (period.end.year, period.end.month):
        last = calendar.monthrange(year, month)[1]
        months.append(Period(date(year, month, 1), date(year, month, last)))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return tuple(months)


def share(quantity: Decimal, part: int, whole: int) -> Decimal:
    """The part of a bill that falls on some of its days.

    Parameters
    ----------
    quantity
        of the whole bill.
    part, whole
        days inside and days of the bill. [d]

    Returns
    -------
    Decimal
        quantity × part / whole.

    Notes
    -----
    GHG Protocol Corporate Standard, ch. 7: consumption is taken as even over the days of a bill.

    Examples
    --------
    >>> share(Decimal(310), 10, 31)
    Decimal('100')
    """
    if part == whole:
        return quantity
    return EXACT.divide(EXACT.multiply(quantity, Decimal(part)), Decimal(whole))


def touches(activity: Activity, period: Period) -> bool:
    """Whether something of an activity lies in the period.

    A record that ends before it begins touches it when one of its dates lies in it.
    """
    if activity.end < activity.start:
        return any(period.start <= day <= period.end for day in (activity.start, activity.end))
    return activity.start <= period.end and period.start <= activity.end


def portion_of(activity: Activity, period: Period) -> Portion | None:
    """What of an activity lies in the period; None when nothing does.

    A record that ends before it begins is kept whole when one of its dates lies in the period: nothing gets lost.
    """
    if activity.end < activity.start:
        whole = Portion(activity, activity.start, activity.end, activity.quantity)
        return whole if touches(activity, period) else None
    if period.start <= activity.start and activity.end <= period.end:
        return Portion(activity, activity.start, activity.end, activity.quantity)
    bill = Period(activity.start, activity.end)
    inside = bill.overlap(period)
    if inside is None:
        return None
    quantity = share(activity.quantity, inside.days, bill.days)
    numbers = ((activity.quantity, activity.unit), (Decimal(inside.days), "d"), (Decimal(bill.days), "d"))
    step = TraceStep(T("Days of the bill in the period"), "{0} × {1} / {2}", numbers, quantity, activity.unit)
    return Portion(activity, inside.start, inside.end, quantity, (step,))
