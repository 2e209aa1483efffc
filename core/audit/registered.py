"""What the gate asks of a change of the people themselves."""

from __future__ import annotations

from core.audit.areas import changed
from core.audit.people import acting, with_role
from core.audit.roles import ROLES, TEAM_LEAD, titles
from core.errors import RefusedError
from core.i18n import T
from core.ledger import REFERENCES, Change, Engagement, Ledger, Person, Record, named

_OWN = frozenset({"email", "organisation", "certificate"})
"""What everybody may change of themselves."""


def permit_people(ledger: Ledger, change: Change) -> None:
    """Refuse a change of people that is not allowed: the first are entered by anybody, later ones by the team lead.

    Raises
    ------
    RefusedError
        with the reason, and with what to do instead.
    """
    steps = [step for step in change.steps if step.kind == "person"]
    if not steps:
        return
    led = bool(with_role(ledger, TEAM_LEAD))
    actor = acting(ledger, change.who)
    for step in steps:
        before, after = (one if isinstance(one, Person) else None for one in (step.before, step.after))
        _check_certificate(change, actor, before, after)
        if led:
            _check_actor(actor, change, before, after)
        if before is not None and after is None:
            _check_unnamed(ledger, before)
        if before is not None and after is not None and before.name != after.name and ledger.held(Engagement):
            raise RefusedError(
                T("{name} cannot be renamed: changes name people by their names.", name=before.name),
                T("Enter the new name as another person, and let this one no longer take part."),
            )
    check_all(ledger.apply(steps), ledger, led)


def _check_actor(actor: Person | None, change: Change, before: Person | None, after: Person | None) -> None:
    if actor is not None and TEAM_LEAD in actor.roles:
        return
    own = actor is not None and before is not None and after is not None and before.id == actor.id
    if not (own and before is not None and after is not None and changed(before, after) <= _OWN):
        raise RefusedError(
            T("{name} cannot change the people of the audit.", name=change.who),
            T(
                "They are changed by: {roles}. Your own e-mail address you may always change.",
                roles=titles((TEAM_LEAD,)),
            ),
        )


def _check_certificate(change: Change, actor: Person | None, before: Person | None, after: Person | None) -> None:
    had, has = (one.certificate if one is not None else "" for one in (before, after))
    if after is None or had == has:
        return
    if has and had:
        raise RefusedError(
            T("{name} signs with another certificate.", name=after.name),
            T("When it was renewed, a team lead releases the old one first, with a reason."),
        )
    if has and change.who != after.name:
        raise RefusedError(
            T("A certificate is bound to {name} by their own signature only.", name=after.name),
            T("{name} signs on this plant's file.", name=after.name),
        )
    released_by_other = actor is not None and {TEAM_LEAD, "reviewer"} & set(actor.roles) and actor.id != after.id
    if had and not released_by_other:
        raise RefusedError(
            T("Nobody releases their own certificate."), T("Another team lead or the independent reviewer does it.")
        )


def _check_unnamed(ledger: Ledger, gone: Person) -> None:
    if any(gone.id in named(record, "person") for record in _naming_people(ledger)):
        raise RefusedError(
            T("Records of the audit name {name}, who therefore stays.", name=gone.name),
            T("Say that {name} no longer takes part instead.", name=gone.name),
        )


def _naming_people(ledger: Ledger) -> list[Record]:
    kinds = [kind for kind, fields in REFERENCES.items() if "person" in fields.values()]
    return [record for kind in kinds for record in ledger.records[kind].values()]


def check_all(after: Ledger, before: Ledger, led: bool) -> None:
    """Refuse people of whom two could be taken for each other, and an audit that nobody leads.

    Raises
    ------
    RefusedError
        with the reason, and with what to do instead.
    """
    names = [one.name.strip() for one in after.held(Person)]
    if not all(names) or len(set(names)) < len(names):
        raise RefusedError(T("Two people have the same name, or one has none."), T("Make the names differ."))
    signing = [one.certificate for one in after.held(Person) if one.certificate]
    if len(set(signing)) < len(signing):
        raise RefusedError(T("Two people sign with the same certificate."), T("Everybody signs with their own."))
    if any(set(one.roles) - set(ROLES) for one in after.held(Person)):
        raise RefusedError(T("A person has a role that there is not."), T("Roles are: {roles}.", roles=list(ROLES)))
    if led and before.held(Engagement) and not with_role(after, TEAM_LEAD):
        raise RefusedError(T("The last team lead stays."), T("Name another team lead first."))
