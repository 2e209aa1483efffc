"""Opening one SQLite file safely: version, lock, migration, write-ahead log, and one single file at the end."""

from __future__ import annotations

import filecmp
import os
import shutil
import sqlite3
import struct
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeAlias

from filelock import FileLock, Timeout

from core.disk import cannot_write, drafted, settle
from core.errors import UserError
from core.i18n import T
from core.passphrase import Passphrase
from core.store.cipher import MAGIC, Key, connected, is_encrypted
from core.store.connection import PATIENCE, Connection, Unsure, failures, unreadable
from core.store.drives import over_network
from core.store.trouble import (
    UnsettledError,
    damaged,
    elsewhere,
    read_only,
    uncertain,
    uncreated,
    unfinished_and_protected,
    unreachable,
    unsettled,
    unwritten,
)
from core.store.unlocking import key_of, remember

if TYPE_CHECKING:
    from sqlite_utils import Database

Migration: TypeAlias = "Callable[[Database], None]"
_HEADER = 100
_VERSION_AT, _APPLICATION_AT = 60, 68


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file we keep."""

    suffix: str
    """``.plant``"""
    application: int
    """Written into the file's header, so that nothing else is taken for ours."""
    migrations: tuple[Migration, ...]
    """One function for each version, never edited after a release."""

    @property
    def version(self) -> int:
        return len(self.migrations)


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
                _release(self.lock)
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


def _release(lock: FileLock) -> None:
    """Let others in. The file goes while it is still locked: who got hold of it sees that it has no name any more."""
    name = Path(lock.lock_file)
    with suppress(OSError):  # a stick that was removed, or Windows, which takes away nothing that is open
        name.unlink()
    with suppress(OSError):
        lock.release()
    if os.name == "nt":
        with suppress(OSError):
            name.unlink()


