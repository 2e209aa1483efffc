"""Findings of an audit, from raising to closing: who may do what to them.

The Chinese verification guideline keeps the same facts in its list of nonconformities (不符合项清单). What a finding
must say stands in ``finding_said.py``; closing, which needs the inventory, in ``finding_closing.py``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from core.audit.areas import DATA, area_of
from core.audit.finding_said import (
    ANSWERED,
    AUDITORS,
    AUDITORS_OWN,
    CLOSED,
    KINDS,
    MISSTATEMENT,
    NONCOMPLIANCE,
    NONCONFORMITY,
    OPEN,
    PLANT_PEOPLE,
    RECOMMENDATION,
    STATUSES,
    WITHDRAWN,
    checked,
    known_records,
    need,
    person_acting,
    said_text,
    tidied,
)
from core.errors import UserError
from core.i18n import T, Text
from core.inventory.judging import Decision, reasoned
from core.ledger import AuditFinding, Correction, Ledger, Step

__all__ = [
    "ANSWERED",
    "AUDITORS",
    "CLOSED",
    "KINDS",
    "MISSTATEMENT",
    "NONCOMPLIANCE",
    "NONCONFORMITY",
    "OPEN",
    "PLANT_PEOPLE",
    "RECOMMENDATION",
    "STATUSES",
    "WITHDRAWN",
    "Answer",
    "answering",
    "changing",
    "finding_named",
    "findings_of",
    "is_open",
    "is_overdue",
    "linking",
    "misstates",
    "number_of",
    "open_findings",
    "overdue",
    "raising",
    "reopening",
    "sending_back",
    "still_open",
    "title_of",
    "withdrawing",
]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the plant says about a finding."""

    root_cause: str
    correction: str
    corrective_action: str = ""
    proof: tuple[str, ...] = ()
    """Ids of kept files."""


# ---------------------------------------------------------------------- looking


def findings_of(ledger: Ledger, year: int) -> tuple[AuditFinding, ...]:
    """All findings of a year in the order in which they were raised, withdrawn ones too."""
    held = (one for one in ledger.held(AuditFinding) if one.year == year)
    return tuple(sorted(held, key=lambda one: (len(one.id), one.id)))  # ids count upwards, whatever day was entered


def number_of(ledger: Ledger, finding: AuditFinding) -> str:
    """How people call it: year and place in the order of raising, e.g. ``2025-03``; a withdrawn one keeps its own."""
    order = [one.id for one in findings_of(ledger, finding.year)]
    return f"{finding.year}-{order.index(finding.id) + 1:02}"


def finding_named(ledger: Ledger, name: str) -> AuditFinding:
    """A finding by its id or its number.

    Raises
    ------
    UserError
        when there is none.
    """
    for one in ledger.held(AuditFinding):
        if name in (one.id, number_of(ledger, one)):
            return one
    raise UserError(T("There is no finding {name}.", name=name), T("Look at the list of findings."))


def open_findings(ledger: Ledger, year: int) -> tuple[AuditFinding, ...]:
    """Those that are neither closed nor withdrawn."""
    return tuple(one for one in findings_of(ledger, year) if is_open(one))


def is_open(finding: AuditFinding) -> bool:
    """Whether something is still to be done about it, by the plant or by the auditor."""
    return finding.status in (OPEN, ANSWERED)


def overdue(ledger: Ledger, year: int, day: date) -> tuple[AuditFinding, ...]:
    """Those whose answer should have come before a day."""
    return tuple(one for one in findings_of(ledger, year) if is_overdue(one, day))


def is_overdue(finding: AuditFinding, day: date) -> bool:
    """Whether the plant should have answered before a day; on the day itself it is in time."""
    return finding.status == OPEN and bool(finding.due) and date.fromisoformat(finding.due) < day


def misstates(finding: AuditFinding) -> bool:
    """Whether it belongs into the ledger of misstatements: it says that tonnes are wrong, and it was not withdrawn."""
    return finding.status != WITHDRAWN and (finding.kind == MISSTATEMENT or finding.effect is not None)


def title_of(ledger: Ledger, finding: AuditFinding) -> str:
    """Number and title, e.g. ``2025-03 Gas bill ten times too high``."""
    return f"{number_of(ledger, finding)} {finding.title}"


# ---------------------------------------------------------------------- acting


def raising(ledger: Ledger, finding: AuditFinding, *, unquantified: bool = False) -> Decision:
    """Raise a finding.

    Parameters
    ----------
    ledger
        with the audit of its year.
    finding
        new, with an id that is free; whatever the plant answers is still empty.
    unquantified
        that its effect cannot be expressed in tonnes, said on purpose.

    Raises
    ------
    UserError
        when nobody audits the year, by somebody who is no auditor, and for what it must say and does not.
    """
    if ledger.engagement(finding.year) is None:
        raise UserError(
            T("Nobody audits {year} yet.", year=str(finding.year)), T("Agree on the audit first, on the page “Audit”.")
        )
    if ledger.get("finding", finding.id) is not None:
        raise UserError(T("The finding {id} exists already.", id=finding.id), T("Change it instead."))
    person_acting(ledger, finding.raised_by, AUDITORS)
    made = checked(ledger, tidied(finding), unquantified)
    fresh = replace(
        made,
        status=OPEN,
        treatment="",
        conservative=None,
        closed="",
        closed_by="",
        closing_note="",
        answered_by="",
        root_cause="",
        correction="",
        corrective_action="",
        proof=(),
    )
    after = ledger.apply((Step("finding", fresh.id, None, fresh),))
    why = T("Finding {finding} raised", finding=title_of(after, fresh))
    return Decision(why, (Step("finding", fresh.id, None, fresh),))


