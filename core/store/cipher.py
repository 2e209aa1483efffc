"""Encrypted SQLite files: SQLCipher 4 with its own defaults, so that other programs that know it open them too.

The key is derived here as SQLCipher would do it, and handed over in place of the passphrase: then it takes its third of
a second once and not for each connection, and nobody keeps the passphrase.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from core.passphrase import Passphrase
from core.store.connection import PATIENCE, failures

MAGIC = b"SQLite format 3\x00"
"""Begins every plain file."""
ITERATIONS = 256_000
"""Of PBKDF2-HMAC-SHA512, as SQLCipher 4 has it."""
_SALT, _PAGE = 16, 4096
_VARIOUS = 240
"""Byte values that occur at least in a page of random bytes; texts and tables have fewer."""


@dataclass(frozen=True, slots=True)
class Key:
    """What opens a file, without the passphrase."""

    salt: bytes
    """The first bytes of the file."""
    value: bytes = field(repr=False)

    @staticmethod
    def of(passphrase: Passphrase, salt: bytes) -> Key:
        """Of a file that exists."""
        word = passphrase.word.encode()
        return Key(salt, hashlib.pbkdf2_hmac("sha512", word, salt, ITERATIONS, 32))

    @staticmethod
    def new(passphrase: Passphrase) -> Key:
        """For a file that is to be made."""
        return Key.of(passphrase, os.urandom(_SALT))

    @property
    def said(self) -> str:
        """As SQLCipher takes it."""
        return f"x'{self.value.hex()}{self.salt.hex()}'"


def is_encrypted(path: Path) -> bool:
    """Whether a file may be an encrypted one: whole pages of bytes that look random. More cannot be seen from outside.

    Raises
    ------
    OSError
        when there is a file that cannot be read.
    """
    if not path.exists():
        return False
    with path.open("rb") as stream:
        page = stream.read(_PAGE)
    whole = path.stat().st_size % _PAGE == 0 or path.with_name(f"{path.name}-wal").exists()
    return whole and len(page) == _PAGE and not page.startswith(MAGIC) and len(set(page)) >= _VARIOUS


def salt_of(path: Path) -> bytes:
    """What the key of a file is derived with; copies of it have the same."""
    with path.open("rb") as stream:
        return stream.read(_SALT)


def connected(address: str, key: Key | None) -> sqlite3.Connection:
    """A connection of SQLCipher, to a plain file where there is no key."""
    from sqlcipher3 import dbapi2

    conn = dbapi2.connect(address, uri=True, timeout=PATIENCE)
    conn.execute("PRAGMA cipher_log_level=NONE")  # else it writes to the terminal of the person
    if key is not None:
        conn.set_key(key.said)
    conn.execute("PRAGMA trusted_schema=OFF")
    return cast("sqlite3.Connection", conn)


def opens(path: Path, key: Key) -> bool:
    """Whether a key is that of a file; the file stays untouched."""
    conn = connected(f"{path.resolve().as_uri()}?mode=ro&immutable=1", key)
    try:
        conn.execute("select count(*) from sqlite_schema").fetchone()
    except failures("DatabaseError"):
        return False
    finally:
        conn.close()
    return True
