"""What is wrong with a target, or missing: each rule one function, each sentence with what to do.

A rule says what a rule set asks and a target lacks. None says that a target meets a rule set: that is for those who
validate it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from core.instruments import LEVELS, Judged
from core.ledger import Target
from core.targets.case import Case
from core.targets.own_rules import OWN
from core.targets.ruled import RULED
from core.targets.rulesets import RuleSet
from core.targets.series import Series


def judge_target(
    target: Target,
    series: Series,
    ruleset: RuleSet | None,
    year: int,
    *,
    others: Iterable[Target] = (),
    base_year: int | None = None,
    figures: Mapping[int, Decimal] | None = None,
) -> tuple[Judged, ...]:
    """Everything that is to be said of a target, gravest first.

    Parameters
    ----------
    target
        as promised.
    series
        emissions by year and part.
    ruleset
        that the target names; None for one that there is not.
    year
        of the inventory that is looked at; coverage is measured in it, or in the last year before it that is known.
    others
        targets of the plant, with which it covers the emissions together.
    base_year
        of the plant's policy.
    figures
        of an intensity target: its key figure by year.

    Examples
    --------
    >>> from core.targets.rulesets import ruleset_named
    >>> half = Target("t1", "Half", "near_term", ("scope1",), 2020, 2030, Decimal(30), "sbti_nz_1_3")
    >>> found = judge_target(half, Series((), False), ruleset_named("sbti_nz_1_3"), 2024)
    >>> [(one.level, one.rule) for one in found]
    [('stop', 'target_base_unknown'), ('stop', 'target_minimum')]
    """
    together = (*(one for one in others if one.id != target.id), target)
    case = Case(target, series, ruleset, year, together, base_year, figures or {})
    found = [one for rule in (*OWN, *RULED) for one in rule(case)]
    return tuple(sorted(found, key=lambda one: LEVELS.index(one.level)))
