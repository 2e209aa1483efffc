"""Review rules, one a file; the file's name is the rule's key and it defines ``RULE``.

A rule sees an inventory and the records and proofs behind it, and gives findings. It must come to the same result from
the ledger inside a signed report as from the plant's file, so :class:`Review` offers nothing else.
"""

import sys
from functools import cache

from core.checks._types import Review, Rule
from core.dropins import dropped_in
from core.inventory import Inventory
from core.methods import SEVERITIES, Finding

__all__ = ["Review", "Rule", "all_rules", "review"]


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


def review(inventory: Inventory) -> tuple[Finding, ...]:
    """All findings of an inventory: those of the calculation and those of every rule, gravest first.

    An inventory compiled again from the data inside a report gives the same findings.
    """
    seen = Review(inventory)
    found = [*inventory.findings, *(finding for rule in all_rules().values() for finding in rule.check(seen))]
    return tuple(sorted(found, key=lambda f: (SEVERITIES.index(f.severity), f.rule, f.subject)))
