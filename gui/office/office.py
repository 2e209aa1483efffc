"""Head office at work: the open group file, whom it trusts, and the reports coming in.

Judging reports is slow and pure, so a pool does it off the window's thread; filing them is quick and happens here, for
only this object touches the group file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.blob import Content
from core.errors import UserError
from core.group.inbox.against import Light
from core.group.inbox.deciding import decide
from core.group.register.ownership import known_as, site_of
from core.group.trust.believing import Act
from core.group.year.repeats import Repeat, repeats
from core.i18n import T, Text
from core.ledger import Change, Entry, Record, Register, Step, kind_of
from core.library import Library, load_library
from core.signing import Trust
from core.store import HELD, REJECTED, Filed, GroupFile
from gui.office.fetch import Fetch
from gui.office.looking import Looking
from gui.office.proving import Judged, Proving
from gui.office.queue import Came, Incoming, Queue, Terms, from_disk
from gui.office.trust import Believed, taken_in, taken_over
from gui.office.watch import Watcher

if TYPE_CHECKING:
    from core.handover import Receipt
    from core.handover.carrying import Travelling


class Office(QObject):
    """The group that is being looked at and worked on."""

    changed = Signal()
    """Reports, trust, register, year, person or queue are new."""
    arrived = Signal(object)
    """Arrival: one more file was judged and filed."""
    examined = Signal(str)
    """Hash of a report whose details are known now."""
    began = Signal(object)
    """Job: a run of the pool, for whoever shows progress."""
    idle = Signal()
    """Everything that was handed in has been dealt with."""

    def __init__(self, group: GroupFile, person: str = "", year: int | None = None) -> None:
        super().__init__()
        self._group = group
        self._person = person
        self._closed = False
        self._filed: tuple[Filed, ...] | None = None
        self._repeats: tuple[Repeat, ...] | None = None
        self._light: Light | None = None
        self.library: Library = load_library()
        years = group.years()
        self.year = year or (years[-1] if years else datetime.now(UTC).year - 1)
        self._believed = Believed(group.register)
        self.queue = Queue(self._terms, self)
        self.queue.came.connect(self._file)
        self.queue.began.connect(self.began)
        self.queue.altered.connect(self._tell)
        self.queue.rested.connect(self._rested)
        self._fetch = Fetch(group, self)
        self.proving = Proving(group, self._fetch)
        self.looking = Looking(self.library, self._trusting, self.original, self)
        self.looking.known.connect(self.examined)
        self.watcher = Watcher(self._watched, self)
        if self.writable and (kept := taken_over(group, now())) is not None:
            self.act(kept)

    @property
    def path(self) -> Path:
        return self._group.path

    @property
    def writable(self) -> bool:
        return self._group.writable

    @property
    def person(self) -> str:
        """Who makes the changes."""
        return self._person

    @person.setter
    def person(self, name: str) -> None:
        if name != self._person:
            self._person = name
            self._tell()

    # ------------------------------------------------------------------ what head office says

    @property
    def register(self) -> Register:
        """What head office itself says: the group, its companies and plants, whom it trusts."""
        return self._group.register

    @property
    def records(self) -> Register:
        """The same, for what works on plants and groups alike."""
        return self.register

    @property
    def file(self) -> GroupFile:
        """For reading; edits go through ``edit``."""
        return self._group

    def edit(self, why: Text, steps: Iterable[Step], blobs: Iterable[Content] = ()) -> Entry | None:
        """Confirm a change of the register; None when nothing differs.

        Raises
        ------
        UserError
            when the file cannot be written, or a record is not what the change expected.
        """
        real = tuple(s for s in steps if s.before != s.after)
        return self._happened(self._group.append(Change(self.person, now(), why, real), blobs)) if real else None

    def put(self, why: Text, *records: Record) -> Entry | None:
        """Add or replace records of the register."""
        return self.edit(why, (Step(kind_of(r), r.id, self.register.get(kind_of(r), r.id), r) for r in records))

    def remove(self, why: Text, *records: Record) -> Entry | None:
        """Take records of the register away."""
        return self.edit(why, (Step(kind_of(r), r.id, r, None) for r in records))

    def act(self, act: Act) -> Entry | None:
        """Confirm what was worked out about trust."""
        return self.edit(act.why, act.steps, act.blobs)

    def undo(self) -> Entry | None:
        """Take the last change of the register back; None when there is none."""
        return self._happened(self._group.undo(self.person, now()))

    def redo(self) -> Entry | None:
        """Bring back what was undone; None when there is nothing."""
        return self._happened(self._group.redo(self.person, now()))

    def history(self, kind: str, key: str) -> tuple[Entry, ...]:
        """Every change of one record of the register, newest first."""
        return self._group.history(kind, key)

    def _happened(self, entry: Entry | None) -> Entry | None:
        if entry is not None:
            self._forget()
            self._light = None
            if self._believed.refresh(self.register):
                self.looking.forget()
                self.proving.judged.clear()
            self._tell()
            self.queue.go_on()
        return entry

    # ------------------------------------------------------------------ year

    def years_to_show(self) -> tuple[int, ...]:
        """Years with accepted reports, newest first; always the one shown."""
        return tuple(sorted({*self._group.years(), self.year}, reverse=True))

    def show_year(self, year: int) -> None:
        """Look at another year."""
        if year != self.year:
            self.year = year
            self.changed.emit()

    # ------------------------------------------------------------------ trust

    @property
    def trust(self) -> Trust | None:
        """Whom head office believes now; None when nobody."""
        return self._believed.trust

    def believe(self, paths: Iterable[Path]) -> Entry | None:
        """Trust the authorities of these files from now on, besides those trusted before, and know whom they revoked.

        Raises
        ------
        UserError
            when a file holds neither an authority nor the list of a known one; nothing has changed then.
        """
        return self.act(taken_in(self.register, paths, now()))

    # ------------------------------------------------------------------ reports coming in

    @property
    def filed(self) -> tuple[Filed, ...]:
        """Everything received, newest first."""
        if self._filed is None:
            self._filed = self._group.all()
        return self._filed

    @property
    def repeats(self) -> tuple[Repeat, ...]:
        """What reports use twice across the group."""
        if self._repeats is None:
            self._repeats = repeats(self._group)
        return self._repeats

    def same_plant(self, one: Filed, other: Filed) -> bool:
        """Whether two reports are about one plant, whatever name it had."""
        known = site_of(self.register, one), site_of(self.register, other)
        if known[0] is not None and known[1] is not None:
            return known[0].id == known[1].id
        return (known_as(one.plant), one.country) == (known_as(other.plant), other.country)

    def _forget(self) -> None:
        """What was read of the reports may be another now."""
        self._filed = self._repeats = None

    @property
    def receipts(self) -> dict[str, Receipt]:
        """What is known in detail of the reports looked at last, by hash of the file."""
        return self.looking.receipts

    @property
    def incoming(self) -> tuple[Incoming, ...]:
        """What was handed in and is not filed: at work, waiting, stopped, or impossible to open."""
        return self.queue.held

    @property
    def working(self) -> bool:
        """Whether files are being judged."""
        return self.queue.working

    def receive(self, paths: Iterable[Path]) -> int:
        """Hand in files and folders of reports; gives how many files that is. Without trust they wait for it.

        Raises
        ------
        UserError
            when nothing can be filed.
        """
        from core.group import reports_in

        self._need_to_write()
        return self.queue.add(Incoming(path) for path in reports_in(paths))

    def cancel(self) -> None:
        """Stop: what is not filed yet can be resumed, what was filed stays."""
        self.queue.cancel()

    def resume(self) -> None:
        """Go on where it was stopped."""
        self.queue.resume()

    def judge_again(self, reports: Iterable[Filed]) -> int:
        """Judge held and rejected reports anew, for trust may have changed; gives how many.

        Raises
        ------
        UserError
            when nothing can be filed.
        """
        self._need_to_write()
        open_ones = [one for one in reports if one.state in (HELD, REJECTED)]
        return self.queue.add(Incoming(Path(one.name), again=one.sha256) for one in open_ones)

    def decide(self, filed: Filed, verdict: str, reason: str) -> Entry | None:
        """Accept or reject a report that is held; it is final, and counts from now on or not.

        Raises
        ------
        UserError
            when it is not held any more, a newer version was accepted meanwhile, or the file cannot be written.
        """
        return self._happened(decide(self._group, filed.sha256, verdict, reason, self.person, now()))

    def _need_to_write(self) -> None:
        if not self.writable:
            raise UserError(
                T("“{file}” is open read-only: another program holds it.", file=self.path.name),
                T("Close the other program and open the file again."),
            )

    def _trusting(self) -> Trust | None:
        return None if self._closed else self.trust

    def _terms(self) -> Terms | None:
        from core.group import settled

        if self.trust is None or self._closed:
            return None
        return Terms(self.trust, now(), settled(self._group), self._read)

    def _file(self, came: Came) -> None:
        from core.group import file_examined

        found = came.examined
        if self._closed:
            return
        try:
            arrival = file_examined(self._group, found, now(), self._around())
        except UserError as error:
            self.queue.fail(came.incoming, error)
            return
        self._forget()
        self.looking.forget(found.digest)
        self.arrived.emit(arrival)

    def _around(self) -> Light:
        """What was filed before, kept while files come in."""
        if self._light is None:
            self._light = Light(self._group)
        return self._light

    def _rested(self) -> None:
        self._light = None
        self._tell()
        self.idle.emit()

    def _watched(self, paths: tuple[Path, ...]) -> None:
        if self.writable and not self._closed:
            self.receive(paths)

    # ------------------------------------------------------------------ bytes of reports

    def look(self, filed: Filed) -> bool:
        """Find out the details of a filed report; False when they are known or nobody is trusted."""
        return self.looking.look(filed)

    def original(self, filed: Filed) -> bytes:
        """The bytes as received."""
        return self._group.original(filed.sha256)

    def to_take_out(self, filed: Filed, one: Travelling, path: Path) -> Callable[[], Path]:
        """The work of writing a proof that travelled inside a filed report, for another thread."""
        data, trust, when = self._group.original(filed.sha256), self.trust or Trust(()), now()

        def work() -> Path:
            from core.handover import proof_inside, write_safely

            write_safely(path, proof_inside(data, one, trust, when))
            return path

        return work

    def proven(self, found: Iterable[Judged]) -> None:
        """Remember what receipts were found to prove."""
        self.proving.judged.update({one.filed.sha256: one.later for one in found})
        self._tell()

    def preserved(self) -> None:
        """Receipts were added: what was found out before may be out of date."""
        self.proving.judged.clear()
        self._tell()

    def _read(self, one: Incoming) -> bytes:
        """For workers: from the disk, or, of a filed report, through this object's thread."""
        return self._fetch.original(one.again) if one.again else from_disk(one)

    # ------------------------------------------------------------------

    def pause(self) -> None:
        """The file is let go of for a while: what arrives waits in its folder."""
        self.watcher.pause()

    def go_on(self) -> None:
        """It is back."""
        self.watcher.go_on()

    def close(self) -> None:
        """Stop what runs and close the file."""
        self._closed = True
        self.watcher.close()
        self.queue.close()
        self.looking.close()
        self._fetch.close()
        self._group.close()

    def _tell(self) -> None:
        if not self._closed:
            self.changed.emit()


def now() -> datetime:
    """The moment, UTC."""
    return datetime.now(UTC)


__all__ = ["Incoming", "Office"]
