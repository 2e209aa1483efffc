"""The frame of a sample: what it is drawn from, in an order of its own and with a hash.

The unit is the record, thus the bill or the monthly reading: it is what an auditor pulls from the folder and what
the Chinese practice counts (月度记录). A bill over the turn of a month is not cut, for its half cannot be traced; it
belongs to the month in which its middle day lies, where most of it was used.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.inventory import Inventory
from core.inventory.period import portion_of
from core.inventory.totals import LOCATION, MARKET, ZERO
from core.ledger import sha256_of
from core.library import EXACT
from core.methods import exact_sum, plain

TOTALS = (LOCATION, MARKET)


@dataclass(frozen=True, slots=True)
class FrameItem:
    """One record that may be drawn."""

    activity: str
    """Id of the record."""
    source: str
    month: str
    """In which its middle day lies, as ``2024-03``."""
    tonnes: Decimal
    """Without sign, in the total where it counts more. [t CO2e]"""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a sample is drawn from, ordered by source, month and id."""

    items: tuple[FrameItem, ...]
    sha256: str
    """Of ids, sources, months and tonnes, in canonical form."""

    @property
    def tonnes(self) -> Decimal:
        """Of all items, without sign. [t CO2e]"""
        return exact_sum(item.tonnes for item in self.items)

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(item.activity for item in self.items)

    @property
    def by_source(self) -> dict[str, tuple[FrameItem, ...]]:
        """Items of each source, in the order of names."""
        filed: dict[str, list[FrameItem]] = {}
        for item in self.items:
            filed.setdefault(item.source, []).append(item)
        return {source: tuple(own) for source, own in filed.items()}


def frame_of(inventory: Inventory, sources: Collection[str] = ()) -> Frame:
    """The frame of an inventory.

    Parameters
    ----------
    inventory
        whose records are tested: also those without a factor or only in a memo, which weigh nothing and may be wrong.
    sources
        emission sources to draw from; none: all.

    Returns
    -------
    Frame
        the same whatever the order of the ledger.

    Notes
    -----
    Weight of a record: ``max(Σ|t| location-based, Σ|t| market-based)`` over its lines, so that neither a credit nor the
    choice of the total hides it.
    """
    weights = record_weights(inventory)
    period = inventory.choices.period
    items = []
    for activity in inventory.activities:
        portion = portion_of(activity, period)
        if portion is not None and (not sources or activity.source in sources):
            middle = middle_of(portion.start, portion.end)
            items.append(FrameItem(activity.id, activity.source, f"{middle:%Y-%m}", weights.get(activity.id, ZERO)))
    return framed(items)


def framed(items: Iterable[FrameItem]) -> Frame:
    """A frame of these items, in its order and with its hash."""
    ordered = tuple(sorted(items, key=lambda one: (one.source, one.month, one.activity)))
    return Frame(ordered, sha256_of([[i.activity, i.source, i.month, plain(i.tonnes)] for i in ordered]))


def middle_of(start: date, end: date) -> date:
    """The middle day of a span, the earlier one of two.

    Examples
    --------
    >>> middle_of(date(2024, 1, 20), date(2024, 2, 19))
    datetime.date(2024, 2, 4)
    """
    return start + timedelta(days=(end - start).days // 2)


def record_weights(inventory: Inventory) -> dict[str, Decimal]:
    """What each record with a line weighs, see :func:`frame_of`. [t CO2e]"""
    sums: dict[str, list[Decimal]] = {}
    for line in inventory.lines:
        own = sums.setdefault(line.activity.id, [ZERO] * len(TOTALS))
        size = abs(line.tco2e)
        for place, scopes in enumerate(TOTALS):
            if line.scope in scopes:
                own[place] = EXACT.add(own[place], size)
    return {key: max(own) for key, own in sums.items()}
