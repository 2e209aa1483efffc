"""The states of an audit: who may change what in each of them, and which moves lead from one to another.

This table is the only place where that is said; the gate, the window and the command line ask it. ISO 14064-3:2019
gives the order of the work (planning, execution, completion, independent review, conclusion, facts found later), the
Chinese verification guideline its names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.audit.areas import (
    ANSWERS,
    CLOSING,
    DATA,
    DISMISSALS,
    EVIDENCE,
    FINDINGS,
    LOG,
    OPINION,
    PEOPLE,
    PLAN,
    REPORT,
    REVIEW,
    WORK,
)
from core.audit.roles import EVERYBODY, PLANT, REVIEWER, TEAM, TEAM_LEAD
from core.errors import RefusedError
from core.i18n import T, Text, verbatim
from core.ledger import Engagement

DRAFT, PREPARED, VERIFICATION, OPEN_FINDINGS, IN_REVIEW, CONCLUDED, REOPENED = (
    "draft",
    "prepared",
    "verification",
    "findings",
    "review",
    "concluded",
    "reopened",
)
_LEAD = frozenset({TEAM_LEAD})
_PLANT_AND_TEAM = PLANT | TEAM


@dataclass(frozen=True, slots=True)
class Move:
    """A way from one state to another."""

    to: str
    roles: frozenset[str]
    """Who may go it."""
    title: Text
    """What the button says."""
    reason: bool = False
    """Whether a reason must be given."""
    carries: frozenset[str] = frozenset()
    """Areas that the same change may touch although the state does not allow it."""


@dataclass(frozen=True, slots=True)
class State:
    """What holds while an audit is in a state."""

    title: Text
    allowed: Mapping[str, frozenset[str]]
    """Area (:data:`core.audit.areas.AREAS`) and the roles that may change it; what is not named is locked."""
    next: tuple[Move, ...]
    because: bool = False
    """Data change only because of an open finding of the year."""

    def move(self, to: str) -> Move | None:
        """The move to a state; None when there is none."""
        return next((move for move in self.next if move.to == to), None)


_ALWAYS = {EVIDENCE: EVERYBODY, LOG: EVERYBODY, PEOPLE: EVERYBODY}
"""Until the audit is concluded. Who may sign which declaration is asked of each person apart."""
_VERIFYING = _ALWAYS | {
    DATA: PLANT,
    DISMISSALS: TEAM,
    PLAN: _LEAD,
    WORK: TEAM,
    FINDINGS: TEAM,
    ANSWERS: PLANT,
    OPINION: _LEAD,
    REPORT: TEAM,
}
_TO_REVIEW = Move(IN_REVIEW, _LEAD, T("Hand over to the independent reviewer"))
_FINDINGS_OUT = Move(OPEN_FINDINGS, TEAM, T("Give the findings to the plant"))

STATES: dict[str, State] = {
    DRAFT: State(
        T("Draft"),
        _ALWAYS
        | {
            DATA: _PLANT_AND_TEAM,
            DISMISSALS: _PLANT_AND_TEAM,
            REPORT: _PLANT_AND_TEAM,
            CLOSING: _PLANT_AND_TEAM,
            PLAN: TEAM,
            WORK: TEAM,
        },
        (Move(PREPARED, PLANT, T("Hand over for verification")),),
    ),
    PREPARED: State(
        T("Prepared"),
        _ALWAYS | {DISMISSALS: TEAM, PLAN: TEAM, WORK: TEAM, REPORT: _PLANT_AND_TEAM},
        (
            Move(DRAFT, PLANT, T("Take back to draft"), reason=True),
            Move(VERIFICATION, _LEAD, T("Begin the verification")),
        ),
    ),
    VERIFICATION: State(T("In verification"), _VERIFYING, (_FINDINGS_OUT, _TO_REVIEW), because=True),
    OPEN_FINDINGS: State(
        T("Findings open"),
        _VERIFYING,
        (Move(VERIFICATION, TEAM, T("Go on with the verification")), _TO_REVIEW),
        because=True,
    ),
    IN_REVIEW: State(
        T("In independent review"),
        _ALWAYS | {REVIEW: frozenset({REVIEWER})},
        (
            Move(VERIFICATION, frozenset({REVIEWER}), T("Send back to the team"), reason=True),
            Move(CONCLUDED, _LEAD, T("Conclude and sign"), carries=frozenset({REPORT, CLOSING})),
        ),
    ),
    CONCLUDED: State(
        T("Concluded"),
        {},
        (
            Move(
                REOPENED,
                frozenset({TEAM_LEAD, REVIEWER}),
                T("Open again"),
                reason=True,
                carries=frozenset({REVIEW, OPINION}),  # what was concluded on facts of then is said anew
            ),
        ),
    ),
    REOPENED: State(T("Opened again"), _VERIFYING, (_FINDINGS_OUT, _TO_REVIEW), because=True),
}
"""By key, in the order of the work."""
UNDER_WAY = frozenset(STATES) - {CONCLUDED}


def state_of(engagement: Engagement) -> State:
    """What holds for an audit now.

    Raises
    ------
    RefusedError
        for a state that only a newer program knows.
    """
    if engagement.state not in STATES:
        raise RefusedError(
            T("The audit of {year} is in a state that this program does not know.", year=engagement.id),
            T("Use a newer version of the program."),
        )
    return STATES[engagement.state]


def title_of(state: str) -> Text:
    """What a state is called; one that only a newer program knows, as it is written."""
    return STATES[state].title if state in STATES else verbatim(state)
