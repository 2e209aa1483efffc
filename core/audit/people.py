"""The people of a plant's file: who they are, what they may be, and which certificate is theirs."""

from __future__ import annotations

from dataclasses import replace

from core.audit.roles import PREPARER, ROLES, TEAM
from core.errors import RefusedError, UserError
from core.i18n import T
from core.inventory.judging import Decision, reasoned
from core.ledger import Engagement, Ledger, Person, Step

_DIGITS = 64
"""Of a SHA-256 in hexadecimal."""


def acting(ledger: Ledger, who: str) -> Person | None:
    """The person of a name; None when nobody of that name takes part (any more)."""
    wanted = who.strip()
    return next((one for one in ledger.held(Person) if one.active and one.name == wanted), None)


def actor_in(ledger: Ledger, who: str, engagement: Engagement) -> Person:
    """The person of a name, who does something in an audit.

    Raises
    ------
    RefusedError
        when nobody of that name takes part.
    """
    found = acting(ledger, who)
    if found is None:
        raise RefusedError(
            T("“{name}” is not one of the people of the audit of {year}.", name=who, year=engagement.id),
            T("Say who you are, or let the team lead add you."),
        )
    return found


def person(ledger: Ledger, key: str) -> Person:
    """A person by id or by name.

    Raises
    ------
    UserError
        when there is none.
    """
    for one in ledger.held(Person):
        if key in (one.id, one.name):
            return one
    raise UserError(T("“{name}” is not one of the people of this plant.", name=key), T("Add the person first."))


def name_of(ledger: Ledger, key: str) -> str:
    """The name of a person; the id itself when nobody has it."""
    found = ledger.get("person", key)
    return found.name if isinstance(found, Person) else key


def with_role(ledger: Ledger, role: str) -> tuple[Person, ...]:
    """Everybody who takes part and has a role."""
    return tuple(one for one in ledger.held(Person) if one.active and role in one.roles)


def prepared_by(ledger: Ledger, who: str) -> str:
    """Who stands as the preparer of an inventory of which nobody said it: whoever prepares by role, else ``who``."""
    return ", ".join(one.name for one in with_role(ledger, PREPARER)) or who


def roles_in(engagement: Engagement, one: Person) -> frozenset[str]:
    """What a person is in one audit: an auditor only in the team, once it is named, a reviewer only where chosen."""
    roles = frozenset(one.roles)
    if engagement.team and one.id not in engagement.team:
        roles -= TEAM
    return roles if engagement.reviewer == one.id else roles - {"reviewer"}


# ---------------------------------------------------------------------- acting


def adding(ledger: Ledger, made: Person) -> Decision:
    """Somebody takes part.

    Raises
    ------
    UserError
        without a name or a role, and when somebody has the name.
    """
    fresh = _checked(ledger, made)
    return Decision(T("{name} added to the people", name=fresh.name), (Step("person", fresh.id, None, fresh),))


def changing(ledger: Ledger, changed: Person) -> Decision:
    """What is known of a person, or what they may do, becomes other.

    Raises
    ------
    UserError
        when there is no such person, as for :func:`adding`, and when nothing would change.
    """
    held, after = person(ledger, changed.id), _checked(ledger, changed)
    if held == after:
        raise UserError(T("Nothing changes."), T("Change something, or leave it."))
    why = T("{name}, of the people, changed", name=after.name)
    return Decision(why, (Step("person", held.id, held, after),))


def retiring(ledger: Ledger, key: str) -> Decision:
    """Somebody no longer takes part; what they did stays, with their name.

    Raises
    ------
    UserError
        when there is no such person, or they have left already.
    """
    held = person(ledger, key)
    if not held.active:
        raise UserError(T("{name} no longer takes part.", name=held.name), T("Nothing needs to be done."))
    why = T("{name} no longer takes part", name=held.name)
    return Decision(why, (Step("person", held.id, held, replace(held, active=False)),))


def bound(ledger: Ledger, key: str, fingerprint: str) -> tuple[Step, ...]:
    """The steps that bind a person to the certificate they sign with; none when they are bound to it already.

    Parameters
    ----------
    ledger
        with the person.
    key
        id or name of the person.
    fingerprint
        SHA-256 of the certificate, with or without spaces and colons.

    Raises
    ------
    UserError
        when the person signed with another certificate before, or somebody else signs with this one.
    """
    held, has = person(ledger, key), _hexadecimal(fingerprint)
    if held.certificate == has:
        return ()
    if held.certificate:
        raise RefusedError(
            T("{name} signs with another certificate.", name=held.name),
            T("When it was renewed, a team lead releases the old one first, with a reason."),
        )
    for one in ledger.held(Person):
        if one.certificate == has:
            raise RefusedError(
                T("This certificate is the one of {name}.", name=one.name), T("Everybody signs with their own.")
            )
    return (Step("person", held.id, held, replace(held, certificate=has)),)


def releasing(ledger: Ledger, key: str, reason: str) -> Decision:
    """A person may sign with another certificate, because the old one was renewed or lost.

    Raises
    ------
    UserError
        when the person is bound to none, and without a reason.
    """
    held, said = person(ledger, key), reasoned(reason)
    if not held.certificate:
        raise UserError(T("{name} has not signed yet.", name=held.name), T("Nothing needs to be released."))
    why = T("Certificate of {name} released: {reason}", name=held.name, reason=said)
    return Decision(why, (Step("person", held.id, held, replace(held, certificate="")),))


def _hexadecimal(fingerprint: str) -> str:
    digits = "".join(c for c in fingerprint.lower() if c in "0123456789abcdef")
    if len(digits) != _DIGITS:
        raise ValueError(f"no SHA-256: {fingerprint}")
    return digits


def _checked(ledger: Ledger, made: Person) -> Person:
    one = replace(made, name=" ".join(made.name.split()), roles=tuple(role for role in ROLES if role in made.roles))
    if not one.name:
        raise UserError(T("The name is missing."), T("Enter the name by which changes are journalled."))
    if set(made.roles) - set(ROLES):
        raise UserError(T("A person has a role that there is not."), T("Roles are: {roles}.", roles=list(ROLES)))
    if not one.roles:
        raise UserError(T("{name} has no role.", name=one.name), T("Choose at least one."))
    if any(other.name == one.name and other.id != one.id for other in ledger.held(Person)):
        raise UserError(T("{name} is one of the people already.", name=one.name), T("Change that person instead."))
    return one
