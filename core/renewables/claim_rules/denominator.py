"""The denominator of a claim is that of the inventory."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.i18n import T
from core.library import EXACT
from core.methods import exact_sum
from core.renewables.claim_case import ClaimCase, ClaimRule, ClaimSaid, readable, stop
from core.renewables.consumption import energy_of, kind_of

TOLERANCE = Decimal("0.001")
"""[kWh] Parts of a bill are kept to nine decimals each."""


def check(case: ClaimCase) -> Iterator[ClaimSaid]:
    """All records of used electricity in the period, added up again without regard to months and instruments."""
    if not case.share.used:
        yield stop(
            T("No electricity is recorded, so there is nothing to claim a share of."),
            T("Enter the bills of the period."),
        )
    counted = _counted(case)
    if abs(EXACT.subtract(counted, case.share.used)) > TOLERANCE:
        yield stop(
            T(
                "The inventory counts {counted} kWh of electricity, the share is of {used} kWh.",
                counted=readable(counted),
                used=readable(case.share.used),
            ),
            T("Correct records with a negative quantity: the bill that a credit note refers to, not the note."),
        )


def _counted(case: ClaimCase) -> Decimal:
    library = case.inventory.library
    portions = {one.portion.activity.id: one.portion for one in case.inventory.excluded}
    for line in case.inventory.lines:
        if line.scope == "scope2_location":  # a direct line and what came over the grid are two lines of one record
            portions[line.id] = line.portion
        elif line.scope in ("scope1", "avoided"):
            portions[line.activity.id] = line.portion
    return exact_sum(
        energy_of(portion, library.units) for portion in portions.values() if kind_of(portion.activity, library)
    )


RULE = ClaimRule(
    T("Denominator of the inventory"),
    ("stop",),
    "GHG Protocol Scope 2 Guidance, ch. 7; RE100 reporting guidance: all electricity, own generation included",
    "2015",
    check,
)
