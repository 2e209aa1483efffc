"""A month that does not fit the others; a factor of a thousand is probably a wrong unit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.checks._types import Review, Rule, Series, days, median
from core.i18n import T
from core.ledger import Activity
from core.library import EXACT
from core.methods import Finding

OCCASIONAL = frozenset({"refrigerant"})
LIMIT = Decimal(8)
ENOUGH = 4
"""Fewer records have no median worth the name."""
SLIPS = (Decimal(1000), Decimal(10000))
"""kWh for MWh, kg for t, L for m³; and the Chinese ten thousand."""
HUGE = Decimal(1000000)
"""Nobody needs to know how much more exactly."""


def _rates(review: Review, series: Series) -> list[tuple[Activity, Decimal]]:
    """Quantity per day in the base unit; zeros are statements, not measurements, and negatives have their own rule."""
    rates: list[tuple[Activity, Decimal]] = []
    dimensions: set[str] = set()
    for record in series.records:
        base = review.base(record)
        if base is not None and base[1] > 0:
            dimensions.add(base[0])
            rates.append((record, EXACT.divide(base[1], Decimal(days(record)))))
    return rates if len(rates) >= ENOUGH and len(dimensions) == 1 else []


def check(review: Review) -> Iterator[Finding]:
    """Records whose quantity per day is more than 8 times, or less than an eighth of, the median of their series."""
    for series in review.series:
        if review.kind(series.item) in OCCASIONAL:
            continue
        rates = _rates(review, series)
        if not rates:
            continue
        middle = median([rate for _, rate in rates])
        for record, rate in rates:
            if rate > EXACT.multiply(middle, LIMIT) or EXACT.multiply(rate, LIMIT) < middle:
                yield _finding(review, record, rate, middle)


def _finding(review: Review, record: Activity, rate: Decimal, middle: Decimal) -> Finding:
    high = rate > middle
    times = EXACT.divide(rate, middle) if high else EXACT.divide(middle, rate)
    slip = next((s for s in SLIPS if s / 2 <= times <= s * 2), None)
    what = T(
        "{source}: {quantity} {unit} of {item} from {start} to {end}",
        source=record.source,
        quantity=record.quantity,
        unit=record.unit,
        item=review.name(record.item),
        start=record.start,
        end=record.end,
    )
    if slip is not None:
        usual = (
            T("{what} is about {times} times what is usual: probably a wrong unit.", what=what, times=slip)
            if high
            else T("{what} is about 1/{times} of what is usual: probably a wrong unit.", what=what, times=slip)
        )
        return Finding(RULE.key, RULE.severity, record.id, usual, T("Compare unit and decimal point with the bill."))
    far = times.quantize(Decimal("0.1"), context=EXACT) if times < HUGE else HUGE
    message = (
        T("{what} is {times} times the median per day.", what=what, times=far)
        if high
        else T("{what} is 1/{times} of the median per day.", what=what, times=far)
    )
    return Finding(
        RULE.key,
        RULE.severity,
        record.id,
        message,
        T("Check quantity, unit and days, or say in the note why it is so."),
    )


RULE = Rule(
    "outliers", "warning", T("Outliers and unit slips"), "GHG Protocol Corporate Standard, ch. 7: plausibility", check
)
