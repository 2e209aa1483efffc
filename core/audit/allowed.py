"""Whether somebody may do something now, for buttons; the gate asks again, and more, when it is done."""

from __future__ import annotations

from core.audit.areas import AREAS
from core.audit.people import actor_in, roles_in
from core.audit.roles import EVERYBODY, titles
from core.audit.states import STATES, state_of
from core.audit.switching import ways
from core.errors import RefusedError
from core.i18n import T
from core.ledger import Engagement, Ledger, Person


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
    engagement = ledger.engagement(year)
    if engagement is None or engagement.state not in STATES:
        return False
    return refusal(ledger, year, who, area) is None


def check_area(engagement: Engagement, person: Person, area: str) -> None:
    """Refuse what the state of an audit does not allow to the roles of a person.

    Raises
    ------
    RefusedError
        saying who may, and what the person is.
    """
    state, year = state_of(engagement), engagement.id
    may = state.allowed.get(area, frozenset())
    if not may:
        raise RefusedError(
            T(
                "In the state “{state}” of the audit of {year} nobody changes {area}.",
                year=year,
                state=state.title,
                area=AREAS[area],
            ),
            ways(engagement.state),
        )
    roles = roles_in(engagement, person)
    if may < EVERYBODY and not roles & may:
        raise RefusedError(
            T("Who may change {area} of {year} in the state “{state}”: {roles}.",
              area=AREAS[area], year=year, state=state.title, roles=titles(may)),
            T("{name} is: {roles}.", name=person.name, roles=titles(roles) or ["–"]),
        )  # fmt: skip


def refusal(ledger: Ledger, year: int, who: str, area: str) -> RefusedError | None:
    """Why a person of this name may not change an area now, as the gate would say it; None: they may.

    Parameters
    ----------
    ledger, year, who, area
        as for :func:`allowed`. A year that nobody audits refuses nothing.
    """
    engagement = ledger.engagement(year)
    if engagement is None:
        return None
    try:
        check_area(engagement, actor_in(ledger, who, engagement), area)
    except RefusedError as error:
        return error
    return None
