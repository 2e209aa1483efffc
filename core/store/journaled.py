"""What files with a journal have in common: entries, undo and redo, blobs."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from core.blob import Content, Watch
from core.errors import UserError
from core.i18n import T, Text
from core.ledger import Change, Entry, redo_target, undo_target
from core.ledger.changes import redo_of, undo_of
from core.ledger.journal import GENESIS, change_from_plain, text_from_plain
from core.store.blobs import BlobReader, copy_blob, pieces_of, read_blob, read_blobs
from core.store.connection import Connection
from core.store.database import open_file
from core.store.header import Kind
from core.store.health import Mark
from core.store.opened import Kept, Opened
from core.store.reading import asks


class Journaled(Kept, ABC):
    """An open file whose records follow from its hash-chained journal."""

    kind: ClassVar[Kind]

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened)
        self._suspended, self._was_writable = False, opened.writable
        self._marks: list[Mark] = []
        self._head = GENESIS

    @abstractmethod
    def append(self, change: Change, blobs: Iterable[Content] = (), watch: Watch | None = None) -> Entry:
        """Confirm a change in one transaction."""

    def suspend(self) -> None:
        """Let go of the file for a while: what is in memory stays, and nothing can be read or written."""
        self._was_writable, self._suspended = self.writable, True
        self._opened.close()

    def resume(self) -> bool:
        """Open it again. False: somebody changed it meanwhile, or holds it now; then it has to be opened anew.

        Raises
        ------
        UserError
            as at opening; the file stays suspended then.
        """
        self._opened = open_file(self.path, self.kind, read_only=not self._was_writable)
        self._suspended = False
        return head_of(self._opened.db) == self._head and self.writable == self._was_writable

    @property
    def suspended(self) -> bool:
        """Whether the file was let go of."""
        return self._suspended

    @property
    def head(self) -> str:
        """Hash of the last journal entry."""
        return self._head

    @property
    def connection(self) -> Connection:
        """For other files of this room that read the journal."""
        return self._opened.db

    @property
    def marks(self) -> Sequence[Mark]:
        """What undo needs to know of each entry, oldest first."""
        return self._marks

    @property
    def entries(self) -> int:
        """How many entries the journal has."""
        return len(self._marks)

    def undo(self, who: str, when: datetime) -> Entry | None:
        """Take the last edit back; None when there is nothing to undo."""
        number = self.undoable
        return self.append(undo_of(number, self.entry(number).change, who, when)) if number else None

    def redo(self, who: str, when: datetime) -> Entry | None:
        """Bring back what was undone last; None when there is nothing."""
        number = self.redoable
        return self.append(redo_of(number, self.entry(number).change, who, when)) if number else None

    @property
    def undoable(self) -> int:
        """Number of the entry undo would take back; 0: none. The creation of the plant stays."""
        target = undo_target(self._marks)
        return target if target > 1 else 0

    @property
    def redoable(self) -> int:
        return redo_target(self._marks)

    @asks
    def entry(self, number: int) -> Entry:
        """One entry of the journal."""
        sql = "select number, previous, hash, change from journal where number = ?"
        row = self._opened.db.conn.execute(sql, (number,)).fetchone()
        if row is None:
            raise UserError(
                T("The journal has no entry {number}.", number=number), T("Take a number from the list of changes.")
            )
        return entry_of(row)

    @asks
    def why(self, number: int) -> Text | None:
        """Why an entry was made, without reading its records; None when there is no such entry."""
        sql = "select json_extract(change, '$.why') from journal where number = ?"
        row = self._opened.db.conn.execute(sql, (number,)).fetchone()
        return text_from_plain(json.loads(row[0])) if row else None

    @asks
    def knows(self, beginning: str) -> bool:
        """Whether an entry has a hash that begins like this."""
        sql = "select 1 from journal where substr(hash, 1, ?) = ? limit 1"
        return self._opened.db.conn.execute(sql, (len(beginning), beginning)).fetchone() is not None

    @asks
    def history(self, kind: str, key: str) -> tuple[Entry, ...]:
        """The entries that touched one record, newest first."""
        sql = (
            "select j.number, previous, hash, change from journal j join touched t on t.number = j.number "
            "where t.kind = ? and t.id = ? order by j.number desc"
        )
        return tuple(entry_of(row) for row in self._opened.db.conn.execute(sql, (kind, key)))

    @asks
    def changed_after(self, now: datetime) -> datetime | None:
        """When the last change was made, where the clock of this computer has not come so far; entries keep their order
        whatever the clock says.
        """
        sql = "select json_extract(change, '$.when') from journal order by number desc limit 1"
        row = self._opened.db.conn.execute(sql).fetchone()
        last = datetime.fromisoformat(row[0]) if row else now
        return last if last > now else None

    def journal(self, newest: int = 1000) -> tuple[Entry, ...]:
        """The newest entries, newest first."""
        sql = "select number, previous, hash, change from journal order by number desc limit ?"
        return tuple(entry_of(row) for row in self._opened.db.conn.execute(sql, (newest,)))

    def blob(self, sha256: str) -> bytes:
        """The bytes of a blob, verified against their hash.

        Raises
        ------
        UserError
            when it is missing or altered.
        """
        return read_blob(self._opened.db.conn, sha256)

    def blobs(self, hashes: Iterable[str]) -> dict[str, bytes]:
        """The bytes of many blobs by their hash, each verified.

        Raises
        ------
        UserError
            when one is missing or altered.
        """
        return read_blobs(self._opened.db.conn, hashes)

    def pieces(self, sha256: str) -> Iterator[bytes]:
        """The bytes of a blob piece by piece; only after the last one they are known to be the right ones.

        Raises
        ------
        UserError
            when it is missing, or in the end found to be altered.
        """
        return pieces_of(self._opened.db.conn, sha256)

    def copy_blob(self, sha256: str, path: Path, watch: Watch | None = None) -> None:
        """Write a blob to a file, completely and verified or not at all.

        Raises
        ------
        UserError
            when it is missing or altered, or the disk refuses.
        """
        copy_blob(self._opened.db.conn, sha256, path, watch)

    def reader(self) -> BlobReader:
        """What a job reads blobs with, in its own thread."""
        return BlobReader(self.path)


def records_of(db: Connection) -> list[tuple[str, str, Any]]:
    """Kind, id and plain form of every record."""
    rows = db.conn.execute("select kind, id, data from record order by kind, id")
    return [(kind, key, json.loads(data)) for kind, key, data in rows]


def head_of(db: Connection) -> str:
    """Hash of the last entry."""
    return db.head() or GENESIS


def entry_of(row: tuple[int, str, str, str]) -> Entry:
    """An entry from its row: number, previous, hash, change."""
    number, previous, digest, change = row
    return Entry(number, change_from_plain(json.loads(change)), previous, digest)
