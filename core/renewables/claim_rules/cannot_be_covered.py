"""Electricity that counts in the denominator and that no instrument can cover as it is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.i18n import T
from core.methods import exact_sum
from core.renewables.claim_case import ClaimCase, ClaimRule, ClaimSaid, info, readable
from core.renewables.consumption import CHARGING, OWN_FUEL


def check(case: ClaimCase) -> Iterator[ClaimSaid]:
    """Vehicles charged outside, and own generation from fossil fuel: what is to be done about each."""
    charged, burned = _kwh(case, CHARGING), _kwh(case, OWN_FUEL)
    if charged:
        yield info(
            T("{kwh} kWh were charged outside the site; instruments cover bills alone.", kwh=readable(charged)),
            T("Enter the bills of the charging points as purchased electricity, in kilowatt-hours, and cover these."),
        )
    if burned:
        yield info(
            T("{kwh} kWh were generated from fossil fuel on site; no instrument makes them renewable.",
              kwh=readable(burned)),
            T("Claim a share without them only under another name, or replace the fuel by biomass with proof."),
        )  # fmt: skip


def _kwh(case: ClaimCase, kind: str) -> Decimal:
    return exact_sum(one.kwh for one in case.used if one.kind == kind)


RULE = ClaimRule(
    T("What no instrument can cover"),
    ("info",),
    "GHG Protocol Scope 2 Guidance, ch. 5 and 6: instruments belong to purchased electricity",
    "2015",
    check,
)
