"""What the page about actions shows, worked out in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.actions import Bar, Situation, Summary, Timeline, situation_of, summary_of
from core.instruments import Judged
from core.inventory import Inventory
from core.ledger import Action, Ledger, Milestone
from core.library import Library
from core.store.blobs import BlobReader


@dataclass(frozen=True, slots=True)
class Answer:
    """The plan of a ledger on a day."""

    situation: Situation
    summary: Summary
    judged: tuple[Judged, ...]
    """Gravest first."""
    timeline: Timeline
    bars: Mapping[str, Bar]
    """Of the curve of the horizon, location-based, by id of the action; those beside the curve are not there."""

    @property
    def today(self) -> date:
        """The day for which late is said."""
        return self.timeline.today

    def of(self, action: Action) -> tuple[Judged, ...]:
        """What is said of one action."""
        return tuple(one for one in self.judged if one.subject == action.id)

    def next_milestone(self, action: Action) -> Milestone | None:
        """The one that is due first of those that are open."""
        steps = self.situation.ledger.held(Milestone)
        found = [one for one in steps if one.action == action.id and not one.done]
        return min(found, key=lambda one: (one.due, one.id), default=None)


def answer_of(ledger: Ledger, inventory: Inventory, library: Library, reader: BlobReader, today: date) -> Answer:
    """All of it; kept tables are read through ``reader``."""
    with reader:
        situation = situation_of(ledger, inventory, library, blob=reader.blob)
    bars = {bar.action.id: bar for bar in situation.curve().bars}
    return Answer(situation, summary_of(situation), situation.judged(today), situation.timeline(today), bars)
