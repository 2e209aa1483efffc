"""Making one SQLite file whole or not at all, and opening it safely whatever a killed program left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from core.disk import cannot_open, settle
from core.errors import UserError
from core.i18n import T
from core.passphrase import Passphrase
from core.store.cipher import Key
from core.store.connecting import connect, log_of
from core.store.connection import Connection, failures, unreadable
from core.store.drives import over_network
from core.store.header import Kind, header_version
from core.store.holding import hold, let_go
from core.store.migrating import brought_up, migrate
from core.store.opened import Opened
from core.store.trouble import (
    UnsettledError,
    damaged,
    elsewhere,
    read_only,
    uncreated,
    unfinished_and_protected,
    unwritten,
)
from core.store.unlocking import remember


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
            migrate(db, kind, 0)
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
            lock, protected = hold(path)
        if lock is not None and unfinished:
            version = _version_by_now(path)
        if lock is None and over_network(path) and log_of(path).exists():
            raise elsewhere(path)
        backup = None
        if version < kind.version:
            backup = brought_up(path, kind, version, lock, protected=protected)
        if read_only and lock is not None:
            let_go(lock)
            lock = None
        db = connect(path, read_only=lock is None)
        return Opened(path, db, lock, protected, backup)
    except BaseException as error:
        if lock is not None:
            let_go(lock)
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
    return cannot_open(path, error) if isinstance(error, OSError) else None


def _version_by_now(path: Path) -> int:
    """The version when a change that a killed program was making is undone, or brought into the file where confirmed.

    The header alone says nothing then: it may tell of a migration that never happened, or not of one that did.
    """
    with closing(connect(path, read_only=False, log=log_of(path).exists())) as db:
        (version,) = db.conn.execute("PRAGMA user_version").fetchone()
    return int(version)


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
            let_go(lock)
