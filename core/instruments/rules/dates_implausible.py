"""Days that cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments.case import Case
from core.instruments.days import day_before, day_of, months, months_later
from core.instruments.rule import Rule, Said, stop, warning

LONGEST = "renewables.longest_vintage"
LOOK = T("Check the days in the registry or the contract.")


def check(case: Case) -> Iterator[Said]:
    """Generation ends after it began, before the retirement, after the plant began, and spans no more than a year."""
    one, retired = case.instrument, case.retired
    if one.end < one.start:
        yield stop(T("The generation ends on {end}, before it begins.", end=one.end), LOOK)
    elif one.end > months_later(day_before(one.start), months(case.rules, "longest_vintage")):
        yield warning(
            T("The generation spans {start} to {end}.", start=one.start, end=one.end),
            T("Make an instrument of each year or month of generation."),
        )
    if retired is not None and retired < one.start:
        yield stop(T("Retired on {retired}, before it was generated.", retired=retired), LOOK)
    for said in (one.commissioned, one.expires):
        if said.strip() and day_of(said) is None:
            yield warning(T("“{value}” is no day.", value=said[:20]), T("Write days like {form}.", form="2026-02-28"))
    began = day_of(one.commissioned)
    if began is not None and began > one.end:
        yield warning(T("The generating plant began on {began}, after the generation.", began=began), LOOK)


RULE = Rule(
    T("Plausible days"),
    ("stop", "warning"),
    "Our convention",
    "",
    check,
    (LONGEST,),
)
