"""The open file for everyday work: plain SQL in transactions.

sqlite-utils makes and migrates the tables. It takes half a second to load, so it is loaded only for that.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Connection:
    """A connection and its transactions."""

    conn: sqlite3.Connection

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """All of it is on the disk afterwards, or nothing."""
        self.conn.execute("BEGIN")
        try:
            yield
            self.conn.execute("COMMIT")
        except BaseException:
            if self.conn.in_transaction:  # some errors have ended it already
                self.conn.execute("ROLLBACK")
            raise

    def tables(self) -> Database:
        """The same connection for making and changing tables."""
        from sqlite_utils import Database

        return Database(self.conn, execute_plugins=False, recursive_triggers=False)

    def close(self) -> None:
        self.conn.close()
