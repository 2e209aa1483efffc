"""Sums of lines by scope, source and month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from core.inventory.period import Period, months_of, share
from core.inventory.totals import LOCATION, MARKET, ZERO, Totals
from core.library import EXACT
from core.methods import KG, SCOPES, Line

__all__ = [
    "LOCATION",
    "MARKET",
    "by_key",
    "by_month",
    "by_scope",
    "by_source",
    "months_by_source",
    "spread",
    "spread_days",
]


def by_scope(lines: Iterable[Line]) -> dict[str, tuple[Line, ...]]:
    """Lines of each scope, memo included."""
    filed: dict[str, list[Line]] = {scope: [] for scope in SCOPES}
    for line in lines:
        filed[line.scope].append(line)
    return {scope: tuple(own) for scope, own in filed.items()}


def by_key(totals: Totals, lines: Iterable[Line]) -> dict[str, Decimal]:
    """Tonnes CO2e under the keys by which years compare: ``category:4``, ``gas:CH4``, ``source:Boiler house``.

    Gases and sources are location-based.
    """
    return {
        **{f"category:{number}": tonnes for number, tonnes in totals.categories.items()},
        **{f"gas:{gas}": tonnes for gas, tonnes in totals.gases.items()},
        **{f"source:{source}": tonnes for source, tonnes in sorted(by_source(lines).items())},
    }


def by_source(lines: Iterable[Line], scopes: tuple[str, ...] = LOCATION) -> dict[str, Decimal]:
    """Tonnes CO2e of each source, largest first."""
    sums: dict[str, Decimal] = {}
    for line in lines:
        if line.scope in scopes:
            sums[line.activity.source] = EXACT.add(sums.get(line.activity.source, ZERO), line.tco2e)
    return dict(sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])))


def spread(line: Line, months: tuple[Period, ...]) -> list[Decimal]:
    """A line's tonnes in each month."""
    return spread_days(line.tco2e, Period(line.portion.start, line.portion.end), months)


def spread_days(value: Decimal, span: Period, months: tuple[Period, ...]) -> list[Decimal]:
    """What of a value over some days falls into each month, by calendar day and to nine decimals.

    Parameters
    ----------
    value
        tonnes or energy of the whole span.
    span
        days that the value belongs to.
    months
        one after the other, that cover the span.

    Returns
    -------
    list of Decimal
        one for each month; the last touched month takes the rest, so they add up to ``value`` exactly.

    Examples
    --------
    >>> from datetime import date
    >>> from core.inventory.period import months_of, year_of
    >>> span = Period(date(2024, 1, 30), date(2024, 2, 1))
    >>> spread_days(Decimal(100), span, months_of(year_of(2024)))[:2]
    [Decimal('66.666666667'), Decimal('33.333333333')]
    """
    result = [ZERO] * len(months)
    begin, end = _place(span.start, months), _place(span.end, months)
    if begin == end and 0 <= begin < len(months):  # most bills
        result[begin] = value
        return result
    near = range(max(begin, 0), min(end + 1, len(months)))
    touched = [(i, inside.days) for i in near if (inside := months[i].overlap(span)) is not None]
    left = value
    for index, days in touched[:-1]:
        result[index] = share(value, days, span.days).quantize(KG, context=EXACT)
        left = EXACT.subtract(left, result[index])
    if touched:
        result[touched[-1][0]] = left
    return result


def _place(day: date, months: tuple[Period, ...]) -> int:
    """Place of the month of a day among months one after the other; outside of them when it is in none."""
    first = months[0].start
    return (day.year - first.year) * 12 + day.month - first.month


def months_by_source(
    lines: Iterable[Line], period: Period, scopes: tuple[str, ...] = LOCATION
) -> Mapping[str, tuple[Decimal, ...]]:
    """Tonnes CO2e of each source in each month of the period."""
    months = months_of(period)
    sums: dict[str, list[Decimal]] = {}
    for line in lines:
        if line.scope not in scopes:
            continue
        row = sums.setdefault(line.activity.source, [ZERO] * len(months))
        for index, tonnes in enumerate(spread(line, months)):
            if tonnes is not ZERO:
                row[index] = EXACT.add(row[index], tonnes)
    return {source: tuple(row) for source, row in sums.items()}


def by_month(lines: Iterable[Line], period: Period, scopes: tuple[str, ...] = LOCATION) -> tuple[Decimal, ...]:
    """Tonnes CO2e of each month of the period."""
    months = months_of(period)
    sums = [ZERO] * len(months)
    for line in lines:
        if line.scope in scopes:
            for index, tonnes in enumerate(spread(line, months)):
                if tonnes is not ZERO:
                    sums[index] = EXACT.add(sums[index], tonnes)
    return tuple(sums)
