"""A plant that is being audited, with findings, for tests of the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from core.i18n import T
from core.ledger import Activity, AuditFinding, Change, Record, Step, kind_of
from gui.session import Session
from tests.core.audit.party import AUDITOR, ENGAGEMENT, LEAD, PEOPLE, PREPARER, REVIEWER, declaration

NOW = datetime(2025, 3, 1, tzinfo=UTC)


def audited(session: Session, *findings: AuditFinding, state: str = "verification") -> None:
    """Bring the year shown under audit, the way people do: draft, prepared, in verification, findings raised."""
    year = session.year
    engagement = replace(ENGAGEMENT, id=str(year))
    confirm(session, LEAD.name, *PEOPLE)
    confirm(session, LEAD.name, engagement)
    for one in (LEAD, AUDITOR, REVIEWER):
        confirm(session, one.name, replace(declaration(one), id=f"{year}:{one.id}", year=year))
    confirm(session, PREPARER.name, replace(engagement, state="prepared"))
    confirm(session, LEAD.name, replace(engagement, state="verification"))
    for finding_ in findings:
        confirm(session, AUDITOR.name, finding_)
    if state != "verification":
        confirm(session, LEAD.name, replace(engagement, state=state))


def confirm(session: Session, who: str, *records: Record) -> None:
    """Records added or replaced by a person."""
    held = session.ledger
    steps = tuple(Step(kind_of(one), one.id, held.get(kind_of(one), one.id), one) for one in records)
    session.confirm(Change(who, NOW, T("Audited"), steps))


def bill(session: Session) -> Activity:
    """The first bill of grid electricity of the year shown."""
    return next(
        one
        for one in session.ledger.activities
        if one.method == "purchased_electricity" and one.start.year == session.year
    )


def finding(session: Session, key: str = "fi00001", **changes: object) -> AuditFinding:
    """A misstatement of that bill."""
    made = AuditFinding(
        key,
        session.year,
        "misstatement",
        "Electricity bill entered ten times too high",
        "The record and the bill differ.",
        date(2025, 3, 1),
        AUDITOR.id,
        clause="GHG Protocol, ch. 7",
        activities=(bill(session).id,),
        effect=Decimal("12.3"),
        owner=PREPARER.id,
        due="2025-03-15",
    )
    return replace(made, **changes)  # type: ignore[arg-type]
