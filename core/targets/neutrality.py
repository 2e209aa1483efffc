"""Carbon neutrality by ISO 14068-1: committed, on path or claimed, and what forbids each of them.

Reductions come first, credits last; neither certificates nor credits alone ever make the claim.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from core.i18n import Name, T
from core.instruments import LEVELS, Judged
from core.inventory import Inventory
from core.ledger import BasePolicy, Commitment, Ledger, RuleValue, Target
from core.library import EXACT
from core.library.rulebook import rulebook
from core.methods import Finding
from core.targets.case import INFO, STOP, WARNING
from core.targets.credits import CreditLedger
from core.targets.neutrality_checks import CHECKS, Case, Said
from core.targets.parts import counted
from core.targets.rulesets import parameters_of
from core.targets.series import Series

NOTHING, COMMITTED, ON_PATH, CLAIMED = "none", "committed", "on_path", "claimed"
STATES = (NOTHING, COMMITTED, ON_PATH, CLAIMED)
"""Each needs what those before it need."""
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class NeutralityRule:
    """One thing that forbids a state."""

    key: str
    forbids: str
    """The first state that it forbids; all after it too."""
    title: Name
    source: str
    status: str
    """Of the source, e.g. ``WEAK``."""


@cache
def neutrality_rules() -> Mapping[str, NeutralityRule]:
    """By key: what each rule forbids and what it rests on.

    >>> neutrality_rules()["no_plan"].forbids
    'committed'
    """
    read = tomllib.loads((files("resources") / "rules" / "iso_14068.toml").read_text("utf-8"))
    return {
        key: NeutralityRule(key, one["forbids"], Name(one["title_en"], one["title_zh"]), one["source"], one["status"])
        for key, one in read["rules"].items()
    }


@dataclass(frozen=True, slots=True)
class NeutralityJudgement:
    """Where a subject stands, and what is said of it."""

    commitment: Commitment
    year: int
    attainable: str
    """The furthest state that nothing forbids; ``none``: not even a commitment."""
    judged: tuple[Judged, ...]
    """``stop``: forbids the state that is said; ``info``: forbids a later one; ``warning``: should be better."""
    footprint: Decimal | None
    """Emissions inside the boundary. [t CO2e]"""
    base: Decimal | None
    """Of the base year. [t CO2e]"""
    credits: Decimal
    """That count for the year. [t CO2e]"""

    @property
    def stated(self) -> str:
        return self.commitment.stated

    @property
    def holds(self) -> bool:
        """Whether what is said may be said."""
        return STATES.index(self.stated) <= STATES.index(self.attainable) if self.stated in STATES else False

    @property
    def left(self) -> Decimal | None:
        """What no credit compensates. [t CO2e]"""
        return None if self.footprint is None else max(ZERO, EXACT.subtract(self.footprint, self.credits))


def judge_neutrality(
    commitment: Commitment,
    ledger: Ledger,
    series: Series,
    year: int,
    credit: CreditLedger,
    *,
    inventory: Inventory | None = None,
    findings: Iterable[Finding] = (),
) -> NeutralityJudgement:
    """What may be said of a subject for a year, and what forbids more.

    Parameters
    ----------
    commitment
        subject, boundary, what is said.
    ledger
        with plan, targets, closings and findings of auditors.
    series
        emissions by year and part. [t CO2e]
    year
        of the emissions that are to be neutral.
    credit
        the ledger of credits, see :func:`core.targets.credits.credit_ledger`.
    inventory
        of the year, where there is one: what no factor covers leaves the footprint incomplete.
    findings
        of the review of that year; errors forbid a claim.

    Notes
    -----
    ``committed`` needs a day, a plan, a boundary with scopes 1 and 2, and a base year; ``on_path`` besides targets
    over the boundary, and a year below the base year and on its pathway; ``claimed`` besides the closed inventory of
    the year without open findings, and retired credits that count for all that remains. A footprint that fell
    market-based alone has not been reduced: certificates do not stand in for reductions.

    References
    ----------
    ISO 14068-1:2023: carbon neutrality management plan, hierarchy (reductions and removals before compensation), carbon
    footprint and its boundary, credits (11). The clauses were not seen; :func:`neutrality_rules` names what each rule
    rests on.
    """
    parts = set(counted(commitment.parts))
    rules = parameters_of("iso_14068", rulebook(ledger.held(RuleValue)))
    targets = tuple(
        one
        for one in sorted(ledger.held(Target), key=lambda one: one.id)
        if one.status != "withdrawn" and one.kind != "renewable" and not one.intensity and parts & set(one.parts)
    )
    policy = ledger.get("base_policy", "policy")
    base = policy.year if isinstance(policy, BasePolicy) else min((one.base_year for one in targets), default=None)
    least = rules.get("least_reduction")
    case = Case(
        commitment, ledger, series, year, credit, tuple(findings), inventory, targets, base,
        least if least is not None and least.known else None,
    )  # fmt: skip
    said = [one for check in CHECKS for one in check(case)]
    attainable = _attainable({rule for rule, _, _ in said})
    judged = (*_levelled(case, said), *_of_credits(case), *_wording(case))
    return NeutralityJudgement(
        commitment,
        year,
        attainable,
        tuple(sorted(judged, key=lambda one: LEVELS.index(one.level))),
        case.tonnes(year),
        case.tonnes(base),
        credit.counting(year),
    )


def _attainable(broken: set[str]) -> str:
    forbidden = [STATES.index(neutrality_rules()[key].forbids) for key in broken]
    return STATES[min(forbidden) - 1] if forbidden else CLAIMED


def _levelled(case: Case, said: Iterable[Said]) -> Iterator[Judged]:
    stated = STATES.index(case.commitment.stated) if case.commitment.stated in STATES else 0
    for rule, message, remedy in said:
        level = STOP if STATES.index(neutrality_rules()[rule].forbids) <= stated else INFO
        yield Judged(f"neutral_{rule}", level, case.commitment.id, message, remedy)


def _of_credits(case: Case) -> Iterator[Judged]:
    """What stops credits of the year: they are not counted, and it is said why."""
    for entry in case.credits.of(case.year):
        yield from (one for one in entry.judged if one.level != INFO)


def _wording(case: Case) -> Iterator[Judged]:
    one = case.commitment
    if one.stated not in STATES:
        yield Judged(
            "neutral_state", STOP, one.id, T("What is said of the commitment is not known."), T("Choose again.")
        )
    if one.stated != CLAIMED:
        return
    if not one.text.strip():
        yield Judged(
            "neutral_text",
            WARNING,
            one.id,
            T("The sentence of the claim is not recorded."),
            T("Enter it as published, with subject, period and standard."),
        )
    if not one.evidence:
        yield Judged(
            "neutral_unproven",
            WARNING,
            one.id,
            T("There is no carbon neutrality report for the claim."),
            T("Keep the report and its verification as evidence."),
        )
