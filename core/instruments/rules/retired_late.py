"""A retirement long after the year comes after the claim."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments.case import Case
from core.instruments.days import months, months_later, window
from core.instruments.rule import Rule, Said, warning


def check(case: Case) -> Iterator[Said]:
    """Certificates are retired within some months after the year of the use."""
    retired = case.retired
    if retired is None:
        return
    for allocation, activity in case.covered:
        _, end = window(activity.start, activity.end)
        if retired > months_later(end, months(case.rules, "late_retirement")):
            yield warning(
                T("Retired on {retired} for electricity used until {end}.", retired=retired, end=activity.end),
                T("Say in the note why so late, and that no earlier claim relied on it."),
                allocation,
            )


RULE = Rule(
    T("Retired in time"),
    ("warning",),
    "Our convention: a claim of a year rests on what was retired when the year was reported",
    "",
    check,
    ("renewables.late_retirement",),
)
