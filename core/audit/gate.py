"""The gate: every change of a plant file is asked whether the state of an audit and the roles of its people allow it.

Without an engagement nothing is asked. Undo, redo and corrections pass through it like any other change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.audit.allowed import check_area
from core.audit.areas import DATA, area_of_step
from core.audit.authors import Authors
from core.audit.duties import Actor, check_duties
from core.audit.people import actor_in
from core.audit.registered import permit_people
from core.audit.roles import PLANT, titles
from core.audit.states import CONCLUDED, State, state_of
from core.audit.switching import check_engagement, check_move, is_move
from core.audit.touching import AuditedYear, Blob, audited_years
from core.errors import RefusedError
from core.i18n import T
from core.ledger import AuditFinding, Change, Engagement, Ledger, Step

_STILL_OPEN = frozenset({"open", "answered"})


def permit(ledger: Ledger, change: Change, authors: Authors, blob: Blob | None = None) -> None:
    """Refuse a change that an audit does not allow.

    Parameters
    ----------
    ledger
        before the change.
    change
        that is about to be made.
    authors
        who made or changed a record, see :data:`core.audit.duties.Authors`.
    blob
        optional: reads kept files and those of the change, see :meth:`AuditedYear.touched_by`.

    Raises
    ------
    RefusedError
        with the reason, and with what to do instead.
    """
    if not ledger.records["engagement"] and not any(s.kind in ("engagement", "person") for s in change.steps):
        return
    if change.merges is not None:  # each entry of either side was permitted where it was made
        _permit_merge(ledger, change, blob)
        return
    permit_people(ledger, change)
    for step in change.steps:
        if step.kind == "engagement":
            check_engagement(ledger, change, step, authors)
    for year in (*audited_years(ledger), *_begun(ledger, change)):
        touched = [step for step in change.steps if year.touched_by(step, blob)]
        if touched:
            _permit_year(year, change, touched, authors)


def _begun(ledger: Ledger, change: Change) -> Iterator[AuditedYear]:
    for step in change.steps:
        if step.before is None and isinstance(step.after, Engagement):
            yield AuditedYear(step.after, ledger)


def _permit_year(year: AuditedYear, change: Change, touched: Sequence[Step], authors: Authors) -> None:
    engagement, state = year.engagement, state_of(year.engagement)
    person = actor_in(year.ledger, change.who, engagement)
    moves = [check_move(year.ledger, change, step, person) for step in touched if is_move(step)]
    actor = Actor(person, engagement, year.ledger, authors)
    asked: set[str] = set()
    for step in touched:
        if is_move(step):
            continue
        area = area_of_step(step)
        if area not in asked:
            asked.add(area)
            if not any(area in move.carries for move in moves):
                check_area(engagement, person, area)
                if area == DATA:
                    _permit_data(actor, state, change)
        check_duties(actor, step)


def _permit_data(actor: Actor, state: State, change: Change) -> None:
    year = actor.engagement.id
    if actor.person.id == actor.engagement.reviewer:
        raise RefusedError(
            T("{name} reviews the audit of {year}, so cannot change its data.", name=actor.person.name, year=year),
            T("They are changed by: {roles}.", roles=titles(PLANT)),
        )
    if not state.because:
        return
    finding = actor.ledger.get("finding", change.because)
    if not isinstance(finding, AuditFinding) or finding.status not in _STILL_OPEN or str(finding.year) != year:
        raise RefusedError(
            T("While the audit of {year} is under way, data change only because of an open finding.", year=year),
            T("Say which finding the correction is for, or let an auditor raise one."),
        )


def _permit_merge(ledger: Ledger, change: Change, blob: Blob | None) -> None:
    """Another copy's entries join, but a year that is concluded here stays, unless that copy opened it again."""
    for year in audited_years(ledger):
        if year.engagement.state != CONCLUDED:
            continue
        touched = [step for step in change.steps if year.touched_by(step, blob)]
        if touched and not any(map(_opened_again, touched)):
            raise RefusedError(
                T("The audit of {year} is concluded here, and the other copy changed it.", year=year.engagement.id),
                T("Open the audit again first, with a reason, or leave the other copy's changes out."),
            )


def _opened_again(step: Step) -> bool:
    """Also when the other copy opened it again and concluded it since."""
    before, after = step.before, step.after
    return isinstance(before, Engagement) and isinstance(after, Engagement) and after.number > before.number
