"""The closed years of the open plant: read once each, for that takes longer than an edit and they never change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypedDict

from core.errors import UserError
from core.i18n import Text
from core.inventory import Inventory
from core.inventory.closing import Candidate, Closed, candidate, opened, with_closings
from core.ledger import Change, Closing
from core.library import Library
from core.store import PlantFile


class _Act(TypedDict):
    """Who closes or restates, when, and what the journal said then."""

    who: str
    when: datetime
    journal: tuple[str, int]
    sound: bool


class ClosedYears:
    """What was closed, what it would be today, and the work of closing: for the session, which confirms changes."""

    def __init__(self, plant: PlantFile) -> None:
        self._plant = plant
        self._read: dict[str, Closed] = {}
        self._candidate: Candidate | None = None
        self.shown: Closed | None = None
        """The one that is looked at; None while the year is open or cannot be read."""
        self.trouble: Text | None = None
        """Why it cannot be read."""

    def show(self, closing: Closing | None) -> Inventory | None:
        """Look at this one; None for an open year, and for a closed one whose package cannot be read."""
        self.shown = self.trouble = self._candidate = None
        if closing is None:
            return None
        try:
            self.shown = self._opened(closing)
        except UserError as error:
            self.trouble = error.message
            return None
        return with_closings(self.shown.inventory, self._plant.ledger)

    def inventory(self, closing: Closing) -> Inventory:
        """Of any closed year.

        Raises
        ------
        UserError
            when it cannot be read.
        """
        return with_closings(self._opened(closing).inventory, self._plant.ledger)

    def to_inventory(self, closing: Closing) -> Callable[[], Inventory]:
        """The question for ``inventory``, for another thread: the file is read now, the rest is worked out there."""
        ledger, read = self._plant.ledger, self._read
        blob = b"" if closing.sha256 in read else self._plant.blob(closing.sha256)

        def work() -> Inventory:
            if closing.sha256 not in read:
                read[closing.sha256] = opened(closing, blob)
            return with_closings(read[closing.sha256].inventory, ledger)

        return work

    def candidate(self, library: Library, current: Callable[[], Inventory]) -> Candidate | None:
        """What the year shown would be if it were restated now; None when it is open or nothing differs."""
        if self.shown is None:
            return None
        if self._candidate is None:
            self._candidate = candidate(self._plant.ledger, self.shown, library, current)
        return self._candidate if self._candidate.differs else None

    def to_candidate(self, library: Library) -> Callable[[], Candidate | None]:
        """The question for ``candidate``, for another thread."""
        ledger, closed, known = self._plant.ledger, self.shown, self._candidate
        if closed is None:
            return lambda: None

        def work() -> Candidate | None:
            found = known or candidate(ledger, closed, library)
            return found if found.differs else None

        return work

    # ------------------------------------------------------------------ closing

    def to_close(self, year: int, library: Library, who: str, reason: str) -> Callable[[], tuple[Change, bytes]]:
        """The work of closing an open year, for another thread."""
        ledger, act = self._plant.ledger, self._act(who)

        def work() -> tuple[Change, bytes]:
            from core.handover import close_year

            return self._known(*close_year(ledger, year, library, reason=reason, **act))

        return work

    def to_restate(self, closing: Closing | None, year: int, library: Library, who: str,
                   reason: str) -> Callable[[], tuple[Change, bytes]]:  # fmt: skip
        """The same of closing a closed year again, as it is today."""
        ledger, act = self._plant.ledger, self._act(who)
        blob = b"" if closing is None else self._plant.blob(closing.sha256)

        def work() -> tuple[Change, bytes]:
            from core.handover import restate_year

            return self._known(*restate_year(ledger, year, library, blob=blob, reason=reason, **act))

        return work

    def _known(self, change: Change, blob: bytes) -> tuple[Change, bytes]:
        """Read what is about to be closed here, on the other thread, for it is shown at once."""
        closing = next(step.after for step in change.steps if isinstance(step.after, Closing))
        self._read[closing.sha256] = opened(closing, blob)
        return change, blob

    def _act(self, who: str) -> _Act:
        journal = (self._plant.head, self._plant.entries)
        return {"who": who, "when": datetime.now(UTC), "journal": journal, "sound": self._plant.health.sound}

    def _opened(self, closing: Closing) -> Closed:
        if closing.sha256 not in self._read:
            self._read[closing.sha256] = opened(closing, self._plant.blob(closing.sha256))
        return self._read[closing.sha256]
