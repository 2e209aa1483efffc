"""Actions over time: from the first milestone to the end of the life, area by area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.actions.areas import Area, all_areas
from core.actions.emitted import HUNDRED
from core.actions.ramp import full_from, last_day
from core.i18n import T, Text
from core.ledger import Action, ActionArea, Ledger, Milestone
from core.library import EXACT

STATES: dict[str, Text] = {"done": T("reached"), "late": T("late"), "due": T("to come")}
"""What a milestone can be, and how it is called."""
STATUS_TITLES: dict[str, Text] = {
    "idea": T("Idea"),
    "planned": T("Planned"),
    "approved": T("Approved"),
    "running": T("Running"),
    "done": T("Done"),
    "stopped": T("Stopped"),
}
"""Statuses of an action in their order."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone on its day."""

    milestone: Milestone
    state: str
    """``done``, ``late`` or ``due``."""
    day: date
    """On which it was reached, else on which it is due."""


@dataclass(frozen=True, slots=True)
class Row:
    """One action."""

    action: Action
    area: Area
    begin: date
    """Of the work: the first milestone, or the start of the effect where that comes first."""
    start: date
    """Of the effect."""
    full: date
    """From which all of the effect is there."""
    end: date
    """Last day of the effect."""
    marks: tuple[Mark, ...]
    """By day."""
    reached: Decimal | None
    """Of its milestones; None without any. [%]"""

    @property
    def late(self) -> bool:
        """Whether a milestone is late."""
        return any(mark.state == "late" for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Timeline:
    """All actions over time."""

    today: date
    """For which late is said."""
    rows: tuple[Row, ...]
    """By area, start and id."""

    @property
    def first(self) -> date | None:
        """First day shown; None without actions."""
        return min((row.begin for row in self.rows), default=None)

    @property
    def last(self) -> date | None:
        """Last day shown."""
        return max((max((row.end, *(mark.day for mark in row.marks))) for row in self.rows), default=None)


def state_of(milestone: Milestone, today: date) -> str:
    """``done``, ``late`` or ``due`` as of a day.

    Examples
    --------
    >>> state_of(Milestone("m", "a", "Order", date(2026, 3, 31)), date(2026, 4, 1))
    'late'
    """
    if milestone.done:
        return "done"
    return "late" if milestone.due < today else "due"


def timeline_of(ledger: Ledger, today: date) -> Timeline:
    """All actions of a ledger as of a day.

    Parameters
    ----------
    ledger
        actions, milestones and areas.
    today
        after whose eve an open milestone is late.
    """
    return rows_of(ledger.held(Action), ledger.held(Milestone), ledger.held(ActionArea), today)


def rows_of(
    actions: Iterable[Action], milestones: Iterable[Milestone], named: Iterable[ActionArea], today: date
) -> Timeline:
    """The same of records that are at hand."""
    order = {area.key: (place, area) for place, area in enumerate(all_areas(named))}
    steps = list(milestones)
    rows = [_row(one, order.get(one.area, (len(order), _unknown(one.area)))[1], steps, today) for one in actions]
    rows.sort(key=lambda row: (order.get(row.area.key, (len(order), row.area))[0], row.start, row.action.id))
    return Timeline(today, tuple(rows))


def _unknown(key: str) -> Area:
    return Area(key, T("Other area “{key}”", key=key), T("An area that the plan does not name."), shipped=False)


def _row(action: Action, area: Area, milestones: Iterable[Milestone], today: date) -> Row:
    marks = tuple(
        sorted(
            (_mark(one, today) for one in milestones if one.action == action.id),
            key=lambda mark: (mark.day, mark.milestone.id),
        )
    )
    end = max(last_day(action), action.start)
    reached = sum(mark.state == "done" for mark in marks)
    return Row(
        action,
        area,
        min((action.start, *(mark.day for mark in marks))),
        action.start,
        min(full_from(action), end),
        end,
        marks,
        EXACT.divide(EXACT.multiply(Decimal(reached), HUNDRED), Decimal(len(marks))) if marks else None,
    )


def _mark(milestone: Milestone, today: date) -> Mark:
    day = milestone.due
    if milestone.done:
        try:
            day = date.fromisoformat(milestone.done)
        except ValueError:
            day = milestone.due
    return Mark(milestone, state_of(milestone, today), day)
