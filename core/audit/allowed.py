"""Whether somebody may do something now, for buttons; the gate asks again, and more, when it is done."""

from __future__ import annotations

from core.audit.people import acting, roles_in
from core.audit.states import STATES
from core.ledger import Ledger


def allowed(ledger: Ledger, year: int, who: str, area: str) -> bool:
    """Whether the state of an audit allows an area to a person of this name.

    Parameters
    ----------
    ledger
        with people and engagements.
    year
        that is audited.
    who
        name of the person.
    area
        a key of :data:`core.audit.areas.AREAS`.
    """
    engagement, person = ledger.engagement(year), acting(ledger, who)
    if engagement is None or person is None or engagement.state not in STATES:
        return False
    return bool(roles_in(engagement, person) & STATES[engagement.state].allowed.get(area, frozenset()))
