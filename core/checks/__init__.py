"""Review rules, one a file; the file's name is the rule's key and it defines ``RULE``.

A rule sees an inventory and the records and proofs behind it, and gives findings. It must come to the same result from
the ledger inside a signed report as from the plant's file, so :class:`Review` offers nothing else.
"""

import sys
from functools import cache

from core.checks import _dismissal
from core.checks._dismissal import about, facts_of, forbidding, open_findings
from core.checks._subjects import subject_of
from core.checks._types import Memo, Review, Rule, Series, Setting
from core.dropins import dropped_in
from core.inventory import Inventory
from core.inventory.collecting import without_collection
from core.ledger import Judgement
from core.methods import SEVERITIES, Finding

__all__ = [
    "Memo",
    "Review",
    "Rule",
    "Series",
    "Setting",
    "about",
    "all_rules",
    "can_be_dismissed",
    "dismissal",
    "facts_of",
    "forbidding",
    "open_findings",
    "review",
    "subject_of",
]

_WEIGHT = {severity: weight for weight, severity in enumerate(SEVERITIES)}


@cache
def all_rules() -> dict[str, Rule]:
    """Every rule by key.

    Raises
    ------
    RuntimeError
        when the folder is empty: a frozen program that lost its rules must not start.
    """
    rules: dict[str, Rule] = {name: module.RULE for name, module in dropped_in(sys.modules[__name__]).items()}
    for name, rule in rules.items():
        if rule.key != name:
            raise RuntimeError(f"rule {rule.key} lives in {name}.py")
    return rules


def review(inventory: Inventory, memo: Memo | None = None) -> tuple[Finding, ...]:
    """All findings of an inventory: those of the calculation and those of every rule, gravest first.

    Those that a person dismissed carry the reason, as long as their facts are what they were. An inventory compiled
    again from the data inside a report gives the same findings.

    Parameters
    ----------
    inventory
        with the judgements of its year.
    memo
        optional memory of an earlier review, which changes nothing but the time.
    """
    rules = tuple(all_rules().values())
    with without_collection():
        seen = Review(inventory, memo, rules)
        found = [
            *inventory.findings,
            *(finding for rule in rules if rule.check is not None for finding in rule.check(seen)),
            *(finding for _, findings in seen.each(_of_series) for finding in findings),
        ]
    found.sort(key=lambda f: (_WEIGHT[f.severity], f.rule, f.subject))
    return _dismissal.marked(found, inventory.judgements, all_rules())


def _of_series(setting: Setting, series: Series) -> tuple[Finding, ...]:
    asked = [rule.check_series for rule in all_rules().values() if rule.check_series is not None]
    return tuple(f for ask in asked for f in ask(setting, series)) if series.records else ()


def can_be_dismissed(finding: Finding) -> bool:
    """Whether a person may decide that a finding needs no action."""
    return _dismissal.dismissible(finding, all_rules())


def dismissal(finding: Finding, year: int, reason: str) -> Judgement:
    """The judgement that a finding needs no action.

    It holds as long as the finding says the same; when its facts change, the finding is open again.

    Raises
    ------
    UserError
        without a reason, and for hard stops.
    """
    return _dismissal.dismissal(finding, year, reason, all_rules())
