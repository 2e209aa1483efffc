"""The plant file: everything one plant knows, with every change that led there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from core.audit.authors import Authors
from core.blob import Content, Watch
from core.errors import UserError
from core.i18n import T
from core.ledger import (
    Change,
    Correction,
    Entry,
    Ledger,
    Plant,
    Step,
    corrections_in,
    folded,
    from_plain,
)
from core.ledger.journal import GENESIS, change_from_plain
from core.ledger.merging_past import Past
from core.ledger.merging_threads import Told
from core.passphrase import Passphrase
from core.store.authors import JournalAuthors, MergedAuthors, kept_or_brought
from core.store.blobs import put_blobs, read_blob
from core.store.connecting import connect
from core.store.connection import Connection, unreadable
from core.store.database import create, open_file
from core.store.health import Health, Mark, check_chain, check_records, integrity, replay
from core.store.journaled import Journaled, head_of, records_of
from core.store.opened import Opened, writing
from core.store.reading import asks
from core.store.schema import PLANT
from core.store.sealing import Sealed, seal, write_sealed
from core.store.sides import altered_at, past_of, put_sides, side_entry, side_rows
from core.store.trouble import damaged, read_only
from core.store.verifying import altered_of


class PlantFile(Journaled):
    """An open plant file. Each edit is one transaction of records and journal entry.

    Examples
    --------
    >>> with PlantFile.open(path) as plant:                        # doctest: +SKIP
    ...     plant.append(Change("Li Na", now, T("Bill added"), steps))
    """

    kind = PLANT

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened)
        try:
            records = records_of(opened.db)
            self.health, self._marks, self._corrections = _examine(opened.db, records)
            self._merged, self._corrected_beside = _sides_hold(opened.db)
            self._past: Past | None = None
            self._corrections_of = ""
            """Head of the journal for which they were last asked, where copies were merged."""
            self.ledger = Ledger.of(from_plain(kind, plain) for kind, _, plain in records)
            self._head = head_of(opened.db)
        except unreadable("DatabaseError", UserError) as error:
            opened.abandon()
            if isinstance(error, UserError):
                raise
            raise damaged(opened.path, str(error)[:200]) from error

    @staticmethod
    def create(path: Path, plant: Plant, who: str, when: datetime, passphrase: Passphrase | None = None) -> None:
        """Make a new file, encrypted where it has a passphrase, with its plant as the first entry of the journal."""
        change = Change(who, when, T("Plant created"), (Step("plant", plant.id, None, plant),))
        sealed = seal(1, change, GENESIS)

        def fill(db: Connection) -> None:
            with db.atomic():
                write_sealed(db, sealed)

        create(path, PLANT, fill, passphrase)

    @staticmethod
    def open(path: Path, *, read_only: bool = False) -> PlantFile:
        """Open a file; check it; migrate an older one after copying it.

        Raises
        ------
        UserError
            for a newer, foreign or damaged file.
        """
        return PlantFile(open_file(path, PLANT, read_only=read_only))

    @property
    def backup(self) -> Path | None:
        """The copy made before a migration, if there was one."""
        return self._opened.backup

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What differs from what it was before findings of an audit changed it."""
        return folded(self._all_corrections(), self.ledger)

    @property
    def past(self) -> Past:
        """The history with what merges brought, read when it is first asked for."""
        if self._past is None:
            try:
                self._past = past_of(self._opened.db)
            except unreadable() as error:
                raise damaged(self.path, str(error)[:200]) from error
        return self._past

    def _all_corrections(self) -> list[Correction]:
        corrected = bool(self._corrections) or self._corrected_beside  # else the past need not be read for it
        if self._merged and corrected and self._corrections_of != self._head:
            self._corrections, self._corrections_of = list(self.past.corrections()), self._head
        return self._corrections

    def append(
        self,
        change: Change,
        blobs: Iterable[Content] = (),
        watch: Watch | None = None,
        beforehand: Callable[[Entry], None] | None = None,
    ) -> Entry:
        """Confirm a change: records, journal entry and new blobs in one transaction.

        Parameters
        ----------
        change
            records before and after.
        blobs
            bytes, or files that are read in pieces.
        watch
            is told the bytes of blobs that are written; raising in it cancels, and nothing has happened.
        beforehand
            is told the entry when the change is allowed and nothing is written yet; raising in it cancels.

        Raises
        ------
        UserError
            when the file is read-only, the disk refuses, a record is not what the change expected, an audit does not
            allow the change, or a file is no longer what it was when it was looked at.
        """
        pending = self.pending(change, blobs)
        if beforehand is not None:
            beforehand(pending.sealed.entry)
        with writing(self._opened) as db:
            pending.write(db, watch)
        return self.happened(pending)

    def pending(self, change: Change, blobs: Iterable[Content] = ()) -> Pending:
        """A change that is allowed and sealed, but not written: for a job that keeps large files.

        Raises
        ------
        UserError
            when a record is not what the change expected, or an audit does not allow the change.
        """
        from core.audit.gate import permit  # with it the inventory, which reading a file does not need

        brought = tuple(blobs)
        permit(self.ledger, change, self.authors, kept_or_brought(self.blob, brought))
        return self.sealed(change, brought)

    def sealed(
        self, change: Change, blobs: tuple[Content, ...], beside: tuple[Told, ...] = (), past: Past | None = None
    ) -> Pending:
        """The same of a change that was allowed elsewhere; touches no connection.

        Parameters
        ----------
        change, blobs
            as :meth:`append`.
        beside, past
            of a merge: entries of the other copy, and the history with them and the change.

        Raises
        ------
        UserError
            when a record is not what the change expected.
        """
        after = self.ledger.apply(change.steps)
        sealed = seal(self.entries + 1, change, self._head)
        return Pending(self._opened, sealed, after, blobs, beside, past)

    def happened(self, pending: Pending) -> Entry:
        """Take note of a pending change that is written."""
        entry = pending.sealed.entry
        self.ledger, self._head = pending.after, entry.hash
        self._marks.append(Mark(entry.number, entry.change.undoes, entry.change.redoes, entry.final))
        self._corrections += corrections_in(entry.number, entry.change)
        if entry.change.merges is not None:
            self._merged, self._past = True, pending.past
            self._corrected_beside |= any("because" in told.change for told in pending.beside)
        elif self._past is not None:
            self._past.add(Told(entry.number, entry.previous, entry.hash, json.loads(pending.sealed.text)))
        return entry

    @property
    def authors(self) -> Authors:
        """Who made or changed a record, by its kind and id, as the journal tells it."""
        if self._merged:
            return MergedAuthors(lambda: self.past, self._all_corrections)
        return JournalAuthors(self._opened.db, self._corrections)

    @asks
    def history(self, kind: str, key: str) -> tuple[Entry, ...]:
        """The entries that touched one record, newest first; those of merged copies too, with the ids of now."""
        if self._merged:
            return tuple(self._by_hash(digest, kind, key) for digest in reversed(self.past.hashes(kind, key)))
        return super().history(kind, key)

    def _by_hash(self, digest: str, kind: str, key: str) -> Entry:
        number, merge = self.past.numbers[digest]
        if not merge:
            entry = self.entry(number)
        else:
            told = side_entry(self._opened.db, digest)
            entry = Entry(number, change_from_plain(told.change), told.previous, digest, merge)
        return replace(entry, change=self.past.change_now(digest, entry.change, kind, key))

    def blob(self, sha256: str) -> bytes:
        """The bytes of a blob, verified against their hash.

        Raises
        ------
        UserError
            when it is missing or altered.
        """
        try:
            return read_blob(self._opened.db.conn, sha256)
        except UserError as error:
            raise altered_of(self.ledger, sha256) from error