def changing(ledger: Ledger, key: str, by: str, changed: AuditFinding, *, unquantified: bool = False) -> Decision:
    """State anew what the auditor said.

    Parameters
    ----------
    ledger
        with the finding.
    key
        id of the finding.
    by
        id of the auditor.
    changed
        the finding as it shall be; only what the auditor states is taken from it.
    unquantified
        as in :func:`raising`.

    Raises
    ------
    UserError
        when it is closed or withdrawn, by somebody who is no auditor, for what it must say and does not, and when
        nothing would change.
    """
    held = still_open(ledger, key)
    person_acting(ledger, by, AUDITORS)
    taken = replace(held, **{name: getattr(changed, name) for name in AUDITORS_OWN})
    made = checked(ledger, tidied(taken), unquantified)
    if made == held:
        raise UserError(T("Nothing changes."), T("Change something, or leave it."))
    return _decided(T("Finding {finding} changed", finding=title_of(ledger, made)), held, made)


def answering(ledger: Ledger, key: str, by: str, answer: Answer) -> Decision:
    """The plant answers; an answer that was not yet judged may be given anew.

    Raises
    ------
    UserError
        when it is closed, by somebody who is not of the plant, and for what the answer must say and does not: root
        cause, correction and, but for recommendations, corrective action.
    """
    held = still_open(ledger, key)
    person_acting(ledger, by, PLANT_PEOPLE)
    cause, correction, action = (
        said_text(text) for text in (answer.root_cause, answer.correction, answer.corrective_action)
    )
    if held.kind != RECOMMENDATION:
        need(cause, T("The root cause is missing."), T("Say why it could happen."))
        need(action, T("The corrective action is missing."), T("Say what was done so that it does not come again."))
    need(correction, T("The correction is missing."), T("Say what was done about this case."))
    known_records(ledger, "evidence", answer.proof)
    made = replace(
        held,
        root_cause=cause,
        correction=correction,
        corrective_action=action,
        proof=answer.proof,
        answered_by=by,
        status=ANSWERED,
    )
    return _decided(T("Finding {finding} answered", finding=title_of(ledger, made)), held, made)


def sending_back(ledger: Ledger, key: str, by: str, reason: str) -> Decision:
    """The answer does not do: the plant answers again.

    Raises
    ------
    UserError
        when nobody answered, by somebody who is no auditor or answered themselves, and without a reason.
    """
    held, said = finding_named(ledger, key), reasoned(reason)
    if held.status != ANSWERED:
        raise UserError(T("The finding was not answered."), T("Wait for the answer of the plant."))
    person_acting(ledger, by, AUDITORS, but_not=held.answered_by)
    made = replace(held, status=OPEN, closing_note=said)
    why = T("Answer to finding {finding} sent back: {reason}", finding=title_of(ledger, made), reason=said)
    return _decided(why, held, made)


def withdrawing(
    ledger: Ledger, key: str, by: str, day: date, reason: str, corrections: Iterable[Correction] = ()
) -> Decision:
    """There was nothing to find; the number stays taken.

    Raises
    ------
    UserError
        when it is closed or data were corrected because of it, by somebody who is no auditor, and without a reason.
    """
    held, said = still_open(ledger, key), reasoned(reason)
    person_acting(ledger, by, AUDITORS)
    if any(one.finding == held.id and area_of(one.kind) == DATA for one in corrections):
        raise UserError(
            T("Data were corrected because of this finding, so it cannot be withdrawn."),
            T("Close it, or take the corrections back first."),
        )
    made = replace(held, status=WITHDRAWN, closed_by=by, closed=day.isoformat(), closing_note=said)
    why = T("Finding {finding} withdrawn: {reason}", finding=title_of(ledger, made), reason=said)
    return _decided(why, held, made)


def reopening(ledger: Ledger, key: str, by: str, reason: str) -> Decision:
    """A closed or withdrawn finding is open again; what the plant answered stays readable.

    Raises
    ------
    UserError
        when it is open, by somebody who is no auditor, and without a reason.
    """
    held, said = finding_named(ledger, key), reasoned(reason)
    person_acting(ledger, by, AUDITORS)
    if is_open(held):
        raise UserError(T("The finding is open."), T("Nothing needs to be done to open it."))
    made = replace(held, status=OPEN, treatment="", conservative=None, closed_by="", closed="", closing_note=said)
    why = T("Finding {finding} opened again: {reason}", finding=title_of(ledger, made), reason=said)
    return _decided(why, held, made)


def linking(ledger: Ledger, key: str, by: str, evidence: Iterable[str], *, proof: bool) -> Decision:
    """Name kept files: those that show the finding, or those that prove the answer.

    Raises
    ------
    UserError
        when it is closed, for files that are not kept, and when all of them are named already.
    """
    held, wanted = still_open(ledger, key), tuple(evidence)
    person_acting(ledger, by, PLANT_PEOPLE if proof else AUDITORS)
    known_records(ledger, "evidence", wanted)
    names = held.proof if proof else held.evidence
    more = tuple(dict.fromkeys((*names, *wanted)))
    if more == names:
        raise UserError(T("Nothing changes."), T("Change something, or leave it."))
    made = replace(held, proof=more) if proof else replace(held, evidence=more)
    return _decided(T("File linked to finding {finding}", finding=title_of(ledger, made)), held, made)


def _decided(why: Text, held: AuditFinding, made: AuditFinding) -> Decision:
    return Decision(why, (Step("finding", held.id, held, made),))


def still_open(ledger: Ledger, key: str) -> AuditFinding:
    """The finding, about which something can still be done.

    Raises
    ------
    UserError
        when it is closed or withdrawn, or there is none.
    """
    held = finding_named(ledger, key)
    if not is_open(held):
        raise UserError(T("The finding is not open any more."), T("Open it again first, with a reason."))
    return held
