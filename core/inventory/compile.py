"""The way from a ledger to an inventory."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import localcontext
from typing import TypeAlias

from core.errors import UserError
from core.i18n import T, Text
from core.inventory.period import Period, portion_of, year_of
from core.inventory.totals import Totals, total
from core.ledger import Activity, Audit, Evidence, Ledger, Plant
from core.library import EXACT, Library, policy_named
from core.library.library import regions_of
from core.methods import SEVERITIES, Context, Finding, Line, Method, NotCovered, Portion, all_methods

Outcome: TypeAlias = "tuple[Line, ...] | NotCovered"


@dataclass(frozen=True, slots=True)
class Choices:
    """What an audit decides before it calculates."""

    period: Period
    gwp_set: str = "AR6"
    policy: str = "matching-year"


@dataclass(frozen=True, slots=True)
class Excluded:
    """Activity data that no factor covers."""

    portion: Portion
    finding: Finding


@dataclass(frozen=True, slots=True)
class Inventory:
    """What follows from a ledger, a period and a library."""

    plant: Plant
    choices: Choices
    lines: tuple[Line, ...]
    """Ordered by id."""
    totals: Totals
    findings: tuple[Finding, ...]
    excluded: tuple[Excluded, ...]
    activities: tuple[Activity, ...]
    """All activity data that touch the period, ordered by id."""
    evidence: tuple[Evidence, ...]
    """Kept files that prove some of them, ordered by id."""
    library: Library = field(repr=False, compare=False)
    """With which it was compiled."""


@dataclass(slots=True)
class Memo:
    """Lines of records already seen under the same choices.

    A line is a pure function of its record and the context, so remembering it changes nothing but the time: after an
    edit only the edited record is calculated again. Whoever compiles repeatedly keeps one and passes it along.
    """

    key: object = None
    outcomes: dict[int, tuple[Activity, Outcome]] = field(default_factory=dict)
    portions: dict[int, tuple[Activity, Portion | None]] = field(default_factory=dict)

    def turn(self, key: object) -> Memo:
        """Hand over what is remembered for these choices and start an empty page: nothing outlives its record."""
        before = Memo(key, self.outcomes, self.portions) if key == self.key else Memo()
        self.key, self.outcomes, self.portions = key, {}, {}
        return before


def choices_of(audit: Audit | None, year: int) -> Choices:
    """The choices recorded for a year, or the defaults."""
    if audit is None:
        return Choices(year_of(year))
    return Choices(Period(audit.start, audit.end), audit.gwp_set, audit.policy)


def compile_inventory(ledger: Ledger, choices: Choices, library: Library, memo: Memo | None = None) -> Inventory:
    """Calculate every line, total and finding of a period.

    Parameters
    ----------
    ledger
        everything the plant knows.
    choices
        period, GWP set and factor policy.
    library
        factors, potentials, units.
    memo
        optional memory of earlier calculations.

    Raises
    ------
    UserError
        for an unknown GWP set or policy, or a ledger without plant.

    Notes
    -----
    tCO2e = Σ activity data × factor(gas) × GWP(gas) / 1000, line by line; totals are sums of lines.
    """
    if choices.gwp_set not in library.gwp:
        known = ", ".join(library.gwp)
        raise UserError(T("Unknown GWP set “{gwp}”.", gwp=choices.gwp_set), T("Choose one of: {known}.", known=known))
    plant = ledger.plant
    context = Context(library, library.gwp[choices.gwp_set], policy_named(choices.policy), regions_of(plant))
    memo = Memo() if memo is None else memo
    before = memo.turn((choices, context.regions, library))
    with localcontext(EXACT), _without_collection():
        portions = _portions(ledger, choices.period, before.portions, memo.portions)
        outcomes = [(p, _outcome(p, context, before.outcomes, memo.outcomes)) for p in _prepared(portions, context)]
        lines = tuple(sorted((li for _, o in outcomes if isinstance(o, tuple) for li in o), key=lambda line: line.id))
        excluded = tuple(Excluded(p, o.finding) for p, o in outcomes if isinstance(o, NotCovered))
        found = _unique((*(f for li in lines for f in li.findings), *(e.finding for e in excluded)))
        activities = tuple(p.activity for p in portions)
        proofs = _proofs(ledger, activities)
        return Inventory(plant, choices, lines, total(lines), found, excluded, activities, proofs, library)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Nothing of an inventory is garbage while it grows, but looking for some doubles the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _proofs(ledger: Ledger, activities: tuple[Activity, ...]) -> tuple[Evidence, ...]:
    ids = {a.id for a in activities}
    return tuple(sorted((e for e in ledger.evidence if ids.intersection(e.activities)), key=lambda e: e.id))


def _portions(
    ledger: Ledger,
    period: Period,
    before: dict[int, tuple[Activity, Portion | None]],
    now: dict[int, tuple[Activity, Portion | None]],
) -> tuple[Portion, ...]:
    for activity in ledger.activities:
        known = before.get(id(activity))
        now[id(activity)] = known if known is not None else (activity, portion_of(activity, period))
    found = [portion for _, portion in now.values() if portion is not None]
    return tuple(sorted(found, key=lambda p: p.activity.id))


def _prepared(portions: tuple[Portion, ...], context: Context) -> Iterable[Portion]:
    """Let the methods that need several records together look at theirs first."""
    by_method: dict[str, list[Portion]] = {}
    for portion in portions:
        by_method.setdefault(portion.activity.method, []).append(portion)
    methods = all_methods()
    for key, own in by_method.items():
        prepare = methods[key].prepare if key in methods else None
        yield from own if prepare is None else prepare(tuple(own), context)


def _outcome(
    portion: Portion,
    context: Context,
    before: dict[int, tuple[Activity, Outcome]],
    now: dict[int, tuple[Activity, Outcome]],
) -> Outcome:
    activity = portion.activity
    known = before.get(id(activity))
    kept = known if known is not None and known[0] is activity else (activity, _calculate(portion, context))
    now[id(activity)] = kept
    return kept[1]


def _calculate(portion: Portion, context: Context) -> Outcome:
    activity = portion.activity
    try:
        return _understood(activity, context.library).calculate(portion, context)
    except NotCovered as reason:
        return reason
    except UserError as error:
        return _not_understood(activity, error.message, error.remedy or T("Correct the record."))
    except ArithmeticError:  # thirty digits, or a library from elsewhere with a zero below the line
        return _not_understood(
            activity, T("The numbers of this record cannot be calculated."), T("Check the quantity and its unit.")
        )


def _not_understood(activity: Activity, why: Text, remedy: Text) -> NotCovered:
    return NotCovered(Finding("not_understood", "warning", activity.id, why, remedy))


def _understood(activity: Activity, library: Library) -> Method:
    """The method of a record.

    Raises
    ------
    UserError
        when method, item, unit or dates make no sense.
    """
    method = all_methods().get(activity.method)
    if method is None:
        raise UserError(T("Unknown method “{method}”.", method=activity.method), T("Choose a method of the list."))
    if activity.end < activity.start:
        raise UserError(T("The record ends before it begins."), T("Correct the dates."))
    dimension = library.units.dimension(activity.unit)
    item = library.items.get(activity.item)
    if item is None or item.kind not in method.kinds:
        raise UserError(
            T("“{item}” is not something that {method} knows.", item=activity.item, method=method.title),
            T("Choose an item of the list."),
        )
    if dimension not in method.dimensions:
        raise UserError(
            T("“{unit}” is not a unit for {method}.", unit=activity.unit, method=method.title),
            T("Use a unit of the list in the template."),
        )
    return method


def _unique(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The first of each rule and subject, gravest first."""
    first: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        first.setdefault((finding.rule, finding.subject), finding)
    return tuple(sorted(first.values(), key=lambda f: (SEVERITIES.index(f.severity), f.rule, f.subject)))
