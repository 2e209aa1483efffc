"""Moving an audit from state to state: what stands in the way, who may do it, and the change that does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from core.audit.analytics import unexplained
from core.audit.obstacles import Obstacle, in_ledger
from core.audit.people import acting, actor_in, roles_in
from core.audit.roles import titles
from core.audit.states import CONCLUDED, IN_REVIEW, REOPENED, STATES, Move, state_of, title_of
from core.audit.switching import check_move, said_anew
from core.checks import forbidding
from core.errors import RefusedError, UserError
from core.i18n import T, Text
from core.inventory import Inventory
from core.inventory.judging import Decision, reasoned
from core.ledger import Change, Engagement, Ledger, Person, Step
from core.methods import Finding

_ORDER = list(STATES)
_SIGNED = frozenset({IN_REVIEW, CONCLUDED})
"""Open errors of the automatic review forbid the signature, so they are mended before."""


@dataclass(frozen=True, slots=True)
class Way:
    """A move from where an audit is, as it looks to one person."""

    move: Move
    standing: tuple[Obstacle, ...]
    """What has to be done before."""
    refused: Text | None
    """Why this person may not make it; None: they may."""
    people: tuple[str, ...] = ()
    """Names of those who may."""

    @property
    def open(self) -> bool:
        """Whether it can be made now."""
        return not self.standing and self.refused is None


def obstacles(
    ledger: Ledger, inventory: Inventory, findings: Iterable[Finding], year: int, to: str
) -> tuple[Text, ...]:
    """Sentences that say what has to be done before the audit of a year moves to a state; none: it may.

    Parameters
    ----------
    ledger, inventory, findings
        of the plant and of the year; findings are those of the automatic review.
    year, to
        the audit, and a key of :data:`core.audit.states.STATES`.
    """
    return tuple(one.text for one in standing(ledger, inventory, findings, year, to))


def standing(
    ledger: Ledger, inventory: Inventory, findings: Iterable[Finding], year: int, to: str
) -> tuple[Obstacle, ...]:
    """The same, with what each is about."""
    found = list(in_ledger(ledger, year, to))
    if to in _SIGNED and (errors := forbidding(tuple(findings))):
        words = T("Errors of the review: {count}, first: {finding}", count=len(errors), finding=errors[0].message)
        found.append(Obstacle(words, "checks"))
    if to == IN_REVIEW and (differing := unexplained(ledger, inventory)):
        words = T("Analytical differences without an accepted explanation: {count}.", count=len(differing))
        found.append(Obstacle(words, "analytics"))
    if to in _SIGNED and not inventory.activities:
        found.append(Obstacle(T("There is no activity data for {year}.", year=str(year)), "data"))
    return tuple(found)


def ways_on(ledger: Ledger, inventory: Inventory, findings: Iterable[Finding], year: int, who: str) -> tuple[Way, ...]:
    """Every move from where the audit of a year is, as it looks to a person of this name."""
    engagement, found = _engaged(ledger, year), tuple(findings)
    return tuple(
        Way(
            move,
            standing(ledger, inventory, found, year, move.to),
            _refused(ledger, engagement, move, who),
            tuple(one.name for one in ledger.held(Person) if one.active and roles_in(engagement, one) & move.roles),
        )
        for move in state_of(engagement).next
    )


def forward(state: str) -> Move | None:
    """The move that leads towards the conclusion; None where it is reached."""
    onward = [one for one in STATES[state].next if one.to != REOPENED]
    return max(onward, key=lambda one: _ORDER.index(one.to), default=None)


def moving(
    ledger: Ledger,
    inventory: Inventory,
    findings: Iterable[Finding],
    year: int,
    to: str,
    reason: str,
    who: str,
    day: date,
) -> Decision:
    """Move the audit of a year on.

    Parameters
    ----------
    ledger, inventory, findings, year, to
        as for :func:`obstacles`.
    reason
        why, where the table asks for one.
    who
        name of the person who moves it.
    day
        of today.

    Raises
    ------
    UserError
        when the table has no such move, when it is another one's to make, when something stands in the way, and for
        the conclusion, which is one act with the signature of the report.
    """
    before = _engaged(ledger, year)
    if to == CONCLUDED:
        raise RefusedError(
            T("An audit is concluded by signing its report."), T("Sign it: signing and concluding are one act.")
        )
    move = state_of(before).move(to)
    said = reasoned(reason) if move is not None and move.reason else reason.strip()
    after = replace(before, state=to, reason=said)
    if to == REOPENED:
        after = replace(after, number=before.number + 1, reopened=said)
    step = Step("engagement", before.id, before, after)
    person = actor_in(ledger, who, before)
    why = _why(before, after)
    steps = (step, *(said_anew(ledger, year) if to == REOPENED else ()))
    check_move(ledger, Change(who, datetime.combine(day, time()), why, steps), step, person)
    if found := obstacles(ledger, inventory, findings, year, to):
        raise RefusedError(found[0], T("Do this first, then move the audit on."))
    return Decision(why, steps)


def _why(before: Engagement, after: Engagement) -> Text:
    words = T(
        "Audit of {year}: {state}",
        year=after.id,
        state=title_of(after.state),
    )
    return T("{what}: {reason}", what=words, reason=after.reason) if after.reason else words


def _engaged(ledger: Ledger, year: int) -> Engagement:
    found = ledger.engagement(year)
    if found is None:
        raise UserError(T("Nobody audits {year} yet.", year=str(year)), T("Agree on the audit first."))
    return found


def _refused(ledger: Ledger, engagement: Engagement, move: Move, who: str) -> Text | None:
    person = acting(ledger, who)
    if person is not None and roles_in(engagement, person) & move.roles:
        return None
    return T("“{move}” is for: {roles}.", move=move.title, roles=titles(move.roles))
