"""Some initiatives ask for generating plants that are not too old."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments.case import Case
from core.instruments.days import day_of, months, months_later
from core.instruments.rule import Rule, Said, info, warning

YEARS, SINCE, KINDS = (
    "renewables.commissioning_years",
    "renewables.commissioning_from",
    "renewables.commissioning_kinds",
)


def check(case: Case) -> Iterator[Said]:
    """The generating plant began, or was repowered, within some years before each use."""
    if case.instrument.kind not in case.rules[KINDS].items:
        return
    began = day_of(case.instrument.commissioned)
    if began is None:
        yield info(
            T("It is not known when the generating plant began."),
            T("Enter the day; RE100 asks for plants that are not too old."),
        )
        return
    since, latest = case.rules[SINCE].day, months_later(began, 12 * months(case.rules, "commissioning_years"))
    for allocation, activity in case.covered:
        if activity.start >= since and latest < activity.start:
            yield warning(
                T("The generating plant began on {began}, more than {years} years before the use from {start} on.",
                  began=began, years=case.rules[YEARS].number, start=activity.start),
                T("For a claim under RE100 use a newer or repowered plant, or show that the contract is exempt."),
                allocation,
            )  # fmt: skip


RULE = Rule(
    T("Age of the generating plant"),
    ("warning", "info"),
    "RE100 Technical Criteria, section on the commissioning or re-powering date limit",
    "4.1, 2022-12-12",
    check,
    (YEARS, SINCE, KINDS),
)
