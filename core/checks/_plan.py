"""The inventory management plan, as the rules about it see it."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._metered import of_the_value_chain
from core.checks._types import Review, Series
from core.inventory.planned import covering
from core.inventory.upstream import METHODS
from core.ledger import PlanItem

SOURCE = "ISO 14064-1:2018, 8.1; data quality control plan of GB/T 32150-2025"
APART = frozenset({"solar", "own_renewable", "exported_energy"})
"""Kinds of items whose quantity lowers a total or stands in none."""


def planned(review: Review) -> Iterator[tuple[PlanItem, Series]]:
    """Every series with records that a line of the plan covers; the upstream of energy follows from what is planned."""
    if not review.inventory.plan:
        return
    for series in review.series:
        if series.records and series.method not in METHODS:
            found = covering(review.inventory.plan, series.source, series.item)
            if found is not None:
                yield found, series


def unplanned(review: Review) -> list[Series]:
    """Series of scopes 1 and 2 that no line covers; none while there is no plan."""
    plan = review.inventory.plan
    if not plan:
        return []
    return [
        one
        for one in review.series
        if one.records and not of_the_value_chain(one) and covering(plan, one.source, one.item) is None
    ]
