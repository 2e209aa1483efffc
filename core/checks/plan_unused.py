"""A plan that speaks of what is not there was not looked at for a while."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._plan import SOURCE
from core.checks._types import Review, Rule
from core.i18n import Localised, T, verbatim
from core.inventory.planned import covering
from core.ledger import PlanItem
from core.methods import Finding


def check(review: Review) -> Iterator[Finding]:
    """Lines of the management plan that no record of the period answers to."""
    plan = review.inventory.plan
    used = {found.id for one in review.series if one.records and (found := covering(plan, one.source, one.item))}
    idle = [one for one in plan if one.id not in used]
    if idle:
        yield Finding(
            RULE.key,
            RULE.severity,
            "inventory",
            T("No record of the period answers to these lines of the plan: {lines}.", lines=[
                _name(one, review) for one in idle
            ]),
            T("Enter the missing data, with a quantity of 0 where nothing was used, or take the line out of the plan."),
        )  # fmt: skip


def _name(one: PlanItem, review: Review) -> Localised:
    if not one.source or not one.item:
        return verbatim(one.source) if one.source else review.setting.name(one.item)
    return T("{source} ({item})", source=one.source, item=review.setting.name(one.item))


RULE = Rule("plan_unused", "info", T("Line of the management plan without data"), SOURCE, check)
