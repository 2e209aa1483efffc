"""Opening one SQLite file safely: version, lock, migration, write-ahead log, and one single file at the end."""

from __future__ import annotations

import shutil
import sqlite3
import struct
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeAlias

from filelock import FileLock, Timeout

from core.errors import UserError
from core.i18n import T, Text
from core.passphrase import Passphrase
from core.store.cipher import MAGIC, Key, connected, is_encrypted
from core.store.connection import Connection, failures
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
        except failures("OperationalError") as error:
            if "locked" not in str(error) and not (self.db.encrypted and "readonly" in str(error)):
                raise


class Kept:
    """A file that is held open: where it is, whether it can be changed, and closing it."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        return self._opened.path

    @property
    def writable(self) -> bool:
        """False: another program holds the file; it is open read-only."""
        return self._opened.writable

    @property
    def encrypted(self) -> bool:
        """Whether it opens with a passphrase alone."""
        return self._opened.db.encrypted

    def close(self) -> None:
        """Close; what remains is one single file."""
        self._opened.close()


def _release(lock: FileLock) -> None:
    name = Path(lock.lock_file)
    lock.release()
    name.unlink(missing_ok=True)


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
        raise UserError(
            T("“{file}” cannot be opened: {why}.", file=path.name, why=error.strerror or ""),
            T("Check that the file exists and that you may read it."),
        ) from error
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
    if path.exists():
        raise UserError(
            T("“{file}” exists already.", file=path.name), T("Choose another name or open the existing file.")
        )
    draft = path.with_name(path.name + ".new")
    try:
        draft.unlink(missing_ok=True)
        key = None if passphrase is None else Key.new(passphrase)
        db = connect(draft, read_only=False, key=key)
        with closing(db):
            db.conn.execute(f"PRAGMA application_id={kind.application}")
            _migrate(db, kind, 0)
            fill(db)
        draft.replace(path)
        remember(key)
    except failures("Error", OSError) as error:
        draft.unlink(missing_ok=True)
        raise UserError(
            T("“{file}” cannot be created: {why}.", file=path.name, why=str(error)),
            T("Check the folder, the free space and your rights."),
        ) from error


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
    lock = None if read_only and version == kind.version else _try_lock(path)
    try:
        backup = None
        if version < kind.version:
            backup = _migrated(path, kind, version, lock)
        if read_only and lock is not None:
            _release(lock)
            lock = None
        db = connect(path, read_only=lock is None)
        return Opened(path, db, lock, backup)
    except BaseException as error:
        if lock is not None:
            _release(lock)
        if isinstance(error, failures()):
            raise damaged(path, str(error)) from error
        raise


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
        opened.close_keeping_lock()
        if lock is None or path.with_name(f"{path.name}-wal").exists():
            raise read_only(path)
        yield
    finally:
        if lock is not None:
            _release(lock)


def _migrated(path: Path, kind: Kind, version: int, lock: FileLock | None) -> Path:
    if lock is None:
        raise UserError(
            T("“{file}” is of an older version and is in use or cannot be written.", file=path.name),
            T("Close the other program, then open it again."),
        )
    backup = path.with_name(f"{path.stem}.version{version}{path.suffix}")
    number = 1
    while backup.exists():
        number += 1
        backup = path.with_name(f"{path.stem}.version{version}-{number}{path.suffix}")
    shutil.copy2(path, backup)
    with closing(connect(path, read_only=False)) as db:
        _migrate(db, kind, version)
        db.conn.execute("PRAGMA journal_mode=DELETE").fetchall()
    return backup


def _migrate(db: Connection, kind: Kind, version: int) -> None:
    tables = db.tables()
    for number, migration in enumerate(kind.migrations[version:], version + 1):
        with tables.atomic():
            migration(tables)
            db.conn.execute(f"PRAGMA user_version={number}")


def _try_lock(path: Path) -> FileLock | None:
    lock = FileLock(path.with_name(path.name + ".lock"), timeout=0)
    try:
        lock.acquire()
    except (Timeout, OSError):
        return None
    return lock


def connect(path: Path, *, read_only: bool, key: Key | None = None) -> Connection:
    """A connection to a file that was found to be ours, with the settings that we rely on.

    ``key`` is named only for a file that is being made.
    """
    key = key or key_of(path)
    address = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    conn = sqlite3.connect(address, uri=True, timeout=5.0) if key is None else connected(address, key)
    conn.execute("PRAGMA foreign_keys=ON")
    conn.execute("PRAGMA trusted_schema=OFF")
    if not read_only:
        conn.execute("PRAGMA journal_mode=WAL").fetchall()
        conn.execute("PRAGMA synchronous=FULL")
    return Connection(conn)


def damaged(path: Path, why: str) -> UserError:
    """The error for a file that SQLite itself cannot read."""
    return UserError(
        T("“{file}” is damaged: {why}.", file=path.name, why=why),
        T("Take the last copy of the file. This one was not changed."),
    )


@contextmanager
def writing(opened: Opened) -> Iterator[Connection]:
    """One transaction: all of it is on the disk afterwards, or nothing.

    Raises
    ------
    UserError
        when the file is read-only or the disk refuses.
    """
    if not opened.writable:
        raise read_only(opened.path)
    try:
        with opened.db.atomic():
            yield opened.db
    except failures() as error:
        raise UserError(
            _why(error, opened.path), T("Nothing was changed. Free space or check the disk, then repeat.")
        ) from error


def read_only(path: Path) -> UserError:
    """The error for writing to a file that another program holds."""
    return UserError(
        T("“{file}” is open read-only: another program holds it.", file=path.name),
        T("Close the other program and open the file again."),
    )


def _why(error: Exception, path: Path) -> Text:
    return T("“{file}” could not be written: {why}.", file=path.name, why=str(error))
