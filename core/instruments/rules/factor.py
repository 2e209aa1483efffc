"""Renewable electricity has no emissions of generation."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments.case import Case
from core.instruments.kinds import RENEWABLE
from core.instruments.rule import Rule, Said, stop, warning


def check(case: Case) -> Iterator[Said]:
    """The factor is zero for a renewable technology, and never below."""
    instrument = case.instrument
    if instrument.factor < 0:
        yield stop(
            T("A factor of {factor} kg/kWh would take emissions away from others.", factor=instrument.factor),
            T("Enter what the contract states; renewable electricity has zero."),
        )
    elif instrument.factor and instrument.technology in RENEWABLE:
        yield warning(
            T("{factor} kg/kWh is stated for a renewable technology.", factor=instrument.factor),
            T("Check technology and factor; emissions of a life cycle belong into category 3 of scope 3."),
        )


RULE = Rule(
    T("Factor"),
    ("stop", "warning"),
    "GHG Protocol Scope 2 Guidance, ch. 7, quality criterion 1; GB/T 32150-2025, 7.5.6: non-fossil is zero",
    "2015; 2025",
    check,
)