def header_version(path: Path, kind: Kind) -> int:
    """The schema version, read from the header bytes so that the file stays untouched.

    Raises
    ------
    UserError
        when the file is missing, not SQLite, not of this kind, or stays locked.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEADER)
        hidden = is_encrypted(path)
    except OSError as error:
        raise unreachable(path, error) from error
    if not hidden and (not head.startswith(MAGIC) or len(head) < _HEADER):
        raise _foreign(path, kind)
    application, version = (
        _hidden_header(path) if hidden else (_number(head, _APPLICATION_AT), _number(head, _VERSION_AT))
    )
    if application != kind.application:
        raise _foreign(path, kind)
    return version


def _number(head: bytes, place: int) -> int:
    (number,) = struct.unpack_from(">i", head, place)
    return int(number)


def _hidden_header(path: Path) -> tuple[int, int]:
    """The same two numbers of an encrypted file."""
    key = key_of(path)
    with closing(connected(f"{path.resolve().as_uri()}?mode=ro&immutable=1", key)) as conn:
        try:
            (application,) = conn.execute("PRAGMA application_id").fetchone()
            (version,) = conn.execute("PRAGMA user_version").fetchone()
        except failures("DatabaseError") as error:
            raise damaged(path, str(error)) from error
    return int(application), int(version)


def _foreign(path: Path, kind: Kind) -> UserError:
    return UserError(
        T("“{file}” is not a file of this program.", file=path.name),
        T("Choose a {suffix} file.", suffix=kind.suffix),
    )


def create(path: Path, kind: Kind, fill: Callable[[Connection], None], passphrase: Passphrase | None = None) -> None:
    """Make a new file completely or not at all; with a passphrase, nothing of it is ever written in the plain.

    Raises
    ------
    UserError
        when the file exists already or cannot be written.
    """
    draft = path.with_name(path.name + ".new")
    try:
        if path.exists():
            raise UserError(
                T("“{file}” exists already.", file=path.name), T("Choose another name or open the existing file.")
            )
        clear(draft)
        key = None if passphrase is None else Key.new(passphrase)
        db = connect(draft, read_only=False, key=key)
        with closing(db):
            db.conn.execute(f"PRAGMA application_id={kind.application}")
            _migrate(db, kind, 0)
            fill(db)
            db.conn.execute(
                "PRAGMA journal_mode=DELETE"
            ).fetchall()  # one single file, or an error: it is renamed alone
        draft.replace(path)
        settle(path.parent)
        remember(key)
    except failures("Error", OSError) as error:
        with suppress(OSError):
            clear(draft)
        raise uncreated(path, error) from error


def clear(draft: Path) -> None:
    """Take away what a program left that was killed while it made a file."""
    for ending in ("", "-wal", "-shm", "-journal"):
        draft.with_name(draft.name + ending).unlink(missing_ok=True)


def open_file(path: Path, kind: Kind, *, read_only: bool = False) -> Opened:
    """Open a file for work; the second program on one file gets it read-only.

    Raises
    ------
    UserError
        for a file of a newer version (left untouched), a file that is not ours, or a damaged one.
    """
    version = header_version(path, kind)
    if version > kind.version:
        raise UserError(
            T("“{file}” was written by a newer version of the program (version {found}, this one knows {known}).",
              file=path.name, found=version, known=kind.version),
            T("Install the current program. The file was not changed."),
        )  # fmt: skip
    lock, protected = None, False
    try:
        unfinished = log_of(path).exists() or path.with_name(f"{path.name}-journal").exists()
        if not read_only or version != kind.version or unfinished:
            lock, protected = _try_lock(path)
        if lock is not None and unfinished:
            version = _version_by_now(path)
        if lock is None and over_network(path) and log_of(path).exists():
            raise elsewhere(path)
        backup = None
        if version < kind.version:
            backup = _migrated(path, kind, version, lock, protected=protected)
        if read_only and lock is not None:
            _release(lock)
            lock = None
        db = connect(path, read_only=lock is None)
        return Opened(path, db, lock, protected, backup)
    except BaseException as error:
        if lock is not None:
            _release(lock)
        if (told := _told(path, error, protected=protected)) is not None:
            raise told from error
        raise


def _told(path: Path, error: BaseException, *, protected: bool) -> UserError | None:
    """What the person is told of what went wrong while a file was opened; None: it was said, or is a bug."""
    if protected and isinstance(error, failures("OperationalError")) and log_of(path).exists():
        return unfinished_and_protected(path)
    of_tables = type(error).__module__.startswith("sqlite_utils")  # a migration misses a column that somebody took
    if of_tables or isinstance(error, unreadable("Error")):  # or meets rows that somebody altered
        return damaged(path, str(error)[:200])
    return unreachable(path, error) if isinstance(error, OSError) else None


def _version_by_now(path: Path) -> int:
    """The version when a change that a killed program was making is undone, or brought into the file where confirmed.

    The header alone says nothing then: it may tell of a migration that never happened, or not of one that did.
    """
    with closing(connect(path, read_only=False, log=log_of(path).exists())) as db:
        (version,) = db.conn.execute("PRAGMA user_version").fetchone()
    return int(version)


def log_of(path: Path) -> Path:
    """Where changes stand that are confirmed and not in the one file yet."""
    return path.with_name(f"{path.name}-wal")


@contextmanager
def alone(path: Path, kind: Kind) -> Iterator[None]:
    """Hold one settled file against every other program, without a connection to it, e.g. to put another in its place.

    Raises
    ------
    UserError
        as :func:`open_file`, and when another program has the file open.
    """
    opened = open_file(path, kind)
    lock = opened.lock
    try:
        try:
            opened.close_keeping_lock()
        except UnsettledError as error:  # what was asked for is still to come
            raise unwritten(path, error.__cause__ or error) from error
        if lock is None or log_of(path).exists():
            raise read_only(path, protected=opened.protected)
        yield
    finally:
        if lock is not None:
            _release(lock)


def _migrated(path: Path, kind: Kind, version: int, lock: FileLock | None, *, protected: bool) -> Path:
    if protected:
        raise UserError(
            T("“{file}” is of an older version, and its folder or medium is write-protected.", file=path.name),
            T("Take the write protection off, or copy the file to another folder and open it there."),
        )
    if lock is None:
        raise UserError(
            T("“{file}” is of an older version and is in use or cannot be written.", file=path.name),
            T("Close the other program, then open it again."),
        )
    backup = _backed_up(path, version)
    # Without a write-ahead log the file is either as it was, to the last byte, or migrated.
    with closing(connect(path, read_only=False, log=False)) as db:
        _migrate(db, kind, version)
    return backup


def _backed_up(path: Path, version: int) -> Path:
    """A copy of the file as it is; the one of an opening that was interrupted is as good as a new one."""
    backup, number = path.with_name(f"{path.stem}.version{version}{path.suffix}"), 1
    try:
        while backup.exists():
            if filecmp.cmp(path, backup, shallow=False):
                return backup
            number += 1
            backup = path.with_name(f"{path.stem}.version{version}-{number}{path.suffix}")
        with drafted(backup) as draft:
            shutil.copy2(path, draft)
    except OSError as error:
        raise cannot_write(backup, error) from error
    return backup


def _migrate(db: Connection, kind: Kind, version: int) -> None:
    """All versions at once: a file between two of them would be copied once more at the next opening."""
    tables = db.tables()
    with tables.atomic():
        for migration in kind.migrations[version:]:
            migration(tables)
        db.conn.execute(f"PRAGMA user_version={kind.version}")


def _try_lock(path: Path) -> tuple[FileLock | None, bool]:
    """The right to write; else whether nobody has it, for nothing can be written there."""
    if not os.access(path, os.W_OK):
        return None, True
    lock = FileLock(path.with_name(path.name + ".lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout:
        return None, False
    except OSError:
        return None, True
    return lock, False


def connect(path: Path, *, read_only: bool, key: Key | None = None, log: bool = True) -> Connection:
    """A connection to a file that was found to be ours, with the settings that we rely on.

    ``key`` is named only for a file that is being made; ``log`` is whether there may be a write-ahead log.
    """
    key = key or key_of(path)
    address = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    conn = sqlite3.connect(address, uri=True, timeout=PATIENCE) if key is None else connected(address, key)
    conn.execute("PRAGMA foreign_keys=ON")
    conn.execute("PRAGMA trusted_schema=OFF")
    if not read_only:
        _keep_journal(conn, path, log=log)
        conn.execute("PRAGMA synchronous=FULL")
    return Connection(conn)


def _keep_journal(conn: sqlite3.Connection, path: Path, *, log: bool) -> None:
    """With a write-ahead log, so that one reads while another writes; where the drive allows none, without."""
    if log and not over_network(path):
        try:
            conn.execute("PRAGMA journal_mode=WAL").fetchall()
        except failures("OperationalError") as error:
            if "locked" in str(error):
                raise
        else:
            return
    conn.execute("PRAGMA journal_mode=DELETE").fetchall()


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
