"""The open plant: the one place that edits, undoes and tells the pages.

Everything is calculated again after each change, on the GUI thread: it takes milliseconds (see ``benchmarks/``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.audit.people import acting, prepared_by
from core.blob import Content
from core.errors import UserError
from core.i18n import T, Text
from core.ledger import Audit, Change, Closing, Entry, Ledger, Person, Record, Step, kind_of
from core.store import PlantFile
from core.store.plant_file import Pending
from gui.known_years import KnownYears, metered_years, newest_year

if TYPE_CHECKING:
    from core.inventory import Choices, Inventory
    from core.inventory.closing import Candidate, Closed
    from core.library import Library
    from core.methods import Finding
    from core.series.metered import Metered
    from gui.reckoning import Reckoning


class Session(QObject):
    """A plant file that is being looked at and worked on.

    ``edit``, ``undo`` and ``redo`` raise :class:`core.errors.UserError`; nothing has happened then.
    """

    changed = Signal()
    """The ledger or the choices changed: ``ledger``, ``inventory`` and ``findings`` are new."""
    waiting = Signal(object)
    """After an edit that touched a closed year: a Text which says that the change waits for a restatement."""
    correcting = Signal()
    """``because`` is another."""

    def __init__(self, plant: PlantFile, person: str, year: int | None = None) -> None:
        super().__init__()
        self._plant = plant
        self._reckoning: Reckoning | None = None
        self._known_years = KnownYears()
        self.person = person
        """Who makes the changes; set before the first one."""
        self.because = ""
        """Id of the audit finding because of which data are corrected now; see ``correct``."""
        self._metered: Metered | None = None
        self.is_open = True
        """What was planned for later asks this first: the file may have been closed meanwhile."""
        self.year = year or newest_year(plant.ledger, _now().year)

    @property
    def path(self) -> Path:
        return self._plant.path

    @property
    def file(self) -> PlantFile:
        """For reading history, blobs and the journal. Edits go through ``edit``."""
        return self._plant

    @property
    def ledger(self) -> Ledger:
        return self._plant.ledger

    @property
    def records(self) -> Ledger:
        """The same, for what works on plants and groups alike."""
        return self.ledger

    @property
    def reckoning(self) -> Reckoning:
        """What follows from the ledger: worked out when somebody first asks, and after each change at once.

        A window stands sooner than everything that is calculated with is loaded, and says so much without it.

        Raises
        ------
        UserError
            when factors or choices of the plant cannot be read.
        """
        if self._reckoning is None:
            from gui.reckoning import Reckoning

            self._reckoning = Reckoning(self._plant, self.year)
        return self._reckoning

    def reckon(self) -> None:
        """Work out now what follows from the ledger, if nobody has asked for it yet."""
        assert self.reckoning is not None

    @property
    def library(self) -> Library:
        """What the program was shipped with, the factor sets that the plant took up, and its own factors."""
        return self.reckoning.library

    @property
    def inventory(self) -> Inventory:
        """Of the year shown; of a closed year what was closed, whatever its records and factors became since."""
        return self.reckoning.inventory

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the review of the year shown finds."""
        return self.reckoning.findings

    @property
    def metered(self) -> Metered:
        """What the meters counted, read when asked; new after each change, but for what it has read."""
        if self._metered is None:
            from core.series.metered import Metered  # numpy, which the first page does not need

            self._metered = Metered(self.ledger, self._plant.blob)
        if self._metered.ledger is not self.ledger:
            self._metered = self._metered.after(self.ledger)
        return self._metered

    @property
    def writable(self) -> bool:
        return self._plant.writable

    @property
    def choices(self) -> Choices:
        from core.inventory import choices_of

        return choices_of(self.ledger.audit(self.year), self.year)

    @property
    def audit(self) -> Audit:
        """The audit of the year; with the defaults when nobody chose anything yet."""
        period = self.choices.period
        return self.ledger.audit(self.year) or Audit(
            str(self.year), period.start, period.end, preparer=prepared_by(self.ledger, self.person)
        )

    @property
    def actor(self) -> Person | None:
        """The person who makes the changes; None when nobody of that name takes part in the audit."""
        return acting(self.ledger, self.person)

    @property
    def needed_actor(self) -> Person:
        """The same, for what somebody has to answer for.

        Raises
        ------
        UserError
            when nobody of that name takes part.
        """
        found = self.actor
        if found is None:
            raise UserError(
                T("You are not one of the people of this plant."), T("Say who you are at “Acting as” above.")
            )
        return found

    def years(self) -> tuple[int, ...]:
        """Years with data, newest first; always the one shown."""
        return tuple(sorted(self._known_years.with_data(self.ledger) | {self.year}, reverse=True))

    def years_to_show(self) -> tuple[int, ...]:
        """Those, and the years of which only meters know something, newest first."""
        return tuple(sorted({*self.years(), *metered_years(self.ledger)}, reverse=True))

    def act_as(self, person: str) -> None:
        """Somebody else makes the changes from now on."""
        if person != self.person:
            self.person = person
            self.changed.emit()

    def show_year(self, year: int) -> None:
        """Look at another year."""
        if year != self.year:
            self.year = year
            self._reckon()
            self._go_on_correcting()
            self.changed.emit()

    def correct(self, finding: str) -> None:
        """From now on changes of data are made because of a finding of this year; empty: for their own sake again.

        It ends by itself when the finding is closed and when another year is shown.

        Raises
        ------
        UserError
            when the finding is not open.
        """
        from core.audit.correcting import correctable

        because = correctable(self.ledger, finding).id if finding else ""
        if because != self.because:
            self.because = because
            self.correcting.emit()

    def edit(self, why: Text, steps: Iterable[Step], blobs: Iterable[Content] = (), because: str = "") -> Entry | None:
        """Confirm a change, perhaps because of an audit finding; None when nothing differs."""
        real = tuple(s for s in steps if s.before != s.after)
        return self._confirm(Change(self.person, _now(), why, real, because=because), blobs) if real else None

    def to_keep(self, why: Text, steps: Iterable[Step], blobs: Iterable[Content]) -> Pending | None:
        """The same for large files: what a job writes apart, then :meth:`kept`; None when nothing differs."""
        from core.audit.correcting import carrying

        real = tuple(s for s in steps if s.before != s.after)
        change = carrying(Change(self.person, _now(), why, real), self.because)
        return self._plant.pending(change, blobs) if real else None

    def kept(self, pending: Pending) -> Entry:
        """Take note of what a job has written."""
        return self._happened(self._plant.happened(pending))

    def put(self, why: Text, *records: Record) -> Entry | None:
        """Add or replace records."""
        return self.edit(why, (Step(kind_of(r), r.id, self.ledger.get(kind_of(r), r.id), r) for r in records))

    def remove(self, why: Text, *records: Record) -> Entry | None:
        """Take records away."""
        return self.edit(why, (Step(kind_of(r), r.id, r, None) for r in records))

    @property
    def closing(self) -> Closing | None:
        """The closing of the year shown; None while it is open."""
        return self.ledger.closing(self.year)

    @property
    def closed_blob(self) -> bytes | None:
        """The kept package of the year shown; None while it is open."""
        return None if self.closing is None else self._plant.blob(self.closing.sha256)

    @property
    def candidate(self) -> Candidate | None:
        """What the closed year shown would be if it were restated now; None when it is open or nothing differs.

        Calculated when somebody asks, once after each change.
        """
        return self.reckoning.closed_years.candidate(self.library, self.reckoning.current)

    @property
    def closed(self) -> Closed | None:
        """The closed year shown, read; None while it is open or cannot be read."""
        return self.reckoning.closed_years.shown

    @property
    def trouble(self) -> Text | None:
        """Why the closed year cannot be shown as it was closed; its inventory is then that of today."""
        return self.reckoning.closed_years.trouble

    def to_candidate(self) -> Callable[[], Candidate | None]:
        """The question for ``candidate``, for another thread."""
        return self.reckoning.closed_years.to_candidate(self.library)

    def to_inventory_of(self, year: int) -> Callable[[], Inventory]:
        """The question for ``inventory_of``, for another thread: the file is read now, the rest is worked out there."""
        return self.reckoning.to_inventory_of(year)

    def waits(self, entry: Entry | None) -> Text | None:
        """What to tell after an edit of a closed year's records; None when no closed year is touched."""
        from core.inventory.closing import closed_years, waiting

        return None if entry is None else waiting(closed_years(self.ledger, entry.change.steps))

    def inventory_of(self, year: int) -> Inventory:
        """The inventory of any year, for comparison: of a closed one as it was closed."""
        return self.reckoning.of(year)

    def close_year(self, reason: str) -> Entry:
        """Close the year shown: its numbers stay. Cannot be undone, only restated."""
        return self.seal(*self.to_close(reason)())

    def restate_year(self, reason: str) -> Entry:
        """Close the closed year shown again, as it is today. Cannot be undone."""
        return self.seal(*self.to_restate(reason)())

    def to_close(self, reason: str) -> Callable[[], tuple[Change, bytes]]:
        """The work of ``close_year``, for another thread; :meth:`seal` confirms what it gives."""
        return self.reckoning.closed_years.to_close(self.year, self.library, self.person, reason)

    def to_restate(self, reason: str) -> Callable[[], tuple[Change, bytes]]:
        """The same for ``restate_year``."""
        return self.reckoning.closed_years.to_restate(self.closing, self.year, self.library, self.person, reason)

    def seal(self, change: Change, blob: bytes) -> Entry:
        """Confirm a closing or restatement that was worked out elsewhere."""
        return self._confirm(change, (blob,))

    def confirm(
        self, change: Change, blobs: Iterable[Content] = (), beforehand: Callable[[Entry], None] | None = None
    ) -> Entry:
        """Confirm a change made elsewhere, e.g. by an import; ``beforehand`` is told its entry before it is written."""
        return self._confirm(change, blobs, beforehand)

    def undo(self) -> Entry | None:
        """Take the last change back; None when there is none."""
        return self._told(self._plant.undo(self.person, _now()))

    def redo(self) -> Entry | None:
        """Bring back what was undone; None when there is nothing."""
        return self._told(self._plant.redo(self.person, _now()))

    @property
    def undo_text(self) -> Text | None:
        """What undo would take back."""
        return self._plant.why(self._plant.undoable)

    @property
    def redo_text(self) -> Text | None:
        return self._plant.why(self._plant.redoable)

    def history(self, record: Record) -> tuple[Entry, ...]:
        """Every change of one record, newest first."""
        return self._plant.history(kind_of(record), record.id)

    def pause(self) -> None:
        """The file is let go of for a while: what was planned for later is not done."""
        self.is_open = False

    def go_on(self) -> None:
        """It is back."""
        self.is_open = True

    def close(self) -> None:
        """Close the file; one single file remains."""
        self.is_open = False
        self._plant.close()

    def _confirm(
        self, change: Change, blobs: Iterable[Content], beforehand: Callable[[Entry], None] | None = None
    ) -> Entry:
        from core.audit.correcting import carrying

        return self._happened(self._plant.append(carrying(change, self.because), blobs, beforehand=beforehand))

    def _told(self, entry: Entry | None) -> Entry | None:
        return None if entry is None else self._happened(entry)

    def _happened(self, entry: Entry) -> Entry:
        self._reckon()
        self._go_on_correcting()
        self.changed.emit()
        if (words := self.waits(entry)) is not None:
            self.waiting.emit(words)
        return entry

    def _go_on_correcting(self) -> None:
        from core.audit.correcting import still_correcting

        if (because := still_correcting(self.ledger, self.because, self.year)) != self.because:
            self.correct(because)

    def _reckon(self) -> None:
        """Work out again what follows; nothing yet as long as nobody has asked."""
        if self._reckoning is not None:
            self._reckoning.show(self.year)


def _now() -> datetime:
    return datetime.now(UTC)
