"""Reading blobs, each verified against its hash; for workers on a connection of their own."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from core.errors import UserError
from core.i18n import T
from core.store.database import connect

_AT_ONCE = 500
"""SQLite takes at least 999 values in one question."""


def read_blob(conn: sqlite3.Connection, sha256: str) -> bytes:
    """The bytes of a blob.

    Raises
    ------
    UserError
        when it is missing or altered.
    """
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
        rows = dict(conn.execute(f"select sha256, data from blob where sha256 in ({places})", part).fetchall())
        found |= {sha256: _verified(sha256, rows.get(sha256)) for sha256 in part}
    return found


def _verified(sha256: str, data: object) -> bytes:
    if not isinstance(data, bytes) or hashlib.sha256(data).hexdigest() != sha256:
        raise UserError(T("The proof {hash} is missing or was altered.", hash=sha256[:12]))
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

    def close(self) -> None:
        """Let go of the file; it is opened again when a blob is asked for."""
        if self._conn is not None:
            self._conn.close()
            self._conn = None

    def _connection(self) -> sqlite3.Connection:
        if self._conn is None:
            self._conn = connect(self._path, read_only=True).conn
        return self._conn
