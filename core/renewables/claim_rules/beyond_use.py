"""A record is covered at most by what was used."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.library import EXACT
from core.methods import exact_sum
from core.renewables.claim_case import ClaimCase, ClaimRule, ClaimSaid, readable, stop
from core.renewables.consumption import whole_of


def check(case: ClaimCase) -> Iterator[ClaimSaid]:
    """Records of the period to which more is allocated than was used, whatever of it counts."""
    units = case.inventory.library.units
    for one in case.inventory.activities:
        covers = case.inventory.covers.get(one.id, ())
        excess = EXACT.subtract(exact_sum(cover.quantity for cover in covers), whole_of(one, units))
        if covers and excess > 0:
            yield stop(
                T("{source}, {start} to {end}: {kwh} kWh more are allocated than were used.", source=one.source,
                  start=one.start, end=one.end, kwh=readable(excess)),
                T("Take the excess back; one certificate covers one megawatt-hour once."),
                one.id,
            )  # fmt: skip


RULE = ClaimRule(
    T("No more than was used"),
    ("stop",),
    "GHG Protocol Scope 2 Guidance, ch. 7.1: claims at most as large as the use of each site and period",
    "2015",
    check,
)
