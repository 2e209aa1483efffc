"""Everything about a plant's targets at once: what the page, the report and the command line show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.errors import UserError
from core.instruments import Judged
from core.inventory import Inventory
from core.ledger import Commitment, Ledger, RuleValue, Target
from core.library import EXACT
from core.methods import Finding
from core.targets.base_year import PlantBaseYear, plant_base_year, policy_of
from core.targets.budget import Budget, budget
from core.targets.case import LONG_KINDS
from core.targets.coverage import LONG, NEAR, Coverage, coverage
from core.targets.credits import CreditLedger, credit_ledger
from core.targets.gap import Gap, gap
from core.targets.judging import judge_target
from core.targets.neutrality import NeutralityJudgement, judge_neutrality
from core.targets.parts import view_of
from core.targets.pathway import Point, pathway
from core.targets.rulesets import RuleSet, all_rulesets
from core.targets.series import Series, actuals

Figures = Mapping[str, Mapping[int, Decimal]]
"""Key figures by name and year, as the plant entered them; see :func:`core.audit.key_figures.over`."""

RENEWABLE = "renewable"
"""Kind of a target that is a share of electricity."""
WITHDRAWN = "withdrawn"
"""Status of a target that stands no longer."""


@dataclass(frozen=True, slots=True)
class TargetStatus:
    """One target and how it stands."""

    target: Target
    ruleset: RuleSet | None
    points: tuple[Point, ...]
    """Its pathway; empty while it has none. [t CO2e; of intensity per unit]"""
    actual: Mapping[int, Decimal]
    """Emissions of its parts by year, in the series to compare with. [t CO2e; of intensity per unit]"""
    gap: Gap | None
    """In the last known year up to the one that is looked at."""
    budget: Budget | None
    """Of absolute targets."""
    coverage: Coverage | None
    """With the other targets of its horizon, in the last year of which all scopes are known."""
    judged: tuple[Judged, ...]
    """Gravest first."""


@dataclass(frozen=True, slots=True)
class TargetsStatus:
    """All of it."""

    year: int
    series: Series
    base_year: PlantBaseYear | None
    targets: tuple[TargetStatus, ...]
    """By target year, then id."""
    credits: CreditLedger
    neutrality: tuple[NeutralityJudgement, ...]


def targets_status(
    ledger: Ledger,
    inventories: Iterable[Inventory],
    year: int,
    *,
    figures: Figures | None = None,
    forecast: Mapping[str, Mapping[int, Decimal]] | None = None,
    findings: Iterable[Finding] = (),
) -> TargetsStatus:
    """Where a plant stands.

    Parameters
    ----------
    ledger
        everything the plant knows.
    inventories
        of open years.
    year
        that is looked at.
    figures
        key figures of intensity targets.
    forecast
        tonnes of the years to come, by id of the target. [t CO2e]
    findings
        of the review of the year: errors forbid a claim of neutrality.
    """
    held = tuple(inventories)
    series = actuals(ledger, held)
    policy = policy_of(ledger)
    base_year = policy.year if policy is not None else None
    statuses = _statuses(ledger, series, year, base_year, figures or {}, forecast or {})
    view = view_of(part for one in statuses for part in one.target.parts)
    credit = credit_ledger(ledger)
    found = tuple(findings)
    inventory = next((one for one in held if one.choices.period.end.year == year), None)
    return TargetsStatus(
        year,
        series,
        None if policy is None else plant_base_year(ledger, series, view, _asking(statuses)),
        statuses,
        credit,
        tuple(
            judge_neutrality(one, ledger, series, year, credit, inventory=inventory, findings=found)
            for one in sorted(ledger.held(Commitment), key=lambda one: one.id)
        ),
    )


def _statuses(
    ledger: Ledger,
    series: Series,
    year: int,
    base_year: int | None,
    figures: Figures,
    forecast: Mapping[str, Mapping[int, Decimal]],
) -> tuple[TargetStatus, ...]:
    """Each target among the others, by target year, then id."""
    rulesets = all_rulesets(ledger.held(RuleValue))
    targets = tuple(sorted(ledger.held(Target), key=lambda one: (one.year, one.id)))
    return tuple(
        status_of(
            one,
            series,
            rulesets.get(one.ruleset),
            year,
            others=targets,
            base_year=base_year,
            figures=figures.get(one.intensity, {}),
            forecast=forecast.get(one.id),
        )
        for one in targets
    )


def status_of(
    target: Target,
    series: Series,
    ruleset: RuleSet | None,
    year: int,
    *,
    others: Iterable[Target] = (),
    base_year: int | None = None,
    figures: Mapping[int, Decimal] | None = None,
    forecast: Mapping[int, Decimal] | None = None,
) -> TargetStatus:
    """One target: pathway, gap, budget, coverage and what is to be said; see :func:`targets_status`."""
    together = tuple(others) or (target,)
    actual = _actual(target, series, figures or {})
    points = _points(target, actual)
    known = [one for one in actual if one <= year]
    last = max(known, default=year)
    return TargetStatus(
        target,
        ruleset,
        points,
        actual,
        gap(points, actual.get(last), last),
        budget(points, {one: actual[one] for one in known}, forecast) if points and not target.intensity else None,
        None if ruleset is None else _coverage(target, together, series, ruleset, year),
        judge_target(target, series, ruleset, year, others=together, base_year=base_year, figures=figures),
    )


def main_target(status: TargetsStatus) -> TargetStatus | None:
    """The target that is looked at first: the next one in time that has a pathway, else the next one at all."""
    standing = [one for one in status.targets if one.target.status != WITHDRAWN and one.target.kind != RENEWABLE]
    ahead = [one for one in standing if one.target.year >= status.year] or standing
    return next((one for one in ahead if one.points), ahead[0] if ahead else None)


def _actual(target: Target, series: Series, figures: Mapping[int, Decimal]) -> dict[int, Decimal]:
    emitted = {} if target.kind == RENEWABLE else series.of(target.parts)
    if not target.intensity:
        return emitted
    return {year: EXACT.divide(value, figures[year]) for year, value in emitted.items() if figures.get(year)}


def _points(target: Target, actual: Mapping[int, Decimal]) -> tuple[Point, ...]:
    base = actual.get(target.base_year)
    if base is None:
        return ()
    try:
        return pathway(target, Fraction(base))
    except UserError:  # judged, with its remedy
        return ()


def _coverage(
    target: Target, together: Iterable[Target], series: Series, ruleset: RuleSet, year: int
) -> Coverage | None:
    horizon = LONG if target.kind in LONG_KINDS else NEAR
    held = tuple(together)
    found = [coverage(held, series.parts(one.year), ruleset, horizon) for one in series.years if one.year <= year]
    whole = [one for one in found if not one.unknown]
    return whole[-1] if whole else found[-1] if found else None


def _asking(statuses: Iterable[TargetStatus]) -> RuleSet | None:
    """The rule set that asks for the lowest threshold of the base year."""
    held = [one.ruleset for one in statuses if one.ruleset is not None and one.target.status != WITHDRAWN]
    asking = [one for one in held if one.ruling("recalculation") is not None]
    return min(asking, key=lambda one: (one.number("recalculation"), one.key), default=None)