def _examine(db: Connection, records: list[tuple[str, str, Any]]) -> tuple[Health, list[Mark], list[Correction]]:
    complaints = integrity(db)
    rows = db.conn.execute("select number, previous, hash, change from journal order by number").fetchall()
    broken = check_chain(rows)
    state, marks, corrections = replay((number, change) for number, _, _, change in rows)
    altered = altered_at(rows, side_rows(db))
    return Health(complaints, broken, check_records(state, records), altered), marks, corrections


def _sides_hold(db: Connection) -> tuple[bool, bool]:
    """Whether copies were merged, and whether something was corrected in them because of a finding."""
    sql = "select 1 from side where instr(change, ?) limit 1"
    merged, corrected = (db.conn.execute(sql, (text,)).fetchone() is not None for text in ("{", '"because":'))
    return merged, corrected


@dataclass(frozen=True, slots=True)
class Pending:
    """A change on its way into the file. While it is written, nothing else may be; then :meth:`PlantFile.happened`."""

    opened: Opened
    sealed: Sealed
    after: Ledger
    blobs: tuple[Content, ...] = field(repr=False)
    beside: tuple[Told, ...] = field(default=(), repr=False)
    past: Past | None = field(default=None, repr=False)
    """Of a merge: the history with it."""

    def write(self, db: Connection, watch: Watch | None = None) -> None:
        """Put everything into the transaction that is open."""
        put_blobs(db, self.blobs, watch)
        write_sealed(db, self.sealed)
        put_sides(db, self.sealed.entry.number, self.beside)

    def write_apart(self, watch: Watch | None = None) -> None:
        """The same as one transaction on a connection of its own, in the thread of a job.

        Raises
        ------
        UserError
            as :meth:`PlantFile.append`; nothing has happened then.
        """
        if not self.opened.writable:
            raise read_only(self.opened.path, protected=self.opened.protected)
        with closing(connect(self.opened.path, read_only=False)) as db, writing(replace(self.opened, db=db)) as own:
            self.write(own, watch)
