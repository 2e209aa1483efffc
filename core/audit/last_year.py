"""What is known of the year before: from its inventory, or from the figures of its closing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.inventory import Inventory, Period, by_source, months_by_source, year_of
from core.inventory.totals import LOCATION
from core.inventory.upstream import METHODS
from core.ledger import Closing
from core.ledger.codec import read_decimal
from core.library.units import scale
from core.methods import exact_sum

SOURCE = "source:"
LONGEST_MONTH = 35
"""Longer records do not tell their months apart. [d]"""


@dataclass(frozen=True, slots=True)
class LastYear:
    """Tonnes of another year, location-based."""

    year: int
    period: Period
    total: Decimal
    """[t CO2e]"""
    sources: Mapping[str, Decimal]
    """Of each emission source. [t CO2e]"""
    months: Mapping[str, tuple[Decimal, ...]] = field(default_factory=dict)
    """Of sources whose records are monthly, in each month of the period. [t CO2e]"""
    quantities: Mapping[str, tuple[str, Decimal]] = field(default_factory=dict)
    """Of sources of one item: its key with the dimension, and the quantity in its base unit."""


def last_of(inventory: Inventory) -> LastYear:
    """From the inventory of that year."""
    period = inventory.choices.period
    long = {
        line.activity.source
        for line in inventory.lines
        if line.scope in LOCATION and (line.activity.end - line.activity.start).days >= LONGEST_MONTH
    }
    months = months_by_source(inventory.lines, period)
    return LastYear(
        period.end.year,
        period,
        inventory.totals.location,
        by_source(inventory.lines),
        {source: tonnes for source, tonnes in months.items() if source not in long},
        quantities_of(inventory),
    )


def quantities_of(inventory: Inventory) -> dict[str, tuple[str, Decimal]]:
    """What each source used, where that is one item in units that convert; factors do not matter to it.

    The upstream of energy repeats its quantity and is left out.
    """
    filed: dict[str, dict[str, list[Decimal]]] = {}
    portions = {line.activity.id: line.portion for line in inventory.lines if line.activity.method not in METHODS}
    for portion in portions.values():
        unit = inventory.library.units.find(portion.activity.unit)
        key = "" if unit is None else f"{portion.activity.item} {unit.dimension}"
        based = Decimal(0) if unit is None else scale(portion.quantity, unit.to_base)
        filed.setdefault(portion.activity.source, {}).setdefault(key, []).append(based)
    return {
        source: (key, exact_sum(parts))
        for source, own in filed.items()
        for key, parts in own.items()
        if len(own) == 1 and key
    }


def last_closed(closings: Iterable[Closing], year: int) -> LastYear | None:
    """From the figures of a closing, which travel inside every report; None while the year is open.

    They know no months, and the period is taken to be the calendar year.
    """
    closing = next((one for one in closings if one.id == str(year)), None)
    if closing is None:
        return None
    figures: dict[str, Decimal] = {}
    for key, said in closing.figures:
        try:
            figures[key] = read_decimal(said)
        except ValueError:
            continue
    if not figures.keys() >= set(LOCATION):
        return None
    sources = {key.removeprefix(SOURCE): tonnes for key, tonnes in figures.items() if key.startswith(SOURCE)}
    return LastYear(year, year_of(year), exact_sum(figures[scope] for scope in LOCATION), sources)
