"""A file under a passphrase, under another one, or under none again: written anew beside, compared, then exchanged.

Until the exchange the old file is what it was, and a draft that a killed program leaves is thrown away by the next.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeAlias

from core.blob import PIECE, Watch
from core.disk import cannot_write, settle
from core.errors import UserError
from core.i18n import T
from core.passphrase import Passphrase
from core.store import connecting
from core.store.cipher import Key, connected, is_encrypted
from core.store.connection import Connection, blob_at, failures
from core.store.database import alone, clear
from core.store.group_file import GROUP
from core.store.header import Kind, header_version
from core.store.schema import PLANT
from core.store.trouble import damaged, unwritten
from core.store.unlocking import key_of, remember

Digests: TypeAlias = "dict[str, str]"
_SMALL = "case typeof(data) when 'blob' then length(data) else data end"
_STEPS = 20_000
"""Of SQLite's machine, after which it is asked whether the work goes on."""


def kind_of_file(path: Path) -> Kind:
    """Plant or group, by its ending."""
    return GROUP if path.suffix.casefold() == GROUP.suffix else PLANT


def protect(path: Path, passphrase: Passphrase | None, watch: Watch | None = None) -> tuple[Path, ...]:
    """Write a file that nobody has open anew under a passphrase, or under none.

    Parameters
    ----------
    path
        a plant or group file; an encrypted one is unlocked, or whoever answers is asked.
    passphrase
        the new one; None: the file becomes plain.
    watch
        is told the bytes that are done, of three times the size of the file; raising in it stops, and nothing happened.

    Returns
    -------
    tuple of Path
        plain copies of older versions that still lie beside an encrypted file.

    Raises
    ------
    UserError
        when the passphrase is weak, another program has the file open, or the disk refuses. The file is unchanged then.
    """
    if passphrase is not None:
        passphrase.check()
    key = None if passphrase is None else Key.new(passphrase)
    with alone(path, kind_of_file(path)):
        draft = path.with_name(f"{path.name}.new")
        held = key_of(path)
        _written(path, draft, key, watch)
        _exchange(draft, path)
        remember(key, held)
    return () if key is None else plain_beside(path)


def copy_under(path: Path, out: Path, passphrase: Passphrase, watch: Watch | None = None) -> None:
    """A copy under a passphrase of its own, e.g. to be sent; the file itself may be open and stays as it is.

    Raises
    ------
    UserError
        when there is a file of that name, or the disk refuses; nothing is left behind then.
    """
    if out.exists():
        raise UserError(
            T("“{file}” exists already.", file=out.name), T("Choose another name or move the old file away.")
        )
    kind = kind_of_file(path)
    if header_version(path, kind) != kind.version:
        raise UserError(
            T("“{file}” is of another version than the program.", file=path.name), T("Open it once, then repeat.")
        )
    draft = out.with_name(f"{out.name}.new")
    _written(path, draft, Key.new(passphrase), watch)
    _exchange(draft, out)


def plain_beside(path: Path) -> tuple[Path, ...]:
    """Copies of older versions beside a file, made before migrations, that open without a passphrase."""
    found = path.parent.glob(f"{path.stem}.version*{path.suffix}")
    return tuple(sorted(one for one in found if one.is_file() and not is_encrypted(one)))


def _written(path: Path, draft: Path, key: Key | None, watch: Watch | None) -> None:
    """The whole file under another key, and found equal to it."""
    done = _Done(watch or (lambda size: None))
    try:
        clear(draft)
        _export(path, draft, key, done)
        done.begin(path.stat().st_size)
        before = _digests(path, key_of(path), done)
        done.begin(2 * path.stat().st_size)
        complaints = _complaints(draft, key)
        if _digests(draft, key, done) != before or complaints:
            raise damaged(path, ", ".join(complaints) or "copy differs")
    except BaseException as error:
        with suppress(OSError):
            clear(draft)
        if isinstance(error, failures("Error", OSError)):
            raise unwritten(path, error) from error
        raise


