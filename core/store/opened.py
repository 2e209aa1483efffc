"""A file that is open: how it is held, written in whole transactions, and closed to one single file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock

from core.errors import UserError
from core.store.connection import Connection, Unsure, failures
from core.store.holding import let_go
from core.store.trouble import read_only, uncertain, unsettled, unwritten


@dataclass(slots=True)
class Opened:
    """An open file and how it is held."""

    path: Path
    db: Connection
    lock: FileLock | None
    """None: another program holds the file, or the medium cannot be written; we only read."""
    protected: bool = False
    """Nobody holds it: its folder or medium cannot be written."""
    backup: Path | None = None
    """The copy made before a migration."""

    @property
    def writable(self) -> bool:
        return self.lock is not None

    def close(self) -> None:
        """Leave one single file that can be carried on a stick."""
        try:
            self.close_keeping_lock()
        finally:
            if self.lock is not None:
                let_go(self.lock)
                self.lock = None

    def abandon(self) -> None:
        """Let go of a file of which something else was to be said already."""
        with suppress(UserError):
            self.close()

    def close_keeping_lock(self) -> None:
        """The same, and no other program may write to it yet."""
        try:
            if self.writable:
                self._settle()
        finally:
            self.db.close()

    def _settle(self) -> None:
        """Bring everything into the one file; the log stays until the next closing while another program reads it.

        SQLCipher calls a file in which it met a spoilt page readonly.
        """
        try:
            self.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            self.db.conn.execute("PRAGMA journal_mode=DELETE").fetchall()
        except failures("DatabaseError") as error:
            if "locked" not in str(error) and not (self.db.encrypted and "readonly" in str(error)):
                raise unsettled(self.path, error) from error


class Kept:
    """A file that is held open: where it is, whether it can be changed, and closing it."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        else:  # what went wrong first is what the person is told
            self._opened.abandon()

    @property
    def path(self) -> Path:
        return self._opened.path

    @property
    def writable(self) -> bool:
        """False: another program holds the file; it is open read-only."""
        return self._opened.writable

    def why_read_only(self) -> UserError:
        """What keeps it from being changed, where it is not writable."""
        return read_only(self.path, protected=self._opened.protected)

    @property
    def encrypted(self) -> bool:
        """Whether it opens with a passphrase alone."""
        return self._opened.db.encrypted

    def close(self) -> None:
        """Close; what remains is one single file."""
        self._opened.close()


@contextmanager
def writing(opened: Opened) -> Iterator[Connection]:
    """One transaction: all of it is on the disk afterwards, or nothing.

    Raises
    ------
    UserError
        when the file is read-only or the disk refuses.
    UncertainError
        when the disk went away just as it was to say that it has everything.
    """
    if not opened.writable:
        raise read_only(opened.path, protected=opened.protected)
    try:
        before = opened.db.head()
        with opened.db.atomic():
            yield opened.db
    except Unsure as error:
        if not _stands(opened, before, error):
            raise unwritten(opened.path, error) from error
    except failures() as error:
        raise unwritten(opened.path, error) from error


def _stands(opened: Opened, before: str, error: Unsure) -> bool:
    """Whether the journal has gone on all the same."""
    try:
        return opened.db.head() != before
    except failures() as unread:
        raise uncertain(opened.path, error) from unread
