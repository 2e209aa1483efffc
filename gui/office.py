"""Head office at work: the open group file, whom it trusts, and the reports coming in.

Judging a report is slow and pure, so it happens in a job, one file after the other; filing it is quick and happens
here, for only this object touches the group file.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal

from core.blob import Content
from core.errors import UserError
from core.group import Arrival, Examined, Summary, examine, examine_data, file_examined, settled, summarise
from core.handover import Receipt, proof_inside, write_safely
from core.handover.carrying import Travelling
from core.i18n import T, Text
from core.ledger import Change, Entry, Record, Register, Step, kind_of
from core.library import Library, load_library
from core.signing import Trust, load_trust
from core.store import Filed, GroupFile
from gui.jobs import Job, Progress

State: TypeAlias = Literal["waiting", "working", "failed"]
CERTIFICATES = (".pem", ".crt", ".crl")
"""Files that may say whom to trust."""
BROKE_OFF = T("Something went wrong inside the program while this file was judged.")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was handed in and is not filed yet."""

    path: Path
    state: State = "waiting"
    error: UserError | None = None
    """Why it could not even be opened."""


class Office(QObject):
    """The group that is being looked at and worked on."""

    changed = Signal()
    """Reports, trust, year or queue are new."""
    arrived = Signal(object)
    """Arrival: one more file was judged and filed."""
    examined = Signal(str)
    """Hash of a report whose details are known now."""
    began = Signal(object)
    """Job: the judging of one file, for whoever shows progress."""
    idle = Signal()
    """Everything that was handed in has been dealt with."""

    def __init__(self, group: GroupFile, person: str = "", year: int | None = None) -> None:
        super().__init__()
        self._group = group
        self.person = person
        self.library: Library = load_library()
        self.trust: Trust | None = self._remembered_trust()
        self.filed: tuple[Filed, ...] = group.all()
        """Everything received, newest first."""
        years = group.years()
        self.year = year or (years[-1] if years else datetime.now(UTC).year - 1)
        self.receipts: dict[str, Receipt] = {}
        """What is known in detail, by hash of the file; of reports filed earlier only after ``look``."""
        self._incoming: list[Incoming] = []
        self._dealt_with = 0
        """Files judged since the last rest, for the progress."""
        self._job: Job | None = None
        self._closed = False

    @property
    def path(self) -> Path:
        return self._group.path

    @property
    def writable(self) -> bool:
        return self._group.writable

    # ------------------------------------------------------------------ what head office says

    @property
    def register(self) -> Register:
        """What head office itself says: the group, its companies and plants, whom it trusts."""
        return self._group.register

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

    def undo(self) -> Entry | None:
        """Take the last change of the register back; None when there is none."""
        return self._happened(self._group.undo(self.person, now()))

    def redo(self) -> Entry | None:
        """Bring back what was undone; None when there is nothing."""
        return self._happened(self._group.redo(self.person, now()))

    def _happened(self, entry: Entry | None) -> Entry | None:
        if entry is not None:
            self.filed = self._group.all()
            self._tell()
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

    @property
    def summary(self) -> Summary:
        """The accepted reports of the year, added up."""
        return summarise(self.year, self._group.accepted(self.year))

    # ------------------------------------------------------------------ trust

    @property
    def trust_folder(self) -> Path:
        """Copies of the authority's certificates, beside the group file so that they travel with it."""
        return self.path.with_name(f"{self.path.stem}.trust")

    def believe(self, paths: Iterable[Path]) -> None:
        """Trust the authorities of these files from now on, besides those trusted before.

        Raises
        ------
        UserError
            when a file holds no authority; nothing has changed then.
        """
        files = tuple(paths)
        for path in files:
            load_trust(path)
        try:
            self.trust_folder.mkdir(exist_ok=True)
            for path in files:
                name = path.name if path.suffix.lower() in CERTIFICATES else f"{path.name}.pem"
                if path.resolve() != (self.trust_folder / name).resolve():
                    shutil.copyfile(path, self.trust_folder / name)
        except OSError as error:
            raise UserError(
                T("The folder “{folder}” could not be written: {why}.", folder=self.trust_folder.name,
                  why=error.strerror or ""),
                T("Check the folder, the free space and your rights."),
            ) from error  # fmt: skip
        known = self.trust
        now_known = load_trust(self.trust_folder)
        self.trust = now_known if known is None else merged(known, now_known)
        self._tell()
        self._next()

    def _remembered_trust(self) -> Trust | None:
        """What was chosen before; else the certificate of the same name beside the group file."""
        for place in (self.trust_folder, self.path.with_suffix(".pem")):
            try:
                if place.exists():
                    return load_trust(place)
            except UserError:  # the inbox asks for trust then, and says so when it is chosen
                continue
        return None

    # ------------------------------------------------------------------ reports coming in

    @property
    def incoming(self) -> tuple[Incoming, ...]:
        """What was handed in and is not filed: at work, waiting, or impossible to open."""
        return tuple(self._incoming)

    @property
    def working(self) -> bool:
        """Whether a file is being judged."""
        return self._job is not None

    def receive(self, paths: Iterable[Path]) -> int:
        """Hand in files and folders of reports; gives how many files that is. Without trust they wait for it."""
        if not self.writable:
            raise UserError(
                T("“{file}” is open read-only: another program holds it.", file=self.path.name),
                T("Close the other program and open the file again."),
            )
        waiting = {i.path for i in self._incoming if i.state != "failed"}
        new = [p for p in reports_in(paths) if p not in waiting]
        self._incoming = [i for i in self._incoming if i.path not in new]
        self._incoming += [Incoming(path) for path in new]
        self._tell()
        self._next()
        return len(new)

    def cancel(self) -> None:
        """Stop: what waits is dropped, what is being judged is not filed, what was filed stays."""
        self._incoming = [i for i in self._incoming if i.state != "waiting"]
        if self._job is not None:
            self._job.cancel()
        self._tell()

    def forget_failed(self) -> None:
        """Clear the files that could not be opened."""
        self._incoming = [i for i in self._incoming if i.state != "failed"]
        self._tell()

    def _next(self) -> None:
        waiting = next((i for i in self._incoming if i.state == "waiting"), None)
        if self._job is not None or self.trust is None or waiting is None or self._closed:
            return
        path, trust, library, when, known = waiting.path, self.trust, self.library, now(), settled(self._group)

        left = sum(i.state == "waiting" for i in self._incoming)
        share = (self._dealt_with + 0.1) / (self._dealt_with + left)

        def work(progress: Progress, _cancelled: object) -> Examined:
            progress(share, verifying(path.name))
            examined = examine(path, trust, library, when, known)
            progress(share, verifying(path.name))  # raises when it was cancelled meanwhile, so that nothing is filed
            return examined

        self._mark(path, replace(waiting, state="working"))
        job = self._job = Job(work)
        job.done.connect(lambda examined: self._file(path, examined))
        job.failed.connect(lambda error: self._mark(path, Incoming(path, "failed", error)))
        job.crashed.connect(lambda _trace: self._mark(path, Incoming(path, "failed", UserError(BROKE_OFF))))
        job.stopped.connect(lambda: self._mark(path, None))
        job.stopped.connect(self.cancel)  # from wherever it was cancelled: it means all of them
        job.ended.connect(self._ended)
        self.began.emit(job)
        self._tell()
        job.start()

    def _file(self, path: Path, examined: Examined) -> None:
        if self._closed:
            return
        try:
            arrival = file_examined(self._group, examined, now())
        except UserError as error:
            self._mark(path, Incoming(path, "failed", error))
            return
        if examined.receipt is not None:
            self.receipts[examined.digest] = examined.receipt.lean
        self._mark(path, None)
        self.filed = self._group.all()
        self.arrived.emit(arrival)

    def _mark(self, path: Path, now_is: Incoming | None) -> None:
        kept = [now_is if i.path == path else i for i in self._incoming]
        self._incoming = [i for i in kept if i is not None]

    def _ended(self) -> None:
        self._job = None
        self._dealt_with += 1
        self._next()
        self._tell()
        if not self.working:
            QTimer.singleShot(0, self._rest)  # when whoever followed the job has seen its end

    def _rest(self) -> None:
        if not (self.working or self._closed):
            self._dealt_with = 0
            self.idle.emit()

    # ------------------------------------------------------------------ reports filed before

    def look(self, filed: Filed) -> Job | None:
        """Judge a filed report once more for its details; None when they are known or nobody is trusted.

        A rejected one is filed anew with the new judgement, for the reason may be gone.
        """
        if filed.sha256 in self.receipts or self.trust is None or self._job is not None:
            return None
        return self._judge_again(filed)

    def judge_again(self, filed: Filed) -> Job | None:
        """The same, also when details are known: trust may have changed."""
        if self.trust is None or self._job is not None:
            return None
        return self._judge_again(filed)

    def _judge_again(self, filed: Filed) -> Job:
        assert self.trust is not None
        data, trust, library, when = self._group.original(filed.sha256), self.trust, self.library, now()

        def work(progress: Progress, _cancelled: object) -> Examined:
            progress(0.05, verifying(filed.name))
            examined = examine_data(filed.name, data, trust, library, when)
            progress(1.0, verifying(filed.name))
            return examined

        job = self._job = Job(work)
        job.done.connect(self._know)
        job.ended.connect(self._ended)
        job.start()
        return job

    def _know(self, examined: Examined) -> None:
        if self._closed or examined.receipt is None:
            return
        self.receipts[examined.digest] = examined.receipt.lean
        if self.writable:
            file_examined(self._group, examined, now())
            self.filed = self._group.all()
        self.examined.emit(examined.digest)

    def original(self, filed: Filed) -> bytes:
        """The bytes as received."""
        return self._group.original(filed.sha256)

    def to_take_out(self, filed: Filed, one: Travelling, path: Path) -> Callable[[], Path]:
        """The work of writing a proof that travelled inside a filed report, for another thread."""
        data, trust, when = self._group.original(filed.sha256), self.trust or Trust(()), now()

        def work() -> Path:
            write_safely(path, proof_inside(data, one, trust, when))
            return path

        return work

    # ------------------------------------------------------------------

    def close(self) -> None:
        """Stop what runs and close the file."""
        self._closed = True
        self._incoming = []
        if self._job is not None:
            self._job.cancel()
        self._group.close()

    def _tell(self) -> None:
        if not self._closed:
            self.changed.emit()


def reports_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files handed in; of folders every PDF inside, sorted by name."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in path.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file())
        else:
            found.append(path)
    return tuple(dict.fromkeys(found))


def merged(one: Trust, other: Trust) -> Trust:
    """Everybody whom either trusts."""
    return Trust(
        tuple(dict.fromkeys((*one.authorities, *other.authorities))), tuple(dict.fromkeys((*one.crls, *other.crls)))
    )


def verifying(name: str) -> Text:
    """What is being done, for the progress line."""
    return T("Verifying {file}", file=name)


def now() -> datetime:
    """The moment, UTC."""
    return datetime.now(UTC)


__all__ = ["Arrival", "Incoming", "Office", "reports_in"]