def _exchange(draft: Path, path: Path) -> None:
    try:
        draft.replace(path)
    except OSError as error:  # on Windows, while another program reads it
        with suppress(OSError):
            clear(draft)
        raise cannot_write(path, error) from error
    settle(path.parent)


class _Done:
    """How many bytes are done, for whoever watches; what it raises stops even SQLite within one long step."""

    def __init__(self, watch: Watch) -> None:
        self._watch, self._before, self._here = watch, 0, 0
        self.stopped: BaseException | None = None

    def begin(self, before: int) -> None:
        """The next stage."""
        self._before, self._here = before, 0

    def add(self, size: int) -> None:
        self._here += size
        self._watch(self._before + self._here)

    def going(self) -> bool:
        """Asked by SQLite: True interrupts it."""
        try:
            self.add(0)
        except BaseException as error:
            self.stopped = error
        return self.stopped is not None


def _export(path: Path, draft: Path, key: Key | None, done: _Done) -> None:
    """SQLCipher's own way from one key to another, for plain files too; the two numbers of the header are not of it."""
    with closing(connected(f"{path.resolve().as_uri()}?mode=ro", key_of(path))) as conn:
        conn.set_progress_handler(done.going, _STEPS)
        try:
            address = f"{draft.resolve().as_uri()}?mode=rwc"
            conn.execute("ATTACH DATABASE ? AS draft KEY ?", (address, "" if key is None else key.said))
            conn.execute(f"PRAGMA draft.synchronous={connecting.SYNCHRONOUS}")
            conn.execute("SELECT sqlcipher_export('draft')").fetchall()
            for name in ("application_id", "user_version"):
                (number,) = conn.execute(f"PRAGMA main.{name}").fetchone()
                conn.execute(f"PRAGMA draft.{name}={number}")
        except failures():
            if done.stopped is not None:
                raise done.stopped from None
            raise


def _digests(path: Path, key: Key | None, done: _Done) -> Digests:
    """A hash of each table's rows in their order, and of what makes them."""
    with closing(connected(f"{path.resolve().as_uri()}?mode=ro", key)) as conn:
        sql = "select name, sql from sqlite_schema where name not like 'sqlite_%' order by type, name"
        made = conn.execute(sql).fetchall()
        found = {"": hashlib.sha256(repr(made).encode()).hexdigest()}
        for (table,) in conn.execute("select name from sqlite_schema where type = 'table' order by name").fetchall():
            if not table.startswith("sqlite_"):
                found[table] = _digest(conn, table, done)
        return found


def _digest(conn: sqlite3.Connection, table: str, done: _Done) -> str:
    """Of one table; what may be large is read in pieces."""
    digest = hashlib.sha256()
    columns = [str(name) for _, name, *_rest in conn.execute(f'PRAGMA table_info("{table}")')]
    values = ", ".join(_SMALL if name == "data" else f'"{name}"' for name in columns)
    large = "typeof(data) = 'blob'" if "data" in columns else "0"
    for row, is_large, *rest in conn.execute(f'select rowid, {large}, {values} from "{table}" order by rowid'):
        for value in rest:
            data = value if isinstance(value, bytes) else str(value).encode()
            _add(digest, f"{type(value).__name__} {len(data)} ".encode() + data, done)
        if is_large:
            with blob_at(conn, table, row, read_only=True) as blob:
                while piece := blob.read(PIECE):
                    _add(digest, piece, done)
    return digest.hexdigest()


def _add(digest: hashlib._Hash, data: bytes, done: _Done) -> None:
    digest.update(data)
    done.add(len(data))


def _complaints(path: Path, key: Key | None) -> tuple[str, ...]:
    """What SQLite and SQLCipher say about the draft."""
    with closing(Connection(connected(f"{path.resolve().as_uri()}?mode=ro", key))) as db:
        found = [str(row[0]) for row in db.conn.execute("PRAGMA integrity_check") if row[0] != "ok"]
        if key is not None:
            found += [str(row[0]) for row in db.conn.execute("PRAGMA cipher_integrity_check")]
    return tuple(found)
