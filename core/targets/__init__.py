"""Base year, targets, pathways, forecast, neutrality: where emissions are to go and where they are going.

Functions that are called like their module (``pathway``, ``budget``, ``gap``, ``coverage``, ``forecast``) are taken
from there.
"""

from typing import TYPE_CHECKING

from core.later import later

if TYPE_CHECKING:
    from core.targets.base_year import PlantBaseYear, plant_base_year
    from core.targets.credits import CreditLedger, credit_ledger
    from core.targets.judging import judge_target
    from core.targets.neutrality import NeutralityJudgement, judge_neutrality
    from core.targets.plain import status_to_plain
    from core.targets.rulesets import RuleSet, all_rulesets, ruleset_named
    from core.targets.series import Series, actuals
    from core.targets.status import TargetsStatus, TargetStatus, status_of, targets_status
else:
    __getattr__ = later(
        __name__,
        {
            "base_year": ("PlantBaseYear", "plant_base_year"),
            "credits": ("CreditLedger", "credit_ledger"),
            "judging": ("judge_target",),
            "neutrality": ("NeutralityJudgement", "judge_neutrality"),
            "plain": ("status_to_plain",),
            "rulesets": ("RuleSet", "all_rulesets", "ruleset_named"),
            "series": ("Series", "actuals"),
            "status": ("TargetStatus", "TargetsStatus", "status_of", "targets_status"),
        },
    )

__all__ = [
    "CreditLedger",
    "NeutralityJudgement",
    "PlantBaseYear",
    "RuleSet",
    "Series",
    "TargetStatus",
    "TargetsStatus",
    "actuals",
    "all_rulesets",
    "credit_ledger",
    "judge_neutrality",
    "judge_target",
    "plant_base_year",
    "ruleset_named",
    "status_of",
    "status_to_plain",
    "targets_status",
]
