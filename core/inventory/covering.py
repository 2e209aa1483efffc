"""Which instruments an inventory rests on, and whose own generation has been sold without the electricity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import attrgetter

from core.instruments import Cover
from core.inventory.period import Period
from core.ledger import Activity, Instrument, Ledger, PvSystem

SOLD = "other"
"""What a PV system says of its attributes when somebody else owns them."""


def covers_in(covers: Mapping[str, tuple[Cover, ...]], activities: Iterable[Activity]) -> dict[str, tuple[Cover, ...]]:
    """What is allocated to these records, in their order."""
    return {one.id: covers[one.id] for one in activities if one.id in covers} if covers else {}


def instruments_in(ledger: Ledger, covers: Mapping[str, tuple[Cover, ...]], period: Period) -> tuple[Instrument, ...]:
    """Those that cover something, and those that were generated in the period; ordered by id."""
    named = {cover.instrument.id for own in covers.values() for cover in own}
    found = (
        one
        for one in ledger.held(Instrument)
        if one.id in named or (one.start <= period.end and period.start <= one.end)
    )
    return tuple(sorted(found, key=attrgetter("id")))


def sold_sources(ledger: Ledger) -> dict[str, str]:
    """Sources of own generation whose attributes belong to somebody else, with the first id of their systems."""
    sold = [one for one in ledger.held(PvSystem) if one.attributes_owner == SOLD and one.source]
    return {one.source: one.id for one in sorted(sold, key=attrgetter("id"), reverse=True)}
