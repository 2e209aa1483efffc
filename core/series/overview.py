"""Which meter stands below which, and what each of them counted in a year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Context, Decimal

from core.errors import UserError
from core.ledger import Ledger, Meter, MeterExchange, Reading
from core.series.counters import Consumed, consumption
from core.series.metered import Metered, is_level
from core.series.read import MonthSum

_EXACT = Context(prec=34)


def in_tree(meters: Sequence[Meter]) -> list[tuple[Meter, int]]:
    """Every meter with the number of meters above it, parents before their children, else in the order given.

    Examples
    --------
    >>> below = Meter("b", "Hall 1", "electricity", "consumption", "kWh", parent="a")
    >>> [(m.id, depth) for m, depth in in_tree([below, Meter("a", "Main", "electricity", "import", "kWh")])]
    [('a', 0), ('b', 1)]
    """
    known = {meter.id for meter in meters}
    found = list(_below([m for m in meters if m.parent not in known], meters, 0))
    there = {meter.id for meter, _ in found}
    # Meters that stand in a circle have no top; none of them may vanish.
    return found + [(meter, 0) for meter in meters if meter.id not in there]


def _below(some: Sequence[Meter], meters: Sequence[Meter], depth: int) -> Iterator[tuple[Meter, int]]:
    for meter in some:
        yield meter, depth
        yield from _below([one for one in meters if one.parent == meter.id], meters, depth + 1)


def months_of_year(metered: Metered, meter: Meter, year: int) -> list[MonthSum]:
    """Sums of the months by intervals; empty when it has none in this year."""
    found = metered.monthly(meter.id, date(year, 1, 1), date(year, 12, 31))
    return found if any(one.present for one in found) else []


def year_sum(metered: Metered, meter: Meter, year: int) -> tuple[Decimal | None, bool]:
    """Sum of a year or mean of a level, and whether it follows from readings.

    Parameters
    ----------
    metered
        the interval data and readings of the plant.
    meter
        of its ledger.
    year
        local calendar year.

    Returns
    -------
    tuple
        in the unit of the meter, None where nothing is known; intervals take precedence over readings.
    """
    months = months_of_year(metered, meter, year)
    if not months:
        return sum_of_readings(metered.ledger, meter, date(year, 1, 1), date(year, 12, 31)), True
    total, present = _sum([one.total for one in months]), sum(one.present for one in months)
    return (_EXACT.divide(total, Decimal(present)) if is_level(meter) else total), False


def sum_of_readings(ledger: Ledger, meter: Meter, first: date, last: date) -> Decimal | None:
    """What the readings tell of some days, each in proportion to its days; None where they tell nothing."""
    try:
        found = consumption(ledger.held(Reading), meter, ledger.held(MeterExchange))
    except UserError:
        return None  # who looks at the readings is told what is wrong with them
    parts = [part for one in found if (part := _part(one, first, last)) is not None]
    return _sum(parts) if parts else None


def _part(one: Consumed, first: date, last: date) -> Decimal | None:
    days = (min(one.end, last) - max(one.start, first)).days + 1
    whole = (one.end - one.start).days + 1
    if days <= 0:
        return None
    return one.amount if days == whole else _EXACT.divide(_EXACT.multiply(one.amount, Decimal(days)), Decimal(whole))


def span_of(metered: Metered, meter: Meter) -> tuple[date, date] | None:
    """First and last local day about which intervals or readings say something."""
    kept = metered.kept(meter.id)
    readings = [one for one in metered.ledger.held(Reading) if one.meter == meter.id]
    starts, ends = [one.start for one in readings], [one.end for one in readings]
    if kept is not None:
        starts, ends = [*starts, kept.start], [*ends, kept.end]
    return (min(starts), max(ends)) if starts else None


def overdue(meter: Meter, last: date | None, year: int) -> bool:
    """Whether the calibration does not hold to the last day with a value in a year."""
    if not meter.calibrated_to or last is None or last.year < year:
        return False
    return meter.calibrated_to < min(last, date(year, 12, 31)).isoformat()


def _sum(values: Sequence[Decimal]) -> Decimal:
    total = Decimal(0)
    for value in values:
        total = _EXACT.add(total, value)
    return total
