"""The part of a ledger that a report of one period rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from core.inventory.covering import systems_sold
from core.inventory.period import Period, portion_of
from core.ledger import (
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


def audited(ledger: Ledger, period: Period, audit: Audit) -> Ledger:
    """The records that touch a period, what covers and proves them, the choices, everything of the audit of its year,
    and what the plant plans."""
    touching = [a for a in ledger.activities if portion_of(a, period) is not None]
    covering = list(covering_records(ledger, touching, period))
    of_audit, plans = list(audit_records(ledger, period)), list(planning_records(ledger))
    naming = [*of_audit, *covering, *plans]
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
            *{(type(one), one.id): one for one in naming}.values(),
        ]
    )


def covering_records(ledger: Ledger, touching: list[Activity], period: Period) -> Iterator[Record]:
    """Instruments of these records and of the period with everything allocated from them, what their rules look at, and
    the PV systems whose attributes were sold.

    Allocations to records of other years travel too: only with them can be seen that an instrument was used up.
    """
    ids, allocations = {a.id for a in touching}, ledger.held(Allocation)
    used = {one.instrument for one in allocations if one.activity in ids}
    found = [
        one
        for one in ledger.held(Instrument)
        if one.id in used or (one.start <= period.end and period.start <= one.end)
    ]
    wanted = {one.id for one in found}
    yield from found
    yield from (one for one in allocations if one.instrument in wanted or one.activity in ids)
    yield from ledger.held(RuleValue)
    yield from ledger.held(SerialsElsewhere)
    yield from systems_sold(ledger, (a.source for a in touching))


def planning_records(ledger: Ledger) -> Iterator[Record]:
    """Targets, actions and options with what they name: key figures of the drivers, measures of the actions."""
    for cls in _PLANNED:
        yield from ledger.held(cls)
    figures = {one.figure for one in ledger.held(Driver) if one.figure}
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
