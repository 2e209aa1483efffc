"""Bringing a file of an earlier version up to this one, after a copy of it was made."""

from __future__ import annotations

import filecmp
import shutil
from contextlib import closing
from pathlib import Path

from filelock import FileLock

from core.disk import cannot_write, drafted
from core.errors import UserError
from core.i18n import T
from core.store.connecting import connect
from core.store.connection import Connection
from core.store.header import Kind


def brought_up(path: Path, kind: Kind, version: int, lock: FileLock | None, *, protected: bool) -> Path:
    """Migrate the file and give the copy made before.

    Raises
    ------
    UserError
        when nobody may write to it now.
    """
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
        migrate(db, kind, version)
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


def migrate(db: Connection, kind: Kind, version: int) -> None:
    """All versions at once: a file between two of them would be copied once more at the next opening."""
    tables = db.tables()
    with tables.atomic():
        for migration in kind.migrations[version:]:
            migration(tables)
        db.conn.execute(f"PRAGMA user_version={kind.version}")
