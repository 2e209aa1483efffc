"""Separation of duties: nobody tests, reviews or closes their own, and nobody writes in somebody else's name.

What a state allows to a role is asked before (:mod:`core.audit.gate`); here it is asked of the person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.audit.areas import changed
from core.audit.authors import CORRECTION, Authors
from core.audit.roles import TEAM
from core.errors import RefusedError
from core.i18n import T
from core.inventory import choices_of
from core.inventory.period import touches
from core.ledger import (
    AuditFinding,
    Declaration,
    Engagement,
    KeyFigure,
    Ledger,
    Opinion,
    Person,
    ReviewAnswer,
    Step,
    TestSheet,
)

_CLOSED = frozenset({"closed", "withdrawn"})
_SAID = frozenset({"root_cause", "correction", "corrective_action", "answered_by"})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who makes a change, in which audit, with what was done before."""

    person: Person
    engagement: Engagement
    ledger: Ledger
    """Before the change."""
    authors: Authors


def check_duties(actor: Actor, step: Step) -> None:
    """Refuse a step by which a person judges their own work, or signs for another.

    Raises
    ------
    RefusedError
        with the reason, and with what to do instead.
    """
    if (check := _CHECKS.get(step.kind)) is not None:
        check(actor, step)


def touched_data(ledger: Ledger, year: int, name: str, authors: Authors) -> bool:
    """Whether a person entered or changed data of a year."""
    if name not in authors("activity", "") | authors("key_figure", ""):
        return False  # asking of each record is slow, and a reviewer has seldom touched any
    period = choices_of(ledger.audit(year), year).period
    figures = (one for one in ledger.held(KeyFigure) if one.start <= period.end and period.start <= one.end)
    mine = (name in authors("activity", one.id) for one in ledger.activities if touches(one, period))
    return any(mine) or any(name in authors("key_figure", one.id) for one in figures)


def check_reviewer(ledger: Ledger, engagement: Engagement, authors: Authors) -> None:
    """Refuse an independent reviewer who is not independent.

    Raises
    ------
    RefusedError
        for somebody of the team, and for somebody who entered data of the year.
    """
    found = ledger.get("person", engagement.reviewer)
    if not isinstance(found, Person) or not found.active or "reviewer" not in found.roles:
        raise RefusedError(
            T("“{name}” is no independent reviewer.", name=found.name if isinstance(found, Person) else "–"),
            T("Choose somebody who has that role."),
        )
    if found.id in engagement.team:
        raise RefusedError(
            T("{name} is in the team, so cannot review its work.", name=found.name),
            T("Choose a reviewer who is not in the team."),
        )
    if touched_data(ledger, int(engagement.id), found.name, authors):
        raise RefusedError(
            T("{name} entered data of {year}, so cannot review them.", name=found.name, year=engagement.id),
            T("Choose a reviewer who had no part in the inventory."),
        )


def own_name(actor: Actor, written: str) -> None:
    """Refuse to write in somebody else's name."""
    if written != actor.person.id:
        raise RefusedError(
            T("{name} cannot write this in somebody else's name.", name=actor.person.name),
            T("Whoever did it enters it."),
        )


def _test(actor: Actor, step: Step) -> None:
    before, after = step.before, step.after
    if isinstance(before, TestSheet) and not isinstance(after, TestSheet):
        own_name(actor, before.by)
    if not isinstance(after, TestSheet):
        return
    if isinstance(before, TestSheet) and changed(before, after) <= {"finding"}:
        return  # that a finding came of it may be noted by whoever raises the finding
    own_name(actor, after.by)
    if actor.person.name in actor.authors("activity", after.activity):
        raise RefusedError(
            T(
                "{name} entered or changed the record {id}, so cannot test it.",
                name=actor.person.name,
                id=after.activity,
            ),
            T("Somebody else of the team tests it."),
        )


def _finding(actor: Actor, step: Step) -> None:
    before, after = step.before, step.after
    if not isinstance(after, AuditFinding):
        if isinstance(before, AuditFinding):
            _finding_gone(actor, before)
        return
    if not isinstance(before, AuditFinding):
        own_name(actor, after.raised_by)
        return
    told = changed(before, after)
    if "raised_by" in told:
        own_name(actor, "")
    if told & _SAID and after.answered_by:
        own_name(actor, after.answered_by)
    if after.status in _CLOSED and told & {"status", "closed_by"}:
        own_name(actor, after.closed_by)
        _closing(actor, after)


def _finding_gone(actor: Actor, finding: AuditFinding) -> None:
    own_name(actor, finding.raised_by)
    if finding.status != "open" or finding.answered_by:
        raise RefusedError(
            T("A finding that was answered or closed stays in the file."), T("Withdraw it with a reason instead.")
        )


def _closing(actor: Actor, finding: AuditFinding) -> None:
    name = actor.person.name
    if finding.answered_by == actor.person.id or name in actor.authors(CORRECTION, finding.id):
        raise RefusedError(
            T("{name} answered or corrected this finding, so cannot close it.", name=name),
            T("Another person of the team closes it."),
        )


def _answer(actor: Actor, step: Step) -> None:
    if isinstance(step.after, ReviewAnswer):
        own_name(actor, step.after.by)
    check_reviewer(actor.ledger, actor.engagement, actor.authors)


def _opinion(actor: Actor, step: Step) -> None:
    if isinstance(step.after, Opinion):
        own_name(actor, step.after.by)


def _declaration(actor: Actor, step: Step) -> None:
    for one in (step.before, step.after):
        on_paper = isinstance(one, Declaration) and one.evidence and not one.signature
        if isinstance(one, Declaration) and not (on_paper and TEAM & set(actor.person.roles)):
            own_name(actor, one.person)


_CHECKS: Mapping[str, Callable[[Actor, Step], None]] = {
    "test": _test,
    "finding": _finding,
    "review_answer": _answer,
    "opinion": _opinion,
    "declaration": _declaration,
}
