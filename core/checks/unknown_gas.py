"""An unknown blend counts as nothing and may be worth thousands of tonnes."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._types import Review, Rule
from core.i18n import T
from core.methods import Finding, all_methods

GASES = frozenset({"refrigerant", "extinguishing_agent", "switchgear_gas", "process_gas"})


def check(review: Review) -> Iterator[Finding]:
    """Refrigerants and other gases that are excluded for want of a composition, a potential or a parameter."""
    methods = all_methods()
    for excluded in review.inventory.excluded:
        activity = excluded.portion.activity
        method = methods.get(activity.method)
        if method is not None and GASES.issuperset(method.kinds) and activity.quantity:
            yield Finding(
                RULE.key,
                RULE.severity,
                activity.id,
                T(
                    "{source}: {quantity} {unit} of {item} count as nothing; one kilogram can stand for tonnes of CO₂.",
                    source=activity.source,
                    quantity=activity.quantity,
                    unit=activity.unit,
                    item=review.setting.name(activity.item),
                ),
                T("Correct what the record lacks, or look up the composition on the cylinder and enter its parts."),
            )


RULE = Rule(
    "unknown_gas",
    "warning",
    T("Gas that counts as nothing"),
    "IPCC 2006 Guidelines, Vol. 3, ch. 7; ASHRAE Standard 34",
    check,
)
