"""Certificates retired for somebody else prove nothing for this plant."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments.case import Case
from core.instruments.kinds import NON_TRADABLE
from core.instruments.naming import likeness
from core.instruments.rule import Rule, Said, stop, warning


def check(case: Case) -> Iterator[Said]:
    """The beneficiary is this plant or the company that operates it."""
    instrument = case.instrument
    if case.retired is None or not case.certified or instrument.scheme == NON_TRADABLE:
        return  # what is not retired is stopped for that
    said = instrument.beneficiary.strip()
    if not said:
        yield stop(
            T("The registry names nobody for whom the certificates were retired."),
            T("Enter the beneficiary of the statement of retirement."),
        )
        return
    known = likeness(said, case.names)
    if known == "similar":
        yield warning(
            T("Retired for “{said}”, which only resembles the name of plant or company.", said=said[:80]),
            T("Check that it is the same company, and enter its full name with the plant."),
        )
    elif known == "other" and likeness(instrument.purpose, case.names) != "other":
        yield warning(
            T("Retired for “{said}”; only the purpose names this plant.", said=said[:80]),
            T("Have the registry name the plant or its company as the beneficiary."),
        )
    elif known == "other":
        yield stop(
            T("Retired for “{said}”, not for this plant or its company.", said=said[:80]),
            T("Have them retired for this plant; enter the company that operates it with the plant."),
        )


RULE = Rule(
    T("Retired for this plant"),
    ("stop", "warning"),
    "GHG Protocol Scope 2 Guidance, ch. 7, quality criterion 3: retired by or on behalf of the reporting company",
    "2015",
    check,
)
