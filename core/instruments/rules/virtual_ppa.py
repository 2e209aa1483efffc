"""A virtual agreement settles money; only its certificates say whose the electricity is."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments.case import Case
from core.instruments.kinds import VIRTUAL
from core.instruments.rule import Rule, Said, info, stop


def check(case: Case) -> Iterator[Said]:
    """It names its certificates."""
    if case.serials:
        yield info(
            T("A virtual power purchase agreement settles money; what counts are its certificates."),
            T("Keep the settlement apart from the electricity bills."),
        )
    else:
        yield stop(
            T("A virtual power purchase agreement without certificates covers no electricity."),
            T("Enter the serial numbers of the certificates that came with it."),
        )


RULE = Rule(
    T("Virtual power purchase agreement"),
    ("stop", "info"),
    "GHG Protocol Scope 2 Guidance, on contracts for differences: by themselves they convey no attributes",
    "2015",
    check,
    kinds=(VIRTUAL,),
)
