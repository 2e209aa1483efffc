"""The part of a ledger that a report of one period rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from core.inventory.asking import asked_records
from core.inventory.main_meters import compared_with_bills
from core.inventory.period import Period, portion_of
from core.ledger import (
    KINDS,
    Action,
    ActionArea,
    Activity,
    Allocation,
    Audit,
    AuditFinding,
    BasePolicy,
    Benchmark,
    Commitment,
    Communication,
    Credit,
    Declaration,
    Driver,
    EarlierYear,
    Expectation,
    Instrument,
    KeyFigure,
    Ledger,
    Measure,
    Meter,
    Milestone,
    Person,
    PlanItem,
    PvSystem,
    Recalculation,
    Record,
    Resolution,
    ReviewAnswer,
    RiskAssessment,
    RuleValue,
    Sample,
    Scenario,
    SerialsElsewhere,
    SupplyOption,
    Target,
    TestSheet,
    named_by,
)

_OF_A_YEAR: tuple[type[Record], ...] = (
    Declaration,
    Communication,
    RiskAssessment,
    Sample,
    TestSheet,
    AuditFinding,
    Expectation,
    ReviewAnswer,
)
_PLANNED: tuple[type[Record], ...] = (
    BasePolicy,
    EarlierYear,
    Recalculation,
    Target,
    Driver,
    Scenario,
    ActionArea,
    Action,
    Milestone,
    Resolution,
    Credit,
    Commitment,
    SupplyOption,
)
PLANNED = frozenset(kind for kind, cls in KINDS.items() if cls in _PLANNED)
"""Kinds of records that look ahead: no emission of a year follows from them."""


def audited(ledger: Ledger, period: Period, audit: Audit) -> Ledger:
    """The records that touch a period, what covers, measures and proves them, the choices, everything of the audit of
    its year, what the plant plans, and what others ask of it."""
    touching = [a for a in ledger.activities if portion_of(a, period) is not None]
    of_audit, plans = list(audit_records(ledger, period)), list(planning_records(ledger))
    asked = list(asked_records(ledger, period))
    naming = [*of_audit, *plans, *asked, *_proven(ledger, touching, period)]
    beside = [*of_audit, *plans, *asked, *compared_with_bills(ledger, period)]
    return Ledger.of(
        [
            ledger.plant,
            audit,
            *touching,
            *_proofs(ledger, touching, naming),
            *ledger.own_factors,
            *ledger.factor_files,
            *ledger.judgements(period.end.year),
            *ledger.closings,
            *covering_records(ledger, touching),
            *{(type(one), one.id): one for one in beside}.values(),
        ]
    )


def covering_records(ledger: Ledger, touching: list[Activity]) -> Iterator[Record]:
    """Every instrument and what is allocated of it, what the rules look at besides, and whose the own generation is.

    Those of other years travel too, those of earlier ones without their proofs: only beside them can be seen that
    certificates are named twice or an instrument was used up, and head office must come to the same judgement.
    """
    instruments = ledger.held(Instrument)
    yield from instruments
    yield from ledger.held(Allocation)
    yield from ledger.held(RuleValue)
    yield from ledger.held(SerialsElsewhere)
    named, sources = named_by(instruments, "pv_system"), {a.source for a in touching if a.source}
    yield from (one for one in ledger.held(PvSystem) if one.id in named or one.source in sources)


def instruments_of(ledger: Ledger, touching: list[Activity], period: Period) -> list[Instrument]:
    """Those that cover these records and those that were generated in the period."""
    ids = {a.id for a in touching}
    used = {one.instrument for one in ledger.held(Allocation) if one.activity in ids}
    return [
        one
        for one in ledger.held(Instrument)
        if one.id in used or (one.start <= period.end and period.start <= one.end)
    ]


def _proven(ledger: Ledger, touching: list[Activity], period: Period) -> list[Instrument]:
    """Those of the period and of years to come: without its proof nothing would be secured by a contract of later."""
    coming = (one for one in ledger.held(Instrument) if one.start > period.end)
    return [*instruments_of(ledger, touching, period), *coming]


def planning_records(ledger: Ledger) -> Iterator[Record]:
    """Targets, actions and options with what they name: key figures of drivers and targets, measures of actions."""
    for cls in _PLANNED:
        yield from ledger.held(cls)
    figures = {one.figure for one in ledger.held(Driver)} | {one.intensity for one in ledger.held(Target)}
    figures.discard("")
    if figures:
        yield from (one for one in ledger.held(KeyFigure) if one.name in figures)
    if measures := named_by(ledger.held(Action), "measure"):
        yield from (one for one in ledger.held(Measure) if one.id in measures)


def audit_records(ledger: Ledger, period: Period) -> Iterator[Record]:
    """Everything about the audit of a year: people, plan, engagement, tests, findings, opinion."""
    year = period.end.year
    yield from ledger.held(Person)
    yield from ledger.held(PlanItem)
    engagement, opinion = ledger.engagement(year), ledger.get("opinion", str(year))
    yield from (one for one in (engagement, opinion) if one is not None)
    for cls in _OF_A_YEAR:
        yield from (one for one in ledger.held(cls) if getattr(one, "year", None) == year)
    before = date(period.start.year - 1, 1, 1)  # ratios of last year are part of the analytical procedures
    yield from (one for one in ledger.held(KeyFigure) if one.end >= before and one.start <= period.end)
    yield from ledger.held(Benchmark)
    planned = named_by(ledger.held(PlanItem), "meter")  # of an audited year all, for risks ask for their calibration
    yield from (one for one in ledger.held(Meter) if engagement is not None or one.id in planned)


def _proofs(ledger: Ledger, touching: list[Activity], naming: list[Record]) -> list[Record]:
    ids = {a.id for a in touching}
    wanted = named_by([*ledger.own_factors, *naming], "evidence")
    return [e for e in ledger.evidence if e.id in wanted or ids.intersection(e.activities)]
