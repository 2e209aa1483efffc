"""A next step, and the order in which steps are told to a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from core.audit.roles import AUDITOR, PLANT_MANAGER, PREPARER, REVIEWER, TEAM_LEAD
from core.i18n import Text

LATE, DATA, PROOF, AUDIT, OUT, PLAN = "late", "data", "proof", "audit", "out", "plan"
"""What a step is about; what is late or forbids signing comes first for everybody."""
_PLANT_FIRST = (LATE, DATA, PROOF, OUT, PLAN, AUDIT)
_AUDIT_FIRST = (LATE, AUDIT, DATA, PROOF, OUT, PLAN)
_ORDERS: Mapping[str, tuple[str, ...]] = {
    PREPARER: _PLANT_FIRST,
    PLANT_MANAGER: (LATE, OUT, DATA, PROOF, PLAN, AUDIT),
    AUDITOR: _AUDIT_FIRST,
    TEAM_LEAD: _AUDIT_FIRST,
    REVIEWER: (LATE, AUDIT, OUT, PROOF, DATA, PLAN),
}
"""Who cares for what first; ours."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to be done."""

    key: str
    """What it is, for programs; a key occurs once."""
    area: str
    """``late``, ``data``, ``proof``, ``audit``, ``out`` or ``plan``."""
    words: Text
    """One sentence, with a number where there is one."""
    page: str
    """Key of the page where it is done."""
    subject: str = ""
    """What to show there; empty: the page as it stands."""
    count: int = 1
    """How many things wait."""


def ordered(steps: Iterable[NextStep], roles: Collection[str] = ()) -> tuple[NextStep, ...]:
    """The steps as they concern somebody of these roles, the first to be done first.

    Parameters
    ----------
    steps
        in the order in which they are usually done.
    roles
        of the person; of several the one that audits counts, for that has days and the other a year.

    Examples
    --------
    >>> steps = [NextStep("gaps", DATA, Text("gaps"), "findings"), NextStep("audit", AUDIT, Text("sample"), "samples")]
    >>> [[one.key for one in ordered(steps, roles)] for roles in ((), ("preparer",), ("preparer", "auditor"))]
    [['gaps', 'audit'], ['gaps', 'audit'], ['audit', 'gaps']]
    """
    own = [order for role, order in _ORDERS.items() if role in roles]
    order = own[-1] if own else _PLANT_FIRST
    return tuple(sorted(steps, key=lambda one: order.index(one.area)))
