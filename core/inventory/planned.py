"""The inventory management plan beside records: which line covers what, how often, and what a missing value may be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from core.inventory.period import Period
from core.ledger import Activity, PlanItem
from core.library import EXACT

LONGEST = {"daily": 35, "monthly": 35, "quarterly": 100, "yearly": 370}
"""Longest span of a record, and of days without one, by the frequency of a plan; records add up daily readings by
month. The slack is ours. [d]"""
MARGIN = Decimal("1.05")
"""On the larger neighbour of a missing value; ours."""


def covering(plan: Iterable[PlanItem], source: str, item: str) -> PlanItem | None:
    """The line of the plan about an item of a source: its own, else that of the whole source, else of the item.

    Examples
    --------
    >>> lines = [PlanItem("p1", "", "diesel", "billed"), PlanItem("p2", "Boiler", "", "metered")]
    >>> [one and one.id for one in (covering(lines, "Boiler", "diesel"), covering(lines, "Truck", "diesel"))]
    ['p2', 'p1']
    """
    held = tuple(plan)
    for wanted in ((source, item), (source, ""), ("", item)):
        found = next((one for one in held if (one.source, one.item) == wanted), None)
        if found is not None:
            return found
    return None


def unanswered(plan: Sequence[PlanItem], records: Iterable[Activity]) -> tuple[PlanItem, ...]:
    """Lines of the plan to which no record answers: what is expected and not entered.

    Examples
    --------
    >>> lines = [PlanItem("p1", "", "diesel", "billed"), PlanItem("p2", "Boiler", "", "metered")]
    >>> day = date(2024, 5, 1)
    >>> [one.id for one in unanswered(lines, [Activity("a", "Boiler", "m", "gas", day, day, Decimal(1), "m3")])]
    ['p1']
    """
    pairs = {(one.source, one.item) for one in records}
    used = {line.id for source, item in pairs if (line := covering(plan, source, item)) is not None}
    return tuple(one for one in plan if one.id not in used)


def uncovered(records: Iterable[Activity], period: Period) -> tuple[Period, ...]:
    """Stretches of a period that no record touches, in their order."""
    found: list[Period] = []
    day = period.start
    for one in sorted(records, key=lambda record: (record.start, record.end)):
        if one.start > day:
            found.append(Period(day, min(_before(one.start), period.end)))
        day = max(day, _after(one.end))
        if day > period.end:
            return tuple(found)
    return (*found, Period(day, period.end))


def _before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def add_months(day: date, months: int) -> date:
    """So many months later; the last of a shorter month.

    Examples
    --------
    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    import calendar

    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def least_estimate(rule: str, record: Activity, measured: Sequence[tuple[Activity, Decimal]]) -> Decimal | None:
    """What a missing value is at least, by the rule of a plan.

    Parameters
    ----------
    rule
        ``highest_of_year`` or ``neighbours_plus_margin``; others do not follow from records.
    record
        whose value is missing.
    measured
        records of the same source and item that are no estimates, with their quantities in one unit.

    Returns
    -------
    Decimal
        in the unit of the quantities; None where the rule or the records do not tell.

    Notes
    -----
    ``highest_of_year``: the highest quantity per day of any record × days. ``neighbours_plus_margin``: the larger
    quantity per day of the records before and after × 1.05 × days. Both never lie below what the records around make
    likely, as GB/T 32150-2025 wants missing data treated; the margin is ours.

    Examples
    --------
    >>> may = Activity("a", "s", "m", "i", date(2024, 5, 1), date(2024, 5, 31), Decimal(0), "kWh")
    >>> june = Activity("b", "s", "m", "i", date(2024, 6, 1), date(2024, 6, 30), Decimal(300), "kWh")
    >>> least_estimate("highest_of_year", may, [(june, june.quantity)])
    Decimal('310')
    """
    rates = [(one, EXACT.divide(quantity, Decimal(_days(one)))) for one, quantity in measured]
    if not rates:
        return None
    days = Decimal(_days(record))
    if rule == "highest_of_year":
        return EXACT.multiply(max(rate for _, rate in rates), days)
    if rule != "neighbours_plus_margin":
        return None
    before = [(one.end, rate) for one, rate in rates if one.end < record.start]
    after = [(one.start, rate) for one, rate in rates if one.start > record.end]
    near = [
        *(rate for day, rate in before if day == max(before)[0]),
        *(rate for d, rate in after if d == min(after)[0]),
    ]
    return EXACT.multiply(EXACT.multiply(max(near), MARGIN), days) if near else None


def _days(record: Activity) -> int:
    return (record.end - record.start).days + 1
