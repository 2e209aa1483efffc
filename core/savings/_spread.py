"""From a normal year, or from what was measured on days, to calendar months and years."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from core.library import EXACT
from core.methods import exact_sum
from core.savings._types import Amounts, Flow, Stretch
from core.savings._worth import Span, kept

YEAR = Decimal(365)
MONTHS = 12


def years_of(start: date, end: date) -> Iterator[Span]:
    """The parts of calendar years from a first to a last day."""
    for year in range(start.year, end.year + 1):
        yield Span(max(start, date(year, 1, 1)), min(end, date(year, MONTHS, 31)))


def months_of(span: Span) -> Iterator[Span]:
    """The parts of calendar months in some days of one year."""
    year = span.start.year
    for month in range(span.start.month, span.end.month + 1):
        last = date(year, month, calendar.monthrange(year, month)[1])
        yield Span(max(span.start, date(year, month, 1)), min(span.end, last))


def amounts_in(flow: Flow, span: Span) -> Amounts:
    """What a carrier needs in some days of one year, without and with the measure.

    Parameters
    ----------
    flow
        the carrier.
    span
        days of one calendar year.

    Notes
    -----
    A yearly amount × days / days of the year; monthly amounts × days / days of the month; of what was measured the
    stretches that lie in the span, those across its ends by days.
    """
    if flow.measured:
        return _measured(flow.measured, span)
    if flow.months:
        parts = [_part(flow.months[one.start.month - 1], one, _month_days(one)) for one in months_of(span)]
        return _sum(parts)
    assert flow.year is not None  # one of the three is known
    return _part(flow.year, span, 366 if calendar.isleap(span.start.year) else 365)


def typical(flow: Flow) -> Amounts:
    """What a carrier needs in a normal year; what was measured is carried over to 365 days."""
    if flow.year is not None:
        return flow.year
    if flow.months:
        return _sum(list(flow.months))
    days = sum((one.end - one.start).days + 1 for one in flow.measured)
    whole = _sum([one.amounts for one in flow.measured])
    ratio = EXACT.divide(YEAR, Decimal(days))
    return Amounts(kept(EXACT.multiply(whole.before, ratio)), kept(EXACT.multiply(whole.after, ratio)))


def months_known(flow: Flow) -> bool:
    """Whether the amount of a month is more than a twelfth of the year."""
    return bool(flow.months or flow.measured)


def _measured(stretches: tuple[Stretch, ...], span: Span) -> Amounts:
    parts = []
    for one in stretches:
        start, end = max(one.start, span.start), min(one.end, span.end)
        if start <= end:
            parts.append(_part(one.amounts, Span(start, end), (one.end - one.start).days + 1))
    return _sum(parts)


def _part(amounts: Amounts, span: Span, whole: int) -> Amounts:
    days = (span.end - span.start).days + 1
    return Amounts(_share(amounts.before, days, whole), _share(amounts.after, days, whole))


def _share(amount: Decimal, days: int, whole: int) -> Decimal:
    if days == whole:
        return kept(amount)
    return kept(EXACT.divide(EXACT.multiply(amount, Decimal(days)), Decimal(whole)))


def _sum(parts: list[Amounts]) -> Amounts:
    return Amounts(exact_sum(one.before for one in parts), exact_sum(one.after for one in parts))


def _month_days(span: Span) -> int:
    return calendar.monthrange(span.start.year, span.start.month)[1]


def known_span(flows: tuple[Flow, ...], start: date, end: date) -> tuple[date, date] | None:
    """The days of a measure for which its saving is known; None when what was measured lies outside."""
    measured = [one for flow in flows for one in flow.measured]
    if not measured:
        return start, end
    first, last = max(start, min(one.start for one in measured)), min(end, max(one.end for one in measured))
    return (first, last) if first <= last else None
