"""What was bought agrees with the main meters, where readings cover the whole period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal

from core.errors import UserError
from core.i18n import T
from core.inventory import Period
from core.inventory.main_meters import amounts_read, main_meters
from core.inventory.period import share
from core.ledger import Reading
from core.library import EXACT
from core.methods import exact_sum
from core.renewables.claim_case import ClaimCase, ClaimRule, ClaimSaid, readable, warning
from core.renewables.consumption import DIRECT_LINE, PURCHASED

TOLERANCE = "claims.meter_tolerance"
DAY = timedelta(days=1)


def check(case: ClaimCase) -> Iterator[ClaimSaid]:
    """The sum of the meters that nothing precedes against the bills; silent where a meter lacks days."""
    metered = _metered(case)
    bought = exact_sum(one.kwh for one in case.used if one.kind in (PURCHASED, DIRECT_LINE))
    if metered is None or not bought:
        return
    allowed = EXACT.divide(EXACT.multiply(bought, case.rules[TOLERANCE].number), Decimal(100))
    if abs(EXACT.subtract(metered, bought)) > allowed:
        yield warning(
            T("The main meters counted {metered} kWh, the bills say {bought} kWh.", metered=readable(metered),
              bought=readable(bought)),
            T("Compare bills and readings month by month; a share of too small a consumption is too large."),
        )  # fmt: skip


def _metered(case: ClaimCase) -> Decimal | None:
    """What the main meters counted in the period; None where that is not known. [kWh]"""
    period, units = case.inventory.choices.period, case.inventory.library.units
    main = main_meters(case.ledger)
    readings: dict[str, list[Reading]] = {}
    for one in amounts_read(case.ledger, period):
        readings.setdefault(one.meter, []).append(one)
    sums = [_counted(readings.get(one.id, ()), period) for one in main]
    if not main or None in sums:
        return None
    try:
        return exact_sum(
            units.convert(total, one.unit, "kWh") for one, total in zip(main, sums, strict=True) if total is not None
        )
    except UserError:
        return None


def _counted(readings: Iterable[Reading], period: Period) -> Decimal | None:
    """Amounts of readings that follow each other without gap over the period."""
    day, total = period.start, []
    for one in sorted(readings, key=lambda held: held.start):
        span = Period(one.start, one.end)
        inside = span.overlap(period)
        if inside is None or inside.start != day:
            return None
        total.append(share(one.value, inside.days, span.days))
        day = inside.end + DAY
    return exact_sum(total) if day > period.end else None


RULE = ClaimRule(
    T("Bills and main meters agree"),
    ("warning",),
    "Rule of this program: the denominator is held against a second source where there is one",
    "2026",
    check,
    (TOLERANCE,),
)
