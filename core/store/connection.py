"""The open file for everyday work: plain SQL in transactions.

sqlite-utils makes and migrates the tables. It takes half a second to load, so it is loaded only for that.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database

PATIENCE = 5.0
"""How long one waits for another program, or another thread, that is writing. [s]"""


def failures(name: str = "Error", *others: type[Exception]) -> tuple[type[Exception], ...]:
    """SQLite's exceptions of a name, and others, for ``except``; SQLCipher, where it is loaded, raises its own."""
    modules = (sqlite3, sys.modules.get("sqlcipher3.dbapi2"))
    return (*(getattr(module, name) for module in modules if module is not None), *others)


def unreadable(name: str = "DatabaseError", *others: type[Exception]) -> tuple[type[Exception], ...]:
    """What may be raised when rows are not as this program writes them: somebody altered them, or a disk did."""
    strange = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
    return failures(name, *strange, *others)


def blob_at(conn: sqlite3.Connection, table: str, row: int, *, read_only: bool = False) -> sqlite3.Blob:
    """The ``data`` of a row, to be read or written in pieces; SQLCipher calls it by an older name."""
    named: Any = conn
    opening = named.blobopen if hasattr(named, "blobopen") else named.open_blob
    blob: sqlite3.Blob = opening(table, "data", row, readonly=read_only)
    return blob


class Unsure(sqlite3.OperationalError):
    """A transaction ended with an error: what it wrote may stand on the disk or not."""


@dataclass(frozen=True, slots=True)
class Connection:
    """A connection and its transactions."""

    conn: sqlite3.Connection
    """Or one of SQLCipher, which has the same methods."""

    @property
    def encrypted(self) -> bool:
        return not isinstance(self.conn, sqlite3.Connection)

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """All of it is on the disk afterwards, or nothing.

        Raises
        ------
        Unsure
            when the end of the transaction failed, and with it the transaction: a drive that gives no lock back has
            everything, one that is full has nothing.
        """
        self.conn.execute("BEGIN")
        try:
            yield
            self._commit()
        except BaseException:
            if self.conn.in_transaction:  # some errors have ended it already
                self.conn.execute("ROLLBACK")
            raise

    def _commit(self) -> None:
        try:
            self.conn.execute("COMMIT")
        except failures() as error:
            if self.conn.in_transaction:
                raise
            raise Unsure(str(error)) from error

    def head(self) -> str:
        """Hash of the last entry of the journal; empty while there is none."""
        row = self.conn.execute("select hash from journal order by number desc limit 1").fetchone()
        return str(row[0]) if row else ""

    def tables(self) -> Database:
        """The same connection for making and changing tables."""
        from sqlite_utils import Database

        return Database(self.conn, execute_plugins=False, recursive_triggers=False)

    def close(self) -> None:
        self.conn.close()
