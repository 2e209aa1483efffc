"""The part of a ledger that a report of one period rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from core.inventory.period import Period, portion_of
from core.ledger import (
    Activity,
    Audit,
    AuditFinding,
    Benchmark,
    Communication,
    Declaration,
    Expectation,
    KeyFigure,
    Ledger,
    Meter,
    Person,
    PlanItem,
    Record,
    ReviewAnswer,
    RiskAssessment,
    Sample,
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


def audited(ledger: Ledger, period: Period, audit: Audit) -> Ledger:
    """The records that touch a period, what proves them, the choices, and everything of the audit of its year."""
    touching = [a for a in ledger.activities if portion_of(a, period) is not None]
    of_audit = list(audit_records(ledger, period))
    return Ledger.of(
        [
            ledger.plant,
            audit,
            *touching,
            *_proofs(ledger, touching, of_audit),
            *ledger.own_factors,
            *ledger.factor_files,
            *ledger.judgements(period.end.year),
            *ledger.closings,
            *of_audit,
        ]
    )


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


def _proofs(ledger: Ledger, touching: list[Activity], of_audit: list[Record]) -> list[Record]:
    ids = {a.id for a in touching}
    wanted = named_by([*ledger.own_factors, *of_audit], "evidence")
    return [e for e in ledger.evidence if e.id in wanted or ids.intersection(e.activities)]
