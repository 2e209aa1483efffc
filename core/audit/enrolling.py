"""Who takes part in the audits of a plant: people are added, changed and retired, and bound to their certificates."""

from __future__ import annotations

from dataclasses import replace

from core.audit.people import person
from core.audit.roles import ROLES
from core.errors import RefusedError, UserError
from core.i18n import T
from core.inventory.judging import Decision, reasoned
from core.ledger import Ledger, Person, Step

_DIGITS = 64
"""Of a SHA-256 in hexadecimal."""


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
