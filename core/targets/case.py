"""A target and what it is held against."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.i18n import Text
from core.instruments import LEVELS, Judged
from core.ledger import Target
from core.library.rulebook import Ruling
from core.targets.coverage import LONG, NEAR, Coverage, coverage
from core.targets.rulesets import RuleSet
from core.targets.series import Series

STOP, WARNING, INFO = LEVELS
LONG_KINDS = ("long_term", "net_zero")
OUTSIDE = ("submitted", "validated")
"""States that somebody else has to do with."""


@dataclass(frozen=True, slots=True)
class Case:
    """A target and what it is held against."""

    target: Target
    series: Series
    ruleset: RuleSet | None
    """None: there is none of this key."""
    year: int
    """Of the inventory that is looked at."""
    others: tuple[Target, ...]
    """All targets of the plant, this one included."""
    base_year: int | None
    """Of the policy; None: there is none."""
    figures: Mapping[int, Decimal]
    """Of an intensity target: its key figure by year."""

    @property
    def submitted(self) -> int:
        """Year in which it was promised or submitted; until it says so, the year that is looked at."""
        declared = day_of(self.target.declared)
        return self.year if declared is None else declared.year

    def ruling(self, name: str) -> Ruling | None:
        return None if self.ruleset is None else self.ruleset.ruling(name)

    def said(self, rule: str, level: str, message: Text, remedy: Text) -> Judged:
        return Judged(f"target_{rule}", level, self.target.id, message, remedy)


Rule = Callable[[Case], Iterator[Judged]]


def day_of(text: str) -> date | None:
    """An ISO date; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def coverage_now(case: Case) -> Coverage | None:
    """Coverage in the last year up to the one that is looked at of which all scopes are known."""
    if case.ruleset is None:
        return None
    horizon = LONG if case.target.kind in LONG_KINDS else NEAR
    for one in reversed(case.series.years):
        if one.year <= case.year:
            found = coverage(case.others, case.series.parts(one.year), case.ruleset, horizon)
            if not found.unknown:
                return found
    return None
