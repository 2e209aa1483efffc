"""What the gate asks of an engagement: how it begins, what may be changed in it, and which moves it makes."""

from __future__ import annotations

from core.audit.areas import changed
from core.audit.authors import Authors
from core.audit.duties import check_reviewer
from core.audit.obstacles import in_ledger
from core.audit.people import acting, roles_in
from core.audit.roles import TEAM, titles
from core.audit.states import CONCLUDED, DRAFT, REOPENED, STATES, Move, title_of
from core.errors import RefusedError
from core.i18n import T, Text
from core.ledger import (
    Audit,
    Change,
    Closing,
    Engagement,
    Ledger,
    Person,
    ReviewAnswer,
    Step,
    kind_of,
)

_OF_MOVES = frozenset({"state", "reason", "number", "reopened", "concluded", "package"})
_OF_CONCLUDING = frozenset({"concluded", "package"})


def is_move(step: Step) -> bool:
    """Whether an audit goes from one state to another."""
    before, after = step.before, step.after
    return isinstance(before, Engagement) and isinstance(after, Engagement) and before.state != after.state


def check_engagement(ledger: Ledger, change: Change, step: Step, authors: Authors) -> None:
    """Refuse an engagement that cannot be, whoever enters it; who may enter it is asked of the table.

    Raises
    ------
    RefusedError
        with the reason, and with what to do instead.
    """
    before, after = step.before, step.after
    if isinstance(before, Engagement) and isinstance(after, Engagement):
        if not is_move(step) and (kept := changed(before, after) & _OF_MOVES):
            raise RefusedError(
                T(
                    "The state of an audit, its number and its conclusion do not change by hand: {fields}.",
                    fields=sorted(kept),
                ),
                T("Move the audit on instead."),
            )
    elif isinstance(after, Engagement):
        _check_begun(ledger, change, after)
    elif isinstance(before, Engagement) and before.state != DRAFT:
        raise RefusedError(
            T("The audit of {year} has begun and cannot be deleted.", year=before.id),
            T("Take it back to draft first."),
        )
    if isinstance(after, Engagement):
        _check_team(ledger, before if isinstance(before, Engagement) else None, after, authors)


def check_move(ledger: Ledger, change: Change, step: Step, person: Person) -> Move:
    """The move that a step makes.

    Raises
    ------
    RefusedError
        when the table has no such move, when it is another one's to make, and when something stands in the way.
    """
    before, after = step.before, step.after
    assert isinstance(before, Engagement) and isinstance(after, Engagement)
    move = STATES[before.state].move(after.state)
    if move is None:
        raise RefusedError(
            T(
                "An audit does not go from “{before}” to “{after}”.",
                before=title_of(before.state),
                after=title_of(after.state),
            ),
            ways(before.state),
        )
    if not roles_in(before, person) & move.roles:
        raise RefusedError(
            T("“{move}” is for: {roles}.", move=move.title, roles=titles(move.roles)),
            T("{name} is: {roles}.", name=person.name, roles=titles(roles_in(before, person)) or ["–"]),
        )
    if move.reason and not after.reason.strip():
        raise RefusedError(T("The reason is missing."), T("Say why in a sentence; it stands in the report."))
    if standing := in_ledger(ledger, int(before.id), after.state):
        raise RefusedError(standing[0].text, T("Do this first, then move the audit on."))
    _check_fields(before, after)
    if after.state == CONCLUDED:
        _check_signed(change, after)
    if after.state == REOPENED and not {*said_anew(ledger, int(after.id))} <= {*change.steps}:
        raise RefusedError(
            T("Who opens an audit again lets go of its opinion and of the answers of its review."),
            T("Both are given anew on what is known by then; the journal keeps the old ones."),
        )
    return move


def said_anew(ledger: Ledger, year: int) -> tuple[Step, ...]:
    """What an audit that is opened again lets go of: its opinion and the reviewer's answers rest on facts of then."""
    held = [one for one in ledger.held(ReviewAnswer) if one.year == year]
    opinion = ledger.get("opinion", str(year))
    gone = [*held, *([opinion] if opinion is not None else [])]
    return tuple(Step(kind_of(one), one.id, one, None) for one in gone)


def ways(state: str) -> Text:
    """The moves that lead on from a state, with who may go them."""
    return T(
        "From here: {moves}.",
        moves=[T("{move} ({roles})", move=one.title, roles=titles(one.roles)) for one in STATES[state].next],
    )


def _check_fields(before: Engagement, after: Engagement) -> None:
    allowed = _OF_MOVES if after.state == CONCLUDED else _OF_MOVES - _OF_CONCLUDING
    again = (before.number + 1, after.reason) if after.state == REOPENED else (before.number, before.reopened)
    if not changed(before, after) <= allowed or (after.number, after.reopened) != again:
        raise RefusedError(
            T("A move changes nothing of the engagement but its state."), T("Change the engagement before or after it.")
        )


def _check_signed(change: Change, after: Engagement) -> None:
    """Nothing is concluded without the signed report, whose package the engagement names, and the closed year."""
    reports = [s for s in change.steps if s.kind == "audit" and s.id == after.id and isinstance(s.after, Audit)]
    signed = any(
        isinstance(s.after, Audit)
        and s.after.revision == (s.before.revision if isinstance(s.before, Audit) else 0) + 1
        and s.after.previous == after.package != ""
        for s in reports
    )
    closed = any(isinstance(s.after, Closing) and s.id == after.id for s in change.steps)
    if not (signed and closed and after.concluded):
        raise RefusedError(
            T("The audit of {year} cannot be concluded without its signed report.", year=after.id),
            T("Sign the report: signing and concluding are one act."),
        )


def _check_begun(ledger: Ledger, change: Change, made: Engagement) -> None:
    who = acting(ledger, change.who)
    if who is None or not TEAM & set(who.roles):
        raise RefusedError(
            T("An audit is begun by: {roles}.", roles=titles(TEAM)),
            T("Enter the people of the audit with their roles first, then act as one of them."),
        )
    if (made.state, made.number, made.concluded, made.package) != (DRAFT, 1, "", ""):
        raise RefusedError(T("An audit begins as a draft."), T("Move it on when it has begun."))


def _check_team(ledger: Ledger, before: Engagement | None, after: Engagement, authors: Authors) -> None:
    if before is None or before.team != after.team:
        for key in after.team:
            one = ledger.get("person", key)
            if not isinstance(one, Person) or not one.active or not TEAM & set(one.roles):
                raise RefusedError(
                    T("“{name}” is no auditor.", name=one.name if isinstance(one, Person) else key),
                    T("Only people with the role of an auditor or team lead are in the team."),
                )
    teams_differ = before is None or (before.team, before.reviewer) != (after.team, after.reviewer)
    if after.reviewer and teams_differ:
        check_reviewer(ledger, after, authors)
