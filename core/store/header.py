"""What a file says of itself before it is opened: whose it is, and of which version."""

from __future__ import annotations

import struct
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from core.disk import cannot_open
from core.errors import UserError
from core.i18n import T
from core.store.cipher import MAGIC, connected, is_encrypted
from core.store.connection import failures
from core.store.trouble import damaged
from core.store.unlocking import key_of

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
        raise cannot_open(path, error) from error
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
