"""What a change is about: the areas in which the table of states says who may do something."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from core.i18n import T, Text
from core.ledger import Audit, AuditFinding, Evidence, Judgement, Record, Step

DATA, EVIDENCE, PLAN, WORK, FINDINGS, ANSWERS = "data", "evidence", "plan", "work", "findings", "answers"
REVIEW, OPINION, PEOPLE, LOG = "review", "opinion", "people", "log"
CLOSING, REPORT, DISMISSALS = "closing", "report", "dismissals"
AREAS: dict[str, Text] = {
    DATA: T("the data"),
    EVIDENCE: T("new evidence"),
    DISMISSALS: T("what is decided about the findings of the automatic review"),
    PLAN: T("the engagement"),
    PEOPLE: T("declarations of independence"),
    LOG: T("the communication log"),
    WORK: T("risks, samples and tests"),
    FINDINGS: T("audit findings"),
    ANSWERS: T("answers to findings"),
    OPINION: T("the opinion"),
    REVIEW: T("the answers of the independent review"),
    REPORT: T("signed reports"),
    CLOSING: T("the closing of the year"),
}
"""Every area, as a sentence names it."""
_OF_KIND = {
    "evidence": EVIDENCE,
    "engagement": PLAN,
    "person": PEOPLE,
    "declaration": PEOPLE,
    "communication": LOG,
    "risk": WORK,
    "sample": WORK,
    "test": WORK,
    "expectation": WORK,
    "benchmark": WORK,
    "finding": FINDINGS,
    "review_answer": REVIEW,
    "opinion": OPINION,
    "closing": CLOSING,
}
_ANSWER = frozenset({"root_cause", "correction", "corrective_action", "proof", "answered_by", "status"})
_ANSWERED = frozenset({"open", "answered"})
_COUNTED = frozenset({"revision", "previous"})
_LINKS = frozenset({"activities", "start", "end", "valid_to", "note", "kind"})
"""What of a proof may be told later; the file itself and the links it has stay."""


def area_of(kind: str) -> str:
    """The area to which a kind of record belongs; what is nothing of the audit is data."""
    return _OF_KIND.get(kind, DATA)


def area_of_step(step: Step) -> str:
    """The area of one step, which also depends on what becomes of the record.

    Answering a finding is not the work of those who raised it, counting a signed report changes no data, and taking the
    proof of a record away is no new evidence.
    """
    before, after = step.before, step.after
    if isinstance(after, AuditFinding) and isinstance(before, AuditFinding):
        return ANSWERS if _is_answer(before, after) else FINDINGS
    if isinstance(after, Audit) and _only_counted(before, after):
        return REPORT
    judged = after or before
    if isinstance(judged, Judgement) and judged.about.startswith("finding:"):
        return DISMISSALS
    if isinstance(before, Evidence):
        proved_nothing = after is None and not before.activities  # as when what brought it is undone
        return EVIDENCE if proved_nothing or (isinstance(after, Evidence) and _only_more(before, after)) else DATA
    return area_of(step.kind)


def changed(before: Record, after: Record) -> frozenset[str]:
    """The names of the fields that differ between two records of one kind."""
    return frozenset(f.name for f in fields(before) if getattr(before, f.name) != getattr(after, f.name))


def _is_answer(before: AuditFinding, after: AuditFinding) -> bool:
    """Nothing but an answer; one that is refused, which goes from answered to open, is the work of the team."""
    if not changed(before, after) <= _ANSWER or not {before.status, after.status} <= _ANSWERED:
        return False
    return (before.status, after.status) != ("answered", "open") or after.answered_by == ""


def _only_counted(before: Record | None, after: Audit) -> bool:
    """A report was signed, perhaps the first, under choices that nobody had recorded because they are the usual."""
    if isinstance(before, Audit):
        return changed(before, after) <= _COUNTED
    usual = Audit(after.id, date(after.end.year, 1, 1), date(after.end.year, 12, 31), preparer=after.preparer)
    return after.revision == 1 and changed(usual, after) <= _COUNTED


def _only_more(before: Evidence, after: Evidence) -> bool:
    return changed(before, after) <= _LINKS and set(before.activities) <= set(after.activities)
