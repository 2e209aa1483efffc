"""The whole period has data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from core.i18n import Name, T, show_month
from core.inventory import Period, months_of
from core.renewables.claim_case import ClaimCase, ClaimRule, ClaimSaid, stop
from core.renewables.consumption import COVERABLE

DAY = timedelta(days=1)


@dataclass(slots=True)
class _Days:
    """Days of a source that records cover."""

    spans: list[Period]

    def missing(self, month: Period) -> bool:
        """Whether a day of the month is in no record."""
        day = month.start
        for span in sorted(self.spans, key=lambda one: (one.start, one.end)):
            if span.start > day:
                break
            day = max(day, span.end + DAY)
        return day <= month.end


def check(case: ClaimCase) -> Iterator[ClaimSaid]:
    """Months of a source of purchased electricity with a day that no bill covers; without bills the whole period."""
    period = case.inventory.choices.period
    sources: dict[str, _Days] = {}
    for one in case.inventory.activities:
        if one.method == COVERABLE and one.start <= one.end:
            sources.setdefault(one.source, _Days([])).spans.append(Period(one.start, one.end))
    for source, days in sorted(sources.items()):
        months = [month for one in months_of(period) if (month := one.overlap(period)) and days.missing(month)]
        if months:
            yield stop(
                T("{source}: days without a bill in {months}.", source=source, months=[_text(m.start) for m in months]),
                T("Enter the missing bills, or a record of zero for the days on which nothing was used."),
            )
    if not sources and case.share.used:
        yield stop(
            T("No purchased electricity is recorded."),
            T("Enter the bills, or a record of zero if the plant buys none."),
        )


def _text(month: date) -> Name:
    return Name(show_month(month, "en"), show_month(month, "zh"))


RULE = ClaimRule(
    T("Complete period"),
    ("stop",),
    "GHG Protocol Corporate Standard, ch. 1: completeness; RE100 reporting guidance: a full reporting year",
    "2004",
    check,
)
