"""How much a day, and whether that is unusual: what the rules of outliers and of wrong units share."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.checks._types import Series, Setting, days, median
from core.i18n import T, Text
from core.ledger import Activity
from core.library import EXACT

OCCASIONAL = frozenset({"refrigerant", "extinguishing_agent", "switchgear_gas", "travel", "air_travel", "hotel"})
"""Topped up or travelled when needed: no month is like another."""
LIMIT, NEAR = Decimal(8), 7.9
ENOUGH = 4
"""Fewer records have no median worth the name."""
SLIPS = (Decimal(1000), Decimal(10000))
"""kWh for MWh, kg for t, L for m³; and the Chinese ten thousand."""


@dataclass(frozen=True, slots=True)
class Unusual:
    """A record far from the others of its series."""

    record: Activity
    high: bool
    times: Decimal
    """Quantity per day against the median, or the other way round when low."""

    @property
    def slip(self) -> Decimal | None:
        """The power of ten that a wrong unit would explain."""
        return next((s for s in SLIPS if s / 2 <= self.times <= s * 2), None)


def unusual(setting: Setting, series: Series) -> list[Unusual]:
    """Records whose quantity per day is more than 8 times, or less than an eighth of, the median of their series."""
    quantities = [] if setting.kind(series.item) in OCCASIONAL else _quantities(setting, series)
    if len(quantities) < ENOUGH or _alike([float(quantity) / days(a) for a, quantity in quantities]):
        return []
    rates = [(a, EXACT.divide(quantity, Decimal(days(a)))) for a, quantity in quantities]
    middle = median([rate for _, rate in rates])
    high, found = EXACT.multiply(middle, LIMIT), []
    for record, rate in rates:
        if rate > high:
            found.append(Unusual(record, True, EXACT.divide(rate, middle)))
        elif EXACT.multiply(rate, LIMIT) < middle:
            found.append(Unusual(record, False, EXACT.divide(middle, rate)))
    return found


def _alike(rates: list[float]) -> bool:
    """Whether they lie so near each other that none can be far from their middle; most series do."""
    return max(rates) < NEAR * min(rates)


def _quantities(setting: Setting, series: Series) -> list[tuple[Activity, Decimal]]:
    """Quantities in one unit; zeros are statements, not measurements, and negatives have their own rule."""
    if len(series.records) < ENOUGH:
        return []
    if len({a.unit for a in series.records}) == 1:  # then any unit compares
        return [(a, a.quantity) for a in series.records if a.quantity > 0]
    based = [(a, base) for a in series.records if (base := setting.base(a)) is not None and base[1] > 0]
    alike = len({dimension for _, (dimension, _) in based}) == 1
    return [(a, quantity) for a, (_, quantity) in based] if alike else []


def described(setting: Setting, record: Activity) -> Text:
    """A record in a sentence."""
    return T(
        "{source}: {quantity} {unit} of {item} from {start} to {end}",
        source=record.source,
        quantity=record.quantity,
        unit=record.unit,
        item=setting.name(record.item),
        start=record.start,
        end=record.end,
    )
