"""What was exported, or is no electricity of the plant, never counts."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments import Cover
from core.inventory.covering import sold_sources
from core.ledger import Activity
from core.renewables.allocating import coverable
from core.renewables.claim_case import ClaimCase, ClaimRule, ClaimSaid, readable, stop


def check(case: ClaimCase) -> Iterator[ClaimSaid]:
    """Allocations to records of the period that nothing can cover."""
    sold = sold_sources(case.ledger)
    activities = {one.id: one for one in case.inventory.activities}
    for key, covers in sorted(case.inventory.covers.items()):
        record = activities.get(key)
        if record is not None and not coverable(record, sold):
            yield from (_said(record, cover) for cover in covers)


def _said(record: Activity, cover: Cover) -> ClaimSaid:
    return stop(
        T(
            "{kwh} kWh of {instrument} are allocated to {source}, which is no electricity that was bought and used.",
            kwh=readable(cover.quantity),
            instrument=cover.instrument.name,
            source=record.source,
        ),
        T("Take the allocation back: exports never count, and own generation lowers the bill by itself."),
        cover.allocation.id,
    )


RULE = ClaimRule(
    T("Exports never count"),
    ("stop",),
    "GHG Protocol Scope 2 Guidance, ch. 6: instruments cover electricity that was consumed",
    "2015",
    check,
)
