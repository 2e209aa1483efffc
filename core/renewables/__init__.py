"""Renewable electricity of a plant: how much of its use is covered, what may be claimed, and the way to all of it.

Three shares stand beside each other, a claim is held against rules of which each is one file, and a proposal says which
instruments could cover which bills. Nothing here is imported before somebody asks for it.
"""

from typing import TYPE_CHECKING

from core.later import later

if TYPE_CHECKING:
    from core.renewables.allocating import accept, allocate, take_back
    from core.renewables.claim import ClaimJudgement, explain_claim_rules, judge_claim
    from core.renewables.claim_rules import all_claim_rules
    from core.renewables.consumption import Used, consumption
    from core.renewables.plain import (
        claim_rules_to_plain,
        claim_to_plain,
        proposal_to_plain,
        shares_to_plain,
        way_to_plain,
    )
    from core.renewables.promised import promised_shares, promises
    from core.renewables.proposal import propose
    from core.renewables.proposed import Proposal
    from core.renewables.ranking import ORDERS
    from core.renewables.shares import Share, Shares, shares_of, shown_percent, zero_carbon
    from core.renewables.way import Way, way_to
else:
    __getattr__ = later(
        __name__,
        {
            "allocating": ("accept", "allocate", "take_back"),
            "claim": ("ClaimJudgement", "explain_claim_rules", "judge_claim"),
            "claim_rules": ("all_claim_rules",),
            "consumption": ("Used", "consumption"),
            "plain": (
                "claim_rules_to_plain", "claim_to_plain", "proposal_to_plain", "shares_to_plain", "way_to_plain",
            ),
            "promised": ("promised_shares", "promises"),
            "proposal": ("propose",),
            "proposed": ("Proposal",),
            "ranking": ("ORDERS",),
            "shares": ("Share", "Shares", "shares_of", "shown_percent", "zero_carbon"),
            "way": ("Way", "way_to"),
        },
    )  # fmt: skip

__all__ = [
    "ORDERS",
    "ClaimJudgement",
    "Proposal",
    "Share",
    "Shares",
    "Used",
    "Way",
    "accept",
    "all_claim_rules",
    "allocate",
    "claim_rules_to_plain",
    "claim_to_plain",
    "consumption",
    "explain_claim_rules",
    "judge_claim",
    "promised_shares",
    "promises",
    "proposal_to_plain",
    "propose",
    "shares_of",
    "shares_to_plain",
    "shown_percent",
    "take_back",
    "way_to",
    "way_to_plain",
    "zero_carbon",
]
