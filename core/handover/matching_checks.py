"""What of the hourly matching that a report states does not follow from its own numbers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.inventory import Difference
from core.inventory.energy.matching import StatedMatched, StatedMatching
from core.library import EXACT
from core.methods import exact_sum, plain

HALF = Decimal("0.05")
"""What rounding may hide of each number that has one decimal. [kWh]"""
FULL = Decimal(100)


def matching_contradictions(stated: StatedMatching) -> Iterator[Difference]:
    """Months add up to the totals, nothing is matched that was not used and supplied, and percentages are those of the
    energy, rounded down; within rounding, supplies add up too.

    Parameters
    ----------
    stated
        as it was read.
    """
    where = "energy.matching"
    yield from _row(where, stated)
    for month in stated.months:
        yield from _row(f"{where}.months[{month.month:%Y-%m}]", month)
    for key in ("load_kwh", "supply_kwh", "matched_kwh", "unmatched_hours", "present", "expected"):
        told, added = Decimal(getattr(stated, key)), exact_sum(Decimal(getattr(one, key)) for one in stated.months)
        if told != added:
            yield Difference(f"{where}.{key}", plain(told), plain(added))
    for key in ("supply_kwh", "matched_kwh"):
        told, added = getattr(stated, key), exact_sum(getattr(one, key) for one in stated.supplies)
        # Each month was rounded, and so was each supply.
        if abs(EXACT.subtract(told, added)) > HALF * (len(stated.months) + len(stated.supplies)):
            yield Difference(f"{where}.supplies.{key}", plain(added), plain(told))


def _row(where: str, one: StatedMatched) -> Iterator[Difference]:
    from core.renewables.hourly_plain import percent_down  # numpy behind it is for those who check a matching

    for key, limit in (("load_kwh", one.load_kwh), ("supply_kwh", one.supply_kwh)):
        if limit < 0:
            yield Difference(f"{where}.{key}", plain(limit), "0")
    most = min(one.load_kwh, one.supply_kwh)
    if not 0 <= one.matched_kwh <= most:
        yield Difference(f"{where}.matched_kwh", plain(one.matched_kwh), f"0 … {plain(most)}")
    shares = (
        ("score_percent", one.score_percent, one.matched_kwh),
        ("volumetric_percent", one.volumetric_percent, most),
    )
    for key, told, part in shares:
        again = percent_down(part, one.load_kwh)
        if told != again or (told is not None and not 0 <= told <= FULL):
            yield Difference(f"{where}.{key}", _said(told), _said(again))
    if not one.unmatched_hours <= one.present <= one.expected:
        yield Difference(f"{where}.present", str(one.present), f"{one.unmatched_hours} … {one.expected}")


def _said(value: Decimal | None) -> str:
    return "—" if value is None else plain(value)
