"""Electricity without its attributes is like that of the grid."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments.case import Case
from core.instruments.kinds import CONTRACTS
from core.instruments.rule import Rule, Said, stop, warning

UNSAID = "renewables.unsaid_attributes_stop"


def check(case: Case) -> Iterator[Said]:
    """The contract says that the attributes come with it."""
    instrument = case.instrument
    if instrument.attributes == "without":
        yield stop(
            T("The contract leaves the attributes with somebody else."),
            T("Buy certificates for this electricity, or change the contract."),
        )
    elif instrument.attributes != "with" and not case.serials:
        message = T("The contract does not say whether the attributes come with it.")
        remedy = T("Look into the contract, and enter “with” or “without”.")
        yield (stop if instrument.kind in case.rules[UNSAID].items else warning)(message, remedy)


RULE = Rule(
    T("Attributes of the contract"),
    ("stop", "warning"),
    "GHG Protocol Scope 2 Guidance, ch. 7, quality criteria 1 and 2: it conveys the attributes, and alone",
    "2015",
    check,
    (UNSAID,),
    CONTRACTS,
)
