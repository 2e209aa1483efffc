"""The way from a ledger to an inventory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import localcontext
from operator import attrgetter
from typing import TypeAlias

from core.errors import UserError
from core.i18n import T, Text
from core.instruments import Cover, covers_of
from core.inventory.collecting import without_collection
from core.inventory.covering import covers_in, instruments_in, sold_sources
from core.inventory.period import Period, portion_of, year_of
from core.inventory.totals import Sums, Totals, total
from core.ledger import (
    Activity,
    Audit,
    Closing,
    Engagement,
    Evidence,
    Instrument,
    Judgement,
    Ledger,
    Meter,
    OwnFactor,
    PlanItem,
    Plant,
)
from core.library import EXACT, Library, own_key, own_rows, policy_named
from core.library.library import regions_of
from core.methods import (
    SEVERITIES,
    Context,
    Finding,
    Line,
    Method,
    NotCovered,
    Portion,
    all_methods,
    check_extras,
    former,
)

Outcome: TypeAlias = "tuple[Line, ...] | NotCovered"
Covers: TypeAlias = "tuple[Cover, ...]"
_BY_ID, _BY_RECORD = attrgetter("id"), attrgetter("activity.id")


@dataclass(frozen=True, slots=True)
class Choices:
    """What an audit decides before it calculates."""

    period: Period
    gwp_set: str = "AR6"
    policy: str = "ghg-protocol"


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
    """Kept files that prove some of them, the plant's own factors or instruments, ordered by id."""
    library: Library = field(repr=False, compare=False)
    """With which it was compiled, the plant's own factors included."""
    judgements: tuple[Judgement, ...] = ()
    """What was decided about the year, ordered by id."""
    closings: tuple[Closing, ...] = ()
    """Years that are closed, oldest first."""
    own_factors: tuple[OwnFactor, ...] = ()
    """Of the plant itself, ordered by id."""
    base_year: str = ""
    """The year that the audit compares with; empty: none was chosen."""
    plan: tuple[PlanItem, ...] = ()
    """The inventory management plan, ordered by id."""
    engagement: Engagement | None = None
    """What was agreed about the audit of the year; None while nobody audits it."""
    meters: tuple[Meter, ...] = ()
    """Those that the plan names, ordered by id."""
    covers: Mapping[str, tuple[Cover, ...]] = field(default_factory=dict)
    """What is allocated to records of the period, by their ids."""
    instruments: tuple[Instrument, ...] = ()
    """Those that cover such records and those whose vintage touches the period, ordered by id."""


@dataclass(slots=True)
class Memo:
    """Lines of records already seen under the same choices.

    A line is a pure function of its record, what covers it and the context, so remembering it changes nothing but the
    time: after an edit only the edited record is calculated again. Whoever compiles repeatedly keeps one and passes it
    along.
    """

    key: object = None
    outcomes: dict[int, tuple[Activity, Covers, Outcome]] = field(default_factory=dict)
    portions: dict[int, tuple[Activity, Portion | None]] = field(default_factory=dict)
    sums: Sums = field(default_factory=Sums)

    def turn(self, key: object) -> Memo:
        """Hand over what is remembered for these choices and start an empty page: nothing outlives its record."""
        before = Memo(key, self.outcomes, self.portions) if key == self.key else Memo()  # sums hold for any choices
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
        known = list(library.gwp)
        raise UserError(T("Unknown GWP set “{gwp}”.", gwp=choices.gwp_set), T("Choose one of: {known}.", known=known))
    plant = ledger.plant
    library = former.library_for(library.with_own(own_rows(ledger.own_factors)), ledger.activities)
    covers, sold = covers_of(ledger), sold_sources(ledger)
    context = Context(
        library, library.gwp[choices.gwp_set], policy_named(choices.policy), regions_of(plant), covers=covers, sold=sold
    )
    memo = Memo() if memo is None else memo
    before = memo.turn((choices, context.regions, library, sold))
    with localcontext(EXACT), without_collection():
        portions = _portions(ledger, choices.period, before.portions, memo.portions)
        contexts = _Contexts(context, {own_key(one) for one in ledger.own_factors})
        lines, excluded = _results(_prepared(portions, context), contexts, before.outcomes, memo.outcomes)
        found = _unique((*(f for li in lines for f in li.findings), *(e.finding for e in excluded)))
        activities = tuple(p.activity for p in portions)
        audit = ledger.audit(choices.period.end.year)
        used = covers_in(covers, activities)
        instruments = instruments_in(ledger, used, choices.period)
        return Inventory(
            plant,
            choices,
            lines,
            total(lines, memo.sums),
            found,
            excluded,
            activities,
            _proofs(ledger, activities, instruments),
            library,
            tuple(sorted(ledger.judgements(choices.period.end.year), key=_BY_ID)),
            tuple(sorted(ledger.closings, key=_BY_ID)),
            tuple(sorted(ledger.own_factors, key=_BY_ID)),
            "" if audit is None else audit.base_year,
            tuple(sorted(ledger.held(PlanItem), key=_BY_ID)),
            ledger.engagement(choices.period.end.year),
            planned_meters(ledger),
            used,
            instruments,
        )


def planned_meters(ledger: Ledger) -> tuple[Meter, ...]:
    """The meters that the plan names, ordered by id."""
    named = {item.meter for item in ledger.held(PlanItem)}
    return tuple(sorted((one for one in ledger.held(Meter) if one.id in named), key=_BY_ID)) if named else ()


