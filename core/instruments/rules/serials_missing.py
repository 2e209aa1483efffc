"""Certificates have numbers, and so have contracts: without them nobody can see what was used twice."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments.case import Case
from core.instruments.kinds import CERTIFICATE, CONTRACTS
from core.instruments.rule import Rule, Said, stop


def check(case: Case) -> Iterator[Said]:
    """Certificates name their serial numbers, contracts their number, and the numbers can be read."""
    instrument = case.instrument
    if instrument.serials.strip() and not case.serials:
        yield stop(
            T("The serial numbers cannot be read."),
            T("Write single ones or ranges like {form}, separated by “;”.", form="A0001-A0500"),
        )
    elif instrument.kind == CERTIFICATE and not case.serials:
        yield stop(
            T("The certificates have no serial numbers."),
            T("Copy them from the registry or its statement of retirement."),
        )
    if instrument.kind in CONTRACTS and not instrument.contract.strip():
        yield stop(T("The contract has no number."), T("Enter it as it is printed on the contract."))


RULE = Rule(
    T("Serial numbers and contract number"),
    ("stop",),
    "GHG Protocol Scope 2 Guidance, ch. 7, quality criteria 2 and 3: unique and tracked",
    "2015",
    check,
)
