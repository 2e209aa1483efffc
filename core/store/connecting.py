"""A connection to a file, with the settings that we rely on."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from core.store.cipher import Key, connected
from core.store.connection import PATIENCE, Connection, failures
from core.store.drives import over_network
from core.store.unlocking import key_of

SYNCHRONOUS = "FULL"
"""What is confirmed has reached the disk, and outlives the next moment without current."""


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
        conn.execute(f"PRAGMA synchronous={SYNCHRONOUS}")
        _keep_journal(conn, path, log=log)
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


def log_of(path: Path) -> Path:
    """Where changes stand that are confirmed and not in the one file yet."""
    return path.with_name(f"{path.name}-wal")
