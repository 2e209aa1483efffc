"""What the meters of the plant counted, beside what its records say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from core.audit.key_figures import converted
from core.errors import UserError
from core.inventory import Inventory, Period
from core.inventory.planned import uncovered
from core.inventory.upstream import METHODS
from core.ledger import Activity, Ledger, Meter, MeterExchange, Reading
from core.library import EXACT, Units
from core.methods import exact_sum

if TYPE_CHECKING:
    from core.series.metered import Metered


@dataclass(frozen=True, slots=True)
class Balance:
    """One item of one source by its records and by its meters."""

    source: str
    item: str
    unit: str
    recorded: Decimal
    metered: Decimal | None
    """None: the meters do not cover the whole period, or count in another kind of unit."""
    meters: tuple[str, ...]
    """Names of the meters."""


def counted_of(metered: Metered, period: Period) -> dict[str, Decimal]:
    """What each meter counted over a whole period, in its unit; meters that do not know every day of it are left out.

    Parameters
    ----------
    metered
        intervals and readings of the plant; intervals take precedence.
    period
        whole months.
    """
    from core.series.metered import is_level

    found: dict[str, Decimal] = {}
    for meter in metered.meters:
        if is_level(meter):
            continue
        amount = _by_intervals(metered, meter, period)
        if amount is None:
            amount = _by_readings(metered.ledger, meter, period)
        if amount is not None:
            found[meter.id] = amount
    return found


def _by_intervals(metered: Metered, meter: Meter, period: Period) -> Decimal | None:
    try:
        months = metered.monthly(meter.id, period.start, period.end)
    except UserError:
        return None  # who looks at the meter is told what is wrong with it
    whole = bool(months) and all(month.complete for month in months)
    return exact_sum(month.total for month in months) if whole else None


def _by_readings(ledger: Ledger, meter: Meter, period: Period) -> Decimal | None:
    from core.series.counters import consumption
    from core.series.overview import sum_of_readings

    try:
        spans = consumption(ledger.held(Reading), meter, ledger.held(MeterExchange))
    except UserError:
        return None  # who looks at the readings is told what is wrong with them
    records = [Activity("", "", "", "", one.start, one.end, one.amount, meter.unit) for one in spans]
    if not records or uncovered(records, period):
        return None
    return sum_of_readings(ledger, meter, period.start, period.end)


def balances_of(ledger: Ledger, inventory: Inventory, counted: Mapping[str, Decimal]) -> tuple[Balance, ...]:
    """Every item of a source that meters count, by source and item.

    A meter below another one that counts for the same source is not added again, nor is the upstream of energy, which
    repeats its quantity.
    """
    filed: dict[tuple[str, str], list[Meter]] = {}
    for meter in ledger.held(Meter):
        if meter.source and meter.item and meter.direction != "sensor":
            filed.setdefault((meter.source, meter.item), []).append(meter)
    found = []
    for (source, item), meters in sorted(filed.items()):
        ids = {one.id for one in meters}
        tops = [one for one in meters if one.parent not in ids]
        portions = {
            line.activity.id: line.portion
            for line in inventory.lines
            if (line.activity.source, line.activity.item) == (source, item) and line.activity.method not in METHODS
        }
        if portions:
            unit = next(iter(portions.values())).activity.unit
            units = inventory.library.units
            recorded = _added(((one.quantity, one.activity.unit) for one in portions.values()), unit, units)
            counts = [(counted.get(one.id), one.unit) for one in tops]
            known = [(amount, of) for amount, of in counts if amount is not None]
            metered = _added(known, unit, units) if len(known) == len(counts) else None
            if recorded is not None:
                found.append(Balance(source, item, unit, recorded, metered, tuple(one.name for one in tops)))
    return tuple(found)


def _added(parts: Iterable[tuple[Decimal, str]], unit: str, units: Units) -> Decimal | None:
    """The sum in one unit; None where a part does not convert."""
    total = Decimal(0)
    for amount, of in parts:
        one = converted(amount, of, unit, units)
        if one is None:
            return None
        total = EXACT.add(total, one)
    return total
