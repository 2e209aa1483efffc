"""Blobs, each verified against its hash: written and read in pieces, or whole where they are small."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from core.blob import PIECE, Content, Watch, sha256_of_content, size_of_content
from core.disk import cannot_write, drafted
from core.errors import UserError
from core.i18n import T, verbatim
from core.store.connecting import connect
from core.store.connection import Connection, blob_at, failures
from core.store.trouble import damaged

LARGEST_BLOB = 900_000_000
"""SQLite keeps at most 1 GB in one value. [bytes]"""
_AT_ONCE = 500
"""SQLite takes at least 999 values in one question."""


def put_blobs(db: Connection, contents: Iterable[Content], watch: Watch | None = None) -> None:
    """Write blobs within the transaction that is open; what is kept already is not written again.

    Raises
    ------
    UserError
        when one is too large, or a file is no longer what it was when it was looked at.
    """
    done = 0
    for content in contents:
        _put_blob(db, content, further(watch, done))
        done += size_of_content(content)


def further(watch: Watch | None, done: int) -> Watch:
    """Tells of one of several blobs how far all of them are."""
    return (lambda size: None) if watch is None else (lambda size: watch(done + size))


def _put_blob(db: Connection, content: Content, watch: Watch) -> None:
    size, sha256 = size_of_content(content), sha256_of_content(content)
    if size > LARGEST_BLOB:
        raise UserError(
            T("A file larger than {limit} MB cannot be kept as proof.", limit=LARGEST_BLOB // 1_000_000),
            T("Split it, or make it smaller, then attach it again."),
        )
    known = db.conn.execute("select 1 from blob where sha256 = ?", (sha256,)).fetchone() is not None
    if not known and isinstance(content, bytes):
        db.conn.execute("insert into blob (sha256, size, data) values (?, ?, ?)", (sha256, size, content))
    elif not known and not isinstance(content, bytes):
        sql = "insert into blob (sha256, size, data) values (?, ?, zeroblob(?))"
        row = db.conn.execute(sql, (sha256, size, size)).lastrowid
        assert row is not None
        with blob_at(db.conn, "blob", row) as room:
            digest, at = hashlib.sha256(), 0
            for piece in content.pieces():
                at += len(piece)
                if at > size:
                    break
                digest.update(piece)
                room.write(piece)
                watch(at)
        if at != size or digest.hexdigest() != sha256:
            raise UserError(
                T("“{file}” changed while it was being kept.", file=verbatim(content.path.name)),
                T("Nothing was kept. Close the program that writes the file, then attach it again."),
            )
    watch(size)


def read_blob(conn: sqlite3.Connection, sha256: str) -> bytes:
    """The bytes of a blob.

    Raises
    ------
    UserError
        when it is missing or altered.
    """
    with _spoilt(sha256):
        row = conn.execute("select data from blob where sha256 = ?", (sha256,)).fetchone()
    return _verified(sha256, None if row is None else row[0])


def read_blobs(conn: sqlite3.Connection, hashes: Iterable[str]) -> dict[str, bytes]:
    """The bytes of many blobs by their hash.

    Raises
    ------
    UserError
        when one is missing or altered.
    """
    wanted, found = list(dict.fromkeys(hashes)), dict[str, bytes]()
    for at in range(0, len(wanted), _AT_ONCE):
        part = wanted[at : at + _AT_ONCE]
        places = ",".join("?" * len(part))
        with _spoilt(part[0]):
            rows = dict(conn.execute(f"select sha256, data from blob where sha256 in ({places})", part).fetchall())
        found |= {sha256: _verified(sha256, rows.get(sha256)) for sha256 in part}
    return found


@contextmanager
def _spoilt(sha256: str) -> Iterator[None]:
    """Pages that SQLite itself cannot read are altered bytes."""
    try:
        yield
    except failures("DatabaseError") as error:
        if type(error) not in failures("DatabaseError"):  # locked, closed, or of another thread
            raise
        raise altered(sha256) from error


def pieces_of(conn: sqlite3.Connection, sha256: str) -> Iterator[bytes]:
    """The bytes of a blob piece by piece; it is only after the last one that they are known to be the right ones.

    Raises
    ------
    UserError
        when it is missing, or in the end found to be altered.
    """
    sql = "select rowid from blob where sha256 = ? and typeof(data) = 'blob'"
    row = conn.execute(sql, (sha256,)).fetchone()
    if row is None:
        raise altered(sha256)
    digest = hashlib.sha256()
    with blob_at(conn, "blob", row[0], read_only=True) as data:
        while piece := _next_piece(data, sha256):
            digest.update(piece)
            yield piece
    if digest.hexdigest() != sha256:
        raise altered(sha256)


def _next_piece(data: sqlite3.Blob, sha256: str) -> bytes:
    try:
        return data.read(PIECE)
    except failures("DatabaseError") as error:  # the pages themselves are spoilt
        raise altered(sha256) from error


def copy_blob(conn: sqlite3.Connection, sha256: str, path: Path, watch: Watch | None = None) -> None:
    """Write a blob to a file, completely and verified or not at all.

    Raises
    ------
    UserError
        when it is missing or altered, or the disk refuses.
    """
    try:
        with drafted(path) as draft, draft.open("wb") as stream:
            for piece in pieces_of(conn, sha256):
                stream.write(piece)
                if watch is not None:
                    watch(stream.tell())
    except OSError as error:
        raise cannot_write(path, error) from error


def altered(sha256: str) -> UserError:
    """The error for bytes that are not there, or not those of the hash."""
    return UserError(
        T("The proof {hash} is missing or was altered.", hash=sha256[:12]),
        T("Take it from a copy of the file in which it is whole."),
    )


def _verified(sha256: str, data: object) -> bytes:
    if not isinstance(data, bytes) or hashlib.sha256(data).hexdigest() != sha256:
        raise altered(sha256)
    return data


class BlobReader:
    """Reads blobs of an open plant file in the thread of a job, while the window goes on working.

    The connection is made when the first blob is asked for, in the thread that asks; it is used and closed there.

    Examples
    --------
    >>> with plant.reader() as reader:                             # doctest: +SKIP
    ...     series_of(index, reader.blob, start, end)
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._conn: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def blob(self, sha256: str) -> bytes:
        """As :meth:`PlantFile.blob`."""
        return read_blob(self._connection(), sha256)

    def blobs(self, hashes: Iterable[str]) -> dict[str, bytes]:
        """As :meth:`PlantFile.blobs`."""
        return read_blobs(self._connection(), hashes)

    def pieces(self, sha256: str) -> Iterator[bytes]:
        """As :meth:`PlantFile.pieces`."""
        return pieces_of(self._connection(), sha256)

    def copy_blob(self, sha256: str, path: Path, watch: Watch | None = None) -> None:
        """As :meth:`PlantFile.copy_blob`."""
        copy_blob(self._connection(), sha256, path, watch)

    def kept(self) -> dict[str, int]:
        """Hash and size of every blob, without reading one. [bytes]"""
        try:
            return dict(self._connection().execute("select sha256, size from blob order by rowid").fetchall())
        except failures("DatabaseError") as error:
            raise damaged(self._path, str(error)) from error

    def close(self) -> None:
        """Let go of the file; it is opened again when a blob is asked for."""
        if self._conn is not None:
            self._conn.close()
            self._conn = None

    def _connection(self) -> sqlite3.Connection:
        if self._conn is None:
            self._conn = connect(self._path, read_only=True).conn
        return self._conn
