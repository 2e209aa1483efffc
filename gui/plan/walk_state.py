"""What was ticked, read and noted on a site walk that is not saved yet; it outlives its dialog."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from weakref import WeakKeyDictionary

from core.audit.walk import Walked
from core.exchange.proofs import Proof
from gui.session import Session


@dataclass(slots=True)
class WalkState:
    """Of one year."""

    done: set[str] = field(default_factory=set)
    """Keys of tasks."""
    readings: dict[str, str] = field(default_factory=dict)
    """Id of a meter, and what it showed."""
    notes: dict[str, str] = field(default_factory=dict)
    """Location, and what was noticed there."""
    photos: dict[str, list[Proof]] = field(default_factory=dict)
    """Id of a meter or ``@`` with the location, and the pictures."""

    def walked(self, day: date | None, who: tuple[str, ...]) -> Walked:
        """As it is printed and kept."""
        return Walked(
            day,
            who,
            frozenset(self.done),
            {key: text for key, text in self.readings.items() if text},
            {key: text for key, text in self.notes.items() if text},
            {key: tuple(one.name for one in taken) for key, taken in self.photos.items() if taken},
        )


_STATES: WeakKeyDictionary[Session, dict[int, WalkState]] = WeakKeyDictionary()


def state_of(session: Session) -> WalkState:
    """Of the year that is shown."""
    return _STATES.setdefault(session, {}).setdefault(session.year, WalkState())


def forget(session: Session) -> None:
    """The walk was saved."""
    _STATES.get(session, {}).pop(session.year, None)
