"""Whether a claim of renewable electricity would hold, and what stands against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.checks import open_findings, review
from core.errors import UserError
from core.i18n import T, Text
from core.instruments import Judged
from core.instruments.judged import gravest_first
from core.inventory import Inventory
from core.ledger import Ledger, RuleValue
from core.library.rulebook import Rulebook, Ruling, rulebook
from core.methods import Finding
from core.renewables.claim_case import ClaimCase
from core.renewables.claim_rules import all_claim_rules
from core.renewables.shares import Share, Shares, shares_of

ALL = Decimal(100)


@dataclass(frozen=True, slots=True)
class ClaimJudgement:
    """What may be said of a claim that so much of the electricity is renewable."""

    percent: Decimal
    """What is claimed. [%]"""
    share: Share
    """What it rests on: ``certified`` of ``used``."""
    judged: tuple[Judged, ...]
    """What the rules say, gravest first; the subject is a record, an instrument, or the last year of the period."""

    @property
    def holds(self) -> bool:
        """Nothing stops it."""
        return all(one.level != "stop" for one in self.judged)

    @property
    def stops(self) -> tuple[Judged, ...]:
        """What is to be done before it holds."""
        return tuple(one for one in self.judged if one.level == "stop")


@dataclass(frozen=True, slots=True)
class ClaimRuleExplained:
    """A rule for claims, for people."""

    rule: str
    title: Text
    levels: tuple[str, ...]
    source: str
    edition: str
    parameters: tuple[Ruling, ...]
    """As they hold."""


def judge_claim(
    ledger: Ledger,
    inventory: Inventory,
    percent: Decimal | int = ALL,
    *,
    findings: Sequence[Finding] | None = None,
    shares: Shares | None = None,
) -> ClaimJudgement:
    """Hold a claim against every rule.

    Parameters
    ----------
    ledger
        everything the plant knows.
    inventory
        of the claimed period, compiled from it.
    percent
        what is claimed. [%]
    findings
        of the review, where they are known already.
    shares
        of the inventory, where they are known already.

    Raises
    ------
    UserError
        for a claim of nothing, or of more than all.
    """
    claimed = Decimal(percent)
    if not 0 < claimed <= ALL:
        raise UserError(T("{percent} % cannot be claimed.", percent=claimed), T("Enter more than 0 and at most 100."))
    case = ClaimCase(
        ledger,
        inventory,
        shares_of(ledger, inventory) if shares is None else shares,
        claimed,
        rulebook(ledger.held(RuleValue)),
        open_findings(review(inventory) if findings is None else findings),
    )
    year = str(inventory.choices.period.end.year)
    judged = gravest_first(
        Judged(key, said.level, said.subject or year, said.message, said.remedy)
        for key, rule in all_claim_rules().items()
        for said in rule.check(case)
    )
    return ClaimJudgement(claimed, case.share, judged)


def explain_claim_rules(rules: Rulebook) -> tuple[ClaimRuleExplained, ...]:
    """Every rule for claims, in the order of their keys."""
    return tuple(
        ClaimRuleExplained(key, rule.title, rule.levels, rule.source, rule.edition,
                           tuple(rules[name] for name in rule.parameters))
        for key, rule in sorted(all_claim_rules().items())
    )  # fmt: skip
