"""The people of a plant's file: who somebody is, and what they may be."""

from __future__ import annotations

from core.audit.roles import PREPARER, TEAM
from core.errors import RefusedError, UserError
from core.i18n import T
from core.ledger import Engagement, Ledger, Person


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
