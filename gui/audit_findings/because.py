"""Corrective actions that a question of the checklist, or another data point, asks for: how they begin and are said."""

from __future__ import annotations

from datetime import UTC, datetime

from core.disclosures.catalogue import CHECK, all_points
from core.disclosures.checklist import checked_of, proposed_action, question_named
from core.disclosures.values import answered
from core.ledger import Answer, AuditFinding
from gui.language import language, say
from gui.session import Session
from gui.wording import named


def draft_about(session: Session, point: str) -> AuditFinding:
    """A finding with the question as its title, and what was answered as the beginning of its description."""
    today = datetime.now(UTC).astimezone().date()
    described, code = all_points()[point], point.removeprefix(CHECK)
    if not point.startswith(CHECK):
        return AuditFinding("", session.year, "nonconformity", say(described.name), "", today, "", point=point)
    question = question_named(code)
    value = answered(described, session.ledger.held(Answer), session.year, today)
    ((area,),) = (checked_of({point: value}, questions=(question,)),)
    action = proposed_action(area.questions[0], language())
    return AuditFinding(
        "", session.year, action.kind, action.title, action.description, today, "", point=point
    )  # fmt: skip


def because_words(point: str) -> str:
    """What asked for it: the question with its code, or the data point by its name."""
    described = all_points().get(point)
    if described is None:
        return point
    return named(point.removeprefix(CHECK), say(described.name)) if point.startswith(CHECK) else say(described.name)
