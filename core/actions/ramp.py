"""When an action has which part of its full effect: ramp, life, and the days of its first and last year."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from core.ledger import Action
from core.ledger.codec import read_decimal
from core.library import EXACT

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
LAST_YEAR = 9999
"""Of the calendar; whatever lasts longer ends there."""


def anniversary(start: date, years: int) -> date:
    """The same day some years later; of 29 February the first of March where there is none.

    Examples
    --------
    >>> anniversary(date(2024, 2, 29), 1), anniversary(date(2024, 2, 29), 4)
    (datetime.date(2025, 3, 1), datetime.date(2028, 2, 29))
    """
    year = min(start.year + years, LAST_YEAR)
    try:
        return start.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def last_day(action: Action) -> date:
    """Last day of its effect, included."""
    return anniversary(action.start, max(action.life, 0)) - timedelta(days=1)


def steps_of(action: Action) -> tuple[tuple[int, Decimal], ...]:
    """Years of effect and their percent, ascending.

    Raises
    ------
    ValueError
        for a year that is no whole number from 1, one twice, or a percent that is no number from 0 to 100.
    """
    found: dict[int, Decimal] = {}
    for year, percent in action.ramp:
        number, value = int(year), read_decimal(percent)
        if number < 1 or number in found or not ZERO <= value <= HUNDRED:
            raise ValueError(f"{year} {percent} is no step of a ramp")
        found[number] = value
    return tuple(sorted(found.items()))


def part_of_effect(action: Action, number: int) -> Decimal:
    """What of the full effect the action has in a year of its effect.

    Parameters
    ----------
    action
        with its ramp; steps that cannot be read count as none, and the checks name them.
    number
        year of effect, 1 for the twelve months from its start. [a]

    Returns
    -------
    Decimal
        0 to 1; 0 outside its life. [1]

    Notes
    -----
    The last step stated at or before the year holds; before the first one nothing, after the last one all.

    Examples
    --------
    >>> led = Action("a", "LED", "energy_efficiency", "scope2_location", date(2025, 1, 1), 10, ramp=(("1", "40"),))
    >>> [str(part_of_effect(led, number)) for number in (1, 2, 10, 11)]
    ['0.4', '1', '1', '0']
    """
    if not 1 <= number <= action.life:
        return ZERO
    try:
        steps = steps_of(action)
    except ValueError:
        steps = ()
    if not steps or number > steps[-1][0]:
        return ONE
    return EXACT.divide(max((one for one in steps if one[0] <= number), default=(0, ZERO))[1], HUNDRED)


def part_between(action: Action, first: date, last: date) -> Decimal:
    """Mean part of the full effect over some days.

    Parameters
    ----------
    action
        with start, life and ramp.
    first, last
        days, both included.

    Returns
    -------
    Decimal
        0 to 1. [1]

    Notes
    -----
    Σ_k (days of the k-th year of effect among them × part_k) / days.

    Examples
    --------
    >>> pump = Action("a", "Pump", "heat", "scope1", date(2025, 7, 2), 10)
    >>> str(part_between(pump, date(2025, 1, 1), date(2025, 12, 31)))  # 183 of 365 days
    '0.5013698630136986301369863013698630'
    """
    days = (last - first).days + 1
    if days < 1:
        return ZERO
    sum_of_days = ZERO
    for number in _touched(action, first, last):
        begin = max(first, anniversary(action.start, number - 1))
        end = min(last, anniversary(action.start, number) - timedelta(days=1))
        inside = Decimal((end - begin).days + 1)
        if inside > 0:
            sum_of_days = EXACT.add(sum_of_days, EXACT.multiply(inside, part_of_effect(action, number)))
    return EXACT.divide(sum_of_days, Decimal(days))


def _touched(action: Action, first: date, last: date) -> range:
    """Years of effect that may have one of the days."""
    return range(max(1, first.year - action.start.year), min(action.life, last.year - action.start.year + 1) + 1)


def part_in(action: Action, year: int) -> Decimal:
    """Mean part of the full effect in a calendar year, by days. [1]"""
    return part_between(action, date(year, 1, 1), date(year, 12, 31))


def full_from(action: Action) -> date:
    """First day on which all of the effect is there: its start, or the end of its ramp."""
    number = next((k for k in range(1, action.life + 1) if part_of_effect(action, k) == ONE), action.life + 1)
    return anniversary(action.start, number - 1)
