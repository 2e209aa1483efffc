"""What is missing or wrong in the action plan, each with what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.actions.areas import all_areas
from core.actions.curve import has_money
from core.actions.effect import basis, exclude_each_other, plans_energy, reached
from core.actions.emitted import Baseline, market_only, part_order
from core.actions.ramp import last_day, steps_of
from core.actions.timeline import state_of
from core.i18n import T, Text, verbatim
from core.instruments import LEVELS, Judged
from core.ledger import Action, ActionArea, Ledger, Measure, Milestone, Resolution
from core.library import EXACT

UNDER_WAY = ("approved", "running", "done")
"""From here on somebody answers for it."""
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Plan:
    """The action plan with what it is held against."""

    ledger: Ledger
    baseline: Baseline | None
    """None: no inventory is at hand, and nothing is said of tonnes."""
    today: date

    @property
    def actions(self) -> tuple[Action, ...]:
        return self.ledger.held(Action)

    def milestones(self, action: Action) -> tuple[Milestone, ...]:
        """The steps of an action."""
        return tuple(one for one in self.ledger.held(Milestone) if one.action == action.id)


def judge_actions(ledger: Ledger, baseline: Baseline | None, today: date) -> tuple[Judged, ...]:
    """Everything that is missing or wrong, gravest first, then by action.

    Parameters
    ----------
    ledger
        actions, milestones, areas, measures and resolutions.
    baseline
        sources that actions work on; None: not at hand.
    today
        on which late is said.
    """
    plan = Plan(ledger, baseline, today)
    found = [one for action in plan.actions if action.status != "stopped" for one in judge_action(action, plan)]
    return tuple(sorted(found, key=lambda one: (LEVELS.index(one.level), one.subject, one.rule)))


def judge_action(action: Action, plan: Plan) -> Iterator[Judged]:
    """What is said of one action."""
    for rule in RULES:
        yield from rule(action, plan)


def _say(rule: str, level: str, action: Action, message: Text, remedy: Text) -> Judged:
    return Judged(f"action_{rule}", level, action.id, message, remedy)


def _owner(action: Action, _: Plan) -> Iterator[Judged]:
    if not action.owner.strip():
        level = "warning" if action.status in UNDER_WAY else "info"
        yield _say("owner", level, action, T("“{name}” has no owner.", name=verbatim(action.name)),
                   T("Enter who answers for it."))  # fmt: skip


def _area(action: Action, plan: Plan) -> Iterator[Judged]:
    if action.area not in {area.key for area in all_areas(plan.ledger.held(ActionArea))}:
        yield _say("area", "warning", action,
                   T("“{name}” stands in an area that does not exist: “{area}”.", name=verbatim(action.name),
                     area=verbatim(action.area)),
                   T("Choose one of the areas, or enter this one."))  # fmt: skip


def _dates(action: Action, plan: Plan) -> Iterator[Judged]:
    name = verbatim(action.name)
    if action.life < 1:
        yield _say("life", "stop", action, T("“{name}” has no life: it never saves anything.", name=name),
                   T("Enter for how many years it has its effect."))  # fmt: skip
    if action.status in UNDER_WAY and not plan.milestones(action):
        yield _say("no_dates", "info", action, T("“{name}” has no milestones.", name=name),
                   T("Enter the dates of its steps, e.g. order, delivery, start."))  # fmt: skip
    if action.status in ("idea", "planned", "approved") and action.start <= plan.today:
        yield _say("start_passed", "warning", action,
                   T("“{name}” was to have its effect from {day} and is not running.", name=name, day=action.start),
                   T("Set it to running, or move its start."))  # fmt: skip
    if action.status == "running" and action.life >= 1 and last_day(action) < plan.today:
        yield _say("life_over", "info", action,
                   T("The life of “{name}” ended on {day}.", name=name, day=last_day(action)),
                   T("Set it to done, or enter what takes its place."))  # fmt: skip


def _late(action: Action, plan: Plan) -> Iterator[Judged]:
    for one in plan.milestones(action):
        if state_of(one, plan.today) == "late":
            yield _say("milestone_late", "warning", action,
                       T("The milestone “{milestone}” of “{name}” was due on {day}.", milestone=verbatim(one.name),
                         name=verbatim(action.name), day=one.due),
                       T("Enter when it was reached, or a new date with the reason."))  # fmt: skip


def _money(action: Action, _: Plan) -> Iterator[Judged]:
    if has_money(action) and not action.currency:
        yield _say("currency", "warning", action,
                   T("The cost of “{name}” has no currency.", name=verbatim(action.name)),
                   T("Enter the currency; without it, it is not on the cost curve."))  # fmt: skip
    if not has_money(action) and action.status in UNDER_WAY:
        yield _say("no_cost", "info", action, T("“{name}” states no cost and no saving of money.",
                   name=verbatim(action.name)), T("Enter investment, running cost and saving."))  # fmt: skip


def _ramp(action: Action, _: Plan) -> Iterator[Judged]:
    try:
        steps_of(action)
    except ValueError:
        yield _say("ramp", "stop", action,
                   T("The ramp of “{name}” cannot be read; it counts with all of its effect.",
                     name=verbatim(action.name)),
                   T("Write years of effect from 1 on, each once, with 0 to 100 %."))  # fmt: skip


def _saving(action: Action, plan: Plan) -> Iterator[Judged]:
    name = verbatim(action.name)
    if action.area in ("governance",):
        return  # it makes others possible and saves nothing itself
    if not plans_energy(action) and action.tonnes <= 0:
        yield _say("no_saving", "warning", action, T("“{name}” states no saving.", name=name),
                   T("Enter what it saves in a year: energy with its kind, or tonnes."))  # fmt: skip
        return
    if plans_energy(action) and action.tonnes > 0:
        yield _say("two_savings", "info", action,
                   T("“{name}” states energy and tonnes; the energy counts.", name=name),
                   T("Remove the one that does not hold."))  # fmt: skip
    if plan.baseline is not None:
        yield from _sources(action, plan.baseline)


def _sources(action: Action, baseline: Baseline) -> Iterator[Judged]:
    name = verbatim(action.name)
    touched, cells = baseline.touched(action), reached(action, baseline)
    if not touched:
        yield _say("no_source", "warning", action,
                   T("“{name}” works on nothing that the inventory of {year} has: part, source and item do not meet.",
                     name=name, year=str(baseline.year)),
                   T("Choose a source of the inventory: {known}.", known=_known(baseline)))  # fmt: skip
        return
    if not cells:
        yield _say("no_factor", "warning", action,
                   T("The energy behind the sources of “{name}” is not known, so it has no tonnes.", name=name),
                   T("State its saving in tonnes."))  # fmt: skip
        return
    plan, whole = (action.energy if plans_energy(action) else action.tonnes), basis(action, cells)
    if plan > whole:
        unit = "kWh" if plans_energy(action) else "t"
        yield _say("over_source", "stop", action,
                   T("“{name}” saves {plan} {unit} a year, but its sources have only {whole} {unit}.", name=name,
                     plan=plan, whole=EXACT.quantize(whole, _TENTH), unit=unit),
                   T("Correct the saving or the source; no more is counted than there is."))  # fmt: skip


def _known(baseline: Baseline) -> list[str]:
    cells = sorted(baseline.cells, key=lambda one: (part_order(one.part), one.source))
    return list(dict.fromkeys(one.source for one in cells))[:8]


def _views(action: Action, _: Plan) -> Iterator[Judged]:
    if market_only(action) and action.area == "energy_efficiency":
        yield _say("market_only", "warning", action,
                   T("“{name}” is entered as market-based: it changes which electricity is bought, not how much.",
                     name=verbatim(action.name)),
                   T("Choose the location-based part; less electricity counts in both views."))  # fmt: skip


def _excluded(action: Action, plan: Plan) -> Iterator[Judged]:
    for other in plan.actions:
        if not exclude_each_other(action, other) or other.status not in ("running", "done"):
            continue
        level = "stop" if action.status in UNDER_WAY else "warning"
        yield _say("excluded", level, action,
                   T("“{name}” cannot be done besides “{other}”, which is running or done.", name=verbatim(action.name),
                     other=verbatim(other.name)),
                   T("Stop one of the two, or remove the exclusion."))  # fmt: skip


def _proof(action: Action, plan: Plan) -> Iterator[Judged]:
    name = verbatim(action.name)
    if action.status == "done" and not action.evidence:
        yield _say("evidence", "warning", action, T("“{name}” is done, and nothing proves it.", name=name),
                   T("Attach acceptance, invoice or photo."))  # fmt: skip
    if action.measure and action.measure not in {one.id for one in plan.ledger.held(Measure)}:
        yield _say("measure", "warning", action,
                   T("“{name}” names a savings measure that does not exist.", name=name),
                   T("Choose one of the page “Savings”, or none."))  # fmt: skip
    if action.status in ("running", "done") and not action.measure and plans_energy(action):
        yield _say("not_measured", "info", action, T("The effect of “{name}” is not measured.", name=name),
                   T("Enter a savings measure with its baseline and name it here."))  # fmt: skip
    decided = {key for one in plan.ledger.held(Resolution) for key in one.actions}
    if action.status in UNDER_WAY and action.id not in decided and has_money(action):
        yield _say("no_decision", "info", action, T("No resolution is about “{name}”.", name=name),
                   T("Enter the decision of the committee with its minutes."))  # fmt: skip


RULES: tuple[Callable[[Action, Plan], Iterable[Judged]], ...] = (
    _owner, _area, _dates, _late, _money, _ramp, _saving, _views, _excluded, _proof,
)  # fmt: skip
"""Every check; each says nothing, or what is wrong."""
