"""The base year of a plant: its policy, what may change it, and whether it is to be recalculated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.errors import UserError
from core.i18n import T
from core.instruments import Judged
from core.ledger import BasePolicy, Ledger, Recalculation
from core.library import EXACT
from core.methods import exact_sum
from core.targets.parts import LOCATION, whole
from core.targets.rulesets import RuleSet
from core.targets.series import Series, applies, by_id, effects_of

ZERO, HUNDRED = Decimal(0), Decimal(100)
OPEN, RECALCULATE, NONE = "open", "recalculate", "none"
"""Decisions about a trigger."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """Something that may change the base year, with its size."""

    record: Recalculation
    effect: Decimal
    """What it adds to the base year. [t CO2e]"""
    moved: Decimal
    """Sum of what it adds and takes away, by scope and without signs. [t CO2e]"""
    counts: bool
    """Organic growth and decline do not."""


@dataclass(frozen=True, slots=True)
class PlantBaseYear:
    """A base year and what has become of it."""

    policy: BasePolicy
    view: str
    original: Decimal | None
    """None: the emissions of the base year are not known. [t CO2e]"""
    recalculated: Decimal | None
    triggers: tuple[Trigger, ...]
    """Oldest first."""
    change: Decimal | None
    """Sum of what all triggers move, of the original base year; None where that is not known or zero. [%]"""
    waiting: Decimal | None
    """The same of those that were not recalculated: undecided ones, and those decided to leave alone. [%]"""
    judged: tuple[Judged, ...] = ()

    @property
    def due(self) -> bool:
        """Whether what was not recalculated reaches the threshold."""
        return self.waiting is not None and self.waiting >= self.policy.threshold and self.waiting > 0

    @property
    def undecided(self) -> tuple[Trigger, ...]:
        """Triggers that count and about which nothing was decided."""
        return tuple(one for one in self.triggers if one.counts and one.record.decision == OPEN)


def policy_of(ledger: Ledger) -> BasePolicy | None:
    """The plant's policy; None while there is none."""
    found = ledger.get("base_policy", "policy")
    return found if isinstance(found, BasePolicy) else None


def plant_base_year(
    ledger: Ledger, series: Series, view: str = LOCATION, ruleset: RuleSet | None = None
) -> PlantBaseYear:
    """The base year, its triggers and whether they reach the threshold together.

    Parameters
    ----------
    ledger
        with policy and triggers.
    series
        of the plant, see :func:`core.targets.series.actuals`.
    view
        ``location`` or ``market``.
    ruleset
        optional: asks for a threshold of its own.

    Returns
    -------
    PlantBaseYear
        original and recalculated total [t CO2e], change and what waits [%].

    Raises
    ------
    UserError
        when the plant has no base year.

    Notes
    -----
    With E the original base year and eₚ the effect of a trigger on scope p, a trigger moves Σₚ|eₚ| and the change is
    100 · Σ Σₚ|eₚ| / E: a purchase does not hide a sale, and small changes add up. What was decided to leave alone keeps
    adding up until it is recalculated; organic growth and decline never count.

    References
    ----------
    GHG Protocol Corporate Standard (2004), chapter 5: recalculation policy, structural changes, outsourcing, methods,
    errors, significance threshold, cumulative effect. That effects are added up without their signs is ours.
    """
    policy = policy_of(ledger)
    if policy is None:
        raise UserError(
            T("The plant has no base year."), T("Choose one, and the threshold from which it is recalculated.")
        )
    scopes = whole(view)
    original = series.tonnes(scopes, policy.year, original=True)
    decided = series.year(policy.year)
    after = None if decided is None or original is None else exact_sum(decided.recalculated[part] for part in scopes)
    triggers = tuple(sorted((_trigger(one, policy.year, scopes) for one in by_id(ledger)), key=_oldest))
    counting = [one for one in triggers if one.counts]
    found = PlantBaseYear(
        policy,
        view,
        original,
        after,
        triggers,
        _percent(counting, original),
        _percent([one for one in counting if one.record.decision != RECALCULATE], original),
    )
    judged = (*_of_policy(found, ruleset), *_of_triggers(found), *_due(found))
    return PlantBaseYear(policy, view, original, after, triggers, found.change, found.waiting, judged)


def _oldest(one: Trigger) -> tuple[object, ...]:
    return (one.record.day, one.record.id)


def _trigger(one: Recalculation, year: int, scopes: Iterable[str]) -> Trigger:
    effects = effects_of(one)
    own = [effects.get((year, part), ZERO) for part in scopes]
    return Trigger(one, exact_sum(own), exact_sum(abs(tonnes) for tonnes in own), applies(one))


def _percent(triggers: Iterable[Trigger], original: Decimal | None) -> Decimal | None:
    if not original:
        return None
    return EXACT.divide(EXACT.multiply(exact_sum(one.moved for one in triggers), HUNDRED), abs(original))


def _of_policy(found: PlantBaseYear, ruleset: RuleSet | None) -> Iterator[Judged]:
    policy = found.policy
    if found.original is None:
        yield Judged(
            "base_unknown", "stop", policy.id,
            T("Of the base year {year} not all of scopes 1, 2 and 3 are known.", year=policy.year),
            T("Close that year in this file, or enter its emissions as an earlier year with their source."),
        )  # fmt: skip
    asked = None if ruleset is None else ruleset.ruling("recalculation")
    if asked is not None and policy.threshold > asked.number:
        yield Judged(
            "base_threshold", "warning", policy.id,
            T(
                "The threshold of {own} % is higher than the {asked} % of {ruleset}.",
                own=policy.threshold, asked=asked.number, ruleset=ruleset.title if ruleset else "",
            ),
            T("Lower the threshold of the policy."),
        )  # fmt: skip


def _of_triggers(found: PlantBaseYear) -> Iterator[Judged]:
    for one in found.triggers:
        record = one.record
        if not one.counts and record.decision == RECALCULATE:
            yield Judged(
                "base_organic", "stop", record.id,
                T("“{what}” is growth or decline of the plant itself: no base year changes.", what=record.description),
                T("Decide not to recalculate, or correct what triggered it."),
            )  # fmt: skip
        if one.counts and record.decision != OPEN and not (record.reason.strip() and record.decided_by.strip()):
            yield Judged(
                "base_unreasoned", "warning", record.id,
                T("“{what}” was decided without saying why or by whom.", what=record.description),
                T("Enter reason and person."),
            )  # fmt: skip
        if one.counts and not one.moved and record.decision != NONE:
            yield Judged(
                "base_effect_unknown", "warning", record.id,
                T("“{what}” says no effect on the base year {year}.", what=record.description, year=found.policy.year),
                T("Calculate its effect on that year by scope: the threshold needs it."),
            )  # fmt: skip


def _due(found: PlantBaseYear) -> Iterator[Judged]:
    if found.due:
        yield Judged(
            "base_due", "stop", found.policy.id,
            T(
                "Changes of {percent} % of the base year were not recalculated; the threshold is {limit} %.",
                percent=(found.waiting or ZERO).quantize(Decimal("0.01"), context=EXACT), limit=found.policy.threshold,
            ),
            T("Decide to recalculate them, with all years since the base year."),
        )  # fmt: skip
    elif found.undecided:
        yield Judged(
            "base_open", "warning", found.policy.id,
            T("Nothing was decided about {count} of what may change the base year.", count=len(found.undecided)),
            T("Decide about each of them, with a reason."),
        )  # fmt: skip
