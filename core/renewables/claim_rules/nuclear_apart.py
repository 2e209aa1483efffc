"""Nuclear electricity is low in carbon and no part of a renewable share."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.renewables.claim_case import ClaimCase, ClaimRule, ClaimSaid, info, readable


def check(case: ClaimCase) -> Iterator[ClaimSaid]:
    """How much of it there is."""
    if case.share.low_carbon:
        yield info(
            T("{kwh} kWh are covered by nuclear electricity; they are not in the share.",
              kwh=readable(case.share.low_carbon)),
            T("Name them as low in carbon, apart from the renewable share."),
        )  # fmt: skip


RULE = ClaimRule(
    T("Low in carbon is no renewable"),
    ("info",),
    "RE100 technical criteria: renewable sources",
    "2022",
    check,
    ("renewables.nuclear_is_renewable",),
)
