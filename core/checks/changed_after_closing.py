"""What was closed stays, or is restated on purpose."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._closed import closing, figures, year_of
from core.checks._types import Review, Rule, shown_apart
from core.i18n import T
from core.methods import Finding, exact_sum


def check(review: Review) -> Iterator[Finding]:
    """The year is closed and its records or factors give other totals now."""
    year = year_of(review)
    closed = closing(review, year)
    if closed is None:
        return
    scopes = review.inventory.totals.scopes
    differing = {key: stated for key, stated in figures(closed).items() if scopes[key] != stated}
    if differing:
        was, now = shown_apart(exact_sum(differing.values()), exact_sum(scopes[key] for key in differing))
        yield Finding(
            RULE.key,
            RULE.severity,
            f"closing:{year}",
            T(
                "{year} was closed on {day} with {stated} t CO₂e in {scopes}; now the records give {now} t.",
                year=year,
                day=closed.closed,
                stated=was,
                scopes=[_NAMES[key] for key in differing],
                now=now,
            ),
            T("Undo what was changed by mistake, or restate the year with its reason."),
        )


_NAMES = {
    "scope1": T("Scope 1"),
    "scope2_location": T("Scope 2, location-based"),
    "scope2_market": T("Scope 2, market-based"),
    "scope3": T("Scope 3"),
}
RULE = Rule(
    "changed_after_closing",
    "warning",
    T("Closed year changed"),
    "GHG Protocol Corporate Standard, ch. 5; ISO 14064-1:2018, 6.4: changes are documented",
    check,
    dismissible=False,
)