@dataclass(slots=True)
class _Contexts:
    """The choices of the audit, and the same for records that name one of the plant's own factors."""

    common: Context
    known: set[str]
    _named: dict[str, Context] = field(default_factory=dict)

    def of(self, portion: Portion) -> Context:
        """The context of a record.

        Raises
        ------
        UserError
            when it names a factor that does not exist.
        """
        named = portion.said("factor") if portion.activity.parameters else ""
        if not named:
            return self.common
        key = own_key(named)
        if key not in self.known:
            raise UserError(
                T("The own factor {factor} does not exist.", factor=named), T("Choose one on the page “Library”.")
            )
        if key not in self._named:
            self._named[key] = self.common.naming(key)
        return self._named[key]


def _proofs(
    ledger: Ledger, activities: tuple[Activity, ...], instruments: tuple[Instrument, ...]
) -> tuple[Evidence, ...]:
    ids, named = {a.id for a in activities}, {own.evidence for own in ledger.own_factors}
    named.update(key for one in instruments for key in one.evidence)
    found = (e for e in ledger.evidence if e.id in named or ids.intersection(e.activities))
    return tuple(sorted(found, key=lambda e: e.id))


def _portions(
    ledger: Ledger,
    period: Period,
    before: dict[int, tuple[Activity, Portion | None]],
    now: dict[int, tuple[Activity, Portion | None]],
) -> tuple[Portion, ...]:
    for activity in ledger.activities:
        key = id(activity)
        now[key] = before.get(key) or (activity, portion_of(activity, period))
    return tuple(sorted((portion for _, portion in now.values() if portion is not None), key=_BY_RECORD))


def _prepared(portions: tuple[Portion, ...], context: Context) -> Iterable[Portion]:
    """Let the methods that need several records together look at theirs first."""
    by_method: dict[str, list[Portion]] = {}
    for portion in portions:
        method = portion.activity.method
        if method in by_method:
            by_method[method].append(portion)
        else:
            by_method[method] = [portion]
    methods = all_methods()
    for key, own in by_method.items():
        prepare = methods[key].prepare if key in methods else None
        yield from own if prepare is None else prepare(tuple(own), context)


def _results(
    portions: Iterable[Portion],
    contexts: _Contexts,
    before: dict[int, tuple[Activity, Covers, Outcome]],
    now: dict[int, tuple[Activity, Covers, Outcome]],
) -> tuple[tuple[Line, ...], tuple[Excluded, ...]]:
    """Lines by id, and what gives none; only records that are not remembered, or covered otherwise, are calculated."""
    lines: list[Line] = []
    excluded: list[Excluded] = []
    covers = contexts.common.covers
    for portion in portions:
        activity = portion.activity
        own = covers.get(activity.id, ())
        kept = before.get(id(activity))
        if kept is None or kept[1] != own:
            kept = (activity, own, _calculate(portion, contexts))
        now[id(activity)] = kept
        outcome = kept[2]
        if isinstance(outcome, tuple):
            lines += outcome
        else:
            excluded.append(Excluded(portion, outcome.finding))
    lines.sort(key=_BY_ID)
    return tuple(lines), tuple(excluded)


def _calculate(portion: Portion, contexts: _Contexts) -> Outcome:
    activity = portion.activity
    try:
        context = contexts.of(portion)
        method = _understood(activity, context.library)
    except UserError as error:
        return _not_understood(activity, error.message, error.remedy or T("Correct the record."))
    try:
        lines = _lines(method, portion, context)
        return _checked_use(portion, context, lines) if context.named else lines
    except NotCovered as reason:
        return reason
    except UserError as error:  # understood, and it cannot be true: more was recovered than there was
        remedy = error.remedy or T("Correct the record.")
        return NotCovered(Finding("contradiction", "error", activity.id, error.message, remedy))
    except ArithmeticError:  # thirty digits, or a library from elsewhere with a zero below the line
        return _not_understood(
            activity, T("The numbers of this record cannot be calculated."), T("Check the quantity and its unit.")
        )


def _lines(method: Method, portion: Portion, context: Context) -> tuple[Line, ...]:
    """By the method; a record of an earlier version that still speaks of instruments as it was counted, with an error.

    Once something is allocated to it, the allocation counts.
    """
    activity = portion.activity
    if not former.says_former(activity):
        return method.calculate(portion, context)
    as_before = method.key == former.METHOD and activity.id not in context.covers
    first, *more = former.calculate(portion, context) if as_before else method.calculate(portion, context)
    return replace(first, findings=(former.said_before(activity), *first.findings)), *more


def _checked_use(portion: Portion, context: Context, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """A factor that a record names and the method cannot use must not be passed over in silence."""
    if not lines or any(part.startswith(f"{context.named}.") for line in lines for part in line.factor.parts):
        return lines
    finding = Finding(
        "own_factor_unused",
        "warning",
        portion.activity.id,
        T("The record names the own factor {factor}, which does not fit it.", factor=portion.said("factor")),
        T("Check the item, purpose, unit and validity of the factor."),
    )
    return (replace(lines[0], findings=(*lines[0].findings, finding)), *lines[1:])


def _not_understood(activity: Activity, why: Text, remedy: Text) -> NotCovered:
    severity = "error" if former.says_former(activity) else "warning"  # it was counted once
    return NotCovered(Finding("not_understood", severity, activity.id, why, remedy))


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
    if activity.parameters or activity.category:
        check_extras(method, activity.category, former.without_former(activity))
    return method


def _unique(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The first of each rule and subject, gravest first."""
    first: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        first.setdefault((finding.rule, finding.subject), finding)
    return tuple(sorted(first.values(), key=lambda f: (SEVERITIES.index(f.severity), f.rule, f.subject)))
